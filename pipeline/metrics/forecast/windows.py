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
from pipeline.metrics.forecast.past import Floats, Past

MOST_ROWS = 20_000
OWNER_STRENGTH = 12.0
"""So many wins of prior lie on an owner's chances being as everybody's."""
SHOCK, SHOCK_PERIODS = 0.15, 6.0
"""How far a period is off together before anything is known, in log odds, and the weight of that
in periods."""
UNTOLD_SHOCK = 0.8
"""The shock where no earlier period tells, and the largest."""


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


def shock(look: Windows, chance: Floats) -> float:
    """Give how far whole periods are off together: the standard deviation of their log odds.

    What the sums of past windows miss by, beyond what chance alone would make them miss; drawn
    towards what is usual, and a little wider the fewer periods there are to tell.
    """
    if not len(chance):
        return UNTOLD_SHOCK
    off, variance = by_window(look, look.won - chance), by_window(look, chance * (1 - chance))
    told = variance > 0
    periods = float(told.sum()) * look.overlap
    squares = float((variance[told] ** 2).sum())
    found = max(float((off[told] ** 2 - variance[told]).sum()) / squares, 0.0) if squares else 0.0
    together = (found * periods + SHOCK**2 * SHOCK_PERIODS) / (periods + SHOCK_PERIODS)
    return min(float(np.sqrt(together * (1 + 2 / (periods + SHOCK_PERIODS)))), UNTOLD_SHOCK)


def unsure(look: Windows) -> float:
    """Give how unsure the level of the money is, in log odds: few large wins tell little of it.

    One over the root of the number of equal wins that would be spread as far.
    """
    amounts = look.marks.won_amount[look.won > 0]
    squares = float((amounts**2).sum())
    alike = float(amounts.sum()) ** 2 / squares * look.overlap if squares else 0.0
    return float(1 / np.sqrt(alike + 1 / UNTOLD_SHOCK**2))


def by_window(look: Windows, values: Floats) -> Floats:
    """Sum what the rows of each past day have."""
    if not len(values):
        return values
    turn = (look.marks.day - look.marks.day.min()) // look.every
    return np.bincount(turn, values)


def money_off(look: Windows, chance: Floats, tau: float) -> tuple[Floats, Floats]:
    """Give by how much the money of past windows missed its mean, and the spread it was given."""
    amount = np.where(look.won > 0, look.marks.won_amount, np.nan_to_num(look.rows.amount))
    binary = chance * (1 - chance)
    alone = by_window(look, amount**2 * binary)
    together = by_window(look, amount * binary) * tau
    return by_window(look, amount * (look.won - chance)), np.sqrt(alone + together**2)
