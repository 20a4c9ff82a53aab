"""The period a report of changes looks at: two days that are always there."""

from dataclasses import replace
from datetime import date, timedelta

from pipeline.domain.dates import add_formula
from pipeline.domain.scope import Scope


def with_period(scope: Scope, *, unit: str = "CQ") -> Scope:
    """Give the scope a first and a last day, and make the last the day it looks at.

    The last is the as-of day or an earlier one the scope names. The first, where the scope names
    none, is that of the quarter (`unit`) of the last. Never does the first lie behind the day
    after the last: then nothing happened.
    """
    last = min(scope.to_on or scope.as_of, scope.as_of)
    first = scope.from_on or add_formula(last, f"-{unit}")
    return replace(scope, as_of=last, from_on=min(first, _day_after(last)), to_on=last)


def eve(scope: Scope) -> date:
    """The day before the period, at whose end it starts."""
    return (scope.from_on or scope.as_of) - timedelta(days=1)


def _day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
