"""An opportunity is moved on its page: fields filled in, refusals at the field, two people."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import MoveToNextStage, carry_out
from pipeline.reports import look_ups
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened, told


def choose(app: AppTest, step: str) -> AppTest:
    """Choose what happened."""
    return app.button_group[0].set_value(step).run()


def field(app: AppTest, label: str) -> object:
    """What stands in a field, by its label."""
    fields = [*app.text_input, *app.number_input, *app.date_input, *app.selectbox]
    return next(each.value for each in fields if each.label == label)


def press(app: AppTest, label: str) -> AppTest:
    """Press a button by its words."""
    return next(each for each in app.button if each.label == label).click().run()


def standing(no: str) -> tuple[str, int | None]:
    """Status and stage of an opportunity, read anew."""
    with session.read() as reading:
        opportunity = look_ups.opportunity(reading, no)
    return str(opportunity.status), opportunity.at


def complaints(app: AppTest) -> list[str]:
    """The refusals written under fields."""
    return [each.value for each in app.markdown if each.value.startswith(":red[")]


@pytest.mark.usefixtures("company")
def test_the_next_move_is_filled_in_as_the_rules_propose_it(opened: Opened) -> None:
    """OP000001 stands in Offer: today, its amount, its close date, and the chance of Sign."""
    app = opened("opportunity", no="OP000001")

    assert field(app, "Date of change") == TODAY
    assert field(app, "Amount") == 10_000
    assert field(app, "Expected close date") == date(2026, 3, 1)
    assert field(app, "Chances of success %") == 80


@pytest.mark.usefixtures("company")
def test_moving_on_is_recorded_and_the_next_form_is_filled_in_anew(opened: Opened) -> None:
    """After the move it stands in Sign, the last stage, where no next is offered."""
    app = press(opened("opportunity", no="OP000001"), "Move on")

    assert standing("OP000001") == ("in progress", 3)
    assert app.metric[0].value == "Sign"
    assert "Next: It stands in the last stage." in [text.value for text in app.text]


@pytest.mark.usefixtures("company")
def test_only_the_moves_that_are_possible_are_offered_and_the_others_explained(
    opened: Opened,
) -> None:
    """No stage of this cycle may be skipped, and from the second there is no choice of jumps."""
    app = opened("opportunity", no="OP000001")

    assert app.button_group[0].options[:3] == ["Next\\: Sign", "Update", "Back\\: Qualify"]
    explained = [text.value for text in app.text]
    assert any(line.startswith("Skip ahead: The next stage does not allow") for line in explained)
    assert "Delete: It is in progress; close it first." in explained


@pytest.mark.usefixtures("company")
def test_a_refusal_stands_at_its_field_and_what_was_typed_is_kept(opened: Opened) -> None:
    """The date is before the last change, on 1 December; amount and note stay as typed."""
    app = opened("opportunity", no="OP000001")
    next(each for each in app.date_input if each.label == "Date of change").set_value(
        date(2025, 11, 1)
    )
    next(each for each in app.number_input if each.label == "Amount").set_value(12_345.0)
    next(each for each in app.text_input if each.label == "Note").set_value("they called")
    press(app, "Move on")

    assert "lies before the last change" in complaints(app)[0]
    assert field(app, "Amount") == 12_345
    assert field(app, "Note") == "they called"
    assert field(app, "Date of change") == date(2025, 11, 1)
    assert standing("OP000001") == ("in progress", 2)


@pytest.mark.usefixtures("company")
def test_the_only_reason_for_winning_is_chosen_already(opened: Opened) -> None:
    """One reason for winning, two for losing."""
    app = choose(opened("opportunity", no="OP000001"), "won")
    assert field(app, "Close reason") == "GOOD"
    assert field(choose(app, "lost"), "Close reason") is None


@pytest.mark.usefixtures("company")
def test_losing_needs_a_reason_and_says_so_at_the_field(opened: Opened) -> None:
    """Nothing is recorded until a reason is chosen."""
    app = choose(opened("opportunity", no="OP000001"), "lost")
    press(app, "Close as lost")
    assert "close reason is blank" in complaints(app)[0]

    next(each for each in app.selectbox if each.label == "Close reason").set_value("PRICE")
    press(app, "Close as lost")
    assert standing("OP000001") == ("lost", 0)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("no", "step", "button", "after"),
    [
        ("OP000001", "previous", "Move back", ("in progress", 1)),
        ("OP000001", "update", "Update", ("in progress", 2)),
        ("OP000001", "won", "Close as won", ("won", 0)),
        ("OP000001", "retract", "Take back the last change", ("in progress", 1)),
        ("OP000005", "first", "Activate the first stage", ("in progress", 1)),
    ],
)
def test_every_move_is_recorded_as_it_is_proposed(
    no: str, step: str, button: str, after: tuple[str, int], opened: Opened
) -> None:
    """What the form proposes is right as it stands."""
    press(choose(opened("opportunity", no=no), step), button)

    assert standing(no) == after


@pytest.mark.usefixtures("company")
def test_a_closed_opportunity_is_reopened_with_a_reason_only(opened: Opened) -> None:
    """Without a reason it stays lost."""
    app = opened("opportunity", no="OP000004")
    press(app, "Reopen")
    assert "reason for reopening is blank" in complaints(app)[0]

    next(each for each in app.text_input if each.label == "Reason").set_value("they came back")
    press(app, "Reopen")
    assert standing("OP000004") == ("in progress", 1)


@pytest.mark.usefixtures("company")
def test_an_opportunity_is_given_to_another_owner(opened: Opened) -> None:
    """The log says to whom."""
    app = choose(opened("opportunity", no="OP000001"), "reassign")
    next(each for each in app.selectbox if each.label == "New owner").set_value("LT")
    press(app, "Reassign")

    assert told(app)[0] == "Given to Lina Townsend (was Jim Olive)"


@pytest.mark.usefixtures("company")
def test_a_description_is_edited(opened: Opened) -> None:
    """The title of the page is the new one."""
    app = choose(opened("opportunity", no="OP000001"), "edit")
    next(each for each in app.text_input if each.label == "Description").set_value("Roasters")
    press(app, "Save")

    assert app.title[0].value == "Roasters"


@pytest.mark.usefixtures("company")
def test_a_lost_opportunity_is_deleted_and_the_list_comes_back(opened: Opened) -> None:
    """What is gone has no page to stay on."""
    app = press(choose(opened("opportunity", no="OP000004"), "delete"), "Delete for good")

    assert app.title[0].value == "Opportunities"
    assert "OP000004" not in app.dataframe[0].value["opportunity_no"].tolist()


def test_whoever_comes_second_is_told_what_changed_and_keeps_what_was_typed(
    company: Store, opened: Opened
) -> None:
    """While the form is open, Lina moves it on; the person sees that and may try again."""
    app = opened("opportunity", no="OP000002")
    carry_out(company, MoveToNextStage(opportunity_no="OP000002"), by="LT", today=TODAY)
    next(each for each in app.text_input if each.label == "Note").set_value("mine")
    press(app, "Move on")

    assert "was changed meanwhile" in app.error[0].value
    assert "LT" in app.error[0].value
    assert app.metric[0].value == "Offer"
    assert field(app, "Note") == "mine"

    press(app, "Move on")
    assert standing("OP000002") == ("in progress", 3)


def test_untouched_fields_follow_what_changed_meanwhile(company: Store, opened: Opened) -> None:
    """Lina moved it to Offer; the form now proposes the chance of Sign, not that of Offer."""
    app = opened("opportunity", no="OP000002")
    assert field(app, "Chances of success %") == 50
    carry_out(company, MoveToNextStage(opportunity_no="OP000002"), by="LT", today=TODAY)
    press(app, "Move on")

    assert field(app, "Chances of success %") == 80
