"""The exact distribution of what a few opportunities bring: the oracle of the simulation."""

from dataclasses import dataclass
from functools import reduce
from math import gcd

import numpy as np

from pipeline.metrics.forecast.past import Floats

MOST = 25
"""So many opportunities at most; more are simulated."""
FINEST = 2_000_000
"""Into so many steps the sum of all is divided where the amounts have no common measure."""
_DUST = 1e-12


@dataclass(frozen=True, eq=False)
class Exact:
    """Every total that can come, in order, and its probability."""

    totals: Floats
    probability: Floats
    error: float = 0.0
    """By how much a total may be off because amounts were rounded to a grid; usually 0."""

    @property
    def mean(self) -> float:
        """The mean."""
        return float(self.totals @ self.probability)

    @property
    def deviation(self) -> float:
        """The standard deviation."""
        return float(np.sqrt(self.probability @ (self.totals - self.mean) ** 2))

    def quantile(self, q: float) -> float:
        """Give the smallest total whose chance of not being exceeded is at least `q`."""
        at = int(np.searchsorted(np.cumsum(self.probability), q - _DUST))
        return float(self.totals[min(at, len(self.totals) - 1)])

    def chance(self, at_least: float) -> float:
        """Give the chance of at least so much."""
        return float(self.probability[self.totals >= at_least - 1e-9].sum())


def exact(amounts: Floats, chances: Floats) -> Exact:
    """Convolve opportunities that are won each for itself; at most 25, else `ValueError`.

    For 100 (.5), 60 (.3), 40 (.2): 0 .28, 40 .07, 60 .12, 100 .31, 140 .07, 160 .12, 200 .03.
    """
    if len(amounts) > MOST:
        raise ValueError(len(amounts))
    cents = np.round(np.asarray(amounts) * 100).astype(np.int64)
    unit = reduce(gcd, (int(each) for each in cents if each), 0) or 1
    coarse = max(unit, -(-int(cents.sum()) // FINEST))
    steps = np.round(cents / coarse).astype(np.int64)
    weights = np.ones(1)
    for step, chance in zip(steps, chances, strict=True):
        stays = np.append(weights, np.zeros(step))
        moved = np.append(np.zeros(step), weights)
        weights = stays * (1 - chance) + moved * chance
    possible = np.flatnonzero(weights > 0)
    error = len(amounts) * coarse / 200 if coarse > unit else 0.0
    return Exact(possible * coarse / 100, weights[possible], error)


def swing(amounts: Floats, chances: Floats, deal: int, at_least: float) -> float:
    """Give by how much one opportunity moves the chance of at least so much: won less lost."""
    others = np.delete(np.asarray(amounts), deal), np.delete(np.asarray(chances), deal)
    rest = exact(*others)
    return rest.chance(at_least - float(amounts[deal])) - rest.chance(at_least)
