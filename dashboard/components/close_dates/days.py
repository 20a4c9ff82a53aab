"""Which days the line of close dates covers: a period with some time before and behind it."""

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.calendar import Period

_BEFORE, _BEHIND = 4, 2
"""The line begins a fourth of the period before it and ends half of it behind."""
_LEAST = timedelta(days=10)
_AROUND_TODAY = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Days:
    """The first and the last day of a line; what lies outside is held at its edge."""

    first: date
    last: date


def around(period: Period, today: date) -> Days:
    """The days of a line about a period; today is on it unless it is far away."""
    length = timedelta(days=period.days)
    first = period.first - max(length // _BEFORE, _LEAST)
    last = period.last + max(length // _BEHIND, _LEAST)
    if period.first - length <= today <= period.last + length:
        first = min(first, today - _AROUND_TODAY)
        last = max(last, today + _AROUND_TODAY)
    return Days(first=first, last=last)
