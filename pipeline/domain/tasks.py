"""Tasks: dated things to do; an opportunity's earliest open one is its next step."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pipeline.domain.activities import StepPriority, StepType
from pipeline.domain.errors import (
    MissingFieldError,
    PostponedEarlierError,
    TaskClosedError,
    TaskOpenError,
)


class TaskStatus(StrEnum):
    """How far a task is; a completed one is closed, and no other is."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    WAITING = "waiting"
    POSTPONED = "postponed"
    COMPLETED = "completed"


OPEN_STATUSES = tuple(status for status in TaskStatus if status is not TaskStatus.COMPLETED)
"""What an open task can be said to be."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do: what, until when, by whom, about what.

    It is closed when, and only when, its status is completed; a canceled one is closed too.
    """

    no: str
    description: str
    due_on: date
    type: StepType = StepType.BLANK
    priority: StepPriority = StepPriority.NORMAL
    status: TaskStatus = TaskStatus.NOT_STARTED
    canceled: bool = False
    closed_on: date | None = None
    owner_code: str | None = None
    team_code: str | None = None
    opportunity_id: int | None = None
    contact_no: str | None = None
    campaign_no: str | None = None
    stage: int | None = None
    """The stage on whose entering it was made; None when made by hand."""
    activity_code: str | None = None

    @property
    def is_closed(self) -> bool:
        """Done or canceled."""
        return self.status is TaskStatus.COMPLETED

    @property
    def how(self) -> str:
        """What became of it, in a word: open, done, canceled."""
        return "open" if not self.is_closed else "canceled" if self.canceled else "done"

    def check_open(self) -> None:
        """Refuse what only an open task can be asked. Raises `TaskClosedError`."""
        if self.is_closed:
            raise TaskClosedError(self.no, self.how, self.closed_on)

    def check_somebody(self) -> None:
        """Refuse a task that nobody has to do. Raises `MissingFieldError`."""
        if not (self.owner_code or self.team_code):
            raise MissingFieldError("Who has to do it (a salesperson or a team)", "owner_code")

    def complete(self, on: date) -> "Task":
        """Give the task as it is when done. Raises `TaskClosedError`."""
        self.check_open()
        return replace(self, status=TaskStatus.COMPLETED, closed_on=on)

    def cancel(self, on: date) -> "Task":
        """Give the task called off, which closes it. Raises `TaskClosedError`."""
        self.check_open()
        return replace(self, status=TaskStatus.COMPLETED, closed_on=on, canceled=True)

    def reopen(self) -> "Task":
        """Give the task open again, not canceled and without a closing day.

        Raises `TaskOpenError`.
        """
        if not self.is_closed:
            raise TaskOpenError(self.no)
        return replace(self, status=TaskStatus.IN_PROGRESS, closed_on=None, canceled=False)

    def postpone(self, to: date) -> "Task":
        """Give the task put off to a later day.

        Raises `TaskClosedError`, `PostponedEarlierError`.
        """
        self.check_open()
        if to <= self.due_on:
            raise PostponedEarlierError(self.no, to, self.due_on)
        return replace(self, due_on=to, status=TaskStatus.POSTPONED)

    def now(self, status: TaskStatus, on: date) -> "Task":
        """Give the task with another status: completed closes it, any other opens it again."""
        if status is TaskStatus.COMPLETED:
            return self if self.is_closed else self.complete(on)
        opened = self.reopen() if self.is_closed else self
        return replace(opened, status=status)
