"""Make something that is not there yet: a code or number that is taken is refused, not changed."""

from dataclasses import dataclass
from typing import ClassVar

from pipeline.commands.activities import DefineActivity
from pipeline.commands.codes import code
from pipeline.commands.contact_lists import DefineContactList
from pipeline.commands.contacts import DefineContact
from pipeline.commands.cycles import DefineCloseReason, DefineSalesCycle
from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.people import DefineCampaign, DefineSalesperson, DefineTeam
from pipeline.commands.quotes import DefineQuote
from pipeline.commands.setup import DefineNumberSeries
from pipeline.domain.errors import CodeTakenError, NumberTakenError
from pipeline.store import recording as record
from pipeline.store import records

Numbered = DefineCampaign | DefineContact | DefineContactList | DefineQuote
Coded = (
    DefineActivity
    | DefineCloseReason
    | DefineNumberSeries
    | DefineSalesCycle
    | DefineSalesperson
    | DefineTeam
)


@dataclass(frozen=True)
class AsNew:
    """Carry out a wish that must not change what is there already."""

    wish: Coded | Numbered
    _KEYS: ClassVar[dict[type, tuple[str, str]]] = {
        DefineActivity: ("activities", "activity_code"),
        DefineCampaign: ("campaigns", "campaign_no"),
        DefineCloseReason: ("close_reasons", "close_reason_code"),
        DefineContact: ("contacts", "contact_no"),
        DefineContactList: ("contact_lists", "list_no"),
        DefineQuote: ("quotes", "quote_no"),
        DefineNumberSeries: ("number_series", "series_code"),
        DefineSalesCycle: ("sales_cycles", "cycle_code"),
        DefineSalesperson: ("salespeople", "owner_code"),
        DefineTeam: ("teams", "team_code"),
    }

    def apply(self, desk: Desk) -> Recorded:
        """Raises `CodeTakenError`, `NumberTakenError`, `ManualNumberError`, or as the wish."""
        wish = self.wish
        typed = wish.no if isinstance(wish, Numbered) else wish.code
        if typed and typed.strip():
            self._check(desk, code(typed, "The code"))
        return wish.apply(desk)

    def _check(self, desk: Desk, key: str) -> None:
        table, column = self._KEYS[type(self.wish)]
        if isinstance(self.wish, DefineContact):
            record.check_manual_number(desk.session, "contact_series")
        if records.count(desk.session, table, **{column: key}):
            raise NumberTakenError(key) if isinstance(self.wish, Numbered) else CodeTakenError(key)
