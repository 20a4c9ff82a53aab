"""What is to be done: next steps of opportunities, and tasks by whom and about what."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from pipeline.domain.opportunities import Opportunity
from pipeline.domain.scope import Scope
from pipeline.store import Session, records
from pipeline.store import tasks as stored

_ANY_DAY = Scope(as_of=date.max)
Which = Literal["open", "done", "all"]
GROUPS = ("Overdue", "Today", "This week", "Later", "Done")
"""The groups of a list of tasks, in their order."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which tasks; None does not limit."""

    task_no: str | None = None
    opportunity_id: int | None = None
    contact_no: str | None = None
    """Of a company, those of its persons too."""
    owner_code: str | None = None
    team_code: str | None = None
    """Those of the team, and of the people in it."""
    which: Which = "open"
    at_most: int = 500


def tasks(session: Session, asked: Asked) -> pd.DataFrame:
    """The tasks asked for: open ones by their day, then those that are closed, the latest first.

    Columns: `task_no, task, due_on, task_type, task_priority, task_status, canceled, closed_on,
    owner_code, task_owner, team_code, team_name, opportunity_no, description, contact_no,
    contact_name, stage, activity_code, comments`.
    """
    return session.frame(
        "tasks",
        _ANY_DAY,
        task_no=asked.task_no,
        opportunity_id=asked.opportunity_id,
        contact_no=asked.contact_no,
        owner_code=asked.owner_code,
        team_code=asked.team_code,
        done=asked.which == "done",
        closed=asked.which == "all",
        at_most=asked.at_most,
    )


def open_tasks(session: Session, opportunity_id: int) -> pd.DataFrame:
    """The open tasks of an opportunity, its next step first; columns as `tasks` gives them."""
    return tasks(session, replace(Asked(), opportunity_id=opportunity_id))


def next_steps(session: Session, opportunity_no: str | None = None) -> pd.DataFrame:
    """The next step of every opportunity that has one (or of one): its earliest open task.

    Columns: `opportunity_no, task_no, next_step, next_step_on, open_tasks`.
    """
    return session.frame("tasks_next_steps", _ANY_DAY, opportunity_no=opportunity_no)


def by_day(frame: pd.DataFrame, today: date) -> dict[str, pd.DataFrame]:
    """The tasks in the groups of `GROUPS` that have any.

    A week ends on Sunday; closed tasks are done, whenever they were due.
    """
    due = pd.to_datetime(frame["due_on"])
    now, week_end = pd.Timestamp(today), pd.Timestamp(today + timedelta(days=6 - today.weekday()))
    done = frame["task_status"] == "completed"
    groups = dict(
        zip(
            GROUPS,
            (
                ~done & (due < now),
                ~done & (due == now),
                ~done & (due > now) & (due <= week_end),
                ~done & (due > now) & (due > week_end),
                done,
            ),
            strict=True,
        )
    )
    return {name: frame[of_it] for name, of_it in groups.items() if of_it.any()}


def team_of(session: Session, owner_code: str) -> str | None:
    """The team of a salesperson; None for one without, and for nobody."""
    known = records.count(session, "salespeople", owner_code=owner_code)
    return records.salesperson(session, owner_code).team_code if known else None


@dataclass(frozen=True, kw_only=True)
class Around:
    """How many open tasks an opportunity has, and how many of them name what it has itself."""

    open: int = 0
    of_owner: int = 0
    of_contact: int = 0
    of_campaign: int = 0


def around(session: Session, opportunity: Opportunity) -> Around:
    """Count the open tasks of an opportunity, and those that name what it has."""
    found = stored.open_tasks(session, opportunity.id)
    return Around(
        open=len(found),
        of_owner=sum(task.owner_code == opportunity.owner_code for task in found),
        of_contact=sum(task.contact_no == opportunity.contact_no for task in found),
        of_campaign=sum(task.campaign_no == opportunity.campaign_no for task in found),
    )
