"""Setting chances and ranges right by what became of earlier ones: Platt, isotonic, conformal.

All are fitted on what was over by the cut, and all are drawn towards changing nothing, so that a
short history changes little.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from pipeline.metrics.forecast.logistic import expit, logit
from pipeline.metrics.forecast.past import Floats

LEVEL_STRENGTH = 20.0
"""So many scored opportunities of prior lie on the chances being right."""
ISOTONIC_FROM = 1_000.0
"""So many scored opportunities an isotonic curve needs; with fewer, two or three numbers do."""
PLATT_UP_TO = 300.0
WIDTH_STRENGTH = 12.0
"""So many periods of prior lie on a range being as wide as it should."""
WIDEST = 2.0
"""A range is never made narrower: earlier sums were misjudged by chances that had seen them."""
_Z80 = 1.2815515655446004


@dataclass(frozen=True)
class Platt:
    """An intercept and a slope on the log odds, and one more slope for the size of the amount."""

    intercept: float = 0.0
    slope: float = 1.0
    by_size: float = 0.0

    def right(self, chance: Floats, size: Floats | None = None) -> Floats:
        """Give the chances set right."""
        more = 0.0 if size is None else self.by_size * size
        return expit(self.intercept + self.slope * logit(chance) + more)


def platt(
    chance: Floats, happened: Floats, size: Floats | None = None, weight: float = 1.0
) -> Platt:
    """Fit the likeliest, drawn towards 0 and 1; `weight` is what a row counts for."""
    if not len(chance):
        return Platt()
    base = logit(chance)
    extra = np.zeros(len(base)) if size is None else size
    columns = np.stack([np.ones(len(base)), base, extra])
    prior = LEVEL_STRENGTH * np.array([0.25, 1.0, 1.0])
    beta = np.zeros(3)
    for _ in range(8):
        p = expit(base + np.einsum("k,ki->i", beta, columns))
        gradient = np.einsum("ki,i->k", columns, (happened - p) * weight) - prior * beta
        curved = np.einsum("ik,jk->ij", columns * (p * (1 - p) * weight), columns)
        step = np.linalg.solve(curved + np.diag(prior), gradient)
        beta = beta + np.clip(step, -1, 1)
    return Platt(float(beta[0]), float(1 + beta[1]), float(beta[2]))


@dataclass(frozen=True, eq=False)
class Isotonic:
    """A rising curve through what was said and what happened; straight between its points."""

    said: Floats
    happened: Floats

    def right(self, chance: Floats) -> Floats:
        """Give the chances set right."""
        return np.interp(chance, self.said, self.happened) if len(self.said) else chance


def isotonic(chance: Floats, happened: Floats, bins: int = 60) -> Isotonic:
    """Fit the curve on groups of equal number, so that single cases make no steps."""
    if not len(chance):
        return Isotonic(np.zeros(0), np.zeros(0))
    order = np.argsort(chance, kind="stable")
    groups = np.array_split(order, min(bins, len(order)))
    said = np.array([chance[group].mean() for group in groups])
    rate = np.array([happened[group].mean() for group in groups])
    sizes = np.array([len(group) for group in groups], np.float64)
    risen = optimize.isotonic_regression(rate, weights=sizes).x
    return Isotonic(np.concatenate([[0], said, [1]]), np.concatenate([[0], risen, [1]]))


def set_right(said: Floats, happened: Floats, now: Floats, scored: float) -> Floats:
    """Set the chances of now right by those said earlier, as far as `scored` of them can tell.

    Up to 300 scored two numbers (Platt), from 1,000 on a rising curve, between them some of both.
    """
    by_two = platt(said, happened, weight=scored / max(len(said), 1)).right(now)
    share = min(max((scored - PLATT_UP_TO) / (ISOTONIC_FROM - PLATT_UP_TO), 0.0), 1.0)
    if not share:
        return by_two
    return np.asarray((1 - share) * by_two + share * isotonic(said, happened).right(now))


def width(off: Floats, spread: Floats, periods: float) -> float:
    """Give by how much the range from P10 to P90 is to be stretched, so that 80 percent fall in.

    `off` is by how much earlier sums missed their mean, `spread` the standard deviation they were
    given. The 80 percent point of the one in terms of the other, over that of the normal; drawn
    towards 1 as if so many periods had said so.
    """
    told = spread > 0
    if not told.any() or periods <= 0:
        return 1.0
    found = float(np.quantile(np.abs(off[told]) / spread[told], 0.8)) / _Z80
    drawn = (periods * found + WIDTH_STRENGTH) / (periods + WIDTH_STRENGTH)
    return min(max(drawn, 1.0), WIDEST)
