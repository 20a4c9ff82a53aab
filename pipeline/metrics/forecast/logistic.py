"""Penalised logistic regression on factors: counts in cells, and no matrix of them is built.

Every row has one value of each factor, so what Newton's method needs are sums by value and by pair
of values. That is many times faster than a dense matrix of ones and zeros, and needs no memory.
"""

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np

from pipeline.metrics.forecast.past import Floats, Ints

STEPS = 12
CLOSE = 1e-3
LONGEST_STEP = 3.0
FURTHEST = 30.0
SMALLEST = 1e-12


def fit(
    factors: Sequence[Ints],
    sizes: Sequence[int],
    number: Floats,
    events: Floats,
    penalty: Floats,
    offset: Floats | None = None,
) -> Floats:
    """Give the coefficients that are likeliest for `events` of `number` in each row.

    The first is that of all rows; then one for each value of each factor. `penalty` is the
    precision of the normal prior around 0 that each of them has; with `offset` the log odds that
    are known beforehand. All zero but the first where there are no rows.
    """
    beta = np.zeros(1 + sum(sizes))
    base = np.zeros(len(number)) if offset is None else offset
    total = float(number.sum())
    rate = (float(events.sum()) + 0.5) / (total + 1)
    beta[0] = np.log(rate / (1 - rate)) - (float(number @ base) / total if total else 0.0)
    if not total:
        return beta
    for _ in range(STEPS):
        p = expit(scores(beta, factors, sizes) + base)
        gradient = _sums(factors, sizes, events - number * p) - penalty * beta
        curved = _pairs(factors, sizes, number * p * (1 - p)) + np.diag(penalty + 1e-9)
        step = _solved(curved, gradient)
        furthest = float(np.abs(step).max())
        beta = beta + step * min(1.0, LONGEST_STEP / max(furthest, 1e-12))
        if furthest < CLOSE:
            break
    return beta


def split(beta: Floats, sizes: Sequence[int]) -> list[Floats]:
    """Give the coefficients of each factor by its values, without that of all rows."""
    return np.split(beta[1:], np.cumsum(sizes)[:-1])


def scores(beta: Floats, factors: Sequence[Ints], sizes: Sequence[int]) -> Floats:
    """Give the log odds of rows from their factors."""
    total = np.full(len(factors[0]) if factors else 0, beta[0])
    for column, own in zip(factors, split(beta, sizes), strict=True):
        total += own[column]
    return total


def _sums(factors: Sequence[Ints], sizes: Sequence[int], weight: Floats) -> Floats:
    """Give the sum of the weights of all rows, and of those with each value of each factor."""
    by_value = [
        np.bincount(column, weight, size) for column, size in zip(factors, sizes, strict=True)
    ]
    return np.concatenate([[weight.sum()], *by_value])


def _pairs(factors: Sequence[Ints], sizes: Sequence[int], weight: Floats) -> Floats:
    """Give the sum of the weights of the rows that have each pair of values."""
    columns = [np.zeros(len(weight), np.int64), *factors]
    counts = [1, *sizes]
    starts = np.concatenate([[0], np.cumsum(counts)])
    gram = np.zeros((starts[-1], starts[-1]))
    for one, two in combinations_with_replacement(range(len(counts)), 2):
        key = columns[one] * counts[two] + columns[two]
        block = np.bincount(key, weight, counts[one] * counts[two])
        block = block.reshape(counts[one], counts[two])
        rows, across = slice(*starts[one : one + 2]), slice(*starts[two : two + 2])
        gram[rows, across] = block
        gram[across, rows] = block.T
    return gram


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
