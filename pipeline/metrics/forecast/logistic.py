"""Penalised logistic regression on factors: counts in cells, and no matrix of them is built.

Every row has one value of each factor, so what Newton's method needs are sums by value and by pair
of values. That is many times faster than a dense matrix of ones and zeros, and needs no memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np

from pipeline.metrics.forecast.past import Floats, Ints

STEPS = 12
CLOSE = 1e-3
LONGEST_STEP = 3.0
FURTHEST = 30.0
SMALLEST = 1e-12


class _Pair(NamedTuple):
    """Two factors: where their values stand among all, and the pair of values of each row."""

    rows: slice
    columns: slice
    key: Ints
    shape: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Design:
    """The rows of a regression: a value of each factor; what is fitted on them shares the work."""

    factors: Sequence[Ints]
    sizes: Sequence[int]
    """How many values each factor has."""

    @cached_property
    def _places(self) -> list[slice]:
        """Where the values of each factor stand among the coefficients; the first is of all."""
        ends = 1 + np.cumsum(self.sizes)
        return [slice(end - size, end) for end, size in zip(ends, self.sizes, strict=True)]

    @cached_property
    def _pairs(self) -> list[_Pair]:
        parts = zip(self.factors, self.sizes, self._places, strict=True)
        return [
            _Pair(at, other_at, column * other_size + other, (size, other_size))
            for (column, size, at), (other, other_size, other_at) in combinations(parts, 2)
        ]

    def scores(self, beta: Floats) -> Floats:
        """Give the log odds of the rows."""
        total = np.full(len(self.factors[0]), beta[0])
        for column, at in zip(self.factors, self._places, strict=True):
            total += beta[at][column]
        return total

    def sums(self, weight: Floats) -> Floats:
        """Give the sum of the weights of all rows, and of those with each value of each factor."""
        by_value = [
            np.bincount(column, weight, size)
            for column, size in zip(self.factors, self.sizes, strict=True)
        ]
        return np.concatenate([[weight.sum()], *by_value])

    def pair_sums(self, weight: Floats) -> Floats:
        """Give the sum of the weights of the rows that have each pair of values."""
        alone = self.sums(weight)
        gram = np.diag(alone)
        gram[0] = gram[:, 0] = alone
        for pair in self._pairs:
            block = np.bincount(pair.key, weight, pair.shape[0] * pair.shape[1])
            gram[pair.rows, pair.columns] = block.reshape(pair.shape)
            gram[pair.columns, pair.rows] = block.reshape(pair.shape).T
        return gram


def fit(design: Design, number: Floats, events: Floats, penalty: Floats) -> Floats:
    """Give the coefficients that are likeliest for `events` of `number` in each row.

    The first is that of all rows; then one for each value of each factor. `penalty` is the
    precision of the normal prior around 0 that each of them has. All zero but the first where
    there are no rows.
    """
    beta = np.zeros(1 + sum(design.sizes))
    total = float(number.sum())
    rate = (float(events.sum()) + 0.5) / (total + 1)
    beta[0] = np.log(rate / (1 - rate))
    if not total:
        return beta
    for _ in range(STEPS):
        p = expit(design.scores(beta))
        gradient = design.sums(events - number * p) - penalty * beta
        curved = design.pair_sums(number * p * (1 - p)) + np.diag(penalty + 1e-9)
        step = _solved(curved, gradient)
        furthest = float(np.abs(step).max())
        beta = beta + step * min(1.0, LONGEST_STEP / max(furthest, 1e-12))
        if furthest < CLOSE:
            break
    return beta


def split(beta: Floats, sizes: Sequence[int]) -> list[Floats]:
    """Give the coefficients of each factor by its values, without that of all rows."""
    return np.split(beta[1:], np.cumsum(sizes)[:-1])


def _solved(matrix: Floats, right: Floats) -> Floats:
    """Solve a system of a positive definite matrix by conjugate gradients, scaled by its diagonal.

    For a hundred unknowns that is as exact as Newton's method needs. It runs on one thread: the
    library's solver starts several, which take far longer to meet than to work.
    """
    scale = 1 / np.sqrt(np.diagonal(matrix))
    scaled = matrix * scale[:, None] * scale
    x = np.zeros(len(right))
    rest = right * scale
    direction, size = rest, float(np.einsum("i,i", rest, rest))
    for _ in range(2 * len(right)):
        if size < SMALLEST:
            break
        turned = np.einsum("ij,j->i", scaled, direction)
        by = size / float(np.einsum("i,i", direction, turned))
        x, rest = x + by * direction, rest - by * turned
        before, size = size, float(np.einsum("i,i", rest, rest))
        direction = rest + size / before * direction
    return np.asarray(x * scale)


def expit(x: Floats) -> Floats:
    """Give the probability of a log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -FURTHEST, FURTHEST))))


def logit(p: Floats) -> Floats:
    """Give the log odds of a probability, those of 0 and 1 pulled in."""
    inside = np.clip(p, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(inside / (1 - inside)))
