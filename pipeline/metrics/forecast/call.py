"""The call: what sellers and managers said the period will come to, and how far they were off."""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.domain.percentages import share
from pipeline.metrics.forecast.distribution import SEED, Forecast
from pipeline.metrics.forecast.past import Past, day_number
from pipeline.metrics.forecast.yields import category

SPREAD, PRIOR_PERIODS = 0.25, 3.0
"""How far off calls are before anything is known, as a part of them, and what that weighs."""
NEAR_DAYS = 15
LEVELS = ("owner", "team", "company")
"""Whose calls are added up: those of owners where there are any, else of teams, else the one."""


def call(past: Past, draws: int) -> Forecast:
    """The latest calls for the period, with the range that earlier calls were off by.

    A call is a total: what is won is in it and is never added. Earlier calls, as they stood with
    as many days left, tell how much comes of a call; both the ratio and its spread are drawn
    towards what is usual. Without any call it is the forecast by category, and says so.
    """
    said, level, callers = standing_call(past, past.first_day, past.last_day, past.cut_day)
    if not callers:
        return _by_category(past, draws)
    ratios = earlier_ratios(past, level)
    mean, spread = _drawn(ratios)
    expected = max(said * mean, past.won)
    sigma = np.sqrt(np.log1p(spread**2))
    noise = np.random.default_rng(SEED).lognormal(-(sigma**2) / 2, sigma, draws)
    rest = expected - past.won
    return Forecast(
        method="call",
        totals=past.won + rest * _around_one(noise, expected, rest),
        won=past.won,
        from_open=rest,
        evidence_share=len(ratios) / (len(ratios) + PRIOR_PERIODS),
        evidence=(
            f"{len(ratios)} earlier periods with calls; the prior, that a call is kept to within "
            f"{share(SPREAD)}, weighs as {PRIOR_PERIODS:.0f}"
        ),
        notes=(
            *past.notes,
            f"The sum of {callers} calls by level {level}: {said:,.0f} before it is set right.",
        ),
    )


def _around_one(noise: np.ndarray, expected: float, rest: float) -> np.ndarray:
    """Let the rest carry the error of the whole call, as far as it can without turning negative."""
    if rest <= 0:
        return np.ones(len(noise))
    carried = np.maximum(1 + (noise - 1) * expected / rest, 0)
    return np.asarray(carried / carried.mean())


def _by_category(past: Past, draws: int) -> Forecast:
    found = category(past, draws)
    return replace(found, method="call").noted(
        "Nobody has called this period: the forecast categories that owners set stand in."
    )


def standing_call(past: Past, first: int, last: int, day: int) -> tuple[float, str, int]:
    """Give the sum of the latest calls for a period as they stood on a day, of whom, how many."""
    calls = past.calls
    of_it = calls[
        (calls["from_day"] == first) & (calls["to_day"] == last) & (calls["called_day"] <= day)
    ]
    for level in LEVELS:
        there = of_it[of_it["level"] == level]
        if len(there):
            latest = there.sort_values("called_day", kind="stable").groupby(["code"]).tail(1)
            return float(latest["amount"].sum()), level, len(latest)
    return 0.0, "", 0


def earlier_ratios(past: Past, level: str) -> pd.Series:
    """Give what earlier periods brought in relation to their calls with as many days left."""
    found = {}
    for from_on, to_on in past.periods:
        first, last = day_number(from_on), day_number(to_on)
        day = last - past.days_ahead + NEAR_DAYS if past.days_ahead else last
        said, whose, _ = standing_call(past, first, last, day)
        if said > 0 and whose == level:
            came = past.wins.loc[past.wins["won_day"].between(first, last), "amount"].sum()
            found[from_on] = float(came) / said
    return pd.Series(found, dtype="float64")


def _drawn(ratios: pd.Series) -> tuple[float, float]:
    """The mean ratio drawn towards 1, and the spread towards what is usual."""
    n = len(ratios)
    mean = (float(ratios.sum()) + PRIOR_PERIODS) / (n + PRIOR_PERIODS)
    squares = float(((ratios - mean) ** 2).sum())
    return mean, float(np.sqrt((squares + PRIOR_PERIODS * SPREAD**2) / (n + PRIOR_PERIODS)))
