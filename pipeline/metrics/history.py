"""The pipeline over time: what stood in each stage at the end of every month or week."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipeline.metrics.stages import KEY, every_stage

SUMS = ["opportunities", "amount", "weighted_amount", "without_amount"]
COUNTS = ["opportunities", "without_amount"]


def pipeline_history(
    levels: pd.DataFrame, stages: pd.DataFrame, ends: Sequence[tuple[date, date]]
) -> pd.DataFrame:
    """The opportunities in progress at the end of each month or week, by cycle and stage.

    `ends` are the first day of each and the day at whose end it is looked at: its last, or for the
    newest the as-of day. `levels` says from which of them on a stage holds what; until the next
    change it holds the same. A stage that never held anything in that time is left out.

    | counted_on | cycle_code | stage | position | stage_description | opportunities | amount  |
    |------------|------------|-------|----------|-------------------|---------------|---------|
    | 2025-02-28 | F10        | 1     | 1        | Qualify           | 2             | 23,000  |
    | 2025-02-28 | F10        | 2     | 2        | Propose           | 5             | 112,000 |

    and `weighted_amount | without_amount`, each as the weighted pipeline as of that day gives it.
    """
    days = pd.DataFrame(ends, columns=["unit", "counted_on"]).astype("datetime64[us]")
    levels = levels.astype({"unit": "datetime64[us]"})
    rows = (
        levels[KEY]
        .drop_duplicates()
        .merge(days, how="cross")
        .merge(levels, on=[*KEY, "unit"], how="left")
    )
    return _in_order(rows.assign(**rows.groupby(KEY)[SUMS].ffill().fillna(0)), stages)


def totals_by_day(rows: pd.DataFrame) -> pd.DataFrame:
    """The same over all stages, a row for each day."""
    return rows.groupby("counted_on", as_index=False)[SUMS].sum()


def _in_order(counted: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    named = every_stage(stages, counted).dropna(subset="counted_on")
    table = named.astype(dict.fromkeys(COUNTS, "int64")).sort_values(
        ["counted_on", "cycle_code", "position", "stage"], ignore_index=True
    )
    return table[["counted_on", *KEY, "position", "stage_description", *SUMS]]
