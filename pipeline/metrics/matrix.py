"""The opportunities matrix: one figure by line and by period of the expected close date."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from pipeline.metrics.proportions import rate

Figure: TypeAlias = Literal[
    "opportunities", "amount", "weighted_amount", "average_amount", "average_weighted_amount"
]
Rounding: TypeAlias = Literal["none", "1", "1000", "1000000"]
LINE = ["line_no", "line_name", "line_type"]


def matrix(
    sums: pd.DataFrame,
    names: pd.DataFrame,
    periods: Sequence[date],
    *,
    figure: Figure,
    rounding: Rounding = "none",
) -> pd.DataFrame:
    """One row per line that has anything in the periods, one column per period, named by its start.

    A count is of opportunities and never rounded; an average is over those with an amount and null
    where there are none; a sum over nothing is 0.

    | line_no | line_name          | line_type | 2026-02-01 | 2026-03-01 |
    |---------|--------------------|-----------|------------|------------|
    | HR      | Helena Ray         |           | 10,000     | 5,000      |

    `sums` has `line_no, period_from, opportunities, amount, weighted_amount, with_amount`.
    """
    cells = sums.assign(value=rounded(_values(sums, figure), figure, rounding))
    wide = cells.pivot_table(
        index="line_no", columns="period_from", values="value", aggfunc="sum", min_count=1
    ).reindex(columns=pd.to_datetime(list(periods)))
    wide.columns = pd.Index([str(period) for period in periods])
    if not figure.startswith("average"):
        wide = wide.fillna(0)
    lines = names.merge(wide.reset_index(), on="line_no").sort_values("place", ignore_index=True)
    return lines[[*LINE, *map(str, periods)]]


def totals(
    sums: pd.DataFrame, periods: Sequence[date], *, figure: Figure, rounding: Rounding = "none"
) -> dict[str, float | None]:
    """The same figure over all opportunities of each period, by its start; see `matrix`."""
    by_period = sums.set_index(pd.to_datetime(sums["period_from"]))
    values = rounded(_values(by_period, figure), figure, rounding)
    nothing = None if figure.startswith("average") else 0.0
    known = {day: (None if pd.isna(value) else float(value)) for day, value in values.items()}
    return {str(period): known.get(pd.Timestamp(period), nothing) for period in periods}


def _values(sums: pd.DataFrame, figure: Figure) -> pd.Series:
    if figure == "average_amount":
        return rate(sums["amount"], sums["with_amount"])
    if figure == "average_weighted_amount":
        return rate(sums["weighted_amount"], sums["with_amount"])
    return sums[figure].astype("float64")


def rounded(values: pd.Series, figure: Figure, rounding: Rounding) -> pd.Series:
    """Money in units of 1, 1,000 or 1,000,000: whole units, or with one decimal; half goes up.

    >>> rounded(pd.Series([1250.0, -1250.0]), "amount", "1000").tolist()
    [1.3, -1.3]
    """
    if rounding == "none" or figure == "opportunities":
        return values
    factor = int(rounding)
    steps = 1 if factor == 1 else 10
    away = np.floor((values.abs() * steps / factor).round(9) + 0.5) / steps
    signed: pd.Series = away * np.sign(values)
    return signed
