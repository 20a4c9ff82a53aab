"""From rows of the log to lives: since when a row was known, and what the rows before it say."""

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.past import NEVER, Ints

_SPAN = 10_000_000
"""More days than there are between any two: keeps one opportunity's days from the next one's."""


def lived(log: pd.DataFrame) -> pd.DataFrame:
    """Give rows of the log by opportunity and `nth`, with the days that follow from those before.

    Takes `opportunity_id, nth, learned_day, valid_day, stage, expected_close_day, enters` (a stage)
    and `reopens`, and drops what no life has. Adds `from_day` (learned, and no sooner than the row
    before), `to_day` (the next was learned), `began_day`, `entered_day` (of the stage) and `pushes`
    (how often the expected close date was moved back; the one given at a reopening is a new one).
    """
    rows = _in_order(log)
    ids = rows["opportunity_id"].to_numpy()
    first = np.ones(len(rows), bool)
    first[1:] = ids[1:] != ids[:-1]
    number = np.cumsum(first)
    valid = rows["valid_day"].to_numpy("int64")
    from_day = _highest(rows["learned_day"].to_numpy("int64"), number)
    entered = np.where(rows["enters"], valid, -_SPAN // 2)
    to_day = np.full(len(rows), NEVER)
    to_day[:-1] = np.where(first[1:], NEVER, from_day[1:])
    return rows.drop(columns=["learned_day", "enters", "reopens"]).assign(
        from_day=from_day.astype(np.int32),
        to_day=to_day.astype(np.int32),
        began_day=(-_highest(-valid, number)).astype(np.int32),
        entered_day=_highest(entered, number).astype(np.int32),
        expected_close_day=rows["expected_close_day"].astype("float64"),
        pushes=_pushes(rows, first).astype(np.int32),
    )


def standing(open_ones: pd.DataFrame) -> pd.DataFrame:
    """Give what opportunities stand with, inside the scope, as the only row of their lives."""
    return open_ones.assign(
        nth=1,
        from_day=open_ones["valid_day"],
        to_day=NEVER,
        expected_close_day=open_ones["expected_close_day"].astype("float64"),
        is_inside=True,
    )


def _in_order(log: pd.DataFrame) -> pd.DataFrame:
    """Sort by opportunity and `nth`; a log that is nearly in order takes little time."""
    ids, nth = log["opportunity_id"].to_numpy("int64"), log["nth"].to_numpy("int64")
    key = ids * (int(nth.max(initial=0)) + 1) + nth
    if (key[1:] > key[:-1]).all():
        return log.reset_index(drop=True)
    return log.take(np.argsort(key, kind="stable")).reset_index(drop=True)


def _highest(values: Ints, number: Ints) -> Ints:
    """Give the highest so far in each opportunity; they are numbered in their order."""
    far = number * (2 * _SPAN)
    return np.asarray(np.maximum.accumulate(values + far) - far)


def _pushes(rows: pd.DataFrame, first: np.ndarray) -> Ints:
    expected = rows["expected_close_day"].to_numpy("float64")
    later = np.zeros(len(rows), bool)
    later[1:] = (expected[1:] > expected[:-1]) & ~first[1:]
    pushed = later & (rows["stage"].to_numpy() > 0) & ~rows["reopens"].to_numpy(bool)
    so_far = np.cumsum(pushed)
    # What came before the opportunity's first row, which is no push itself.
    return np.asarray(so_far - np.maximum.accumulate(np.where(first, so_far, 0)))
