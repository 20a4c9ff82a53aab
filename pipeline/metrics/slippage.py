"""Slippage: expected close dates that are moved, again and again, and whose can be relied on."""

import pandas as pd

from pipeline.metrics.proportions import rate, wilson

MOST = 3
"""From so many pushes on, opportunities are looked at together."""
PUSHES = [
    "part",
    "pushes",
    "pushed",
    "days_pushed",
    "average_days_pushed",
    "pushed_amount",
    "pulls",
    "days_pulled",
]
PUSH_OUT = [
    "opening",
    "opening_out",
    "opening_out_rate",
    "opening_amount",
    "opening_out_amount",
    "opening_out_amount_rate",
    "ever_inside",
    "ever_out",
    "ever_out_rate",
]


def slippage(redated: pd.DataFrame) -> pd.DataFrame:
    """How often and how far expected close dates were moved, a row for each part.

    A push moves the date later, a pull earlier; the date given at a reopening is neither. `pushed`
    opportunities were pushed at least once. `pushed_amount` adds up their amounts at each push.

    | pushes | pushed | days_pushed | average_days_pushed | pushed_amount | pulls | days_pulled |
    |--------|--------|-------------|---------------------|---------------|-------|-------------|
    | 3      | 3      | 164         | 54.7                | 69,000        | 1     | 18          |
    """
    days = rate(redated["days_pushed"], redated["pushes"])
    return redated.assign(average_days_pushed=days)[PUSHES]


def push_out(counts: pd.DataFrame) -> pd.DataFrame:
    """Of what was to close in the period, the share that stands behind its end when it ends.

    On the opening basis, by count and by amount at the start: what stood in the period when it
    began. On the ever-inside basis: that and whatever came into it by creation, reopening or
    another date.

    | opening | opening_out | opening_out_rate | ... | ever_inside | ever_out | ever_out_rate |
    |---------|-------------|------------------|-----|-------------|----------|---------------|
    | 3       | 1           | 0.333            |     | 9           | 2        | 0.222         |

    with `opening_amount 83,000 | opening_out_amount 18,000 | opening_out_amount_rate 0.217`.
    """
    return counts.assign(
        opening_out_rate=rate(counts["opening_out"], counts["opening"]),
        opening_out_amount_rate=rate(counts["opening_out_amount"], counts["opening_amount"]),
        ever_out_rate=rate(counts["ever_out"], counts["ever_inside"]),
    )[PUSH_OUT]


def repeat_slip(counts: pd.DataFrame) -> pd.DataFrame:
    """Of those that were pushed so many times, the share that was pushed again.

    The last row holds every opportunity once for each number of pushes from three on that it came
    to. What is in progress may still be pushed again, so the shares are a little low.

    | pushes | pushed_so_often | pushed_again | again_rate | rate_low | rate_high |
    |--------|-----------------|--------------|------------|----------|-----------|
    | 0      | 10              | 3            | 0.300      | 0.108    | 0.603     |
    | 1      | 3               | 0            | 0          | 0        | 0.562     |
    """
    number = counts.groupby("pushes")["opportunities"].sum().sort_index()
    most = max(int(number.index.max()) if len(number) else 0, MOST)
    reached = number.reindex(range(most + 2), fill_value=0)[::-1].cumsum()[::-1]
    levels = pd.DataFrame(
        {"pushed_so_often": reached.iloc[:-1], "pushed_again": reached.shift(-1).iloc[:-1]}
    ).astype("int64")
    rows = levels.groupby(levels.index.to_series().clip(upper=MOST).rename("pushes")).sum()
    interval = wilson(rows["pushed_again"], rows["pushed_so_often"])
    again = rate(rows["pushed_again"], rows["pushed_so_often"])
    return rows.assign(
        again_rate=again, rate_low=interval["rate_low"], rate_high=interval["rate_high"]
    ).reset_index()


def close_date_reliability(closed: pd.DataFrame) -> pd.DataFrame:
    """Of what an owner closed, the share that closed on or before the date stated a month earlier.

    Only what was in progress with a date on that day counts (`stated`). `average_late_days` is how
    many days later than stated it closed in the mean, below nought for earlier.

    | owner_code | closed | stated | in_time | in_time_rate | rate_low | rate_high | late |
    |------------|--------|--------|---------|--------------|----------|-----------|------|
    | ANN        | 5      | 5      | 5       | 1.000        | 0.566    | 1.000     | -10  |

    (`average_late_days` in full).
    """
    sums = ["closed", "stated", "in_time", "late_days"]
    rows = closed.groupby("owner_code", as_index=False, dropna=False)[sums].sum()
    interval = wilson(rows["in_time"], rows["stated"])
    return rows.assign(
        in_time_rate=rate(rows["in_time"], rows["stated"]),
        rate_low=interval["rate_low"],
        rate_high=interval["rate_high"],
        average_late_days=rate(rows["late_days"], rows["stated"]),
    ).drop(columns="late_days")
