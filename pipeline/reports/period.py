"""The period a report of changes looks at: two days that are always there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TypeAlias

from pipeline.domain.dates import add_formula
from pipeline.domain.scope import Scope


def with_period(scope: Scope, *, first: date | None = None) -> Scope:
    """Give the scope a first and a last day, and make the last the day it looks at.

    The last is the as-of day, or an earlier one the scope names. The first is the one the scope
    names, else `first`, else that of the quarter of the last; at latest the day after the last:
    then nothing happened.
    """
    last = min(scope.to_on or scope.as_of, scope.as_of)
    first = scope.from_on or first or add_formula(last, "-CQ")
    return replace(scope, as_of=last, from_on=min(first, _day_after(last)), to_on=last)


def eve(scope: Scope) -> date:
    """The day before the period, at whose end it starts."""
    return (scope.from_on or scope.as_of) - timedelta(days=1)


def _day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def last_full_week(day: date) -> tuple[date, date]:
    """Monday and Sunday of the newest week that is over at the end of the day.

    >>> last_full_week(date(2025, 3, 31))
    (datetime.date(2025, 3, 24), datetime.date(2025, 3, 30))
    """
    sunday = add_formula(_day_after(day), "-CW") - timedelta(days=1)
    return sunday - timedelta(days=6), sunday


def to_date(day: date, unit: str) -> tuple[date, date]:
    """From the first day of the month, quarter or year (CM, CQ, CY) that a day lies in to it."""
    return add_formula(day, f"-{unit}"), day


def whole(day: date, unit: str) -> tuple[date, date]:
    """Give the first and the last day of the month, quarter or year that a day lies in."""
    return add_formula(day, f"-{unit}"), add_formula(day, unit)


Days: TypeAlias = Callable[[date], tuple[date, date]]

PERIODS: dict[str, Days] = {
    "Last full week": last_full_week,
    "Month to date": partial(to_date, unit="CM"),
    "Quarter to date": partial(to_date, unit="CQ"),
    "Year to date": partial(to_date, unit="CY"),
}
"""Periods that are asked for again and again, by name: the two days they have on a day."""
WINDOWS: dict[str, Days] = {
    "This month": partial(whole, unit="CM"),
    "This quarter": partial(whole, unit="CQ"),
    "This year": partial(whole, unit="CY"),
}
"""Windows of expected close dates, by name: the two days they have on a day."""
