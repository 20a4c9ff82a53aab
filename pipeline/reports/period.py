"""The period a report of changes looks at: two days that are always there."""

from dataclasses import replace
from datetime import date, timedelta

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
