"""The two simplest forecasts: what came last time, and what came a year ago."""

from collections.abc import Callable
from datetime import date, timedelta

from pipeline.metrics.forecast.past import Past, day_number

LAST_PERIOD, SAME_PERIOD_LAST_YEAR = "last-period", "same-period-last-year"
_A_YEAR_DAYS = 365
_NEAR_DAYS = 45
"""A period begins a year ago when it does so within half a quarter."""


def last_period(past: Past) -> float | None:
    """What the period before brought; None where the history does not reach over all of it.

    A cut a few days before the period begins knows the last one but for its last days.
    """
    over = [each for each in past.periods if each[1] < past.from_on]
    if not over:
        return None
    day = timedelta(days=1)
    is_running = over[-1][1] + day < past.from_on
    return _brought(past, (over[-1][1] + day, past.from_on - day) if is_running else over[-1])


def same_period_last_year(past: Past) -> float | None:
    """What the period that began about a year earlier brought; None where there was none."""
    begins = past.first_day - _A_YEAR_DAYS
    gaps = {abs(day_number(each[0]) - begins): each for each in past.periods}
    nearest = min(gaps, default=_NEAR_DAYS)
    return _brought(past, gaps[nearest]) if nearest < _NEAR_DAYS else None


BENCHMARKS: dict[str, Callable[[Past], float | None]] = {
    LAST_PERIOD: last_period,
    SAME_PERIOD_LAST_YEAR: same_period_last_year,
}
"""Forecasts without a range, by name."""


def _brought(past: Past, period: tuple[date, date]) -> float | None:
    first, last = (day_number(day) for day in period)
    if past.arrivals.empty or int(past.arrivals["began_day"].min()) > first:
        return None
    inside = past.wins["won_day"].between(first, last)
    return float(past.wins.loc[inside, "amount"].fillna(0).sum())
