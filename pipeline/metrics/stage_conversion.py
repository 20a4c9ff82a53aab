"""Stage conversion: how many of those that reached a stage went on from it.

The rule is the high-water mark: an opportunity reached a stage if it was ever in it or in one
behind it, so that a skipped stage counts as passed and a move back takes nothing away. Won counts
as beyond all stages. "Behind" is the order of the cycle today.
"""

import pandas as pd

from pipeline.metrics.journeys import WON, stays_of
from pipeline.metrics.proportions import rate, wilson
from pipeline.metrics.stages import KEY

TABLE = [
    "cycle_code",
    "stage",
    "position",
    "stage_description",
    "next_stage_description",
    "reached",
    "advanced",
    "lost_here",
    "still_here",
    "advance_rate",
    "rate_low",
    "rate_high",
    "reached_rate",
]


def with_high_water(journeys: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Give each journey the place of the furthest stage it was in, null when it has none.

    A stage that the cycle no longer has is passed over. A journey without a place was closed
    before it began (`path` is empty) or was only in stages that are gone.

    | cycle_code | path  | status | opportunities | high_position |
    |------------|-------|--------|---------------|---------------|
    | F10        | 1 2 3 | won    | 1             | 3             |
    | F10        | 1 3   | won    | 1             | 3             |
    | F10        |       | lost   | 4             | <NA>          |
    """
    few = journeys[["cycle_code", "path"]].drop_duplicates(ignore_index=True)
    visits = stays_of(few).merge(stages[[*KEY, "position"]], on=KEY)
    high = visits.groupby("journey")["position"].max().reindex(range(len(few)))
    placed = journeys[["cycle_code", "path"]].merge(
        few.assign(high_position=high.astype("Int64")), on=["cycle_code", "path"], how="left"
    )
    return journeys.assign(high_position=placed["high_position"].to_numpy())


def reached(placed: pd.DataFrame, stages: pd.DataFrame, stage: int) -> pd.Series:
    """Say which journeys (with their high water) reached a stage of their cycle."""
    position = _position(placed, stages, stage)
    beyond_all = (placed["status"] == WON) & placed["high_position"].notna() & position.notna()
    return beyond_all | (placed["high_position"] >= position).fillna(value=False)


def stopped(placed: pd.DataFrame, stages: pd.DataFrame, stage: int) -> pd.Series:
    """Say which journeys (with their high water) never went beyond a stage and are not won."""
    here = placed["high_position"] == _position(placed, stages, stage)
    return here.fillna(value=False) & (placed["status"] != WON)


def _position(placed: pd.DataFrame, stages: pd.DataFrame, stage: int) -> pd.Series:
    """Give the place that a stage has in the cycle of each journey, null where it has none."""
    positions = stages[stages["stage"] == stage].set_index("cycle_code")["position"]
    return placed["cycle_code"].map(positions).astype("Int64")


def stage_conversion(placed: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Of those that reached a stage: how many went on, were lost there, or are still there.

    Takes journeys with their high water; those without a place are left out.

    `advance_rate` = advanced / reached, with its 95 percent Wilson interval; null where nobody
    arrived. From the last stage one advances by winning. Reached = advanced + lost here + still
    here, and the rates of a cycle multiply to won / entered (`reached_rate` is the product of the
    rates before a stage).

    | stage | stage_description | next_stage_description | reached | advanced | lost_here | ... |
    |-------|-------------------|------------------------|---------|----------|-----------|-----|
    | 1     | Qualify           | Propose                | 10      | 7        | 0         |     |
    | 2     | Propose           | Negotiate              | 7       | 5        | 1         |     |
    | 3     | Negotiate         | Won                    | 5       | 3        | 1         |     |

    and `still_here | advance_rate | rate_low | rate_high | reached_rate`,
    behind `cycle_code`, with `position` behind `stage`.
    """
    placed = placed[placed["high_position"].notna()]
    ended = _ended_at(placed)
    won = placed[placed["status"] == WON].groupby("cycle_code")["opportunities"].sum()
    rows = stages[["cycle_code", "stage", "position", "stage_description"]].merge(
        ended, on=["cycle_code", "position"], how="left"
    )
    rows = rows.sort_values(["cycle_code", "position"], ignore_index=True).fillna(
        {"lost_here": 0, "still_here": 0}
    )
    return _with_rates(_with_reached(rows, won))


def _ended_at(placed: pd.DataFrame) -> pd.DataFrame:
    """Count the lost and the open by the furthest stage they were in."""
    return (
        placed.pivot_table(
            index=["cycle_code", "high_position"],
            columns="status",
            values="opportunities",
            aggfunc="sum",
            fill_value=0,
        )
        .reindex(columns=["lost", "in progress"], fill_value=0)
        .reset_index()
        .set_axis(["cycle_code", "position", "lost_here", "still_here"], axis="columns")
        .astype({"position": "int64"})
    )


def _with_reached(rows: pd.DataFrame, won: pd.Series) -> pd.DataFrame:
    """Count who reached a stage: all that ended there or behind it, and all that were won."""
    here = rows["lost_here"] + rows["still_here"]
    here_or_behind = here[::-1].groupby(rows["cycle_code"][::-1]).cumsum()[::-1]
    arrived = here_or_behind + rows["cycle_code"].map(won).fillna(0)
    behind = rows.groupby("cycle_code")["stage_description"].shift(-1)
    return rows.assign(
        next_stage_description=behind.fillna("Won"),
        reached=arrived.astype("int64"),
        advanced=(arrived - here).astype("int64"),
        lost_here=rows["lost_here"].astype("int64"),
        still_here=rows["still_here"].astype("int64"),
    )


def _with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    interval = wilson(rows["advanced"], rows["reached"])
    entered = rows.groupby("cycle_code")["reached"].transform("first")
    return rows.assign(
        advance_rate=rate(rows["advanced"], rows["reached"]),
        rate_low=interval["rate_low"],
        rate_high=interval["rate_high"],
        reached_rate=rate(rows["reached"], entered),
    )[TABLE]
