"""What a change of an opportunity does to its tasks: planned by stages, called off, taken along."""

from datetime import date

import pytest

from pipeline.commands import (
    ActivateFirstStage,
    CloseAsLost,
    CloseAsWon,
    Command,
    CompleteTask,
    CreateTask,
    DefineActivity,
    DefineCampaign,
    DefineStage,
    EditOpportunity,
    JumpToStage,
    MoveToNextStage,
    MoveToPreviousStage,
    Reassign,
    Reopen,
    RetractLastTransition,
    SkipToStage,
    UpdateOpportunity,
)
from pipeline.domain.activities import ActivityStep
from pipeline.domain.tasks import Task
from pipeline.store import tasks
from tests.commands.conftest import FAR, WORK_DATE, Company

DAY = date(2026, 1, 6)
INIT = DefineActivity(
    code="INIT",
    description="Initial tasks",
    steps=(
        ActivityStep(description="Verify quality of opportunity", priority="high"),
        ActivityStep(description="Identify key persons", date_formula="1W"),
    ),
)
CALL = DefineActivity(
    code="CALL", steps=(ActivityStep(description="Call", type="phone call", date_formula="2D"),)
)


@pytest.fixture
def planning(company: Company) -> Company:
    """NEW has four stages, all of which may be skipped: INIT at the first, CALL at the others."""
    stages: list[Command] = [
        DefineStage(
            cycle_code="CHA",
            stage=stage,
            description=f"Stage {stage}",
            completed_percent=20,
            chances_percent=20,
            allow_skip=True,
            activity_code="INIT" if stage == 1 else "CALL",
        )
        for stage in (1, 2, 3, 4)
    ]
    company.go(INIT, CALL, *stages)
    return company


def all_tasks(company: Company) -> list[tuple[str, date, str]]:
    """What every task says, when it is due, and what became of it, in the order of making."""
    return [
        (task.description, task.due_on, task.how)
        for (no,) in company.store.rows("select task_no from tasks order by task_no")
        for task in [tasks.task(company.store, no)]
    ]


def open_of(company: Company, no: str) -> list[Task]:
    """The open tasks of an opportunity."""
    return tasks.open_tasks(company.store, company.opportunity(no).id)


def add_two(company: Company, no: str) -> None:
    """Add two tasks by hand."""
    for day in (20, 21):
        company.go(
            CreateTask(description=f"Task {day}", due_on=date(2026, 5, day), opportunity_no=no)
        )


def test_bc_64_tasks_of_a_stage(planning: Company) -> None:
    """Activated, two tasks of INIT with days and priorities; an update adds none."""
    no = planning.create("CHA", today=DAY)
    planning.go(ActivateFirstStage(opportunity_no=no), today=DAY)
    verify, identify = open_of(planning, no)
    assert (verify.description, verify.due_on, verify.priority) == (
        "Verify quality of opportunity",
        DAY,
        "high",
    )
    assert (identify.description, identify.due_on, identify.priority) == (
        "Identify key persons",
        date(2026, 1, 13),
        "normal",
    )
    assert (verify.owner_code, verify.contact_no, verify.stage) == ("SP1", "C1", 1)
    assert verify.activity_code == "INIT"
    planning.go(UpdateOpportunity(opportunity_no=no, amount=5), today=DAY)
    assert len(all_tasks(planning)) == 2


def test_entering_with_creation_plans_too(planning: Company) -> None:
    """Created and activated at once."""
    assert len(open_of(planning, planning.started("CHA"))) == 2


def test_every_way_into_a_stage_plans_its_tasks_from_the_day_of_change(planning: Company) -> None:
    """Next, back, skip, jump, reopen: each again, even where the stage was visited before."""
    no = planning.started("CHA", today=DAY)
    ways: list[tuple[Command, date]] = [
        (MoveToNextStage(opportunity_no=no), date(2026, 1, 7)),
        (MoveToPreviousStage(opportunity_no=no), date(2026, 1, 8)),
        (SkipToStage(opportunity_no=no, stage=3), date(2026, 1, 9)),
        (JumpToStage(opportunity_no=no, stage=2), date(2026, 1, 10)),
    ]
    made = [2]
    for command, day in ways:
        planning.go(command, today=day)
        made.append(len(all_tasks(planning)))
    assert made == [2, 3, 5, 6, 7]
    assert all_tasks(planning)[-1] == ("Call", date(2026, 1, 12), "open")
    planning.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"), today=date(2026, 1, 11))
    planning.go(Reopen(opportunity_no=no, note="Back"), today=date(2026, 1, 12))
    assert [task.due_on for task in open_of(planning, no)] == [date(2026, 1, 14)]


def test_one_step_makes_one_task(planning: Company) -> None:
    """A stage with only one step of type phone call creates only one task, a phone call."""
    no = planning.started("CHA")
    planning.go(MoveToNextStage(opportunity_no=no, cancel_old_tasks=True))
    assert [task.type for task in open_of(planning, no)] == ["phone call"]


def test_an_activity_without_steps_is_one_task(planning: Company) -> None:
    """It says what the activity is called, and is due at once."""
    planning.go(DefineActivity(code="INIT", description="Initial tasks"))
    planning.started("CHA")
    assert all_tasks(planning) == [("Initial tasks", WORK_DATE, "open")]


def test_a_stage_whose_activity_nobody_defined_plans_nothing(company: Company) -> None:
    """Such as one that came with an old export: the move is not in the way of it."""
    company.store.execute("update stages set activity_code = 'GONE' where cycle_code = 'CHA'")
    company.started("CHA")
    assert all_tasks(company) == []


def test_a_move_leaves_old_tasks_unless_asked(planning: Company) -> None:
    """Ticked, those that were open are canceled; what the new stage plans is not."""
    no = planning.started("CHA")
    planning.go(MoveToNextStage(opportunity_no=no))
    assert len(open_of(planning, no)) == 3
    planning.go(MoveToNextStage(opportunity_no=no, cancel_old_tasks=True))
    assert [how for _, _, how in all_tasks(planning)] == ["canceled"] * 3 + ["open"]
    planning.go(UpdateOpportunity(opportunity_no=no, amount=7, cancel_old_tasks=True))
    assert open_of(planning, no) == []


def test_what_a_retracted_transition_planned_is_called_off_with_it(planning: Company) -> None:
    """Of two of INIT one is done, which stays, as does one by hand; a new entry plans anew."""
    no = planning.create("CHA", today=DAY)
    planning.go(ActivateFirstStage(opportunity_no=no), today=DAY)
    planning.go(CreateTask(description="By hand", due_on=DAY, opportunity_no=no), today=DAY)
    planning.go(CompleteTask(task_no=open_of(planning, no)[0].no), today=DAY)
    planning.go(RetractLastTransition(opportunity_no=no), today=date(2026, 1, 7))
    assert [how for _, _, how in all_tasks(planning)] == ["done", "canceled", "open"]
    again = ActivateFirstStage(opportunity_no=no, amount=5, expected_close_on=FAR)
    planning.go(again, today=date(2026, 1, 7))
    planning.go(MoveToNextStage(opportunity_no=no), today=date(2026, 1, 8))
    planning.go(RetractLastTransition(opportunity_no=no), today=date(2026, 1, 9))
    assert [task.description for task in open_of(planning, no)] == [
        "By hand",
        "Verify quality of opportunity",
        "Identify key persons",
    ]
    assert all_tasks(planning)[-1] == ("Call", date(2026, 1, 10), "canceled")


def test_taking_back_an_update_or_a_close_calls_nothing_off(planning: Company) -> None:
    """Neither planned anything."""
    no = planning.started("CHA")
    planning.go(UpdateOpportunity(opportunity_no=no, amount=5))
    planning.go(RetractLastTransition(opportunity_no=no))
    planning.go(CloseAsLost(opportunity_no=no, close_reason_code="L1", cancel_old_tasks=False))
    planning.go(RetractLastTransition(opportunity_no=no))
    assert len(open_of(planning, no)) == 2


def test_bc_51_open_tasks_are_cancelled(company: Company) -> None:
    """Of three the two open ones become canceled, closed, completed; no new task is made."""
    no = company.started("COM")
    add_two(company, no)
    company.go(CreateTask(description="Done before", due_on=WORK_DATE, opportunity_no=no))
    company.go(CompleteTask(task_no="TD000003"), today=WORK_DATE)
    company.go(CloseAsWon(opportunity_no=no, close_reason_code="W1"), today=date(2026, 5, 18))
    one, two, done = (tasks.task(company.store, f"TD00000{number}") for number in (1, 2, 3))
    for task in (one, two):
        assert (task.canceled, task.status, task.closed_on) == (
            True,
            "completed",
            date(2026, 5, 18),
        )
    assert (done.canceled, done.closed_on) == (False, WORK_DATE)
    assert len(all_tasks(company)) == 3


@pytest.mark.parametrize("close", [CloseAsWon, CloseAsLost])
def test_closing_without_the_tick_leaves_tasks_open(company: Company, close: type) -> None:
    """Won or lost, what is still to be done may stay."""
    no = company.started("COM")
    add_two(company, no)
    reason = "W1" if close is CloseAsWon else "L1"
    company.go(close(opportunity_no=no, close_reason_code=reason, cancel_old_tasks=False))
    assert len(open_of(company, no)) == 2


def test_tasks_follow_another_owner_only_when_asked(company: Company) -> None:
    """Those of the old owner go along; those somebody else has, or that are done, stay."""
    no = company.started("CHA", owner_code="SP1")
    add_two(company, no)
    due = date(2026, 5, 30)
    company.go(
        CreateTask(description="Of Jim", due_on=due, opportunity_no=no, owner_code="JO"),
        CompleteTask(task_no="TD000002"),
    )
    company.go(Reassign(opportunity_no=no, owner_code="JO"))
    assert [task.owner_code for task in open_of(company, no)] == ["SP1", "JO"]
    company.go(Reassign(opportunity_no=no, owner_code="SP1", tasks_follow=True))
    assert [task.owner_code for task in open_of(company, no)] == ["SP1", "SP1"]
    company.go(Reassign(opportunity_no=no, owner_code="JO", tasks_follow=True))
    assert tasks.task(company.store, "TD000002").owner_code == "SP1"


def test_tasks_follow_another_contact_and_campaign_only_when_asked(company: Company) -> None:
    """A colleague takes over; the campaign is another one."""
    span = {"starts_on": WORK_DATE, "ends_on": WORK_DATE, "activated": True}
    company.go(DefineCampaign(no="K1", **span), DefineCampaign(no="K2", **span))  # type: ignore[arg-type]
    no = company.started("CHA", campaign_no="K1")
    add_two(company, no)
    company.go(EditOpportunity(opportunity_no=no, contact_no="P1", campaign_no="K2"))
    assert {(task.contact_no, task.campaign_no) for task in open_of(company, no)} == {("C1", "K1")}
    company.go(EditOpportunity(opportunity_no=no, contact_no="C1", campaign_no="K1"))
    company.go(
        EditOpportunity(opportunity_no=no, contact_no="P1", campaign_no="K2", tasks_follow=True)
    )
    assert {(task.contact_no, task.campaign_no) for task in open_of(company, no)} == {("P1", "K2")}
