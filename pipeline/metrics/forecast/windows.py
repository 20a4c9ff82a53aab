"""Looking back: how a hazard would have done on past days, with as many days ahead as now.

The days lie apart; on each, what was open is given its chance of being won within that time and
compared with what became of it. From that follow how far owners differ, how well the level of the
chances is, and how far whole periods are off together.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.metrics.forecast.features import Rows
from pipeline.metrics.forecast.hazard import Hazard
from pipeline.metrics.forecast.landmarks import WEEK, Landmarks, landmarks
from pipeline.metrics.forecast.logistic import expit, logit
from pipeline.metrics.forecast.past import Floats, Past

MOST_ROWS = 40_000
OWNER_STRENGTH = 12.0
"""So many wins of prior lie on an owner's chances being as everybody's."""
LEVEL_STRENGTH = 20.0
SHOCK, SHOCK_PERIODS = 0.15, 6.0
"""How far a period is off together before anything is known, in log odds, and the weight of that
in periods."""
MOST_SHOCK = 1.0


@dataclass(frozen=True, eq=False)
class Windows:
    """What was open on past days with so many days ahead, its chances, and what it became."""

    marks: Landmarks
    rows: Rows
    chance: Floats
    won: Floats
    """1 where it was won within the days."""
    every: int
    days: int

    @property
    def overlap(self) -> float:
        """By how much a closing counts, since it is seen from several days."""
        return min(1.0, self.every / max(self.days, 1))


def windows(past: Past, hazard: Hazard, days: int) -> Windows:
    """Look back with so many days ahead."""
    open_rows = past.lives[past.lives["stage"] > 0]
    length = np.minimum(open_rows["to_day"], past.cut_day) - open_rows["from_day"]
    a_week = float(np.maximum(length, 0).sum()) / WEEK
    every = WEEK * max(1, days // (WEEK * 4), int(np.ceil(a_week / MOST_ROWS)))
    marks = landmarks(past, every, max(days, 1))
    rows = hazard.words.rows(past.lives).at(marks.row)
    won, _ = hazard.paths(rows, marks.day, max(days, 1))
    chance = np.clip(won[:, -1], 1e-6, 1 - 1e-6)
    return Windows(
        marks=marks,
        rows=rows,
        chance=chance,
        won=(marks.won & (marks.closed_after <= max(days, 1))).astype(np.float64),
        every=every,
        days=days,
    )


def owner_effects(look: Windows, owners: int) -> Floats:
    """Give for each owner by how much its odds are higher than everybody's, drawn towards 1.

    The logarithm; 0 for the unknown owner, who comes last.
    """
    known = look.rows.owner >= 0
    owner = look.rows.owner[known]
    won = np.bincount(owner, look.won[known], owners) * look.overlap
    expected = np.bincount(owner, look.chance[known], owners) * look.overlap
    effect = np.log((won + OWNER_STRENGTH) / (expected + OWNER_STRENGTH))
    return np.append(effect, 0.0)


@dataclass(frozen=True)
class Level:
    """What sets log odds right: an intercept, a slope, and one more for the size of the amount."""

    intercept: float = 0.0
    slope: float = 1.0
    by_size: float = 0.0

    def right(self, chance: Floats, size: Floats) -> Floats:
        """Give the chances set right."""
        return expit(self.intercept + self.slope * logit(chance) + self.by_size * size)


def level(look: Windows, chance: Floats, size: Floats) -> Level:
    """Give what sets the chances of past windows right (Platt), drawn towards what they are."""
    if not len(chance):
        return Level()
    base = logit(chance)
    columns = np.stack([np.ones(len(base)), base, size])
    beta = np.zeros(3)
    prior = LEVEL_STRENGTH * np.array([0.25, 1.0, 1.0])
    for _ in range(6):
        p = expit(base + beta @ columns)
        weight = p * (1 - p) * look.overlap
        gradient = columns @ ((look.won - p) * look.overlap) - prior * beta
        curved = (columns * weight) @ columns.T + np.diag(prior)
        beta = beta + np.linalg.solve(curved, gradient)
    return Level(float(beta[0]), float(1 + beta[1]), float(beta[2]))


def shock(look: Windows, chance: Floats) -> float:
    """Give how far whole periods are off together: the standard deviation of their log odds.

    What the sums of past windows miss by, beyond what chance alone would make them miss.
    """
    if not len(chance):
        return SHOCK * 2
    turn = (look.marks.day - look.marks.day.min()) // look.every
    off = np.bincount(turn, look.won - chance)
    variance = np.bincount(turn, chance * (1 - chance))
    told = variance > 0
    periods = told.sum() * look.overlap
    found = float((off[told] ** 2 - variance[told]).sum() / (variance[told] ** 2).sum())
    together = (max(found, 0.0) * periods + SHOCK**2 * SHOCK_PERIODS) / (periods + SHOCK_PERIODS)
    return min(float(np.sqrt(together)), MOST_SHOCK)
