"""What a walk through the past needs besides the methods: what was known when, and what came."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.past import Ints, day_number

REVISION = 2
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
_PARTS = 1_000


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

    Takes rows by opportunity and `nth`. `until_day` is the day something followed (a reopening),
    far off where nothing did.
    """
    ids, valid = rows["opportunity_id"].to_numpy(), rows["valid_day"].to_numpy()
    follows = np.full(len(rows), np.inf)
    follows[:-1] = np.where(ids[1:] == ids[:-1], valid[1:], np.inf)
    won = (rows["stage"].to_numpy() == 0) & (rows["probability_percent"].to_numpy() > 0)
    return pd.DataFrame(
        {"opportunity_id": ids[won], "won_day": valid[won], "until_day": follows[won]}
    )


def won_by(won: pd.DataFrame, last: date) -> Ints:
    """Give the opportunities that stood as won at the end of a day, from `last_won_days`."""
    end = day_number(last)
    stands = (won["won_day"] <= end) & (won["until_day"] > end)
    return won.loc[stands, "opportunity_id"].to_numpy("int64")


def chances_given(chances: pd.DataFrame, won: Ints) -> pd.DataFrame:
    """Group the chances a forecast gave, to the thousandth, with how many of them were then won.

    | probability | cases | happened |
    |-------------|-------|----------|
    | 0.125       | 40    | 6        |
    """
    if chances.empty:
        return pd.DataFrame(columns=CASES)
    stated = chances["win_chance"].to_numpy("float64")
    known = ~np.isnan(stated)
    place = np.rint(np.clip(stated[known], 0, 1) * _PARTS).astype(np.int64)
    happened = np.isin(chances["opportunity_id"].to_numpy("int64")[known], won)
    cases = np.bincount(place, minlength=1)
    there = np.flatnonzero(cases)
    return pd.DataFrame(
        {
            "probability": there / _PARTS,
            "cases": cases[there],
            "happened": np.bincount(place, happened, len(cases))[there].astype(np.int64),
        }
    )
