"""What people's own calls gained or cost: the error before a step less the error after it.

A step is a call over what stood before it: a seller's call over the model, a manager's call over
the sum of the sellers' calls. Both are held against what came, on the same periods.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.domain.percentages import percentage
from pipeline.metrics.proportions import rate

UP, DOWN, KEPT = "up", "down", "as it was"
SMALL, MIDDLE, LARGE = f"under {percentage(5)}", f"5 to {percentage(20)}", f"over {percentage(20)}"
_KEPT_WITHIN = 0.0005
_PLACES = {each: n for n, each in enumerate((UP, DOWN, SMALL, MIDDLE, LARGE, KEPT))}
"""The order of directions and of sizes in a table."""
_SIZES = [-np.inf, 0.05, 0.20, np.inf]
EARNED_AFTER = 8
"""So many past periods weigh as much as the belief that all forecasts are equally good."""
TABLE = [
    "calls",
    "periods",
    "before_wape_rate",
    "after_wape_rate",
    "value_added_rate",
    "helped",
    "helped_rate",
    "after_bias_rate",
]


def steps(calls: pd.DataFrame) -> pd.DataFrame:
    """Give each call its direction, its size and whether it brought the forecast nearer.

    Takes `before_amount, after_amount, actual_amount`; adds `direction` (up, down, as it was),
    `size` (of the change over what stood before) and `helped`. A change of less than half a tenth
    of a percent is none. Over nothing every change is large.
    """
    before, after, actual = (
        calls[name].astype("float64") for name in ("before_amount", "after_amount", "actual_amount")
    )
    over_nothing = pd.Series(np.sign(after - before) * np.inf, calls.index)
    change = rate(after - before, before).fillna(over_nothing).fillna(0.0)
    direction = pd.Series(
        np.select([change > _KEPT_WITHIN, change < -_KEPT_WITHIN], [UP, DOWN], KEPT), calls.index
    )
    size = pd.cut(change.abs(), _SIZES, labels=[SMALL, MIDDLE, LARGE]).astype("str")
    return calls.assign(
        direction=direction,
        size=size.where(direction != KEPT, KEPT),
        helped=(after - actual).abs() < (before - actual).abs(),
    )


def value_added(calls: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Forecast value added of the calls: WAPE before - WAPE after, on the same periods.

    Above nought the calls helped. `by` names columns: `level`, `person_code`, `direction`, `size`.

    | level  | calls | periods | before_wape_rate | after_wape_rate | value_added_rate | helped |
    |--------|-------|---------|------------------|-----------------|------------------|--------|
    | seller | 24    | 8       | 0.18             | 0.21            | -0.03            | 9      |

    and `helped_rate | after_bias_rate`. Null where nothing came in.
    """
    told = steps(calls)
    rows = told.assign(
        before=(told["before_amount"].astype("float64") - told["actual_amount"]).abs(),
        after=(told["after_amount"].astype("float64") - told["actual_amount"]).abs(),
        lean=told["after_amount"].astype("float64") - told["actual_amount"],
    )
    sums = rows.groupby(by, as_index=False, dropna=False).agg(
        calls=("helped", "size"),
        periods=("period_from", "nunique"),
        before=("before", "sum"),
        after=("after", "sum"),
        lean=("lean", "sum"),
        actual=("actual_amount", "sum"),
        helped=("helped", "sum"),
    )
    sums = sums.sort_values(by, key=_in_order, ignore_index=True)
    return sums.assign(
        before_wape_rate=rate(sums["before"], sums["actual"]),
        after_wape_rate=rate(sums["after"], sums["actual"]),
        value_added_rate=rate(sums["before"] - sums["after"], sums["actual"]),
        helped_rate=rate(sums["helped"], sums["calls"]),
        after_bias_rate=rate(sums["lean"], sums["actual"]),
    )[[*by, *TABLE]]


def _in_order(column: pd.Series) -> pd.Series:
    return column.map(_PLACES) if column.name in ("direction", "size") else column


def category_value_added(moved: pd.DataFrame) -> pd.DataFrame:
    """What putting opportunities into another forecast category than the suggested one was worth.

    Takes a row for each pair of categories: `suggested_category, stated_category, opportunities,
    won, suggested_brier_sum, stated_brier_sum` (sums of squared gaps between the chance a category
    stands for and what happened). Value added above nought: the people's category was nearer.
    """
    return moved.assign(
        category_won_rate=rate(moved["won"], moved["opportunities"]),
        before_brier=rate(moved["suggested_brier_sum"], moved["opportunities"]),
        after_brier=rate(moved["stated_brier_sum"], moved["opportunities"]),
        brier_added=rate(
            moved["suggested_brier_sum"] - moved["stated_brier_sum"], moved["opportunities"]
        ),
    ).drop(columns=["suggested_brier_sum", "stated_brier_sum"])


def weights(errors: pd.DataFrame, strength: float = EARNED_AFTER) -> pd.Series:
    """Weights of forecasts from their past inverse squared errors, shrunk to equal ones.

    `errors` has a column for each forecast and a row for each past period (forecast - actual).
    With n periods the earned weights count n / (n + 8), equal ones the rest. Weights sum to 1.

    >>> weights(pd.DataFrame({"model": [10.0] * 8, "call": [20.0] * 8})).round(2).to_dict()
    {'model': 0.65, 'call': 0.35}
    """
    known = errors.dropna()
    equal = pd.Series(1 / max(len(errors.columns), 1), index=errors.columns)
    if known.empty:
        return equal
    squared = (known.astype("float64") ** 2).mean()
    # One that never erred would take all of it; a hair of the others' error keeps it finite.
    floor = float(squared.max()) * 1e-6 or 1.0
    inverse = 1 / squared.clip(lower=floor)
    share = len(known) / (len(known) + strength)
    return share * inverse / inverse.sum() + (1 - share) * equal


def combined(amounts: Mapping[str, float], given: pd.Series) -> float:
    """The weighted mean of the forecasts that there are; their weights are made to sum to 1."""
    there = pd.Series(amounts, dtype="float64").dropna()
    known = given.reindex(there.index).fillna(0.0)
    total = float(known.sum())
    if there.empty:
        return float("nan")
    return float((there * known).sum() / total) if total else float(there.mean())
