"""Rotting: what has been in its stage longer than three quarters of what advanced from there.

A next step suspends it: as long as something is planned for an opportunity no further ahead than
the limit of its stage, it does not rot.
"""

import pandas as pd

from pipeline.metrics.proportions import rate
from pipeline.metrics.stages import KEY, every_stage
from pipeline.metrics.survival import crossing, kaplan_meier, lifetimes

ADVANCED = ("forward", "won")
"""The ends of a stay that are an advance: a move forward, and being won."""
FEWEST_STAYS = 20
"""A limit is learned from so many advances or more."""
SHARE_LEFT = 0.25
COUNTS = ["opportunities", "rotting", "advances"]
AMOUNTS = ["amount", "rotting_amount", "rotting_weighted_amount"]
TABLE = [
    *KEY,
    "position",
    "stage_description",
    "limit_days",
    "limit_source",
    "advances",
    "opportunities",
    "rotting",
    "rotting_rate",
    "amount",
    "rotting_amount",
    "rotting_weighted_amount",
]


def limits(stays: pd.DataFrame, set_days: int | None = None) -> pd.DataFrame:
    """The days after which an opportunity rots in each stage, and where the limit comes from.

    The limit is the third quartile of the stays that ended in an advance: the first day by which
    three quarters of them had gone on. It is learned from 20 advances or more; with fewer, the
    limit the company has set stands in, or there is none.

    | cycle_code | stage | advances | limit_days | limit_source |
    |------------|-------|----------|------------|--------------|
    | NEW        | 1     | 310      | 24         | learned      |
    | NEW        | 5     | 12       | 60         | set          |
    | OLD        | 1     | 3        | <NA>       | none         |
    """
    went_on = _advances(stays)
    advances = went_on.groupby(KEY)["number"].sum().rename("advances")
    steps = kaplan_meier(lifetimes(went_on, KEY, ("advanced",)), KEY, ("advanced",))
    learned = crossing(steps, KEY, SHARE_LEFT).where(advances >= FEWEST_STAYS).astype("float64")
    every = stays[KEY].drop_duplicates().set_index(KEY)
    rows = every.join(advances).join(learned.rename("limit_days")).reset_index()
    return _with_source(rows.fillna({"advances": 0}).astype({"advances": "int64"}), set_days)


def _with_source(rows: pd.DataFrame, set_days: int | None) -> pd.DataFrame:
    known = rows["limit_days"].notna()
    instead = float("nan") if set_days is None else float(set_days)
    source = pd.Series("learned", index=rows.index).where(
        known, "none" if set_days is None else "set"
    )
    return rows.assign(limit_days=rows["limit_days"].where(known, instead), limit_source=source)


def rotting_by_stage(
    open_stays: pd.DataFrame, learned: pd.DataFrame, stages: pd.DataFrame
) -> pd.DataFrame:
    """How much of what is in each stage is there longer than its limit, with nothing planned.

    What has a next step in at most as many days as the limit of its stage (`planned_in_days`,
    missing where nothing is planned or it is late) is not rotting, however long it is there.

    | stage | limit_days | limit_source | advances | opportunities | rotting | rotting_amount |
    |-------|------------|--------------|----------|---------------|---------|----------------|
    | 1     | 24         | learned      | 310      | 40            | 11      | 120,000        |

    with `position | stage_description` behind the stage and `rotting_rate | amount |
    rotting_weighted_amount`.
    """
    held = open_stays.merge(learned[[*KEY, "limit_days"]], on=KEY, how="left")
    over = beyond(held) & ~suspended(held)
    sums = (
        held.assign(
            rotting=held["opportunities"].where(over, 0),
            rotting_amount=held["amount"].where(over, 0),
            rotting_weighted_amount=held["weighted_amount"].where(over, 0),
        )
        .groupby(KEY, as_index=False)[["opportunities", "rotting", *AMOUNTS]]
        .sum()
    )
    rows = every_stage(stages, learned.merge(sums, on=KEY, how="outer"))
    filled = rows.fillna(dict.fromkeys([*COUNTS, *AMOUNTS], 0) | {"limit_source": "none"}).astype(
        dict.fromkeys(COUNTS, "int64")
    )
    return filled.assign(rotting_rate=rate(filled["rotting"], filled["opportunities"]))[TABLE]


def beyond(held: pd.DataFrame) -> pd.Series:
    """Whether each has been in its stage longer than the limit; false where there is no limit."""
    return held["days"].gt(held["limit_days"]).fillna(value=False).astype("bool")


def suspended(held: pd.DataFrame) -> pd.Series:
    """Whether the next step of each is near enough: in no more days than the limit of its stage."""
    return held["planned_in_days"].le(held["limit_days"]).fillna(value=False).astype("bool")


def older_than(ages: pd.DataFrame, stays: pd.DataFrame) -> pd.Series:
    """For each age in a stage: the share of those that advanced from there in fewer days.

    Takes `cycle_code, stage, stage_age_days` and the stays; 0.8 reads "older than 80 percent of
    those that advanced from here". Missing where nobody advanced.
    """
    went_on = _advances(stays)
    asked = ages[KEY].assign(days=ages["stage_age_days"], row=range(len(ages)))
    pairs = asked.merge(went_on, on=KEY, suffixes=("", "_advanced"))
    pairs = pairs.assign(faster=pairs["number"].where(pairs["days_advanced"] < pairs["days"], 0))
    sums = pairs.groupby("row")[["faster", "number"]].sum().reindex(range(len(ages)))
    return rate(sums["faster"], sums["number"]).set_axis(ages.index)


def _advances(stays: pd.DataFrame) -> pd.DataFrame:
    """The stays that ended in an advance, by length."""
    went_on = stays[stays["kind"].isin(ADVANCED)]
    sums: pd.DataFrame = went_on.groupby([*KEY, "days"])["number"].sum().reset_index()
    return sums.assign(kind="advanced")
