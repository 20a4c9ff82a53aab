"""Pacing: what is won so far beside what past periods had won by the same week."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.domain.calendar import Period

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
QUANTILES = {"share_low": 0.1, "share_middle": 0.5, "share_high": 0.9}


def cumulative_shares(won: pd.DataFrame, past: Sequence[Period], period: Period) -> pd.DataFrame:
    """The share of its final won amount that each past period had by the end of each week.

    `won` has `won_on, won_amount`. Weeks are those of `period`; a past period without a win is
    left out, for it has no share. One row a past period, one column a week, from 1.
    """
    days, amounts = _days(won)
    rows = {}
    for one in past:
        inside = _inside(days, one.first, one.last)
        final = amounts[inside].sum()
        if final > 0:
            weeks = (days[inside] - one.first.toordinal()) // 7 + 1
            rows[one.label] = [
                float(amounts[inside][weeks <= _of_week(week, period, one)].sum() / final)
                for week in range(1, period.weeks + 1)
            ]
    columns = range(1, period.weeks + 1)
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(columns), dtype="float64")


def _days(won: pd.DataFrame) -> tuple[Ints, Floats]:
    """The days as whole numbers, those of `date.toordinal`, and the amounts beside them."""
    epoch = np.datetime64("1970-01-01", "D")
    days = pd.to_datetime(won["won_on"]).to_numpy().astype("datetime64[D]")
    ordinals = (days - epoch).astype("int64") + date(1970, 1, 1).toordinal()
    return ordinals, won["won_amount"].to_numpy("float64")


def _inside(days: Ints, first: date, last: date) -> Truths:
    return (days >= first.toordinal()) & (days <= last.toordinal())


def _of_week(week: int, period: Period, past: Period) -> int:
    """The week of a past period that a week is held against; the last against the last."""
    return past.weeks if week == period.weeks else min(week, past.weeks)


def expected_share(shares: pd.DataFrame, week: int) -> float | None:
    """The mean share of the final won amount at the end of a week; nothing without any past."""
    return float(shares[week].mean()) if len(shares) and week in shares else None


def share_by(won: pd.DataFrame, past: Sequence[Period], period: Period, day: date) -> float | None:
    """The mean share of its final won amount that past periods had by the same day of theirs.

    It is time as wins keep it, not as the calendar does: where most is won in the last weeks, the
    middle of a period is far from the middle of its wins.
    """
    days, amounts = _days(won)
    shares = [
        amounts[_inside(days, one.first, one.at(period, day))].sum() / final
        for one in past
        if (final := amounts[_inside(days, one.first, one.last)].sum()) > 0
    ]
    return float(np.mean(shares)) if shares else None


def fan(
    won: pd.DataFrame, past: Sequence[Period], period: Period, day: date, quota: float | None
) -> pd.DataFrame:
    """Week by week: the fan of past shares, what they make of the quota, and what is won so far.

    | week | week_ends_on | share_low | share_middle | share_high | won_to_date_amount |
    |------|--------------|-----------|--------------|------------|--------------------|
    | 10   | 2025-03-11   | .04       | .31          | .55        | 10,000             |

    and `share_mean`; `expected_amount` (mean share x quota) with `expected_low, expected_high`;
    and `past_periods`. What is won stands for the weeks that have begun.
    """
    shares = cumulative_shares(won, past, period)
    weeks = list(range(1, period.weeks + 1))
    ends = [min(period.last, period.first + timedelta(days=7 * week - 1)) for week in weeks]
    frame = pd.DataFrame({"week": weeks, "week_ends_on": pd.to_datetime(ends)})
    for name, q in QUANTILES.items():
        frame[name] = [float(shares[w].quantile(q)) if len(shares) else np.nan for w in weeks]
    frame["share_mean"] = [float(shares[w].mean()) if len(shares) else np.nan for w in weeks]
    aim = np.nan if quota is None else quota
    return frame.assign(
        expected_low=frame["share_low"] * aim,
        expected_amount=frame["share_mean"] * aim,
        expected_high=frame["share_high"] * aim,
        won_to_date_amount=_so_far(won, period, day, ends),
        past_periods=len(shares),
    )


def _so_far(won: pd.DataFrame, period: Period, day: date, ends: list[date]) -> list[float]:
    days, amounts = _days(won)
    begun = period.week(day) if day >= period.first else 0
    return [
        float(amounts[_inside(days, period.first, min(end, day))].sum())
        if week <= begun
        else np.nan
        for week, end in enumerate(ends, start=1)
    ]
