"""The run rate: what earlier periods brought in the days that are left of this one."""

import numpy as np

from pipeline.metrics.forecast.distribution import SEED, Forecast
from pipeline.metrics.forecast.past import Floats, Past, day_number

HALF_LIFE = 4
"""So many periods ago a period counts half."""
LONGEST = 12
PRIOR_PERIODS = 2
"""So many periods weighs the prior that the rest of a period is off by `PRIOR_SPREAD`."""
PRIOR_SPREAD = 0.5


def run_rate(past: Past, draws: int) -> Forecast:
    """Won so far, and the rest as the rests of the last periods, newer ones counting more.

    The spread is that of those rests around their mean, as a ratio, with two periods' worth of
    prior that the rest is off by half.
    """
    rests = rests_of(past)
    weights = 0.5 ** (np.arange(len(rests))[::-1] / HALF_LIFE)
    mean = float(weights @ rests / weights.sum()) if len(rests) else 0.0
    return Forecast(
        method="run-rate",
        totals=past.won + mean * _around_one(draws, _spread(rests, weights, mean)),
        won=past.won,
        from_new=mean,
        evidence_share=len(rests) / (len(rests) + PRIOR_PERIODS),
        evidence=(
            f"{len(rests)} earlier periods; that a rest is off by half weighs as {PRIOR_PERIODS}"
            if len(rests)
            else "no earlier period; what is still to come is left out"
        ),
        notes=past.notes,
    )


def rests_of(past: Past) -> Floats:
    """Give what each earlier period brought in as many last days as are left of this one.

    Of the last twelve, those whose last days all came after the first opportunity began.
    """
    began = past.arrivals["began_day"]
    first = int(began.min()) if len(began) else past.cut_day
    ends = [day_number(last) for _, last in past.periods][-LONGEST:]
    ends = [end for end in ends if end - past.days_left >= first]
    days = past.wins["won_day"].to_numpy("int64")
    ordered = np.argsort(days, kind="stable")
    amounts = past.wins["amount"].fillna(0).to_numpy("float64")[ordered]
    sums = np.append(0.0, np.cumsum(amounts))
    after = np.searchsorted(days[ordered], [end - past.days_left for end in ends], side="right")
    until = np.searchsorted(days[ordered], ends, side="right")
    return np.asarray(sums[until] - sums[after])


def _spread(rests: Floats, weights: Floats, mean: float) -> float:
    """The spread of the rests as a part of their mean, drawn towards what is usual."""
    if mean <= 0:
        return 0.0
    n = len(rests)
    off = float(weights @ (rests / mean - 1) ** 2 / weights.sum()) * n / max(n - 1, 1)
    return float(np.sqrt((n * off + PRIOR_PERIODS * PRIOR_SPREAD**2) / (n + PRIOR_PERIODS)))


def _around_one(draws: int, spread: float) -> Floats:
    """Lognormal draws with a mean of one."""
    sigma = np.sqrt(np.log1p(spread**2))
    rng = np.random.default_rng(SEED)
    return np.asarray(rng.lognormal(-(sigma**2) / 2, sigma, draws))
