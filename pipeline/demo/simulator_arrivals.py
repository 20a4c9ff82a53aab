"""When opportunities arise: more every year, by month, before quarters end, on working days."""

import numpy as np

from pipeline.demo.simulator_company import HABITS
from pipeline.demo.simulator_people import Floats, Ints

YEAR_DAYS = 365.25
SATURDAY = 5
LAST_OF_QUARTER = 2
"""The third month of a quarter, counted from 0."""
TWO_WEEKS = 14


def draw_arrivals(rng: np.random.Generator, size: int, until: int) -> Ints:
    """Draw the days on which opportunities arise, in order; `until` is the last."""
    days = np.arange(until - round(HABITS.years * YEAR_DAYS) + 1, until + 1)
    weights = arrival_weights(days)
    return np.asarray(np.sort(rng.choice(days, size, p=weights / weights.sum())))


def arrival_weights(days: Ints) -> Floats:
    """Give how many opportunities arise on each day, relative to others."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    month = months.astype(np.int64) % 12
    days_left = ((months + 1).astype("datetime64[D]") - dates).astype(np.int64)
    ends_quarter = (month % 3 == LAST_OF_QUARTER) & (days_left <= TWO_WEEKS)
    weekend = (days + 3) % 7 >= SATURDAY
    growth = (1 + HABITS.growth_per_year) ** ((days - days[0]) / YEAR_DAYS)
    return np.asarray(
        growth
        * np.array(HABITS.months)[month]
        * np.where(ends_quarter, HABITS.quarter_end, 1)
        * np.where(weekend, HABITS.weekend, 1)
    )
