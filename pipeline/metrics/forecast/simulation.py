"""The roll-up: draw what each open opportunity brings, and what is to come, and add up."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.metrics.forecast.distribution import SEED, Forecast
from pipeline.metrics.forecast.logistic import expit, logit
from pipeline.metrics.forecast.past import Floats, Ints, Past

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
SINGLE = 300
"""So many of the opportunities, those with most to move, are drawn one by one; the rest as one."""
AT_ONCE = 250
"""So many draws are made in one go."""
SHOCKS = np.linspace(-4, 4, 65)
"""The shocks under which single ones are drawn; each draw takes the nearest."""
GRID = np.linspace(-4, 4, 9)
"""The shocks at which the rest is summed; between them it is interpolated."""


@dataclass(frozen=True, eq=False)
class Deals:
    """Open opportunities as they are rolled up."""

    amounts: Floats
    """What each brings if it is won, in the mean."""
    chances: Floats
    ids: Ints
    """Who they are: each is drawn with a seed of its own."""
    ratios: Floats
    """What the won brought in relation to what was expected of them, with a mean of one."""

    @property
    def variance(self) -> Floats:
        """The variance of what each brings."""
        square = float((self.ratios**2).mean())
        return np.asarray(self.amounts**2 * self.chances * (square - self.chances))

    def shocked(self, at: int | slice | np.ndarray, z: Floats, tau: float) -> Floats:
        """Give the chances under shocks, a row a shock; their mean over all is the chance."""
        chances = self.chances[at]
        if not tau:
            return np.broadcast_to(chances, (len(z), len(chances)))
        odds = logit(chances)
        nodes, weights = np.polynomial.hermite_e.hermegauss(9)
        weights = weights / weights.sum()
        mean = np.einsum("z,zi->i", weights, expit(odds + tau * nodes[:, None]))
        return np.asarray(
            np.minimum(expit(odds + tau * np.asarray(z)[:, None]) * (chances / mean), 1.0)
        )


def draw_open(
    deals: Deals, draws: int, tau: float, rng: np.random.Generator
) -> tuple[Floats, Floats, Ints]:
    """Draw what the open ones bring: totals, the parts of the single ones, and their positions."""
    z = rng.standard_normal(draws)
    single, rest = _largest(deals.variance, SINGLE)
    shocks = SHOCKS if tau else np.zeros(1)
    near = np.clip(np.round((z + 4) * 8).astype(np.int64), 0, len(shocks) - 1)
    chances = deals.shocked(single, shocks, tau)
    parts = _parts(deals, single, chances, near)
    totals = parts.sum(axis=1)
    if len(rest):
        totals = totals + _rest(deals, rest, z, tau, rng)
    return totals, parts, single


def _largest(variance: Floats, number: int) -> tuple[Ints, Ints]:
    """Give the positions of those that vary most, in order, and of the rest."""
    if len(variance) <= number:
        return np.argsort(-variance, kind="stable"), np.zeros(0, np.int64)
    least = np.partition(variance, -number)[-number]
    above = np.flatnonzero(variance > least)
    at_it = np.flatnonzero(variance == least)
    chosen = np.concatenate([above, at_it[: number - len(above)]])
    is_rest = np.ones(len(variance), bool)
    is_rest[chosen] = False
    return chosen[np.argsort(-variance[chosen], kind="stable")], np.flatnonzero(is_rest)


def _parts(deals: Deals, single: Ints, chances: Floats, near: Ints) -> Floats:
    """Draw what single ones bring: by numbers that depend on the one and the draw alone.

    `chances` has a row a shock, `near` says which of them a draw has. Some draws at a time, so
    that what is computed of them stays where the processor is fast.
    """
    ids, amounts = deals.ids[single].astype(np.uint64), deals.amounts[single]
    parts = np.zeros((len(near), len(single)))
    for first in range(0, len(near), AT_ONCE):
        draws = np.arange(first, min(first + AT_ONCE, len(near)))
        won = uniform(ids, draws[:, None], SEED) < chances[near[draws]]
        draw, column = np.nonzero(won)
        brings = amounts[column]
        if len(deals.ratios) > 1:
            chosen = uniform(ids[column], draws[draw], SEED + 1) * len(deals.ratios)
            brings = brings * deals.ratios[chosen.astype(np.int64)]
        parts[draws[draw], column] = brings
    return parts


def uniform(ids: npt.NDArray[np.uint64], draws: Ints, seed: int) -> Floats:
    """Give numbers between 0 and 1 of ids in draws, one of each pair: a mixed counter (splitmix64).

    The number of an id in a draw is the same whoever else is drawn, so that what is added to a
    pipeline is added to every draw of it; and no generator is made for each of them.
    """
    with np.errstate(over="ignore"):
        stream = _mixed(ids * _GOLDEN + np.uint64(seed))
        counter = (draws.astype(np.uint64) + np.uint64(1)) * _GOLDEN
        mixed = _mixed(stream + counter)
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _mixed(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def _rest(
    deals: Deals,
    rest: np.ndarray,
    z: Floats,
    tau: float,
    rng: np.random.Generator,
) -> Floats:
    """Draw the sum of many small ones: normal, given the shock."""
    amounts = deals.amounts[rest]
    square = float((deals.ratios**2).mean())
    grid = GRID if tau else np.zeros(1)
    p = deals.shocked(rest, grid, tau)
    mean = np.interp(z, grid, _summed(p, amounts))
    spread = _summed(p, amounts**2 * square) - _summed(p**2, amounts**2)
    variance = np.interp(z, grid, spread)
    return np.asarray(np.maximum(mean + np.sqrt(variance) * rng.standard_normal(len(z)), 0))


def _summed(p: Floats, values: Floats) -> Floats:
    """Sum values weighted by each row; the library's product starts threads that only wait."""
    return np.asarray(np.einsum("zi,i->z", p, values))


ONE = np.ones(1)


def roll_up(
    past: Past,
    *,
    method: str,
    deals: Deals,
    draws: int,
    tau: float = 0.0,
    new: Floats | None = None,
    from_new: float = 0.0,
    notes: tuple[str, ...] = (),
    evidence_share: float | None = None,
    evidence: str = "",
) -> Forecast:
    """Draw the total of the period: won so far, the open ones, and what is to come."""
    rng = np.random.default_rng(SEED)
    totals, parts, single = draw_open(deals, draws, tau, rng)
    ids = deals.ids
    return Forecast(
        method=method,
        totals=past.won + totals + (0.0 if new is None else new),
        won=past.won,
        from_open=float((deals.amounts * deals.chances).sum()),
        from_new=from_new,
        evidence_share=evidence_share,
        evidence=evidence,
        notes=(*past.notes, *notes),
        chances=pd.DataFrame(
            {
                "opportunity_id": ids,
                "amount": past.open["amount"].to_numpy("float64"),
                "win_chance": deals.chances,
            }
        ),
        single=tuple(int(each) for each in ids[single]),
        parts=parts,
    )


def simulate(
    past: Past, *, method: str, chances: Floats, draws: int, notes: tuple[str, ...] = ()
) -> Forecast:
    """Roll up open opportunities at their amounts, each won or not for itself."""
    amounts = past.open["amount"].fillna(0).to_numpy("float64")
    ids = past.ids
    deals = Deals(amounts=amounts, chances=chances, ids=ids, ratios=ONE)
    return roll_up(past, method=method, deals=deals, draws=draws, notes=notes)
