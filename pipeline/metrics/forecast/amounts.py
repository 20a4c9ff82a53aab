"""What an open opportunity brings when it is won, in relation to the amount it has now."""

from functools import lru_cache

import numpy as np

from pipeline.metrics.forecast.landmarks import WEEK, landmarks
from pipeline.metrics.forecast.past import Floats, Past

RATIO_STRENGTH = 20.0
"""So many wins of prior lie on a sale bringing what it says."""
FEWEST_RATIOS = 10
MOST_RATIO = 5.0
"""A win that brought more than so many times its amount is taken for that many."""
BACK = 4 * WEEK
STEP = 8 * WEEK


@lru_cache(maxsize=2)
def brought(past: Past) -> tuple[Floats, Floats]:
    """Give what each open opportunity brings in the mean if it is won, and ratios around that.

    Amount x the ratio of won to earlier amounts, drawn towards 1, by quarter of the way through the
    cycle drawn towards that of all; what has no amount brings the mean of the wins. The ratios have
    a mean of one.
    """
    marks = landmarks(past, STEP, BACK)
    lives = past.lives
    before = lives["amount"].to_numpy("float64")[marks.row]
    told = marks.won & (np.nan_to_num(before) > 0)
    ratios = np.clip(marks.won_amount[told] / before[told], 0, MOST_RATIO)
    mean, spread = _ratio(before[told], marks.won_amount[told]), ratios
    way = quarter(lives["position"].to_numpy("int64"), lives["stages"].to_numpy("int64"))
    by_way = _by_way(way[marks.row][told], before[told], marks.won_amount[told], mean)
    own = past.open["amount"].to_numpy("float64")
    place = quarter(past.open["position"].to_numpy("int64"), past.open["stages"].to_numpy("int64"))
    usual = (
        past.wins["amount"].fillna(0).mean() if len(past.wins) else np.nanmean(np.append(own, 0))
    )
    return np.where(np.isnan(own), usual, own * by_way[place]), _around_one(spread)


def quarter(position: np.ndarray, stages: np.ndarray) -> np.ndarray:
    """Give the quarter of the way through its cycle that a stage is in, 0 to 3."""
    return np.asarray(np.clip(-(-position * 4 // np.maximum(stages, 1)) - 1, 0, 3))


def _ratio(before: Floats, after: Floats, prior: float = 1.0) -> float:
    """Money after / money before, with so many average sales of prior."""
    if not len(before):
        return prior
    strength = RATIO_STRENGTH * float(before.mean())
    limited = np.minimum(after, MOST_RATIO * before)
    return float((limited.sum() + prior * strength) / (before.sum() + strength))


def _by_way(way: np.ndarray, before: Floats, after: Floats, mean: float) -> Floats:
    return np.array([_ratio(before[way == each], after[way == each], mean) for each in range(4)])


def _around_one(ratios: Floats) -> Floats:
    """Divide ratios by their mean; some ones are added where they are few."""
    pool = ratios if len(ratios) >= FEWEST_RATIOS else np.append(ratios, np.ones(FEWEST_RATIOS))
    mean = float(pool.mean())
    return np.asarray(pool / mean) if mean > 0 else np.ones(1)
