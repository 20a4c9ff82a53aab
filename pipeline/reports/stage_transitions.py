"""Report: every step opportunities took between stages, from the start to the end."""

from dataclasses import replace
from functools import partial
from typing import Literal

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import stage_transitions as metric
from pipeline.reports.journeys import journeys_of
from pipeline.reports.left_out import some
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.set_up import places_of, stages_of
from pipeline.reports.stage_conversion import drafts_of, in_cohort
from pipeline.store import Session

DEFINITION = (
    "Every step from stage to stage that the opportunities took up to the day, those that were "
    "taken back later left out. Each begins once and ends once: won, lost, or still where it is; "
    "so what came into a stage equals what went out of it. A step from a stage to itself is a "
    "reopening. One that took the same step twice counts twice in the steps and once in the "
    "opportunities. A stage the cycle no longer has is shown, under the stage it is mapped to or "
    "as removed."
)


def stage_transitions(
    session: Session, scope: Scope, *, cohort: Literal["all", "created"] = "all"
) -> Report:
    """The steps by cycle; the frame is `metrics.stage_transitions.stage_transitions`."""
    journeys = journeys_of(session, scope, created=cohort == "created")
    frame = metric.stage_transitions(journeys, stages_of(session, scope), places_of(session, scope))
    return Report(
        name="stage-transitions",
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some({"that are not started": drafts_of(session, scope, cohort)}),
        totals={"steps": int(frame["steps"].sum())},
        opens=("opportunities",),
        leads_to=partial(_lead, scope, cohort),
    )


def _lead(scope: Scope, cohort: str, row: Row, _column: str) -> Drill:
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    selection = Selection(step=f"{int(row['from_stage'])}>{row['to_stage']}")
    return inside, in_cohort(selection, scope, cohort)
