"""What was open on past days, and what became of it: where every rate of a forecast comes from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.metrics.forecast.past import Floats, Ints, Past

WEEK = 7
LONGEST_LOOK = 3 * 365 + 1
"""Days back from the cut; older lives no longer say how things go."""
FAR = 10_000_000
"""Days until something that has not happened."""


@dataclass(frozen=True, eq=False)
class Landmarks:
    """Opportunities that were open on past days, one row for each and each such day."""

    row: Ints
    """Position in the lives."""
    day: Ints
    closed_after: Ints
    """Days until it was closed, 1 or more; `FAR` where it was not by the cut."""
    won: npt.NDArray[np.bool_]
    """Whether it was then won."""
    won_amount: Floats
    followed: Ints
    """Days from the day to the cut: what came later is not known."""

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Landmarks":
        """Give some of them."""
        return Landmarks(**{name: column[chosen] for name, column in vars(self).items()})


def landmarks(past: Past, every: int, least: int = WEEK) -> Landmarks:
    """Give what was open on every so many days before the cut, the last `least` days before it."""
    lives = past.lives
    start, end = (lives[each].to_numpy("int64") for each in ("from_day", "to_day"))
    last = past.cut_day - least
    first = max(past.cut_day - LONGEST_LOOK, int(start.min()) if len(start) else last)
    latest = np.minimum(end - 1, last)
    near = -(-(last - latest) // every)
    far = (last - np.maximum(start, first)) // every
    times = np.where(lives["stage"].to_numpy("int64") > 0, np.maximum(far - near + 1, 0), 0)
    row = np.repeat(np.arange(len(lives)), times)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    day = last - (near[row] + turn) * every
    return _followed(past, row, day)


def step(past: Past, least: int, most: int) -> int:
    """Give how many days apart to look, at least so many, so that about so many rows are found."""
    lives = past.lives
    start = np.maximum(lives["from_day"].to_numpy("int64"), past.cut_day - LONGEST_LOOK)
    end = np.minimum(lives["to_day"].to_numpy("int64"), past.cut_day)
    open_days = np.where(lives["stage"].to_numpy("int64") > 0, np.maximum(end - start, 0), 0)
    return max(least, -(-int(open_days.sum()) // most))


def _followed(past: Past, row: Ints, day: Ints) -> Landmarks:
    """Say what became of them."""
    closing = next_closings(past.lives)
    at = closing[row]
    is_closed = at >= 0
    event = past.lives["valid_day"].to_numpy("int64")[at]
    amount = past.lives["amount"].fillna(0).to_numpy("float64")[at]
    won = is_closed & past.lives["is_won"].to_numpy("bool")[at]
    return Landmarks(
        row=row,
        day=day,
        closed_after=np.where(is_closed, np.maximum(event - day, 1), FAR),
        won=won,
        won_amount=np.where(won, amount, 0.0),
        followed=past.cut_day - day,
    )


def next_closings(lives: pd.DataFrame) -> Ints:
    """Give for each row the position of the next row that closes its opportunity; -1 for none."""
    closed = lives["stage"].to_numpy("int64") == 0
    at = np.where(closed, np.arange(len(lives)), FAR)
    found = np.minimum.accumulate(at[::-1])[::-1] if len(at) else at
    inside = found < FAR
    ids = lives["opportunity_id"].to_numpy("int64")
    same = inside & (ids[np.where(inside, found, 0)] == ids) if len(at) else inside
    return np.asarray(np.where(same, found, -1))
