"""The columns of the opportunities matrix: how time is cut, and what each cut is headed with."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, TypeAlias

from pipeline.domain.calendar import PeriodKind
from pipeline.domain.dates import add_formula
from pipeline.domain.errors import ChoiceError
from pipeline.store import Session, targets

By: TypeAlias = Literal["day", "week", "month", "quarter", "year", "accounting period"]

MOST_PERIODS = 32
ACCOUNTING = "accounting period"
_UNITS: dict[str, tuple[str, str]] = {
    "day": ("", "1D"),
    "week": ("-CW", "1W"),
    "month": ("-CM", "1M"),
    "quarter": ("-CQ", "1Q"),
    "year": ("-CY", "1Y"),
}
"""How to come to the start of the period a day lies in, and from there to the next."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One column: both days belong to it."""

    first: date
    last: date
    label: str


def cuts(session: Session, day: date, by: By, periods: int) -> list[Cut]:
    """Give so many periods, the one of the day first. Raises `ChoiceError` for more than 32.

    An accounting period is a month of the company's fiscal calendar, the others are the calendar's.
    """
    if not 1 <= periods <= MOST_PERIODS:
        raise ChoiceError(
            "The number of periods", "periods", str(periods), [f"1 to {MOST_PERIODS}"]
        )
    if by == ACCOUNTING:
        return _accounting(session, day, periods)
    starts = [begin(session, day, by)]
    while len(starts) <= periods:
        starts.append(add_formula(starts[-1], _UNITS[by][1]))
    return [
        Cut(first=first, last=following - timedelta(days=1), label=caption(first, by))
        for first, following in pairwise(starts)
    ]


def begin(session: Session, day: date, by: By, moved: int = 0) -> date:
    """Give the first day of the period a day lies in, or of one so many periods later or earlier.

    >>> begin(None, date(2026, 1, 28), "quarter", moved=-1)
    datetime.date(2025, 10, 1)
    """
    if by == ACCOUNTING:
        calendar = targets.calendar(session)
        period = calendar.period(PeriodKind.MONTH, day)
        for _ in range(abs(moved)):
            period = calendar.after(period) if moved > 0 else calendar.before(period)
        return period.first
    to_start, step = _UNITS[by]
    first = add_formula(day, to_start)
    for _ in range(abs(moved)):
        first = add_formula(first, f"{'+' if moved > 0 else '-'}{step}")
    return first


def caption(start: date, by: By) -> str:
    """How a period of the calendar is headed: the day, week.year, month, quarter/year or year.

    >>> caption(date(2026, 2, 1), "month"), caption(date(2026, 1, 26), "week")
    ('Feb 2026', '5.2026')
    """
    year, week, _ = start.isocalendar()
    return {
        "day": f"{start}",
        "week": f"{week}.{year}",
        "month": f"{start:%b %Y}",
        "quarter": f"{(start.month + 2) // 3}/{start.year}",
        "year": f"{start.year}",
    }[by]


def _accounting(session: Session, day: date, periods: int) -> list[Cut]:
    calendar = targets.calendar(session)
    found = [calendar.period(PeriodKind.MONTH, day)]
    while len(found) < periods:
        found.append(calendar.after(found[-1]))
    return [Cut(first=one.first, last=one.last, label=one.label) for one in found]
