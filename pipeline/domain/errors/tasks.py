"""Tasks, interactions and comments."""

from datetime import date
from typing import ClassVar

from pipeline.domain.errors.refusal import PipelineError
from pipeline.domain.errors.unknown import UnknownCodeError


class UnknownTaskError(UnknownCodeError):
    """No task has this number."""

    noun = "task"
    field = "task_no"


class UnknownInteractionError(UnknownCodeError):
    """No interaction has this number."""

    noun = "interaction"
    field = "interaction_no"


class UnknownCommentError(UnknownCodeError):
    """The comment is not there, or not any more."""

    noun = "comment"
    field = "comment_id"


class TaskClosedError(PipelineError):
    """What is done or canceled is neither done nor put off nor canceled again."""

    def __init__(self, task_no: str, how: str, closed_on: date | None) -> None:
        """Take the task, whether it was done or canceled, and when."""
        super().__init__(f"Task {task_no} was {how} on {closed_on}. Reopen it before changing it.")


class TaskOpenError(PipelineError):
    """Only a task that is done or canceled can be reopened."""

    def __init__(self, task_no: str) -> None:
        """Take the task."""
        super().__init__(f"Task {task_no} is open; only one that is done can be reopened.")


class PostponedEarlierError(PipelineError):
    """A task is put off to a day that is not later."""

    field = "due_on"

    def __init__(self, task_no: str, wanted: date, due_on: date) -> None:
        """Take the task, the day asked for and the day it is due now."""
        super().__init__(
            f"Task {task_no} is due on {due_on}; {wanted} is not later. Postpone it to a later "
            "day, or edit its date."
        )


class OpenTasksError(PipelineError):
    """Somebody or something that open tasks name cannot be removed."""

    _NOUNS: ClassVar = {"owner": "Salesperson", "team": "Team", "contact": "Contact"}

    def __init__(self, what: str, code: str, tasks: int) -> None:
        """Take `owner`, `team` or `contact`, its code, and the number of its open tasks."""
        self.of, self.tasks = {what: code}, tasks
        counted = "1 open task" if tasks == 1 else f"{tasks} open tasks"
        super().__init__(
            f"{self._NOUNS[what]} {code} has {counted}. Finish, cancel or hand them over first."
        )


class InteractionCanceledError(PipelineError):
    """Nothing comes of an interaction that was canceled, and it is not canceled twice."""

    def __init__(self, interaction_no: str) -> None:
        """Take the interaction."""
        super().__init__(f"Interaction {interaction_no} is canceled.")


class InteractionTakenError(PipelineError):
    """An interaction belongs to one opportunity."""

    def __init__(self, interaction_no: str, opportunity_no: str) -> None:
        """Take the interaction and the opportunity it has."""
        super().__init__(
            f"Interaction {interaction_no} belongs to {opportunity_no} already; it makes no other."
        )


class InteractionCompanyError(PipelineError):
    """An interaction belongs to an opportunity of the contact's own company."""

    field = "opportunity_no"

    def __init__(self, opportunity_no: str, contact_no: str) -> None:
        """Take the opportunity that was chosen and the contact."""
        super().__init__(
            f"{opportunity_no} is related to another company than contact {contact_no}. "
            "Choose one of its own, or none."
        )


class InteractionDateError(PipelineError):
    """What is to come has not happened."""

    field = "happened_on"

    def __init__(self, happened_on: date, today: date) -> None:
        """Take the day that was given and today."""
        super().__init__(
            f"The interaction is dated {happened_on}, after today ({today}). Add a task for what "
            "is still to be done."
        )


class BelowZeroError(PipelineError):
    """A duration or a cost is below zero."""

    def __init__(self, label: str, field: str, value: object) -> None:
        """Take the field's name on the screen and in the command, and what was given."""
        self.field = field
        super().__init__(f"{label} must not be below 0; it is {value}.")
