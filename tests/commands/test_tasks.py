"""Tasks: made by hand, ticked off, put off, called off; the earliest open one is the next step."""

from datetime import date

import pytest

from pipeline.commands import (
    CancelTask,
    Command,
    CompleteTask,
    CreateTask,
    DefineCampaign,
    DefineSalesperson,
    DefineSetting,
    DefineTeam,
    EditTask,
    LogInteraction,
    PostponeTask,
    RemoveContact,
    RemoveSalesperson,
    RemoveTeam,
    ReopenTask,
)
from pipeline.domain.errors import (
    BlockedSalespersonError,
    ChoiceError,
    MissingFieldError,
    NothingToChangeError,
    NumberSeriesMissingError,
    OpenTasksError,
    PipelineError,
    PostponedEarlierError,
    TaskClosedError,
    TaskOpenError,
    UnknownContactError,
    UnknownOpportunityError,
    UnknownSalespersonError,
    UnknownTaskError,
    UnknownTeamError,
)
from pipeline.domain.tasks import Task, TaskStatus
from pipeline.reports.tasks import next_steps, open_tasks
from pipeline.store import tasks
from tests.commands.conftest import WORK_DATE, Company

LATER = date(2026, 6, 1)


def task(company: Company, no: str) -> Task:
    """A task as it stands."""
    return tasks.task(company.store, no)


def made(company: Company, **fields: object) -> str:
    """Add a task by hand, complete in itself, and give its number."""
    wish = {"description": "Call back", "due_on": LATER, "owner_code": "SP1"} | fields
    return company.go(CreateTask(**wish))[0].no  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left_out", "field"),
    [("description", "description"), ("due_on", "due_on"), ("owner_code", "owner_code")],
)
def test_a_task_needs_a_date_a_description_and_somebody(
    company: Company, left_out: str, field: str
) -> None:
    """Each is named when it is missing, and nothing is recorded."""
    with pytest.raises(MissingFieldError) as refusal:
        made(company, **{left_out: None if left_out != "description" else "  "})
    assert refusal.value.field == field
    assert company.store.rows("select count(*) from tasks") == [(0,)]


def test_a_team_may_have_to_do_it_instead(company: Company) -> None:
    """A task of a team names no salesperson."""
    company.go(DefineTeam(code="EAST", name="East"))
    no = made(company, owner_code=None, team_code="EAST")
    assert (task(company, no).owner_code, task(company, no).team_code) == (None, "EAST")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"owner_code": "SPX"}, UnknownSalespersonError),
        ({"team_code": "WEST"}, UnknownTeamError),
        ({"contact_no": "C9"}, UnknownContactError),
        ({"opportunity_no": "OP9"}, UnknownOpportunityError),
        ({"type": "fax"}, ChoiceError),
        ({"priority": "utmost"}, ChoiceError),
        ({"owner_code": "OUT"}, BlockedSalespersonError),
    ],
)
def test_whom_and_what_it_is_about_must_be_there(
    company: Company, fields: dict[str, object], refusal: type[PipelineError]
) -> None:
    """Codes that name nothing, words that mean nothing, people who sell no more."""
    company.go(DefineSalesperson(code="OUT", name="Gone", blocked=True))
    with pytest.raises(refusal):
        made(company, **fields)


def test_a_task_of_an_opportunity_takes_from_it_what_is_left_out(company: Company) -> None:
    """Its contact, its campaign, its owner; what was given stays."""
    day = WORK_DATE
    company.go(DefineCampaign(no="K1", starts_on=day, ends_on=LATER, activated=True))
    no = company.started("CHA", contact_no="P1", owner_code="JO", campaign_no="K1")
    taken = task(company, made(company, opportunity_no=no, owner_code=None))
    assert (taken.contact_no, taken.owner_code, taken.campaign_no) == ("P1", "JO", "K1")
    given = task(company, made(company, opportunity_no=no, contact_no="C1"))
    assert (given.contact_no, given.owner_code) == ("C1", "SP1")


def test_the_next_step_is_the_earliest_open_task(company: Company) -> None:
    """Two tasks, the later one made first; done, the other one is next, then nothing is."""
    opportunity_no = company.started("CHA")
    late = made(company, opportunity_no=opportunity_no, description="Sign")
    early = made(company, opportunity_no=opportunity_no, due_on=date(2026, 5, 20))
    made(company, description="About nothing")
    row = next_steps(company.store).iloc[0]
    assert (row["opportunity_no"], row["task_no"], row["next_step"]) == (
        opportunity_no,
        early,
        "Call back",
    )
    assert row["open_tasks"] == 2
    opportunity = company.opportunity(opportunity_no)
    assert list(open_tasks(company.store, opportunity.id)["task_no"]) == [early, late]
    company.go(CompleteTask(task_no=early))
    assert next_steps(company.store, opportunity_no)["next_step"].tolist() == ["Sign"]
    company.go(CancelTask(task_no=late))
    assert next_steps(company.store).empty


def test_completed_is_closed_and_closed_is_completed(company: Company) -> None:
    """Done closes on the work date; set to completed closes too; another status opens again."""
    no = made(company)
    company.go(CompleteTask(task_no=no), today=LATER)
    done = task(company, no)
    assert (done.status, done.closed_on, done.canceled) == (TaskStatus.COMPLETED, LATER, False)
    company.go(EditTask(task_no=no, status="waiting"))
    waiting = task(company, no)
    assert (waiting.status, waiting.closed_on) == (TaskStatus.WAITING, None)
    company.go(EditTask(task_no=no, status="completed"))
    assert task(company, no).closed_on == WORK_DATE


def test_canceling_closes_and_reopening_clears(company: Company) -> None:
    """Canceled is closed and completed; reopened it is in progress, not canceled, without a day."""
    no = made(company)
    company.go(CancelTask(task_no=no))
    canceled = task(company, no)
    assert (canceled.status, canceled.canceled) == (TaskStatus.COMPLETED, True)
    assert canceled.closed_on == WORK_DATE
    company.go(ReopenTask(task_no=no))
    again = task(company, no)
    assert (again.status, again.canceled, again.closed_on) == (TaskStatus.IN_PROGRESS, False, None)


def test_what_is_closed_is_reopened_first(company: Company) -> None:
    """Done twice, canceled after, put off after: refused; so is reopening what is open."""
    no = made(company)
    with pytest.raises(TaskOpenError):
        company.go(ReopenTask(task_no=no))
    company.go(CompleteTask(task_no=no))
    for command in (
        CompleteTask(task_no=no),
        CancelTask(task_no=no),
        PostponeTask(task_no=no, due_on=date(2026, 7, 1)),
    ):
        with pytest.raises(TaskClosedError, match="done on 2026-05-15"):
            company.go(command)


def test_postponing_leads_to_a_later_day(company: Company) -> None:
    """An earlier day is refused, so is none."""
    no = made(company)
    company.go(PostponeTask(task_no=no, due_on=date(2026, 6, 8)))
    put_off = task(company, no)
    assert (put_off.status, put_off.due_on) == (TaskStatus.POSTPONED, date(2026, 6, 8))
    with pytest.raises(PostponedEarlierError):
        company.go(PostponeTask(task_no=no, due_on=date(2026, 6, 8)))
    with pytest.raises(MissingFieldError):
        company.go(PostponeTask(task_no=no, due_on=None))


def test_a_task_is_edited_field_by_field(company: Company) -> None:
    """What is not named stays; nobody left to do it is refused; nothing new is refused."""
    no = made(company, contact_no="C1")
    company.go(EditTask(task_no=no, description="Visit", type="meeting", priority="high"))
    edited = task(company, no)
    assert (edited.description, edited.type, edited.priority) == ("Visit", "meeting", "high")
    assert (edited.due_on, edited.owner_code, edited.contact_no) == (LATER, "SP1", "C1")
    company.go(EditTask(task_no=no, contact_no="", owner_code="JO"))
    assert (task(company, no).contact_no, task(company, no).owner_code) == (None, "JO")
    with pytest.raises(MissingFieldError):
        company.go(EditTask(task_no=no, owner_code=""))
    with pytest.raises(NothingToChangeError):
        company.go(EditTask(task_no=no, description="Visit"))


def test_an_unknown_task_offers_the_nearest(company: Company) -> None:
    """A slip of the finger is seen."""
    no = made(company)
    with pytest.raises(UnknownTaskError, match=f"Did you mean {no}"):
        company.go(CompleteTask(task_no="TD00001"))


@pytest.mark.parametrize(
    ("remove", "of"),
    [
        (RemoveSalesperson(code="JO"), {"owner": "JO"}),
        (RemoveTeam(code="EAST"), {"team": "EAST"}),
        (RemoveContact(no="C2"), {"contact": "C2"}),
    ],
)
def test_open_tasks_are_in_the_way_of_removing(
    company: Company, remove: Command, of: dict[str, str]
) -> None:
    """Whom they name stays until they are done; the refusal says how many and where to look."""
    company.go(DefineTeam(code="EAST", name="East"))
    names = {"owner": "owner_code", "team": "team_code", "contact": "contact_no"}
    fields: dict[str, object] = {names[what]: code for what, code in of.items()}
    no = made(company, **fields)
    with pytest.raises(OpenTasksError, match="1 open task") as refusal:
        company.go(remove)
    assert refusal.value.of == of
    company.go(CompleteTask(task_no=no), remove)


def test_the_tasks_of_its_persons_are_in_the_way_of_a_company(company: Company) -> None:
    """As their open opportunities are."""
    made(company, contact_no="P1")
    with pytest.raises(OpenTasksError):
        company.go(RemoveContact(no="C1"))


def test_what_is_done_goes_to_the_company_of_a_person_who_is_removed(company: Company) -> None:
    """Interactions and closed tasks are those of the company then."""
    no = made(company, contact_no="P1")
    company.go(CompleteTask(task_no=no), LogInteraction(description="Call", contact_no="P1"))
    company.go(RemoveContact(no="P1"))
    assert task(company, no).contact_no == "C1"
    assert company.store.rows("select contact_no from interactions") == [("C1",)]


def test_without_a_number_series_the_setting_that_is_missing_is_named(company: Company) -> None:
    """A task, not an opportunity, cannot be made."""
    company.go(DefineSetting(name="task_series", value=""))
    with pytest.raises(NumberSeriesMissingError, match=r"“task_series” .* before a task"):
        made(company)
