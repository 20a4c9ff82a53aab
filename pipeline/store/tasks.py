"""Read and write tasks."""

from pipeline.domain.activities import StepPriority, StepType
from pipeline.domain.errors import UnknownTaskError
from pipeline.domain.tasks import Task, TaskStatus
from pipeline.store import recording as record
from pipeline.store import records
from pipeline.store.connection import Session

_COLUMNS = (
    "task_no, description, due_on, type, priority, status, canceled, closed_on, owner_code, "
    "team_code, opportunity_id, contact_no, campaign_no, stage, activity_code"
)
_OPEN = f"status <> '{TaskStatus.COMPLETED.value}'"


def task(session: Session, no: str) -> Task:
    """Give a task. Raises `UnknownTaskError`."""
    row = session.one(f"select {_COLUMNS} from tasks where task_no = ?", [no])
    if row is None:
        raise records.unknown(session, UnknownTaskError, no, "tasks", "task_no")
    return _task(row)


def open_tasks(session: Session, opportunity_id: int, **equals: str | None) -> list[Task]:
    """Give the open tasks of an opportunity, the next step first.

    `equals` asks only for those whose column of that name has the value (None: null).
    """
    asked = "".join(f" and {column} is not distinct from ?" for column in equals)
    rows = session.rows(
        f"select {_COLUMNS} from tasks where opportunity_id = ? and {_OPEN}{asked} "
        "order by due_on, created_at, task_no",
        [opportunity_id, *equals.values()],
    )
    return [_task(row) for row in rows]


def planned_by(session: Session, opportunity_id: int, nth: int) -> list[Task]:
    """Give the open tasks that one transition of an opportunity planned on entering its stage."""
    rows = session.rows(
        f"select {_COLUMNS} from tasks where opportunity_id = $id and {_OPEN} "
        "and activity_code is not null and (batch_id, stage) in (select (batch_id, stage) "
        "from transitions where opportunity_id = $id and nth = $nth) order by task_no",
        {"id": opportunity_id, "nth": nth},
    )
    return [_task(row) for row in rows]


def of_contact(session: Session, contact_no: str) -> list[Task]:
    """Give every task that names a contact."""
    rows = session.rows(f"select {_COLUMNS} from tasks where contact_no = ?", [contact_no])
    return [_task(row) for row in rows]


def add(session: Session, new: Task, stamp: record.Stamp) -> None:
    """Record a new task."""
    record.insert(
        session,
        "tasks",
        **_values(new),
        created_at=stamp.at,
        created_by=stamp.by,
        batch_id=stamp.batch_id,
    )


def change(session: Session, task: Task) -> None:
    """Record a task that is there as it stands now."""
    record.put(session, "tasks", ("task_no",), **_values(task))


def _values(task: Task) -> dict[str, object]:
    return {
        "task_no": task.no,
        "description": task.description,
        "due_on": task.due_on,
        "type": task.type.value,
        "priority": task.priority.value,
        "status": task.status.value,
        "canceled": task.canceled,
        "closed_on": task.closed_on,
        "owner_code": task.owner_code,
        "team_code": task.team_code,
        "opportunity_id": task.opportunity_id,
        "contact_no": task.contact_no,
        "campaign_no": task.campaign_no,
        "stage": task.stage,
        "activity_code": task.activity_code,
    }


def _task(row: tuple) -> Task:  # type: ignore[type-arg]
    no, text, due, kind, priority, status, canceled, closed, owner, team, *about = row
    opportunity_id, contact, campaign, stage, activity = about
    return Task(
        no=no,
        description=text,
        due_on=due,
        type=StepType(kind),
        priority=StepPriority(priority),
        status=TaskStatus(status),
        canceled=canceled,
        closed_on=closed,
        owner_code=owner,
        team_code=team,
        opportunity_id=opportunity_id,
        contact_no=contact,
        campaign_no=campaign,
        stage=stage,
        activity_code=activity,
    )
