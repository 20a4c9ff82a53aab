"""Sales cycles are set up on their page: define, edit stages, reorder, block, remove by rule."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import BlockSalesCycle, carry_out
from pipeline.reports import look_ups
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened


def press(app: AppTest, label: str) -> AppTest:
    """Press a button by its words."""
    return next(each for each in app.button if each.label == label).click().run()


def edited(app: AppTest, **delta: object) -> AppTest:
    """Edit the stages of NEW as the grid reports it, and save them."""
    nothing: dict[str, object] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    return press(touched(app, **nothing | delta), "Save stages")


def touched(app: AppTest, **delta: object) -> AppTest:
    """Edit the stages of NEW without saving them."""
    app.session_state["stages-NEW-0-grid"] = delta
    return app.run()


def stages() -> list[str]:
    """The stages of NEW in their order, read anew."""
    with session.read() as reading:
        return [stage.description for stage in look_ups.sales_cycle(reading, "NEW").stages]


def test_the_first_cycle_is_defined_and_opened_for_its_stages(opened: Opened) -> None:
    """In a new company the page begins with the form of a cycle."""
    app = opened("sales_cycles")
    app.text_input[0].set_value("new")
    press(app, "Define the cycle")

    assert app.button_group[0].value == "NEW"
    assert "has no stages yet" in app.warning[0].value


def test_a_cycle_without_a_code_is_refused_at_the_field(opened: Opened) -> None:
    """The description that was typed is kept."""
    app = opened("sales_cycles")
    app.text_input[1].set_value("New customers")
    press(app, "Define the cycle")

    assert any("code of the sales cycle is blank" in each.value for each in app.markdown)
    assert app.text_input[1].value == "New customers"


@pytest.mark.usefixtures("company")
def test_the_grid_shows_what_is_in_use(opened: Opened) -> None:
    """One stands in Qualify, one in Offer; Sign was never entered."""
    app = opened("sales_cycles")

    grid = app.dataframe[1].value
    assert grid["open_opportunities"].tolist() == [1, 1, 0]
    assert grid["ever_used"].tolist() == [True, True, False]


@pytest.mark.usefixtures("company")
def test_stages_are_renamed_added_and_moved_in_one_go(opened: Opened) -> None:
    """Sign becomes the first, Offer is renamed, a stage is added at the end."""
    edited(
        opened("sales_cycles"),
        edited_rows={1: {"description": "Quote"}, 2: {"place": 1}},
        added_rows=[{"description": "Hand over", "chances_percent": 95}],
    )

    assert stages() == ["Sign", "Qualify", "Quote", "Hand over"]


@pytest.mark.usefixtures("company")
def test_a_stage_in_use_cannot_be_removed_and_nothing_else_is_changed(opened: Opened) -> None:
    """Offer has an opportunity; the renaming beside it is not recorded either."""
    app = edited(opened("sales_cycles"), edited_rows={0: {"description": "Ask"}}, deleted_rows=[1])

    assert "has 1 open opportunity" in app.error[0].value
    assert stages() == ["Qualify", "Offer", "Sign"]


@pytest.mark.usefixtures("company")
def test_a_formula_that_cannot_be_read_is_refused(opened: Opened) -> None:
    """The refusal says how to write one."""
    app = edited(opened("sales_cycles"), edited_rows={0: {"date_formula": "soon"}})

    assert "cannot be used" in app.error[0].value


@pytest.mark.usefixtures("company")
def test_a_cycle_in_use_is_not_removed_but_can_be_blocked(opened: Opened) -> None:
    """Business Central's rule; blocking keeps those in it moving."""
    app = press(opened("sales_cycles"), "Remove it")
    assert "has 2 open opportunities" in app.error[0].value

    app = press(app, "Block it")
    assert "Blocked:" in " ".join(text.value for text in app.text)


def test_a_blocked_cycle_can_be_used_again(company: Store, opened: Opened) -> None:
    """The button says what it does."""
    carry_out(company, BlockSalesCycle(code="NEW"), by="JO", today=TODAY)
    press(opened("sales_cycles"), "Use it again")

    with session.read() as reading:
        assert look_ups.names(reading).open_cycles == {"NEW": "NEW"}


@pytest.mark.usefixtures("company")
def test_falling_chances_are_pointed_out(opened: Opened) -> None:
    """A later stage with a lower chance is probably not meant."""
    app = edited(opened("sales_cycles"), edited_rows={2: {"chances_percent": 10}})

    assert any("In “Sign” the chances of success" in each.value for each in app.warning)


@pytest.mark.usefixtures("company")
def test_what_an_edit_of_a_stage_would_do_is_said_before_it_is_saved(opened: Opened) -> None:
    """One opportunity is in Offer: its probability stays, and removing the stage is no use."""
    app = touched(opened("sales_cycles"), edited_rows={1: {"chances_percent": 60}})
    said = " ".join(each.value for each in app.caption).replace("\\", "")
    assert "“Offer”: 1 open opportunity is in this stage; the probability there is stays" in said

    app = touched(opened("sales_cycles"), edited_rows={}, added_rows=[], deleted_rows=[1, 2])
    said = " ".join(each.value for each in app.caption).replace("\\", "")
    assert "1 open opportunity is in “Offer” and in the way of removing it" in said
    assert "“Sign” was never entered" in said


def test_odd_cycles_say_what_is_odd(company: Store, opened: Opened) -> None:
    """Nobody ever reached Sign; without a reason for winning nothing can be won."""
    app = opened("sales_cycles")
    warned = " ".join(each.value for each in app.warning).replace("\\", "")
    assert "Nobody ever reached “Sign”, the last stage" in warned
    assert "no close reason" not in warned

    company.execute("delete from close_reasons where outcome = 'won'")
    warned = " ".join(each.value for each in opened("sales_cycles").warning)
    assert "There is no close reason for won ones" in warned.replace("\\", "")
