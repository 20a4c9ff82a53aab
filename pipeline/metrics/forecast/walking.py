"""What a walk through the past needs besides the methods: what was known when, and what came."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.past import day_number

REVISION = 1
"""Counts the changes of methods after which forecasts of the past are to be made again."""
KNOWN = [
    "opportunity_id",
    "nth",
    "from_day",
    "cycle_code",
    "stage",
    "owner_code",
    "amount",
    "probability_percent",
    "forecast_category",
    "expected_close_day",
    "valid_day",
    "is_inside",
]
"""The columns of the log that were settled when a row was learned; what came later is in none."""
CASES = ["probability", "cases", "happened"]
_PLACES = 3


def fingerprints(rows: pd.DataFrame, days: Sequence[date]) -> dict[date, str]:
    """Give a fingerprint of what was known at the end of each day, the same for the same knowledge.

    The sum of the hashes of all rows learned by then: no row that was learned later is in it.
    """
    hashes = pd.util.hash_pandas_object(rows[KNOWN], index=False).to_numpy("uint64")
    learned = rows["from_day"].to_numpy("int64")
    order = np.argsort(learned, kind="stable")
    sums = np.concatenate([[np.uint64(REVISION)], REVISION + np.cumsum(hashes[order])])
    counts = np.searchsorted(learned[order], [day_number(day) for day in days], side="right")
    return {
        day: f"{REVISION}:{count}:{int(sums[count]):016x}"
        for day, count in zip(days, counts, strict=True)
    }


def last_won_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Give when opportunities stood as won: `opportunity_id, won_day, until_day`.

    `until_day` is the day something followed (a reopening), far off where nothing did.
    """
    ordered = rows.sort_values(["opportunity_id", "nth"])
    follows = ordered.groupby("opportunity_id")["valid_day"].shift(-1)
    won = (ordered["stage"] == 0) & (ordered["probability_percent"] > 0)
    return pd.DataFrame(
        {
            "opportunity_id": ordered.loc[won, "opportunity_id"],
            "won_day": ordered.loc[won, "valid_day"],
            "until_day": follows[won].fillna(np.inf),
        }
    )


def chances_given(chances: pd.DataFrame, won: pd.DataFrame, last: date) -> pd.DataFrame:
    """Group the chances a forecast gave, to the thousandth, with what happened by the last day.

    | probability | cases | happened |
    |-------------|-------|----------|
    | 0.125       | 40    | 6        |
    """
    if chances.empty:
        return pd.DataFrame(columns=CASES)
    end = day_number(last)
    stands = won[(won["won_day"] <= end) & (won["until_day"] > end)]
    stated = chances.dropna(subset="win_chance")
    return (
        stated.assign(
            probability=stated["win_chance"].clip(0, 1).round(_PLACES),
            happened=stated["opportunity_id"].isin(stands["opportunity_id"]).astype("int64"),
        )
        .groupby("probability", as_index=False)
        .agg(cases=("happened", "size"), happened=("happened", "sum"))
    )
