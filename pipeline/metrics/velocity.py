"""Sales velocity: the money a pipeline brings per day, and which of its four factors changed it."""

import numpy as np
import pandas as pd

from pipeline.metrics.proportions import rate

FACTORS = {
    "open_change": "open_at_end",
    "won_amount_change": "mean_won_amount",
    "win_rate_change": "win_rate",
    "cycle_change": "average_cycle_days",
}
TABLE = [
    "from_on",
    "to_on",
    *FACTORS.values(),
    "velocity_per_day",
    "won",
    "lost",
    *FACTORS,
    "velocity_change",
]


def velocity(periods: pd.DataFrame) -> pd.DataFrame:
    """Open opportunities x mean won amount x win rate / mean cycle of the won, for each period.

    The open ones are those on the last day of a period; the other three look at what was closed in
    it, without what was closed for a reason outside the win rate. Money per day; missing where
    nothing was won.

    The changes are natural logarithms against the period before: ln V2 - ln V1 is the sum of the
    four (a longer cycle counts against), so each factor's part in a change adds up exactly.

    | to_on      | open_at_end | mean_won_amount | win_rate | average_cycle_days | per_day |
    |------------|--------------------|-----------------|----------|--------------------|---------|
    | 2025-03-31 | 5                  | 20,666.67       | 0.60     | 82                 | 756.10  |

    (`velocity_per_day` in full), with `won | lost` and
    `open_change | won_amount_change | win_rate_change | cycle_change | velocity_change`.
    """
    rows = periods.assign(
        mean_won_amount=rate(periods["won_amount"], periods["won_with_amount"]),
        win_rate=rate(periods["won"], periods["won"] + periods["lost"]),
        average_cycle_days=rate(periods["won_days"], periods["won"]),
    )
    money = rows["open_at_end"] * rows["mean_won_amount"] * rows["win_rate"]
    per_day = rate(money, rows["average_cycle_days"])
    return rows.assign(velocity_per_day=per_day, **_changes(rows, per_day))[TABLE]


def _changes(rows: pd.DataFrame, per_day: pd.Series) -> dict[str, pd.Series]:
    logs = {name: _log(rows[column]) for name, column in FACTORS.items()}
    logs["cycle_change"] = -logs["cycle_change"]
    logs["velocity_change"] = _log(per_day)
    return {name: values.diff() for name, values in logs.items()}


def _log(values: pd.Series) -> pd.Series:
    """The natural logarithm, missing where there is none."""
    positive = values.astype("float64").where(values > 0)
    return pd.Series(np.log(positive), index=values.index)
