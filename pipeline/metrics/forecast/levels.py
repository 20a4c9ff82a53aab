"""Rates drawn level by level: an owner's towards the stage's, the stage's towards the company's."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from pipeline.metrics.forecast.past import Floats
from pipeline.metrics.shrinkage import FALLBACK_STRENGTH, FEWEST_GROUPS

STRENGTHS = np.geomspace(2, 2_000, 22)
"""The strengths among which the likeliest is taken."""


def drawn(frame: pd.DataFrame, seen: pd.DataFrame, levels: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Give the rate of each row of a frame: its prior, drawn level by level to what was seen.

    `frame` has `prior` and the keys of the levels; `seen` has the keys and `won`, 0 or 1. At each
    level (won + k rate of the level above) / (n + k), where k is the likeliest beta-binomial
    strength (20 where fewer than three groups can say). Gives `rate | evidence_share`: the share of
    all levels together is 1 minus the product of k / (n + k).
    """
    rate = frame["prior"].to_numpy("float64")
    prior_left = np.ones(len(frame))
    for keys in levels:
        sums = seen.groupby(list(keys), dropna=False)["won"].agg(["sum", "size"])
        found = frame[list(keys)].merge(
            sums.reset_index(), how="left", on=list(keys), validate="many_to_one"
        )
        won = found["sum"].fillna(0).to_numpy("float64")
        number = found["size"].fillna(0).to_numpy("float64")
        k = likeliest(*_groups(frame, keys, won, number, rate))
        rate = (won + k * rate) / (number + k)
        prior_left = prior_left * k / (number + k)
    return pd.DataFrame({"rate": rate, "evidence_share": 1 - prior_left}, index=frame.index)


def _groups(
    frame: pd.DataFrame, keys: Sequence[str], won: Floats, number: Floats, rate: Floats
) -> tuple[Floats, Floats, Floats]:
    """One row for each group of the frame: won, number, and the mean rate of the level above."""
    rows = frame[list(keys)].assign(won=won, number=number, rate=rate)
    groups = rows.groupby(list(keys), dropna=False)[["won", "number", "rate"]].mean()
    return tuple(groups[name].to_numpy("float64") for name in groups)  # type: ignore[return-value]


def likeliest(won: Floats, number: Floats, rate: Floats) -> float:
    """Give the strength k of the beta-binomial around the rates that is likeliest."""
    telling = (number > 1) & (rate > 0) & (rate < 1)
    if telling.sum() < FEWEST_GROUPS:
        return FALLBACK_STRENGTH
    won, lost, rate = won[telling], (number - won)[telling], rate[telling]
    a = STRENGTHS[:, None] * rate
    b = STRENGTHS[:, None] * (1 - rate)
    likelihood = (special.betaln(a + won, b + lost) - special.betaln(a, b)).sum(axis=1)
    return float(STRENGTHS[int(np.argmax(likelihood))])
