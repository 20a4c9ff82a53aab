"""Tasks on their page: whose they are, in which order, done and put off in one click."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.components.task_list import EDITING
from pipeline.commands import CompleteTask, CreateTask, DefineSalesperson, carry_out
from pipeline.reports.tasks import Asked, tasks
from pipeline.store import Store
from tests.dashboard.conftest import HOSTILE, TODAY, Opened
from tests.dashboard.test_moving import press


def add(store: Store, description: str, days: int, owner: str = "JO", **fields: object) -> None:
    """Add a task due so many days from today."""
    due = TODAY + timedelta(days=days)
    wish = CreateTask(description=description, due_on=due, owner_code=owner, **fields)  # type: ignore[arg-type]
    carry_out(store, wish, by="JO", today=TODAY)


@pytest.fixture
def planned(company: Store) -> Store:
    """JO has tasks late, today, on Friday, next month, and one done; Lina has one of today."""
    add(company, "Send the offer", -3, opportunity_no="OP000001")
    add(company, "Call back", 0)
    add(company, "Meet", 2)
    add(company, "Sign", 30)
    add(company, "Already done", -9)
    add(company, "Write", 0, owner="LT")
    carry_out(company, CompleteTask(task_no="TD000005"), by="JO", today=TODAY)
    return company


def listed(app: AppTest) -> list[str]:
    """Headings and tasks, as they stand under one another."""
    return [
        each.value.split("  \n")[0].split(" :")[0]
        for each in app.markdown
        if ":gray[" in each.value or ":small[" in each.value
    ]


def task(no: str) -> tuple[str, date, bool]:
    """Status, day, canceled of a task, read anew."""
    with session.read() as reading:
        row = tasks(reading, Asked(task_no=no, which="all")).iloc[0]
    return row["task_status"], row["due_on"].date(), bool(row["canceled"])


@pytest.mark.usefixtures("planned")
def test_my_tasks_stand_in_the_order_of_their_days(opened: Opened) -> None:
    """Late first, then today, this week, later; those of others are not there; done ones last."""
    app = opened("tasks")
    assert listed(app) == [
        "**Overdue**",
        "Send the offer",
        "**Today**",
        "Call back",
        "**This week**",
        "Meet",
        "**Later**",
        "Sign",
        "~~Already done~~",
    ]
    assert app.markdown[0].value == "4 open tasks, 1 overdue, 1 due today."


@pytest.mark.usefixtures("planned")
def test_my_teams_and_everybodys(opened: Opened) -> None:
    """Jim is in the team East, Lina is in none."""
    assert "Write" not in listed(opened("tasks", whose="My team's"))
    assert "Call back" in listed(opened("tasks", whose="My team's"))
    assert {"Write", "Call back"} <= set(listed(opened("tasks", whose="Everybody's")))


@pytest.mark.usefixtures("planned")
def test_a_link_names_one_person(opened: Opened) -> None:
    """As the refusal to remove a salesperson does; only theirs, and a way out."""
    app = opened("tasks", owner="LT")
    assert listed(app) == ["**Today**", "Write"]
    assert any("Lina Townsend" in each.value for each in app.caption)


@pytest.mark.usefixtures("planned")
def test_done_in_one_click_and_open_again(opened: Opened) -> None:
    """It moves to the end of the page, where it can be reopened."""
    app = opened("tasks")
    app.button(key="Done-TD000001").click().run()
    assert task("TD000001")[0] == "completed"
    assert "~~Send the offer~~" in listed(app)
    app.button(key="Reopen-TD000001").click().run()
    assert task("TD000001")[0] == "in progress"


@pytest.mark.usefixtures("planned")
def test_put_off_and_called_off_in_one_click(opened: Opened) -> None:
    """A late one is put off from today, another from its own day."""
    app = opened("tasks")
    app.button(key="+1 day-TD000001").click().run()
    assert task("TD000001")[:2] == ("postponed", TODAY + timedelta(days=1))
    app.button(key="+1 week-TD000004").click().run()
    assert task("TD000004")[1] == TODAY + timedelta(days=37)
    app.button(key="Cancel-TD000003").click().run()
    assert task("TD000003")[2] is True


@pytest.mark.usefixtures("planned")
def test_a_task_is_edited_in_its_place(opened: Opened) -> None:
    """The fields open filled in; a refusal stands at its field, and nothing typed is lost."""
    app = opened("tasks")
    app.button(key="edit-TD000002").click().run()
    what = next(each for each in app.text_input if each.value == "Call back")
    what.set_value("")
    press(app, "Save the task")
    assert any("What is to be done is blank" in each.value for each in app.markdown)
    next(each for each in app.text_input if each.label == what.label).set_value("Write back")
    press(app, "Save the task")
    assert EDITING not in app.session_state
    assert "Write back" in listed(app)


@pytest.mark.usefixtures("company")
def test_a_task_is_added_by_hand(opened: Opened) -> None:
    """Today and oneself are proposed; what is blank is said at its field."""
    app = opened("tasks")
    assert any("Nothing is to be done" in each.value for each in app.markdown)
    press(app, "Add the task")
    assert any("What is to be done is blank" in each.value for each in app.markdown)
    app.text_input[0].set_value("Call Adatum")
    app.text_input[1].set_value("op000001")
    press(app, "Add the task")
    assert listed(app) == ["**Today**", "Call Adatum"]
    with session.read() as reading:
        row = tasks(reading, Asked()).iloc[0]
    assert (row["opportunity_no"], row["contact_no"], row["owner_code"]) == (
        "OP000001",
        "ADATUM",
        "JO",
    )


def test_hostile_words_stay_words(company: Store, opened: Opened) -> None:
    """What somebody typed is no markup, nor is a name."""
    carry_out(company, DefineSalesperson(code="JO", name=HOSTILE), by="JO", today=TODAY)
    add(company, HOSTILE, 0, contact_no="EVIL")
    app = opened("tasks")
    told = [each.value for each in app.markdown if ":small[" in each.value]
    assert told
    assert not any("![" in words or "<b>" in words for words in told)


def test_a_task_is_commented_on_in_its_line(planned: Store, opened: Opened) -> None:
    """The comments open under it, are counted there, changed, and go again with a second click."""
    app = opened("tasks")
    key = "comment-on-TD000001"
    app.button(key=key).click().run()
    app.text_area[0].set_value("They want it in *writing*")
    press(app, "Add the comment")
    assert app.button(key=key).label == "1 comment"
    assert "They want it in *writing*" in [each.value for each in app.text]
    assert planned.rows("select about, no, created_by from comments") == [
        ("task", "TD000001", "JO")
    ]
    press(app, "Change")
    next(each for each in app.text_area if each.label == "Comment").set_value("By mail")
    press(app, "Save the comment")
    assert planned.rows("select text from comments") == [("By mail",)]
    app.button(key=key).click().run()
    assert not app.text_area
