"""Pipeline and weighted pipeline: what is in progress, and what its probabilities make of it."""

import pandas as pd

from pipeline.metrics.proportions import rate
from pipeline.metrics.stages import KEY, every_stage

SUMS = [
    "opportunities",
    "amount",
    "weighted_amount",
    "without_amount",
    "overdue",
    "overdue_amount",
    "age_days_sum",
]
COUNTS = ["opportunities", "without_amount", "overdue"]


def by_stage(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """The opportunities in progress, by cycle and stage.

    `amount` is the sum of their amounts, `weighted_amount` the sum of amount x probability; those
    without an amount count as opportunities but add nothing (`without_amount` says how many).
    Overdue is what was expected to close before the as-of day. `average_age_days` is the mean
    number of days since creation, null in a stage that holds nothing.

    | cycle_code | stage | position | stage_description | opportunities | amount | weighted_amount |
    |------------|-------|----------|-------------------|---------------|--------|-----------------|
    | F10        | 1     | 1        | Qualify           | 3             | 27,000 | 2,700           |
    | F10        | 2     | 2        | Propose           | 2             | 60,000 | 24,000          |
    | F10        | 3     | 3        | Negotiate         | 0             | 0      | 0               |

    and `without_amount | overdue | overdue_amount | average_age_days`.
    """
    per_stage = sums.groupby(KEY, as_index=False)[SUMS].sum()
    return _with_age(every_stage(stages, per_stage))


def by_month(sums: pd.DataFrame) -> pd.DataFrame:
    """The opportunities in progress, by the month they are expected to close in.

    A row for each month that has any, in order; those without an expected close date stand last,
    in a row whose month is null. Columns as by stage, after `expected_month`.

    | expected_month | opportunities | amount | weighted_amount | ... |
    |-------------------|---------------|--------|-----------------|-----|
    | 2025-03-01        | 2             | 53,000 | 18,800          |     |
    | 2025-04-01        | 1             | 15,000 | 6,000           |     |
    | NaT               | 1             | 5,000  | 500             |     |
    """
    return (
        sums.groupby("expected_month", as_index=False, dropna=False)[SUMS]
        .sum()
        .sort_values("expected_month", na_position="last", ignore_index=True)
        .pipe(_with_age)
    )


def totals(rows: pd.DataFrame) -> pd.DataFrame:
    """One row with the sums of all rows, and the mean age over all opportunities."""
    return rows[SUMS].sum().to_frame().T.pipe(_with_age)


def _with_age(rows: pd.DataFrame) -> pd.DataFrame:
    filled = rows.fillna(dict.fromkeys(SUMS, 0)).astype(dict.fromkeys(COUNTS, "int64"))
    return filled.assign(
        average_age_days=rate(filled["age_days_sum"], filled["opportunities"])
    ).drop(columns="age_days_sum")
