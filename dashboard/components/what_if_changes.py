"""What edits of the what-if table amount to: what is supposed, and the commands; no Streamlit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard import formats
from dashboard.components.edit_grid import Changed
from pipeline.commands import CloseAsLost, CloseAsWon, Command, UpdateOpportunity
from pipeline.domain.closing import Outcome
from pipeline.reports.what_if import OUTCOMES, Change

AS_IS, WON, DROPPED = OUTCOMES
Reasons = Mapping[Outcome, str | None]
"""The close reason to record wins and losses with."""


@dataclass(frozen=True)
class Edit:
    """One opportunity as it is and as it is supposed to be."""

    no: str
    opportunity_id: int
    version: int
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


def edits(changed: Sequence[Changed]) -> list[Edit]:
    """The rows of the table that suppose anything."""
    found = [_edit(each.before, each.after) for each in changed]
    return [edit for edit in found if edit.is_changed]


def _edit(before: Mapping[str, Any], after: Mapping[str, Any]) -> Edit:
    return Edit(
        no=str(after["opportunity_no"]),
        opportunity_id=int(after["opportunity_id"]),
        version=int(after["version"]),
        description=str(after["description"] or ""),
        outcome=after["outcome"] or AS_IS,
        amount=_number(after["amount"]),
        expected_close_on=_day(after["expected_close_on"]),
        was_amount=_number(before["amount"]),
        was_expected_close_on=_day(before["expected_close_on"]),
        quote_amount=_number(before["quote_amount"]),
    )


def _number(value: object) -> float | None:
    return None if formats.is_missing(value) else float(str(value))


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _day(value: object) -> date | None:
    """A day as the editor writes it: a date, a moment, or a text that begins with it."""
    return None if formats.is_missing(value) else date.fromisoformat(str(value)[:10])
