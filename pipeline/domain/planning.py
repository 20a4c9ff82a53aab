"""What the stages to come will give somebody to do, and when, if all goes as they are set up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.activities import Activity, ActivityStep
from pipeline.domain.cycles import Stage
from pipeline.domain.dates import add_formula


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """One step of the activity of a stage that is not entered yet."""

    stage: Stage
    step: ActivityStep
    due_on: date


def planned_steps(
    stages: Sequence[Stage], activities: Mapping[str, Activity], start: date
) -> list[PlannedStep]:
    """Give the steps of the stages to come, in their order.

    Each stage begins its date formula after the one before it began, the first of them after
    `start`; each step is due its own formula after that. A stage without an activity has no steps
    but takes its time.
    """
    planned: list[PlannedStep] = []
    for stage in stages:
        start = add_formula(start, stage.date_formula)
        activity = activities.get(stage.activity_code or "")
        planned += [
            PlannedStep(stage=stage, step=step, due_on=add_formula(start, step.date_formula))
            for step in (activity.steps if activity else ())
        ]
    return planned
