"""Beside the moves of an opportunity: timeline, tasks, interactions, comments, and the choices."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Checkbox

from dashboard import session
from pipeline.commands import (
    AddComment,
    AssignQuote,
    CancelTask,
    CompleteTask,
    CreateFromInteraction,
    CreateTask,
    DefineQuote,
    EditOpportunity,
    LogInteraction,
    PostponeTask,
    Reassign,
    RemoveComment,
    ReopenTask,
    SetCategory,
    UpdateOpportunity,
    carry_out,
)
from pipeline.reports.interactions import interactions
from pipeline.reports.tasks import Asked, tasks
from pipeline.store import Store
from tests.dashboard.conftest import HOSTILE, TODAY, Opened, told
from tests.dashboard.test_moving import choose, press

NO = "OP000001"


def by(company: Store, *commands: object) -> None:
    """Lina does something today."""
    carry_out(company, *commands, by="LT", today=TODAY)  # type: ignore[arg-type]


def add(company: Store, description: str = "Call back", no: str = NO, **fields: object) -> None:
    """Add a task to an opportunity, for today."""
    wish = CreateTask(description=description, due_on=TODAY, opportunity_no=no, **fields)  # type: ignore[arg-type]
    by(company, wish)


def ticks(app: AppTest) -> list[Checkbox]:
    """The ticks about open tasks."""
    return [each for each in app.checkbox if "open task" in each.label]


def statuses() -> list[tuple[str, str, bool]]:
    """Owner, status, canceled of every task, read anew."""
    with session.read() as reading:
        frame = tasks(reading, Asked(which="all")).sort_values("task_no")
    return list(zip(frame["owner_code"], frame["task_status"], frame["canceled"], strict=True))


# --- the timeline --------------------------------------------------------------------------------


def test_another_forecast_category_is_told_with_its_reason_beside(
    company: Store, opened: Opened
) -> None:
    """Put into commit, then left to its stage again; why stands where other notes do."""
    by(company, SetCategory(opportunity_no=NO, category="commit", reason="Signed; by the board"))
    by(company, SetCategory(opportunity_no=NO, category="", reason="Board withdrew"))
    app = opened("opportunity", no=NO)
    assert told(app)[:2] == [
        "Forecast left to the stage again (was commit)",
        "Forecast as commit (until then by its stage)",
    ]
    assert list(app.table[0].value["Note"])[:2] == ["Board withdrew", "Signed; by the board"]


def test_every_change_is_told_in_words(company: Store, opened: Opened) -> None:
    """Edits, another owner, a quote, tasks, interactions, comments: one list, newest first."""
    add(company)
    for command in (
        PostponeTask(task_no="TD000001", due_on=date(2026, 2, 2)),
        CompleteTask(task_no="TD000001"),
        ReopenTask(task_no="TD000001"),
        CancelTask(task_no="TD000001"),
        LogInteraction(description="Wants it red", opportunity_no=NO),
        AddComment(about="opportunity", no=NO, text="Rich"),
        RemoveComment(comment_id=1),
        EditOpportunity(opportunity_no=NO, priority="high", description="Roasters"),
        DefineQuote(no="Q1", contact_no="ADATUM", amount=900),
        AssignQuote(opportunity_no=NO, quote_no="Q1"),
        Reassign(opportunity_no=NO, owner_code="LT"),
        UpdateOpportunity(opportunity_no=NO, amount=12_000),
    ):
        by(company, command)
    app = opened("opportunity", no=NO)
    lines = told(app)
    assert lines[0] == "Updated in Offer: amount 10,000.00 → 12,000.00"
    assert lines[1:12] == [
        "Given to Lina Townsend (was Jim Olive)",
        "Quote Q1 assigned",
        "Edited: description Machines for Adatum → Roasters; priority normal → high",
        "Comment removed: Rich",
        "Comment: Rich",
        "Call logged: Wants it red",
        "Task canceled: Call back",
        "Task reopened: Call back",
        "Task done: Call back",
        "Task put off to 2 Feb 2026: Call back",
        "Task planned: Call back, 28 Jan 2026, Jim Olive",
    ]
    assert lines[-1] == "Created"
    assert app.table[0].value["Recorded"].iloc[0].endswith(" LT")


def test_what_is_edited_before_the_start_is_told_too(company: Store, opened: Opened) -> None:
    """One that is not started has no log; its fields change all the same."""
    by(company, EditOpportunity(opportunity_no="OP000005", contact_no="ADATUM"))
    by(company, Reassign(opportunity_no="OP000005", owner_code="LT"))
    assert told(opened("opportunity", no="OP000005")) == [
        "Given to Lina Townsend (was Jim Olive)",
        "Edited: contact Coho Winery → Adatum Corporation",
        "Created",
    ]


def test_what_came_of_an_interaction_says_so(company: Store, opened: Opened) -> None:
    """The first thing that happened to it is that it was made of a call."""
    by(company, LogInteraction(description="New line", contact_no="COHO"))
    by(company, CreateFromInteraction(interaction_no="IN000001"))
    assert "Made of the call: New line" in told(opened("opportunity", no="OP000006"))


# --- tasks ---------------------------------------------------------------------------------------


def test_the_next_step_stands_under_the_header(company: Store, opened: Opened) -> None:
    """Where there is none, that is said."""
    assert any("No next step" in each.value for each in opened("opportunity", no=NO).caption)
    add(company, HOSTILE)
    (line,) = [
        each.value
        for each in opened("opportunity", no=NO).markdown
        if each.value.startswith("Next step")
    ]
    assert "![" not in line
    assert line.endswith("28 Jan 2026")


def test_a_task_is_added_and_done_on_the_page_of_its_opportunity(
    company: Store, opened: Opened
) -> None:
    """Its owner is proposed; nothing asks what it is about."""
    app = opened("opportunity", no=NO, show="Tasks")
    next(each for each in app.text_input if each.label == "What is to be done").set_value("Call")
    press(app, "Add the task")
    assert statuses() == [("JO", "not started", False)]
    app.button(key="Done-TD000001").click().run()
    assert statuses() == [("JO", "completed", False)]
    assert company.rows("select opportunity_id from tasks") == [(1,)]


def test_closing_cancels_tasks_unless_unticked(company: Store, opened: Opened) -> None:
    """The tick is there, with how many; taken away, they stay open."""
    add(company)
    app = choose(opened("opportunity", no=NO), "won")
    (tick,) = ticks(app)
    assert (tick.label, tick.value) == ("Cancel its 1 open task", True)
    tick.uncheck()
    press(app, "Close as won")
    assert statuses() == [("JO", "not started", False)]
    add(company, no="OP000002")
    press(choose(opened("opportunity", no="OP000002"), "won"), "Close as won")
    assert statuses()[1] == ("LT", "completed", True)


def test_moving_leaves_tasks_unless_ticked(company: Store, opened: Opened) -> None:
    """The tick is off; without tasks there is none."""
    assert not ticks(opened("opportunity", no=NO))
    add(company)
    app = opened("opportunity", no=NO)
    (tick,) = ticks(app)
    assert tick.value is False
    tick.check()
    press(app, "Move on")
    assert statuses() == [("JO", "completed", True)]


@pytest.mark.parametrize("follow", [True, False])
def test_tasks_follow_a_new_owner_when_ticked(
    company: Store, opened: Opened, *, follow: bool
) -> None:
    """Asked only where the owner has some, with how many; off to begin with."""
    add(company)
    add(company, owner_code="LT")
    app = choose(opened("opportunity", no=NO), "reassign")
    (tick,) = ticks(app)
    assert (tick.label, tick.value) == ("Take along 1 open task of the owner it has now", False)
    if follow:
        tick.check()
    next(each for each in app.selectbox if each.label == "New owner").set_value("LT")
    press(app, "Reassign")
    assert [owner for owner, _, _ in statuses()] == ["LT" if follow else "JO", "LT"]


def test_tasks_follow_another_contact_when_ticked(company: Store, opened: Opened) -> None:
    """The form of an edit asks too."""
    add(company, no="OP000005")
    app = choose(opened("opportunity", no="OP000005"), "edit")
    (tick,) = ticks(app)
    tick.check()
    next(each for each in app.text_input if each.label == "Contact number").set_value("ADATUM")
    press(app, "Save")
    assert company.rows("select contact_no from tasks") == [("ADATUM",)]


# --- interactions and comments -------------------------------------------------------------------


def test_an_interaction_is_logged_filled_in(company: Store, opened: Opened) -> None:
    """Contact and owner are those of the opportunity; a refusal stands at its field."""
    app = opened("opportunity", no=NO, show="Interactions")
    press(app, "Log the interaction")
    assert any("What it was about is blank" in each.value for each in app.markdown)
    about = next(each for each in app.text_input if each.label == "What it was about")
    about.set_value("Offer explained")
    press(app, "Log the interaction")
    with session.read() as reading:
        row = interactions(reading).iloc[0]
    assert (row["opportunity_no"], row["contact_no"], row["owner_code"]) == (NO, "ADATUM", "JO")
    assert (row["interaction"], row["interaction_type"]) == ("Offer explained", "call")
    assert app.dataframe[0].value["interaction"].tolist() == ["Offer explained"]
    assert company.rows("select count(*) from interactions") == [(1,)]


@pytest.mark.usefixtures("company")
def test_a_comment_is_added_changed_and_removed(opened: Opened) -> None:
    """Its words are shown as they were typed."""
    app = opened("opportunity", no=NO, show="Comments")
    app.text_area[0].set_value(HOSTILE)
    press(app, "Add the comment")
    assert HOSTILE in [each.value for each in app.text]
    app.button(key="Change-comment-1").click().run()
    app.text_area[1].set_value("Calm")
    press(app, "Save the comment")
    assert "Calm" in [each.value for each in app.text]
    app.button(key="Remove-comment-1").click().run()
    assert "Calm" not in [each.value for each in app.text]
