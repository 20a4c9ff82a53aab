"""What is supposed of open opportunities, in words and as commands; no Streamlit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard import formats
from pipeline.commands import CloseAsLost, CloseAsWon, Command, UpdateOpportunity
from pipeline.domain.closing import Outcome
from pipeline.reports.what_if import OUTCOMES, Change

AS_IS, WON, DROPPED = OUTCOMES
Values = dict[str, Any]
EDITED = ("outcome", "amount", "expected_close_on")
"""What may be supposed otherwise, by the name of its column."""
Reasons = Mapping[Outcome, str | None]
"""The close reason to record wins and losses with."""


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """What is supposed of one opportunity, kept until it is recorded or put back."""

    no: str
    description: str
    version: int
    """Of the opportunity as the person saw it who supposed the first of it."""
    cells: Mapping[str, Any] = field(default_factory=dict)
    """What differs from what is recorded, by column: some of `EDITED`."""


@dataclass(frozen=True)
class Edit:
    """One opportunity as it is and as it is supposed to be."""

    no: str
    opportunity_id: int
    version: int
    """As the person saw it."""
    newest: int
    """Its version now."""
    description: str
    outcome: str
    amount: float | None
    """As supposed."""
    expected_close_on: date | None
    """As supposed."""
    was_amount: float | None
    was_expected_close_on: date | None
    quote_amount: float | None
    """An assigned quote says what a win brings, whatever stands in the table."""

    @property
    def is_changed(self) -> bool:
        """Whether anything is supposed of it."""
        moved = self.expected_close_on != self.was_expected_close_on
        return self.outcome != AS_IS or self.amount != self.was_amount or moved

    @property
    def is_outdated(self) -> bool:
        """Whether it was changed since the person saw it."""
        return self.version != self.newest

    @property
    def wins(self) -> float | None:
        """What it brings if it is won."""
        return self.amount if self.quote_amount is None else self.quote_amount

    @property
    def words(self) -> str:
        """What is supposed of it, in a few words."""
        if self.outcome == WON:
            return f"won for {formats.money(self.wins)}"
        if self.outcome == DROPPED:
            return "dropped"
        parts = [
            f"{formats.money(self.was_amount)} → {formats.money(self.amount)}"
            if self.amount != self.was_amount
            else "",
            f"closes {formats.day(self.was_expected_close_on)} → "
            f"{formats.day(self.expected_close_on)}"
            if self.expected_close_on != self.was_expected_close_on
            else "",
        ]
        return ", ".join(filter(None, parts))

    def supposed(self) -> Change:
        """What the forecast is computed with."""
        return Change(
            opportunity_id=self.opportunity_id,
            outcome=self.outcome,
            amount=self.wins if self.outcome == WON else self.amount,
            expected_close_on=self.expected_close_on if self.outcome == AS_IS else None,
        )

    def wishes(self, reasons: Reasons) -> tuple[Command, ...]:
        """The commands that record exactly that, refused where the opportunity was changed since.

        Both figures of an update are said, so that none is proposed anew behind the table's back.
        """
        if self.outcome == WON:
            won = CloseAsWon(
                opportunity_no=self.no,
                sales_amount=_exact(self.wins),
                close_reason_code=reasons.get(Outcome.WON),
                seen=self.version,
            )
            return (won,)
        if self.outcome == DROPPED:
            reason = reasons.get(Outcome.LOST)
            dropped = CloseAsLost(
                opportunity_no=self.no, close_reason_code=reason, seen=self.version
            )
            return (dropped,)
        update = UpdateOpportunity(
            opportunity_no=self.no,
            amount=_exact(self.amount),
            expected_close_on=self.expected_close_on,
            seen=self.version,
        )
        return (update,)

    @property
    def lacks(self) -> str:
        """Why it cannot be recorded as it is shown; empty where it can."""
        if self.outcome == AS_IS and self.expected_close_on is None:
            return f"{self.no} has no expected close date; give it one to record the change."
        return ""


def edits(rows: Sequence[Values], kept: Mapping[int, Supposed]) -> list[Edit]:
    """What is supposed of the rows of the table, in their order; `kept` is by opportunity."""
    found = [
        _edit(row, kept[row["opportunity_id"]]) for row in rows if row["opportunity_id"] in kept
    ]
    return [edit for edit in found if edit.is_changed]


def differing(row: Values, typed: Mapping[str, Any]) -> Values:
    """What of the typed values is not as recorded; `row` holds what is."""
    as_typed = {name: _READ[name](value) for name, value in typed.items() if name in _READ}
    return {name: value for name, value in as_typed.items() if value != _READ[name](row[name])}


def _edit(row: Values, supposed: Supposed) -> Edit:
    now = row | dict(supposed.cells)
    return Edit(
        no=str(row["opportunity_no"]),
        opportunity_id=int(row["opportunity_id"]),
        version=supposed.version,
        newest=int(row["version"]),
        description=str(row["description"] or ""),
        outcome=_outcome(now["outcome"]),
        amount=_number(now["amount"]),
        expected_close_on=_day(now["expected_close_on"]),
        was_amount=_number(row["amount"]),
        was_expected_close_on=_day(row["expected_close_on"]),
        quote_amount=_number(row["quote_amount"]),
    )


def _outcome(value: object) -> str:
    return AS_IS if formats.is_missing(value) else str(value)


def _number(value: object) -> float | None:
    return None if formats.is_missing(value) else float(str(value))


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _day(value: object) -> date | None:
    """A day as the editor writes it: a date, a moment, or a text that begins with it."""
    return None if formats.is_missing(value) else date.fromisoformat(str(value)[:10])


_READ: Mapping[str, Callable[[object], Any]] = dict(
    zip(EDITED, (_outcome, _number, _day), strict=True)
)
