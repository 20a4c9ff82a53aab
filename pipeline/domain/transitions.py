"""One row of the log: the complete standing of an opportunity from one day until the next row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Action(StrEnum):
    """Why a transition was written."""

    FIRST = "first"
    NEXT = "next"
    PREVIOUS = "previous"
    SKIP = "skip"
    JUMP = "jump"
    UPDATE = "update"
    REASSIGN = "reassign"
    """Another owner; not an action of Business Central."""
    EDIT = "edit"
    """Another contact, category or description; not an action of Business Central."""
    WON = "won"
    LOST = "lost"
    REOPEN = "reopen"
    """Closed before, in a stage again; not an action of Business Central."""


STARTS_A_STAY = frozenset(
    {Action.FIRST, Action.NEXT, Action.PREVIOUS, Action.SKIP, Action.JUMP, Action.REOPEN}
)
"""The actions that begin a new stay in a stage."""

CLOSES = frozenset({Action.WON, Action.LOST})


@dataclass(frozen=True, kw_only=True)
class Transition:
    """The standing from the day `on`, and the action that led to it."""

    action: Action
    on: date
    """The business day the change took effect (`valid_from` in the log)."""
    cycle_code: str
    stage: int
    """0 once closed."""
    from_stage: int
    """The stage before; 0 on the first transition."""
    path: str
    """The stage of every stay so far, in order: `1 2 3 2`."""
    amount: Decimal | None
    chances_percent: Decimal
    completed_percent: Decimal
    probability_percent: Decimal
    weighted_amount: Decimal | None
    """Amount x probability, exact; once won the amount it was won with; 0 once lost."""
    expected_close_on: date | None
    owner_code: str | None
    contact_no: str | None
    forecast_category: str | None = None
    close_reason_code: str | None = None
    note: str = ""
    nth: int = 0
    """Its number in the log of the opportunity; 0 until it is recorded."""


def lengthen(path: str, stage: int) -> str:
    """Give a path with one more stay.

    >>> lengthen("1 2", 3)
    '1 2 3'
    """
    return f"{path} {stage}".strip()
