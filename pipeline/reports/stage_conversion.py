"""Report: how many of those that reached a stage went on from it."""

from dataclasses import replace
from functools import partial
from typing import Literal

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import stage_conversion as metric
from pipeline.reports.journeys import journeys_of
from pipeline.reports.left_out import drafts, some
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.set_up import places_of, stages_of
from pipeline.store import Session

NAME = "stage-conversion"
DEFINITION = (
    "Of the opportunities that reached a stage, the share that went on. An opportunity reached a "
    "stage if it was ever in it or beyond it, in the order of the cycle today: a skipped stage "
    "counts as passed, a move back takes nothing away, and won is beyond all stages. Each counts "
    "once, with its outcome as of the day. The range is the Wilson interval, 95 percent. Stages "
    "the cycle no longer has are passed over, or count as the stage they are mapped to."
)
OPENS = ("reached", "advanced", "lost_here", "still_here")


def stage_conversion(
    session: Session, scope: Scope, *, cohort: Literal["all", "created"] = "all"
) -> Report:
    """Reached, advanced, lost here, still here and the rate, by cycle and stage.

    The cohort is all opportunities, or those created in the period of the scope. The frame is that
    of `metrics.stage_conversion.stage_conversion`; `totals` holds entered, won, lost, in progress
    and `won_rate`, won / entered, which is the product of the rates of a cycle.
    """
    stages = stages_of(session, scope)
    journeys = journeys_of(session, scope, created=cohort == "created")
    placed = metric.with_high_water(journeys, places_of(session, scope))
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=metric.stage_conversion(placed, stages),
        scope=scope,
        excluded=some(
            without_place(placed) | {"that are not started": drafts_of(session, scope, cohort)}
        ),
        totals=_totals(placed),
        opens=OPENS,
        leads_to=partial(_lead, scope, cohort),
    )


def in_cohort(selection: Selection, scope: Scope, cohort: str) -> Selection:
    """Narrow a selection to those created in the period of the scope, where that is the cohort."""
    if cohort == "all":
        return selection
    return replace(selection, created_from=scope.from_on, created_to=scope.to_on or scope.as_of)


def drafts_of(session: Session, scope: Scope, cohort: str) -> int:
    """Count the opportunities of the cohort that are not started."""
    if cohort == "all":
        return drafts(session, scope)
    return drafts(session, scope, created_from=scope.from_on, created_to=scope.to_on or scope.as_of)


def without_place(placed: pd.DataFrame) -> dict[str, int]:
    """Count what cannot be placed in its cycle."""
    unplaced = placed[placed["high_position"].isna()]
    never = unplaced["path"] == ""
    return {
        "closed without ever being started": int(unplaced.loc[never, "opportunities"].sum()),
        "only ever in stages the cycle no longer has": int(
            unplaced.loc[~never, "opportunities"].sum()
        ),
    }


def _totals(placed: pd.DataFrame) -> dict[str, float | None]:
    counted = placed[placed["high_position"].notna()]
    by_status = counted.groupby("status")["opportunities"].sum()
    entered, won = int(by_status.sum()), int(by_status.get("won", 0))
    return {
        "entered": entered,
        "won": won,
        "lost": int(by_status.get("lost", 0)),
        "in_progress": int(by_status.get("in progress", 0)),
        "won_rate": won / entered if entered else None,
    }


def _lead(scope: Scope, cohort: str, row: Row, column: str) -> Drill:
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    stage = int(row["stage"])
    selection = {
        "reached": Selection(reached_stage=stage),
        "advanced": Selection(advanced_stage=stage),
        "lost_here": Selection(highest_stage=stage, statuses=("lost",)),
        "still_here": Selection(highest_stage=stage, statuses=("in progress",)),
    }[column]
    return inside, in_cohort(selection, scope, cohort)
