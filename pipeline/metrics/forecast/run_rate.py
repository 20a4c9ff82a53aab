"""The run rate: what earlier periods brought in the days that are left of this one."""

import numpy as np

from pipeline.metrics.forecast.distribution import SEED, Forecast
from pipeline.metrics.forecast.past import Floats, Past, day_number

HALF_LIFE = 4
"""So many periods ago a period counts half."""
LONGEST = 12


def run_rate(past: Past, draws: int) -> Forecast:
    """Won so far, and the rest as the rests of the last periods, newer ones counting more.

    The spread is that of those rests around their mean, as a ratio, with two periods' worth of
    prior that the rest is off by half.
    """
    rests = rests_of(past)
    if not len(rests):
        return Forecast(
            method="run-rate",
            totals=np.full(draws, past.won),
            won=past.won,
            evidence_share=0.0,
            evidence="no period was over before; nothing is known of what is to come",
        )
    weights = 0.5 ** (np.arange(len(rests))[::-1] / HALF_LIFE)
    mean = float(weights @ rests / weights.sum())
    spread = _spread(rests, weights, mean)
    noise = _lognormal(draws, spread)
    return Forecast(
        method="run-rate",
        totals=past.won + mean * noise,
        won=past.won,
        from_open=0.0,
        from_new=mean,
        evidence_share=len(rests) / (len(rests) + PRIOR_PERIODS),
        evidence=f"{len(rests)} earlier periods; the prior is a rest off by half",
    )


PRIOR_PERIODS = 2
PRIOR_SPREAD = 0.5


def _spread(rests: Floats, weights: Floats, mean: float) -> float:
    if mean <= 0:
        return 0.0
    ratios = rests / mean - 1
    enough = len(rests) / max(len(rests) - 1, 1)
    variance = enough * float(weights @ ratios**2 / weights.sum())
    n = len(rests)
    return float(np.sqrt((n * variance + PRIOR_PERIODS * PRIOR_SPREAD**2) / (n + PRIOR_PERIODS)))


def _lognormal(draws: int, spread: float) -> Floats:
    rng = np.random.default_rng(SEED)
    sigma = np.sqrt(np.log1p(spread**2))
    return np.asarray(rng.lognormal(-(sigma**2) / 2, sigma, draws))


def rests_of(past: Past) -> Floats:
    """What each earlier period brought in as many last days as are left of this one."""
    days = past.wins["won_day"].to_numpy("int64")
    amounts = past.wins["amount"].fillna(0).to_numpy("float64")
    ends = [day_number(last) for _, last in past.periods][-LONGEST:]
    ordered = np.argsort(days, kind="stable")
    sums = np.concatenate([[0.0], np.cumsum(amounts[ordered])])
    days = days[ordered]
    after = np.searchsorted(days, [end - past.days_left for end in ends], side="right")
    until = np.searchsorted(days, ends, side="right")
    return np.asarray(sums[until] - sums[after])
