"""Around contacts, sales cycles and campaigns: interactions, tasks, comments."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.components.drill import GO_TO
from pipeline.commands import (
    CreateQuote,
    CreateTask,
    DefineCampaign,
    DefineContact,
    DefineQuote,
    LogInteraction,
    carry_out,
)
from pipeline.domain.comments import About
from pipeline.reports.comments import comments
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened
from tests.dashboard.test_moving import press


@pytest.fixture
def robert(company: Store) -> Store:
    """Robert Townes of Adatum was called for 15 minutes; Adatum was met at a cost of 30."""
    carry_out(
        company,
        DefineContact(no="ROBERT", type="person", name="Robert Townes", company_no="ADATUM"),
        LogInteraction(description="Asked for prices", contact_no="ROBERT", minutes=15),
        LogInteraction(type="meeting", description="Lunch", contact_no="ADATUM", cost=30),
        CreateTask(description="Send prices", due_on=TODAY, owner_code="JO", contact_no="ROBERT"),
        by="JO",
        today=TODAY,
    )
    return company


def linked(app: AppTest) -> list[str]:
    """The words of the links on a page."""
    return [each.proto.label for each in app.get("page_link")]


@pytest.mark.usefixtures("robert")
def test_a_contact_says_what_was_spent_on_it(opened: Opened) -> None:
    """Number, duration and cost of its interactions, a company with those of its persons."""
    links = linked(opened("contact", no="ADATUM"))
    assert "2 interactions, 15 minutes, cost 30.00" in links
    assert "1 open task" in links
    links = linked(opened("contact", no="ROBERT"))
    assert "1 interaction, 15 minutes" in links


def test_the_quotes_of_a_contact_stand_on_its_page(robert: Store, opened: Opened) -> None:
    """Each is a link; those of its persons stand with the company. Without any, nothing is said."""
    assert "Quotes" not in [each.value for each in opened("contact", no="ROBERT").subheader]
    carry_out(
        robert,
        CreateQuote(opportunity_no="OP000001", amount=4200),
        DefineQuote(no="Q9", contact_no="ROBERT", amount=50, description="*Spare* parts"),
        by="JO",
        today=TODAY,
    )
    app = opened("contact", no="ADATUM")
    assert "Quotes" in [each.value for each in app.subheader]
    made = r"SQ000001 · 4,200\.00 · draft · Machines for Adatum · of OP000001"
    assert [label for label in linked(app) if "draft" in label] == [
        made,
        r"Q9 · 50\.00 · draft · \*Spare\* parts",
    ]
    of_robert = linked(opened("contact", no="ROBERT"))
    assert [label for label in of_robert if "draft" in label] == [
        r"Q9 · 50\.00 · draft · \*Spare\* parts"
    ]


def test_after_an_interaction_without_an_opportunity_one_is_offered(
    robert: Store, opened: Opened
) -> None:
    """Open ones of the company and the salesperson are to choose from; taken up, it is made."""
    app = opened("contact", no="ROBERT", show="Interactions")
    (which,) = [each for each in app.selectbox if each.label == "Opportunity"]
    assert which.options == ["OP000001 Machines for Adatum"]
    next(each for each in app.selectbox if each.label == "Who").set_value("LT").run()
    (which,) = [each for each in app.selectbox if each.label == "Opportunity"]
    assert which.options == []
    next(each for each in app.text_input if each.label == "What it was about").set_value("Presses")
    press(app, "Log the interaction")
    assert any("Make one of it?" in each.value for each in app.markdown)
    press(app, "Create the opportunity")
    assert app.title[0].value == "Presses"
    made = "select opportunity_no, contact_no, owner_code, status from opportunities"
    assert robert.rows(f"{made} where description = 'Presses'") == [
        ("OP000006", "ROBERT", "LT", "not started")
    ]


@pytest.mark.usefixtures("robert")
def test_an_interaction_with_an_opportunity_offers_nothing(opened: Opened) -> None:
    """It belongs to one already."""
    app = opened("contact", no="ROBERT", show="Interactions")
    next(each for each in app.selectbox if each.label == "Opportunity").set_value("OP000001")
    next(each for each in app.text_input if each.label == "What it was about").set_value("More")
    press(app, "Log the interaction")
    assert not any("Make one of it?" in each.value for each in app.markdown)


def test_an_interaction_that_is_chosen_can_be_canceled_or_made_something_of(
    robert: Store, opened: Opened
) -> None:
    """A canceled one makes nothing."""
    app = opened("contact", no="ROBERT", show="Interactions")
    app.session_state["interactions"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    labels = [each.label for each in app.button]
    assert {"Cancel it", "Create an opportunity of it"} <= set(labels)
    press(app, "Cancel it")
    assert robert.rows("select canceled from interactions where interaction_no = 'IN000001'") == [
        (True,)
    ]
    app.session_state["interactions"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert "Create an opportunity of it" not in [each.label for each in app.button]
    assert GO_TO not in app.session_state


def test_a_task_is_added_to_a_contact(robert: Store, opened: Opened) -> None:
    """It names the contact; the tasks of the persons of a company stand on its page."""
    app = opened("contact", no="ADATUM", show="Tasks")
    assert any("Send prices" in each.value for each in app.markdown)
    next(each for each in app.text_input if each.label == "What is to be done").set_value("Visit")
    press(app, "Add the task")
    assert robert.rows("select contact_no from tasks where description = 'Visit'") == [("ADATUM",)]


@pytest.mark.parametrize(
    ("page", "query", "about", "no"),
    [
        ("contact", {"no": "ADATUM", "show": "Comments"}, About.CONTACT, "ADATUM"),
        ("sales_cycles", {}, About.SALES_CYCLE, "NEW"),
        ("campaigns", {}, About.CAMPAIGN, "K1"),
    ],
)
def test_contacts_cycles_and_campaigns_are_commented_on(
    company: Store, opened: Opened, page: str, query: dict[str, str], about: About, no: str
) -> None:
    """Where each is looked at."""
    carry_out(company, DefineCampaign(no="K1", description="Fair"), by="JO", today=TODAY)
    app = opened(page, **query)
    app.text_area[0].set_value("Mind this")
    press(app, "Add the comment")
    with session.read() as reading:
        row = comments(reading, about, no).iloc[0]
    assert (row["text"], row["said_on"].date(), row["created_by"]) == ("Mind this", TODAY, "JO")


@pytest.mark.usefixtures("company")
def test_a_stage_is_commented_on(opened: Opened) -> None:
    """It is chosen beside its cycle."""
    app = opened("sales_cycles")
    next(each for each in app.selectbox if each.label == "About").set_value(2).run()
    app.text_area[0].set_value("Ask for the budget")
    press(app, "Add the comment")
    with session.read() as reading:
        assert comments(reading, About.STAGE, "NEW", 2)["text"].tolist() == ["Ask for the budget"]
        assert comments(reading, About.STAGE, "NEW", 1).empty
    assert any("stage 2, JO" in each.value for each in app.caption)


def test_removing_a_contact_that_has_open_tasks_leads_to_them(
    robert: Store, opened: Opened
) -> None:
    """The refusal says how many, with a link to exactly these."""
    assert date.fromisoformat(str(robert.rows("select due_on from tasks")[0][0])) == TODAY
    app = opened("contact", no="ROBERT")
    press(app, "Remove the contact")
    assert any("1 open task" in each.value for each in app.error)
    assert "Show these tasks" in linked(app)
