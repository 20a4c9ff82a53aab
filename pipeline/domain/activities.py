"""Activities: the steps that entering a stage of a sales cycle gives somebody to do."""

from dataclasses import dataclass
from enum import StrEnum


class StepType(StrEnum):
    """What kind of task a step becomes; blank is any other."""

    BLANK = ""
    MEETING = "meeting"
    PHONE_CALL = "phone call"


class StepPriority(StrEnum):
    """How urgent the task of a step is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class ActivityStep:
    """One thing to do, some time after the stage is entered."""

    description: str
    type: str = StepType.BLANK.value
    priority: str = StepPriority.NORMAL.value
    date_formula: str = ""
    """How long after entering the stage it is due; blank is the same day."""


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What is to be done on entering a stage; `steps` stand in their order."""

    code: str
    description: str = ""
    steps: tuple[ActivityStep, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: its description, else its code."""
        return self.description or self.code
