"""Skips and bounces: stages that are passed without a visit, stages that send people back."""

import pandas as pd

from pipeline.metrics.journeys import steps, visits
from pipeline.metrics.proportions import rate, wilson
from pipeline.metrics.stage_conversion import stage_conversion
from pipeline.metrics.stages import KEY, every_stage

COUNTS = ["reached", "skipped", "visited", "bounced"]
TABLE = [
    "cycle_code",
    "stage",
    "position",
    "stage_description",
    "reached",
    "skipped",
    "skip_rate",
    "skip_low",
    "skip_high",
    "visited",
    "bounced",
    "bounce_rate",
    "bounce_low",
    "bounce_high",
]


def skips_and_bounces(
    placed: pd.DataFrame, stages: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """Of those that reached a stage, who never was in it; of those that were, who was sent back.

    A bounce is leaving the stage for an earlier one, once or more often; a reopening in an earlier
    stage counts as one too, the path does not tell them apart. A stage the cycle no longer has,
    and that is mapped to none, stands behind the others with its visits; nobody can have skipped
    it. Takes journeys with their high water. For F10

    | stage | reached | skipped | skip_rate | visited | bounced | bounce_rate |
    |-------|---------|---------|-----------|---------|---------|-------------|
    | 1     | 10      | 0       | 0.000     | 10      | 0       | 0.000       |
    | 2     | 7       | 1       | 0.143     | 6       | 0       | 0.000       |
    | 3     | 5       | 0       | 0.000     | 5       | 1       | 0.200       |

    behind `cycle_code`, with `position | stage_description` and Wilson intervals.
    """
    journeys = placed.reset_index(drop=True)
    seen = visits(journeys, places)[["journey", "cycle_code", "as_stage"]].drop_duplicates()
    taken = steps(journeys, places)
    back = taken[taken["way"] == "back"][["journey", "cycle_code", "came_from"]].drop_duplicates()
    reached = stage_conversion(placed, stages)[[*KEY, "reached"]]
    sums = (
        reached.merge(_sum(journeys, seen, "as_stage", "visited"), on=KEY, how="outer")
        .merge(_sum(journeys, back, "came_from", "bounced"), on=KEY, how="outer")
        .fillna(0)
    )
    # Whoever was in a stage of the cycle reached it; in a stage that is gone nobody is missing.
    sums = sums.assign(skipped=(sums["reached"] - sums["visited"]).clip(lower=0))
    counts = sums[[*KEY, *COUNTS]].astype(dict.fromkeys(COUNTS, "int64"))
    return _with_rates(every_stage(stages, counts))


def _sum(journeys: pd.DataFrame, rows: pd.DataFrame, stage: str, name: str) -> pd.DataFrame:
    """How many opportunities took the journeys of the rows, by stage."""
    numbers = rows["journey"].map(journeys["opportunities"])
    named = pd.DataFrame(
        {"cycle_code": rows["cycle_code"], "stage": rows[stage], name: numbers}
    ).astype({"stage": "int64"})
    return named.groupby(KEY)[[name]].sum().reset_index()


def _with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    in_cycle = rows["position"].notna()
    passed, was_in = rows["reached"].where(in_cycle, 0), rows["visited"].where(in_cycle, 0)
    skips, bounces = wilson(rows["skipped"], passed), wilson(rows["bounced"], was_in)
    return rows.assign(
        skip_rate=rate(rows["skipped"], passed),
        skip_low=skips["rate_low"],
        skip_high=skips["rate_high"],
        bounce_rate=rate(rows["bounced"], was_in),
        bounce_low=bounces["rate_low"],
        bounce_high=bounces["rate_high"],
    )[TABLE]
