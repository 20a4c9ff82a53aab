"""Time in stage: how long stays last, those that still last counted for as long as they did so far.

A stay is one uninterrupted time of one opportunity in one stage. Updates do not split it; it ends
by a move forward or back, or by being won or lost. A reopening begins a new stay, and the time
between closing and reopening is in no stage.
"""

import pandas as pd

from pipeline.metrics.stages import KEY, every_stage
from pipeline.metrics.survival import (
    aalen_johansen,
    crossing,
    kaplan_meier,
    lifetimes,
    mean_of,
    median_of,
    quartiles,
)

KINDS = ("forward", "back", "won", "lost")
"""The ways a stay ends; `open` is the one that still lasts on the as-of day."""
HALF = 0.5
COUNTS = ["stays", "stays_over", "stays_open"]
TABLE = [
    *KEY,
    "position",
    "stage_description",
    *COUNTS,
    "average_stay_days",
    "median_stay_days",
    "median_days",
    "median_low_days",
    "median_high_days",
    "p25_days",
    "p75_days",
    "longest_days",
    "forward_rate",
    "back_rate",
    "won_here_rate",
    "lost_here_rate",
]
CURVE = [
    *KEY,
    "stage_description",
    "days",
    "at_risk",
    "ended",
    "survival_rate",
    "survival_low",
    "survival_high",
    "forward_rate",
    "back_rate",
    "won_here_rate",
    "lost_here_rate",
]


def with_returns(stays: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Stays made into the time each opportunity spent in a stage altogether.

    An opportunity that was in a stage more than once counts there once, with the sum of its days,
    and lasts still if its newest stay does. `corrections` takes its stays away and puts their sum
    in place: both frames have `cycle_code, stage, days, kind, number`.

    The stays 31 and 28 of one opportunity, and its correction, become 59:

    | days | kind    | number |        | days | kind    | number |
    |------|---------|--------|        |------|---------|--------|
    | 28   | forward | -1     |        | 59   | forward | 1      |
    | 31   | lost    | -1     |   ->   |      |         |        |
    | 59   | forward | 1      |        |      |         |        |
    """
    both = pd.concat([stays, corrections])
    summed: pd.DataFrame = both.groupby([*KEY, "days", "kind"])["number"].sum().reset_index()
    return summed[summed["number"] > 0].reset_index(drop=True)


def curve(stays: pd.DataFrame) -> pd.DataFrame:
    """For each stage and day: the share still there, its interval, and where the others had gone.

    `survival_rate` is Kaplan-Meier's, with any end an end; the four rates of ends compete
    (Aalen-Johansen) and add up to 1 with it. A row for each length that was seen: in stage 2 of
    F10, of which an eighth went forward after 21 days and half had left after 32,

    | days | at_risk | ended | survival_rate | survival_low | survival_high | forward_rate | ... |
    |------|---------|-------|---------------|--------------|---------------|--------------|-----|
    | 21   | 8       | 1     | 0.875         | 0.387        | 0.981         | 0.125        |     |
    | 28   | 7       | 1     | 0.750         | 0.315        | 0.931         | 0.250        |     |
    | 32   | 5       | 1     | 0.500         | 0.152        | 0.775         | 0.250        |     |

    with `back_rate | won_here_rate | lost_here_rate`.
    """
    rows = kaplan_meier(lifetimes(stays, KEY, KINDS), KEY, KINDS)
    return (
        aalen_johansen(rows, KEY, KINDS)
        .assign(ended=rows[list(KINDS)].sum(axis="columns"))
        .rename(columns={"won_rate": "won_here_rate", "lost_rate": "lost_here_rate"})
        .reindex(columns=[name for name in CURVE if name != "stage_description"])
    )


def time_in_stage(stays: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """How long stays in each stage last, and how they end.

    `average_stay_days` and `median_stay_days` are those of the stays that are over, and so too
    low: the long ones are the ones that still last. `median_days` and the quartiles are read off
    the Kaplan-Meier curve, at the first day on which it has fallen that far; missing where it has
    not, which means beyond `longest_days`. `median_low_days` to `median_high_days` is where the
    ends of the curve's interval cross one half. The four rates are how many had gone each way when
    the longest had ended, the ways in competition.

    | stage | stays | stays_over | average_stay_days | median_stay_days | median_days | p75_days |
    |-------|-------|------------|-------------------|------------------|-------------|----------|
    | 1     | 10    | 7          | 25.29             | 22.0             | 30          | <NA>     |
    | 2     | 8     | 6          | 34.67             | 31.5             | 32          | 42       |
    | 3     | 5     | 5          | 18.80             | 20.0             | 20          | 28       |
    """
    over = stays[stays["kind"] != "open"]
    number = stays.groupby(KEY)["number"].sum()
    ended = over.groupby(KEY)["number"].sum()
    sums = pd.DataFrame({"stays": number, "stays_over": ended.reindex(number.index).fillna(0)})
    rows = sums.assign(
        stays_open=sums["stays"] - sums["stays_over"],
        average_stay_days=mean_of(over, KEY),
        median_stay_days=median_of(over, KEY),
    ).join(_read_off(curve(stays)))
    return _typed(every_stage(stages, rows.reset_index()))


def _read_off(steps: pd.DataFrame) -> pd.DataFrame:
    """What the table says of each curve."""
    last = steps.groupby(KEY)[["forward_rate", "back_rate", "won_here_rate", "lost_here_rate"]]
    return (
        quartiles(steps, KEY)
        .join(crossing(steps, KEY, HALF, "survival_low").rename("median_low_days"))
        .join(crossing(steps, KEY, HALF, "survival_high").rename("median_high_days"))
        .join(last.last())
        .astype("float64")
    )


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.fillna(dict.fromkeys(COUNTS, 0)).astype(dict.fromkeys(COUNTS, "int64"))[TABLE]
