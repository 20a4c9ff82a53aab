"""Transitions between stages: every step that opportunities took, from the start to the end."""

import pandas as pd

from pipeline.metrics.journeys import ENDS, START
from pipeline.metrics.journeys import steps as steps_of
from pipeline.metrics.stages import KEY, every_stage

TABLE = [
    "cycle_code",
    "from_stage",
    "from_description",
    "to_stage",
    "to_description",
    "way",
    "steps",
    "opportunities",
]
WAYS = ("start", "on", "back", "again", "unplaced", "won", "lost", "in progress")
_ENDS = {"won": "Won", "lost": "Lost", "in progress": "Still there"}


def stage_transitions(
    journeys: pd.DataFrame, stages: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """How often one went from each stage to each other, and how many opportunities did.

    Every opportunity begins once and ends once: won, lost, or still in the stage it is in. So each
    stage balances: what came in equals what went out. `from_stage` is 0 at the start; `to_stage`
    is a stage, or the end. A reopening in the same stage is a step from the stage to itself. `way`
    is one of start, on, back, again (reopened), won, lost, in progress; unplaced where the cycle
    has lost one of the two stages and it is mapped to none.

    | from_stage | from_description | to_stage    | to_description | steps | opportunities |
    |------------|------------------|-------------|----------------|-------------|---------------|
    | 0          | Started          | 1           | Qualify        | 10          | 10            |
    | 1          | Qualify          | 2           | Propose        | 6           | 6             |
    | 3          | Negotiate        | 2           | Propose        | 1           | 1             |
    | 3          | Negotiate        | won         | Won            | 3           | 3             |

    behind `cycle_code`, with `way`.
    """
    taken = steps_of(journeys.reset_index(drop=True), places)
    numbers = taken["journey"].map(journeys["opportunities"].reset_index(drop=True))
    repeated = taken.duplicated(["journey", "came_from", "went_to"])
    sums = (
        taken.assign(steps=numbers, opportunities=numbers.where(~repeated, 0))
        .groupby(["cycle_code", "came_from", "went_to", "way"], as_index=False)[
            ["steps", "opportunities"]
        ]
        .sum()
    )
    return _in_order(_described(sums, stages))


def _described(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Name both ends of every step."""
    names = _names(sums, stages)
    come = pd.MultiIndex.from_frame(sums[["cycle_code", "came_from"]].astype({"came_from": "str"}))
    go = pd.MultiIndex.from_frame(sums[["cycle_code", "went_to"]])
    return sums.assign(
        from_stage=sums["came_from"],
        from_description=names["stage_description"].reindex(come).fillna("Started").to_numpy(),
        from_place=names["place"].reindex(come).fillna(START).to_numpy(),
        to_stage=sums["went_to"],
        to_description=(
            names["stage_description"]
            .reindex(go)
            .fillna(pd.Series(sums["went_to"].map(_ENDS).to_numpy(), index=go))
            .to_numpy()
        ),
        to_place=names["place"].reindex(go).fillna(float("inf")).to_numpy(),
    )


def _names(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """The stages that steps touch, those that are gone too, by cycle and number as text."""
    going = sums[~sums["went_to"].isin(ENDS)]
    seen = pd.DataFrame(
        {"cycle_code": going["cycle_code"], "stage": going["went_to"].astype("int64")}
    ).drop_duplicates()
    named = every_stage(stages, seen)
    return named.assign(
        stage=named["stage"].astype("str"), place=range(1, len(named) + 1)
    ).set_index(KEY)[["stage_description", "place"]]


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    order = rows["way"].map({way: place for place, way in enumerate(WAYS)})
    return (
        rows.assign(order=order)
        .sort_values(["cycle_code", "from_place", "to_place", "order"], ignore_index=True)
        .astype({"steps": "int64", "opportunities": "int64"})[TABLE]
    )
