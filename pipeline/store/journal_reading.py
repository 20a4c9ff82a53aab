"""Read the journal: what a batch wrote, what became of it, and who went on with it."""

import json
from datetime import datetime

from pipeline.domain.errors import UnknownBatchError
from pipeline.domain.undo import Batch, BuiltOn
from pipeline.store.connection import Session
from pipeline.store.frames import query_text
from pipeline.store.journal import Entry, Kind, key_text

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


def batch(session: Session, batch_id: int) -> Batch:
    """Give the newest batch of the chain that one belongs to. Raises `UnknownBatchError`."""
    found = batches(session, batch_id=batch_id)
    if not found:
        raise UnknownBatchError(batch_id)
    return found[0]


def batches(
    session: Session,
    *,
    batch_id: int | None = None,
    by: str | None = None,
    since: datetime | None = None,
) -> list[Batch]:
    """Give the journaled batches, a chain of undoing and doing again as one, the newest first."""
    rows = session.rows(
        query_text("journaled_batches"), {"batch_id": batch_id, "by": by, "since": since}
    )
    return [
        Batch(id=newest, first_id=first, command=command, by=who, at=at, is_undone=undone)
        for newest, first, command, who, at, undone in rows
    ]


def entries(session: Session, batch_id: int) -> list[Entry]:
    """Give what a batch wrote, in its order."""
    rows = session.rows(
        "select kind, table_name, key, before, after from journal where batch_id = ? "
        "order by place",
        [batch_id],
    )
    return [
        Entry(kind=Kind(kind), table=table, key=key, before=_columns(before), after=_columns(after))
        for kind, table, key, before, after in rows
    ]


def built_on(session: Session, batch_id: int) -> list[BuiltOn]:
    """Give the records of a batch that others, or the person, went on with since."""
    rows = session.rows(query_text("built_on"), {"batch_id": batch_id})
    return [
        BuiltOn(record=record_name(session, table, json.loads(key)), command=words, by=by, at=at)
        for table, key, _, words, by, at in rows
    ]


def last_touched(
    session: Session, table: str, where: dict[str, object]
) -> tuple[str, str, datetime] | None:
    """Give by what command, by whom and when a record was last written; None when not known."""
    return session.one(
        "select command, recorded_by, recorded_at from journal join batches using (batch_id) "
        "where table_name = ? and key = ? order by batch_id desc limit 1",
        [table, key_text(where)],
    )


def record_name(session: Session, table: str, where: dict[str, object]) -> str:
    """Call a record by its noun and number: `opportunity OP000001`."""
    noun = NOUNS.get(table, table.replace("_", " "))
    if "opportunity_id" in where:
        row = session.one(
            "select opportunity_no from opportunities where opportunity_id = ?",
            [where["opportunity_id"]],
        )
        return f"{noun} {row[0]}" if row else noun
    return f"{noun} {' '.join(str(value) for value in where.values())}".strip()


def _columns(text: str | None) -> dict[str, object] | None:
    return None if text is None else dict(json.loads(text))
