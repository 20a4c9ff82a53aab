"""What a change of an opportunity does to its tasks: planned, called off, or taken along."""

from dataclasses import replace
from typing import Any

from pipeline.commands.desk import Desk
from pipeline.commands.tasks import next_task_no
from pipeline.domain.activities import Activity, ActivityStep, StepPriority, StepType
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.dates import add_formula
from pipeline.domain.errors import UnknownActivityError
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.tasks import Task
from pipeline.domain.transitions import STARTS_A_STAY, Transition
from pipeline.store import activities, tasks


def follow_up(
    desk: Desk,
    opportunity: Opportunity,
    cycle: SalesCycle,
    entered: Transition,
    *,
    cancel_old: bool = False,
) -> None:
    """Call off the open tasks where wanted, then plan what the activity of the stage asks for.

    Only entering a stage plans anything; an update stays where it is. Raises what numbering a task
    is refused with.
    """
    if cancel_old:
        cancel_open(desk, opportunity)
    if entered.action in STARTS_A_STAY:
        _plan(desk, opportunity, cycle, entered)


def cancel_open(desk: Desk, opportunity: Opportunity) -> None:
    """Call off every open task of an opportunity; what is closed already stays as it is."""
    for task in tasks.open_tasks(desk.session, opportunity.id):
        tasks.change(desk.session, task.cancel(desk.today))


def cancel_planned(desk: Desk, opportunity: Opportunity, nth: int) -> None:
    """Call off the open tasks that a transition planned; those of other stages and hands stay."""
    for task in tasks.planned_by(desk.session, opportunity.id, nth):
        tasks.change(desk.session, task.cancel(desk.today))


def take_along(desk: Desk, opportunity: Opportunity, **changed: str | None) -> None:
    """Let open tasks follow the opportunity where they named what it had.

    `changed` gives the new owner (`owner_code`), contact (`contact_no`) or campaign
    (`campaign_no`); a task that named another one stays.
    """
    for name, value in changed.items():
        now: str | None = getattr(opportunity, name)
        for task in tasks.open_tasks(desk.session, opportunity.id, **{name: now}):
            follows: dict[str, Any] = {name: value}
            tasks.change(desk.session, replace(task, **follows))


def _plan(desk: Desk, opportunity: Opportunity, cycle: SalesCycle, entered: Transition) -> None:
    activity = _activity(desk, cycle.stage(entered.stage).activity_code)
    if activity is None:
        return
    for step in activity.steps or (ActivityStep(description=activity.name),):
        planned = Task(
            no=next_task_no(desk),
            description=step.description,
            due_on=add_formula(entered.on, step.date_formula),
            type=StepType(step.type),
            priority=StepPriority(step.priority),
            owner_code=entered.owner_code,
            opportunity_id=opportunity.id,
            contact_no=entered.contact_no,
            campaign_no=opportunity.campaign_no,
            stage=entered.stage,
            activity_code=activity.code,
        )
        tasks.add(desk.session, planned, desk.stamp)


def _activity(desk: Desk, code: str | None) -> Activity | None:
    """Give the activity; a stage may name one that nobody has defined, and plans nothing then."""
    try:
        return activities.activity(desk.session, code) if code else None
    except UnknownActivityError:
        return None
