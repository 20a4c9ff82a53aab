"""Set up what is to be done on entering a stage."""

from dataclasses import dataclass, replace

from pipeline.commands.codes import chosen, code, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.activities import Activity, ActivityStep, StepPriority, StepType
from pipeline.domain.dates import parse_formula
from pipeline.domain.errors import ActivityInUseError
from pipeline.store import activities, in_use


@dataclass(frozen=True, kw_only=True)
class DefineActivity:
    """Make an activity with its steps, or give one other steps."""

    code: str
    description: str = ""
    steps: tuple[ActivityStep, ...] = ()

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `ChoiceError`, `DateFormulaError`."""
        activity = Activity(
            code=code(self.code, "The code of the activity"),
            description=text(self.description, "The description", "description"),
            steps=tuple(_checked(step) for step in self.steps),
        )
        activities.put(desk.session, activity)
        return Recorded(what="activity", no=activity.code)


def _checked(step: ActivityStep) -> ActivityStep:
    parse_formula(step.date_formula)
    return replace(
        step,
        description=text(step.description, "The description of a step", "steps", required=True),
        type=chosen(StepType, step.type, "The type of a step", "steps").value,
        priority=chosen(StepPriority, step.priority, "The priority of a step", "steps").value,
        date_formula=step.date_formula.replace(" ", "").upper(),
    )


@dataclass(frozen=True, kw_only=True)
class RemoveActivity:
    """Remove an activity that no stage begins with; tasks it made stay."""

    code: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownActivityError`, `ActivityInUseError`."""
        activity = activities.activity(desk.session, self.code)
        stages = in_use.stages_with(desk.session, activity.code)
        if stages:
            raise ActivityInUseError(activity.code, stages)
        activities.remove(desk.session, activity.code)
        return Recorded(what="activity", no=activity.code)
