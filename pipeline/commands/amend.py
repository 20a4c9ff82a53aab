"""Change a record field by field: what one person left alone keeps what another made of it.

A form or a grid shows a record, a person changes some of its fields, and meanwhile somebody else
may have changed it too. Fields that the person left as shown keep what stands there now; a field
that both changed to something different is refused.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar

from pipeline.commands.activities import DefineActivity
from pipeline.commands.contact_lists import DefineContactList, DefineListLine
from pipeline.commands.contacts import DefineContact
from pipeline.commands.cycles import DefineCloseReason, DefineSalesCycle, DefineStage
from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.people import DefineCampaign, DefineSalesperson, DefineTeam
from pipeline.commands.quotes import DefineQuote
from pipeline.commands.setup import DefineNumberSeries, DefineSetting
from pipeline.domain.errors import SetUpChangedError, SetUpRemovedError
from pipeline.domain.quotes import QuoteStatus
from pipeline.domain.settings import SETTINGS
from pipeline.store import activities, records

Definition = (
    DefineActivity
    | DefineCampaign
    | DefineCloseReason
    | DefineContact
    | DefineContactList
    | DefineListLine
    | DefineNumberSeries
    | DefineQuote
    | DefineSalesCycle
    | DefineSalesperson
    | DefineSetting
    | DefineStage
    | DefineTeam
)


@dataclass(frozen=True, kw_only=True)
class Amend:
    """Carry out a wish for a record that is there, where nobody changed the same field."""

    wish: Definition
    shown: Definition
    """The record as the person saw it, written as the same kind of wish."""

    _RECORDS: ClassVar[dict[type, tuple[str, str, dict[str, str]]]] = {
        DefineActivity: ("Activity", "activities", {"code": "activity_code"}),
        DefineCampaign: ("Campaign", "campaigns", {"no": "campaign_no"}),
        DefineCloseReason: ("Close reason", "close_reasons", {"code": "close_reason_code"}),
        DefineContact: ("Contact", "contacts", {"no": "contact_no"}),
        DefineContactList: ("List", "contact_lists", {"no": "list_no"}),
        DefineListLine: (
            "Contact on list",
            "contact_list_lines",
            {"list_no": "list_no", "contact_no": "contact_no"},
        ),
        DefineNumberSeries: ("Number series", "number_series", {"code": "series_code"}),
        DefineQuote: ("Quote", "quotes", {"no": "quote_no"}),
        DefineSalesCycle: ("Sales cycle", "sales_cycles", {"code": "cycle_code"}),
        DefineSalesperson: ("Salesperson", "salespeople", {"code": "owner_code"}),
        DefineSetting: ("Setting", "settings", {"name": "name"}),
        DefineStage: ("Stage", "stages", {"cycle_code": "cycle_code", "stage": "stage"}),
        DefineTeam: ("Team", "teams", {"code": "team_code"}),
    }
    """Of each kind: what it is called, its table, and its key there."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `SetUpChangedError`, `SetUpRemovedError`, or as the wish."""
        stored = self._stored(desk)
        merged = {
            name: self._merged(name, value)
            for name, value in stored.items()
            if hasattr(self.wish, name)
        }
        return replace(self.wish, **merged).apply(desk)

    def _merged(self, name: str, now: Any) -> Any:  # noqa: ANN401 (whatever a field holds)
        """Give what a field becomes: the person's value where changed, else what is there."""
        wanted, shown = getattr(self.wish, name), getattr(self.shown, name)
        if _same(wanted, shown):
            return shown if _same(shown, now) else now
        if _same(now, shown) or _same(now, wanted):
            return wanted
        raise SetUpChangedError(self._words(), name, was=shown, now=now)

    def _stored(self, desk: Desk) -> dict[str, Any]:
        """Give the fields of the record that are not its key, as they are now."""
        if isinstance(self.wish, DefineSetting):
            name = self.wish.name
            value = records.setting(desk.session, name) or SETTINGS.get(name, "")
            return {"value": value}
        _, table, key = self._RECORDS[type(self.wish)]
        keys = {column: getattr(self.wish, name) for name, column in key.items()}
        found = records.row(desk.session, table, **keys)
        if found is None:
            raise SetUpRemovedError(self._words())
        own = {field.name for field in fields(self.wish)} - set(key) - {"position"}
        kept = {name: value for name, value in found.items() if name in own}
        return kept | self._besides(desk, kept)

    def _besides(self, desk: Desk, kept: dict[str, Any]) -> dict[str, Any]:
        """Give what a table alone does not tell: steps, and that a company is its own."""
        if isinstance(self.wish, DefineActivity):
            return {"steps": activities.activity(desk.session, self.wish.code).steps}
        if isinstance(self.wish, DefineContact) and kept["company_no"] == self.wish.no:
            return {"company_no": None}
        if isinstance(self.wish, DefineQuote):
            return {"status": kept["status"] or QuoteStatus.DRAFT.value}
        return {}

    def _words(self) -> str:
        noun, _, key = self._RECORDS[type(self.wish)]
        return " ".join([noun, *(str(getattr(self.wish, name)) for name in key)])


def _same(one: object, other: object) -> bool:
    """Say whether two values of a field are the same; blank and None are."""
    return (one or None) == (other or None) if _is_text(one, other) else one == other


def _is_text(one: object, other: object) -> bool:
    return all(value is None or isinstance(value, str) for value in (one, other))
