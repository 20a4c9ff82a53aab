"""Rates drawn level by level: an owner's towards the stage's, the stage's towards the company's."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from pipeline.metrics.forecast.past import Floats, Ints
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
    happened = seen["won"].to_numpy("float64")
    codes = {key: _codes(frame, seen, key) for keys in levels for key in keys}
    for keys in levels:
        own, others = _groups([codes[key] for key in keys], len(frame))
        size = int(max(own.max(initial=-1), others.max(initial=-1))) + 1
        won = np.bincount(others, happened, size)
        number = np.bincount(others, minlength=size).astype(np.float64)
        above = np.bincount(own, rate, size) / np.maximum(np.bincount(own, minlength=size), 1)
        k = likeliest(won, number, above)
        rate = (won[own] + k * rate) / (number[own] + k)
        prior_left = prior_left * k / (number[own] + k)
    return pd.DataFrame({"rate": rate, "evidence_share": 1 - prior_left}, index=frame.index)


def _codes(frame: pd.DataFrame, seen: pd.DataFrame, key: str) -> Ints:
    """Number what the rows of both have in a column; what is missing is a value too."""
    values = pd.concat([frame[key], seen[key]], ignore_index=True)
    return pd.factorize(values, use_na_sentinel=False)[0].astype(np.int64)


def _groups(codes: Sequence[Ints], first: int) -> tuple[Ints, Ints]:
    """Number the combinations of several codes: of the first rows, and of the others."""
    together = codes[0]
    for each in codes[1:]:
        together = together * (int(each.max(initial=0)) + 1) + each
    numbers = np.unique(together, return_inverse=True)[1].astype(np.int64)
    return numbers[:first], numbers[first:]


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
