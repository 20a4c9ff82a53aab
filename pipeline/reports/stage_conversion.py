"""Report: how many of those that reached a stage went on from it."""

from dataclasses import replace
from functools import partial
from typing import Literal

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import stage_conversion as metric
from pipeline.reports.left_out import drafts, some
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.set_up import stages_of
from pipeline.store import Session

NAME = "stage-conversion"
DEFINITION = (
    "Of the opportunities that reached a stage, the share that went on. An opportunity reached a "
    "stage if it was ever in it or beyond it, in the order of the cycle today: a skipped stage "
    "counts as passed, a move back takes nothing away, and won is beyond all stages. Each counts "
    "once, with its outcome as of the day. The range is the Wilson interval, 95 percent. Stages "
    "the cycle no longer has are passed over."
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
    placed = metric.with_high_water(journeys, stages)
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=metric.stage_conversion(placed, stages),
        scope=scope,
        excluded=some(
            _without_place(placed) | {"that are not started": _drafts(session, scope, cohort)}
        ),
        totals=_totals(placed),
        opens=OPENS,
        leads_to=partial(_lead, scope, cohort, stages),
    )


def journeys_of(session: Session, scope: Scope, *, created: bool = False) -> pd.DataFrame:
    """The ways opportunities took and how they ended: `cycle_code, path, status, opportunities`."""
    return session.frame("stage_conversion_created" if created else "stage_conversion", scope)


def journeys_that(
    session: Session, scope: Scope, *, reached: int | None, highest: int | None
) -> list[str]:
    """The journeys that reached a stage, or ended at it, each as `cycle|status|path`."""
    stages = stages_of(session, scope)
    placed = metric.with_high_water(journeys_of(session, scope), stages)
    kept = pd.Series(data=True, index=placed.index)
    if reached is not None:
        kept &= metric.reached(placed, stages, reached)
    if highest is not None:
        kept &= metric.stopped(placed, stages, highest)
    keys = placed["cycle_code"] + "|" + placed["status"] + "|" + placed["path"]
    return [str(key) for key in keys[kept]]


def _drafts(session: Session, scope: Scope, cohort: str) -> int:
    if cohort == "all":
        return drafts(session, scope)
    return drafts(session, scope, created_from=scope.from_on, created_to=scope.to_on)


def _without_place(placed: pd.DataFrame) -> dict[str, int]:
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


def _lead(scope: Scope, cohort: str, stages: pd.DataFrame, row: Row, column: str) -> Drill:
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    selection = _selection(stages, row, column)
    if cohort == "created":
        created_to = scope.to_on or scope.as_of
        selection = replace(selection, created_from=scope.from_on, created_to=created_to)
    return inside, selection


def _selection(stages: pd.DataFrame, row: Row, column: str) -> Selection:
    stage = int(row["stage"])
    if column == "lost_here":
        return Selection(highest_stage=stage, statuses=("lost",))
    if column == "still_here":
        return Selection(highest_stage=stage, statuses=("in progress",))
    if column == "reached":
        return Selection(reached_stage=stage)
    in_cycle = stages[stages["cycle_code"] == row["cycle_code"]].sort_values("position")
    behind = in_cycle.loc[in_cycle["position"] > row["position"], "stage"]
    if behind.empty:
        return Selection(reached_stage=stage, statuses=("won",))
    return Selection(reached_stage=int(behind.iloc[0]))
