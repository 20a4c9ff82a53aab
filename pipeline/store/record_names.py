"""What people call a record: its noun and number, and the name it has."""

from collections.abc import Mapping
from datetime import date

from pipeline.domain.calendar import PeriodKind
from pipeline.domain.targets import Level, Measure
from pipeline.store import targets
from pipeline.store.connection import Session

NOUNS = {
    "activities": "activity",
    "activity_steps": "steps of activity",
    "campaigns": "campaign",
    "close_reasons": "close reason",
    "calls": "call",
    "comments": "comment",
    "contact_list_lines": "contact on list",
    "contact_lists": "list of contacts",
    "contacts": "contact",
    "import_profiles": "import profile",
    "interactions": "interaction",
    "merges": "merger of opportunity",
    "not_twins": "no duplicate of opportunity",
    "number_series": "number series",
    "opportunities": "opportunity",
    "quotas": "quota",
    "quotes": "quote",
    "sales_cycles": "sales cycle",
    "salespeople": "salesperson",
    "settings": "setting",
    "stages": "stage",
    "tasks": "task",
    "teams": "team",
    "transitions": "log of opportunity",
    "views": "view",
}
"""What a row of a table is called; of others the table's name is said."""


def record_name(session: Session, table: str, where: Mapping[str, object]) -> str:
    """Call a record as people do: `opportunity OP000001 Chairs`, `quota of team North for 2026 Q1`.

    What has neither number nor name of its own is called by its noun and its key.
    """
    noun = NOUNS.get(table, table.replace("_", " "))
    if "opportunity_id" in where:
        return f"{noun} {_opportunity(session, where['opportunity_id'])}".strip()
    if table in ("quotas", "calls"):
        return f"{noun} of {_holder(session, where)} for {_period(session, where)}"
    words = " ".join(str(value) for value in where.values())
    return f"{noun} {words.replace('_', ' ') if table == 'settings' else words}".strip()


def _opportunity(session: Session, opportunity_id: object) -> str:
    row = session.one(
        "select opportunity_no, description from opportunities where opportunity_id = ?",
        [opportunity_id],
    )
    return f"{row[0]} {row[1]}".strip() if row else ""


def _holder(session: Session, where: Mapping[str, object]) -> str:
    level, code = Level(str(where["level"])), str(where["code"])
    if level is Level.COMPANY:
        return "the company"
    named = {
        Level.OWNER: "select name from salespeople where owner_code = ?",
        Level.TEAM: "select name from teams where team_code = ?",
    }
    row = session.one(named[level], [code])
    name = (row[0] if row else "") or code
    return f"team {name}" if level is Level.TEAM else str(name)


def _period(session: Session, where: Mapping[str, object]) -> str:
    """The period by its name, and the measure where it is no amount."""
    first = date.fromisoformat(str(where["starts_on"])[:10])
    period = targets.calendar(session).period(PeriodKind(str(where["period"])), first)
    label = period.label if period.first == first else f"the {period.kind} from {first}"
    measure = Measure(str(where["measure"]))
    return label if measure is Measure.WON_AMOUNT else f"{label} ({measure})"
