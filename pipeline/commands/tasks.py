"""Plan what is to be done, by hand; tick it off, put it off, call it off."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from pipeline.commands.codes import chosen, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.activities import StepPriority, StepType
from pipeline.domain.errors import MissingFieldError, NothingToChangeError
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.tasks import Task, TaskStatus
from pipeline.store import recording as record
from pipeline.store import records, tasks

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class CreateTask:
    """Add a task by hand: what, until when, by whom.

    A task of an opportunity takes from it what is left None: the contact, the campaign and, where
    no team is named either, the owner. The earliest open one is the opportunity's next step.
    """

    description: str = ""
    due_on: date | None = None
    owner_code: str | None = None
    team_code: str | None = None
    opportunity_no: str | None = None
    contact_no: str | None = None
    campaign_no: str | None = None
    type: str = StepType.BLANK.value
    priority: str = StepPriority.NORMAL.value

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `ChoiceError`, `Unknown…Error`, ….

        And `BlockedSalespersonError`, `NumberSeriesMissingError`, `NumberSeriesEndedError`.
        """
        due_on = _day(self.due_on)
        description = _what(self.description)
        about = self._opportunity(desk)
        owner_code = self.owner_code or None
        if about and not owner_code and not self.team_code:
            owner_code = about.owner_code
        new = Task(
            no="",
            description=description,
            due_on=due_on,
            type=_type(self.type),
            priority=_priority(self.priority),
            owner_code=_owner(desk, owner_code),
            team_code=_team(desk, self.team_code),
            opportunity_id=about.id if about else None,
            contact_no=_contact(desk, self.contact_no or (about.contact_no if about else None)),
            campaign_no=_campaign(desk, self.campaign_no or (about.campaign_no if about else None)),
        )
        new.check_somebody()
        numbered = replace(new, no=next_task_no(desk))
        tasks.add(desk.session, numbered, desk.stamp)
        return Recorded(what="task", no=numbered.no)

    def _opportunity(self, desk: Desk) -> Opportunity | None:
        return (
            records.opportunity(desk.session, self.opportunity_no) if self.opportunity_no else None
        )


@dataclass(frozen=True, kw_only=True)
class EditTask:
    """Change a task; None leaves a field as it is, blank empties it where that may be."""

    task_no: str
    description: str | None = None
    due_on: date | None = None
    owner_code: str | None = None
    team_code: str | None = None
    contact_no: str | None = None
    type: str | None = None
    priority: str | None = None
    status: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `NothingToChangeError`, and what `CreateTask` raises."""
        task = tasks.task(desk.session, self.task_no)
        edited = self._edited(desk, task)
        edited.check_somebody()
        if edited == task:
            raise NothingToChangeError(task.no)
        tasks.change(desk.session, edited)
        return Recorded(what="task", no=task.no)

    def _edited(self, desk: Desk, task: Task) -> Task:
        """Give the task with every field that was given, each checked."""
        edited = replace(
            task,
            description=_kept(self.description, task.description, _what),
            due_on=self.due_on or task.due_on,
            type=_kept(self.type, task.type, _type),
            priority=_kept(self.priority, task.priority, _priority),
            owner_code=_kept(self.owner_code, task.owner_code, lambda code: _owner(desk, code)),
            team_code=_kept(self.team_code, task.team_code, lambda code: _team(desk, code)),
            contact_no=_kept(self.contact_no, task.contact_no, lambda no: _contact(desk, no)),
        )
        if self.status is None:
            return edited
        return edited.now(chosen(TaskStatus, self.status, "Status", "status"), desk.today)


@dataclass(frozen=True, kw_only=True)
class PostponeTask:
    """Put an open task off to a later day."""

    task_no: str
    due_on: date | None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownTaskError`, `TaskClosedError`, `PostponedEarlierError`, ….

        And `MissingFieldError` where no day is given.
        """
        to = _day(self.due_on)
        return _become(desk, self.task_no, lambda task: task.postpone(to))


@dataclass(frozen=True, kw_only=True)
class CompleteTask:
    """Tick a task off; it is closed on the work date."""

    task_no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownTaskError`, `TaskClosedError`."""
        return _become(desk, self.task_no, lambda task: task.complete(desk.today))


@dataclass(frozen=True, kw_only=True)
class CancelTask:
    """Call an open task off, which closes it."""

    task_no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownTaskError`, `TaskClosedError`."""
        return _become(desk, self.task_no, lambda task: task.cancel(desk.today))


@dataclass(frozen=True, kw_only=True)
class ReopenTask:
    """Take a task that is done or canceled up again."""

    task_no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownTaskError`, `TaskOpenError`."""
        return _become(desk, self.task_no, Task.reopen)


def next_task_no(desk: Desk) -> str:
    """Give the next free number of the series. Raises `NumberSeries…Error`."""
    number = record.next_number(desk.session, "task_series")
    while records.count(desk.session, "tasks", task_no=number):
        number = record.next_number(desk.session, "task_series")
    return number


def _become(desk: Desk, task_no: str, change: Callable[[Task], Task]) -> Recorded:
    task = tasks.task(desk.session, task_no)
    tasks.change(desk.session, change(task))
    return Recorded(what="task", no=task.no)


def _kept(typed: str | None, now: _T, check: Callable[[str], _T]) -> _T:
    """Give what a field becomes: as it was where nothing is given, else what was typed."""
    return now if typed is None else check(typed)


def _day(due_on: date | None) -> date:
    if due_on is None:
        raise MissingFieldError("The date", "due_on")
    return due_on


def _what(typed: str) -> str:
    return text(typed, "What is to be done", "description", required=True)


def _type(typed: str) -> StepType:
    return chosen(StepType, typed, "Type", "type")


def _priority(typed: str) -> StepPriority:
    return chosen(StepPriority, typed, "Priority", "priority")


def _owner(desk: Desk, code: str | None) -> str | None:
    if not code:
        return None
    owner = records.salesperson(desk.session, code)
    owner.check_may_own()
    return owner.code


def _team(desk: Desk, code: str | None) -> str | None:
    if code:
        records.check_team(desk.session, code)
    return code or None


def _contact(desk: Desk, no: str | None) -> str | None:
    return records.contact(desk.session, no).no if no else None


def _campaign(desk: Desk, no: str | None) -> str | None:
    return records.campaign(desk.session, no).no if no else None
