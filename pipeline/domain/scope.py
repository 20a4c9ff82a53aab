"""Which opportunities a report looks at, as of which day, as known when."""

from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The filter that every report takes; an empty tuple means all of them.

    Both ends of the period belong to it. Owner, team, cycle, contact and campaign are
    those an opportunity has on the as-of day.
    """

    as_of: date
    """The day the report looks at, its end."""
    known_at: datetime | None = None
    """Only what had been recorded by this moment (UTC); None: everything known now."""
    from_on: date | None = None
    to_on: date | None = None
    cycles: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()

    def on(self, day: date) -> "Scope":
        """Give the same scope as of another day."""
        return replace(self, as_of=day)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The opportunities behind one number: what a list narrows a scope to."""

    statuses: tuple[str, ...] = ()
    stages: tuple[int, ...] = ()
    expected_month: date | None = None
    """First day of the month in which the opportunity is expected to close."""
    expected_from: date | None = None
    expected_to: date | None = None
    without_expected_close: bool = False
    overdue: bool = False
    without_amount: bool = False
    reached_stage: int | None = None
    """Was ever at this stage or beyond it, in the order of the cycle today."""
    highest_stage: int | None = None
    """Never went beyond this stage, in the order of the cycle today."""
    advanced_stage: int | None = None
    """Went beyond this stage, or was won."""
    entered: bool = False
    """Was ever in a stage that its cycle has today."""
    rule: str = ""
    """The counting rule of these: R1 (also when empty), R2 or R3."""
    crossed_stage: int | None = None
    """First came to this stage or beyond it between the two days that follow."""
    crossed_from: date | None = None
    crossed_to: date | None = None
    resolved_stage: int | None = None
    """Reached this stage and does not stand open with it as its furthest."""
    visited_stage: int | None = None
    """Was ever in this very stage."""
    skipped_stage: int | None = None
    """Reached this stage without ever being in it."""
    bounced_stage: int | None = None
    """Ever left this stage for an earlier one."""
    last_stage: int | None = None
    """Is in this stage, or was in it when it was closed; 0: closed without ever being started."""
    step: str = ""
    """Ever took this step: `2>3`, `0>1` for its start, `3>won`, `2>in progress` for where it is."""
    closed_from: date | None = None
    closed_to: date | None = None
    created_from: date | None = None
    created_to: date | None = None
    close_reasons: tuple[str, ...] = ()
    without_close_reason: bool = False
    in_win_rate: bool = False
    """Leave out what was closed for a reason that does not count in the win rate."""
    sources: tuple[str, ...] = ()
    """Where it was recorded from: entry, or the source of an import."""
    categories: tuple[str, ...] = ()
    """In progress in one of these forecast categories: the one set, else that of its stage."""
    lists: tuple[str, ...] = ()
    """Made for one of these lists of contacts."""
    actions: tuple[str, ...] = ()
    """Its newest entry was made by one of these: `first`, `update`, `won`; edits make none."""
    probability_from: float | None = None
    probability_to: float | None = None
    completed_from: float | None = None
    completed_to: float | None = None
    amount_from: float | None = None
    amount_below: float | None = None
    without_campaign: bool = False
    without_team: bool = False
    """Has no owner, or one without a team."""
    without_owner: bool = False
    without_contact: bool = False
    entered_from: date | None = None
    """Entered the stage it is in on this day or later."""
    entered_to: date | None = None
    without_next_step: bool = False
    """Has no open task."""
    unplanned_to: date | None = None
    """Has no open task due from the as-of day to this day."""
    pushed: int | None = None
    """Had its expected close date moved later at least so many times."""
    pushed_from: date | None = None
    """Count only what was moved on this day or later."""
    pushed_to: date | None = None
    search: str = ""
    """Part of the number, the description, or the name of contact or owner; a, A and á are one."""
