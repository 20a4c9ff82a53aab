"""A new opportunity is entered on one page: defaults first, refusals in order, nothing lost."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import DefineSalesCycle, DefineSetting, carry_out
from pipeline.reports import look_ups
from pipeline.store import Store
from tests.dashboard.conftest import HOSTILE, TODAY, Opened

ABOVE = ("contact", "cycle_code", "activate")
"""The fields above the form; what is typed into them is acted on at once."""


def fill(app: AppTest, **typed: object) -> AppTest:
    """Type into fields by the name of what they fill; those of the form wait for Save."""
    _set(app, {name: value for name, value in typed.items() if name in ABOVE})
    if any(name in ABOVE for name in typed):
        app.run()
    _set(app, {name: value for name, value in typed.items() if name not in ABOVE})
    return app


def _set(app: AppTest, typed: dict[str, object]) -> None:
    fields = [*app.text_input, *app.number_input, *app.date_input, *app.selectbox, *app.checkbox]
    for each in fields:
        name = str(each.key).rsplit("-", maxsplit=1)[-1]
        if name in typed:
            each.set_value(typed[name])


def held(app: AppTest, name: str) -> object:
    """What stands in a field, by the name of what it fills."""
    for each in [*app.text_input, *app.number_input, *app.date_input, *app.selectbox]:
        if str(each.key).endswith(f"-{name}"):
            return each.value
    return None


def save(app: AppTest) -> AppTest:
    """Press Save."""
    return app.button(key="save").click().run()


def complaint(app: AppTest) -> str:
    """The one refusal under a field."""
    found = [each.value for each in app.markdown if each.value.startswith(":red[")]
    assert len(found) == 1
    return str(found[0])


@pytest.mark.usefixtures("company")
def test_the_defaults_stand_in_the_form_before_anything_is_typed(opened: Opened) -> None:
    """The default cycle, its first chance and formula (two months), the default owner."""
    app = opened("new_opportunity")

    assert held(app, "cycle_code") == "NEW"
    assert held(app, "chances_percent") == 20
    assert held(app, "expected_close_on") == date(2026, 3, 28)
    assert held(app, "owner_code") == "JO"
    assert app.checkbox[0].value is True


@pytest.mark.usefixtures("company")
def test_the_contact_brings_its_salesperson(opened: Opened) -> None:
    """Adatum belongs to Lina."""
    app = fill(opened("new_opportunity"), contact="adat")

    assert app.radio[0].value == "ADATUM"
    assert held(app, "owner_code") == "LT"


@pytest.mark.usefixtures("company")
def test_an_owner_that_was_chosen_stays_when_the_contact_changes(opened: Opened) -> None:
    """Only what was proposed gives way to another proposal; here a first try was refused."""
    app = save(fill(opened("new_opportunity"), contact="coho", owner_code="LT"))
    app = fill(app, contact="evil")

    assert held(app, "owner_code") == "LT"


@pytest.mark.usefixtures("company")
def test_saving_says_what_was_recorded_and_links_to_it(opened: Opened) -> None:
    """The sixth opportunity starts in Qualify; the form is empty for the next one."""
    app = fill(opened("new_opportunity"), contact="coho", description="Roasters", amount=7_500.0)
    save(app)

    assert "OP000006 is recorded" in app.markdown[0].value
    assert held(app, "description") == ""
    with session.read() as reading:
        recorded = look_ups.opportunity(reading, "OP000006")
    assert recorded.at == 1
    assert recorded.last is not None
    assert recorded.last.amount == 7_500


@pytest.mark.usefixtures("company")
def test_checks_come_in_business_centrals_order_each_at_its_field(opened: Opened) -> None:
    """Description, contact, owner, cycle, amount, chances, close date; nothing typed is lost."""
    app = save(opened("new_opportunity"))
    assert "description is blank" in complaint(app)

    app = save(fill(app, description="Roasters"))
    assert "contact involved in the opportunity is blank" in complaint(app)

    app = save(fill(app, contact="coho"))
    assert "amount must be greater than 0" in complaint(app)

    app = save(fill(app, amount=100.0, chances_percent=0.0))
    assert "Chances of success must be greater than 0" in complaint(app)

    app = save(fill(app, chances_percent=30.0, expected_close_on=None))
    assert "expected close date is blank" in complaint(app)

    app = save(fill(app, expected_close_on=date(2026, 1, 1)))
    assert "lies before the date of change" in complaint(app)
    assert held(app, "description") == "Roasters"
    assert held(app, "amount") == 100

    app = save(fill(app, expected_close_on=date(2026, 2, 1)))
    assert "is recorded" in app.markdown[0].value


@pytest.mark.usefixtures("company")
def test_without_activating_only_what_it_is_is_asked(opened: Opened) -> None:
    """No amount, no date: it is not started."""
    app = fill(opened("new_opportunity"), contact="coho", description="Later", activate=False)
    assert not app.number_input
    save(app)

    with session.read() as reading:
        assert look_ups.opportunity(reading, "OP000006").last is None


@pytest.mark.usefixtures("company")
def test_a_company_that_is_not_there_yet_is_made_on_the_spot(opened: Opened) -> None:
    """A name nobody bears is offered as a new company, and recorded with the opportunity."""
    app = fill(
        opened("new_opportunity"), contact="Trey Research", description="Roasters", amount=1.0
    )
    assert app.radio[0].options == ["New company “Trey Research”"]
    save(app)

    with session.read() as reading:
        found = look_ups.contacts(reading, "trey")
        assert found["name"].tolist() == ["Trey Research"]


@pytest.mark.usefixtures("company")
def test_a_company_is_not_made_when_the_opportunity_is_refused(opened: Opened) -> None:
    """All or nothing."""
    save(fill(opened("new_opportunity"), contact="Trey Research"))

    with session.read() as reading:
        assert look_ups.contacts(reading, "trey").empty


@pytest.mark.usefixtures("company")
def test_a_hostile_name_in_the_picker_is_escaped(opened: Opened) -> None:
    """Its label is read as Markdown, so every sign of it is written as it is."""
    app = fill(opened("new_opportunity"), contact="evil")

    assert "![x](" not in app.radio[0].options[0]
    assert "evil" in app.radio[0].options[0]
    assert HOSTILE.startswith("![x](")


def test_a_default_cycle_that_is_blocked_is_not_proposed(company: Store, opened: Opened) -> None:
    """Only cycles that can be used are offered."""
    carry_out(
        company,
        DefineSalesCycle(code="OTHER"),
        DefineSetting(name="default_cycle", value=""),
        by="JO",
        today=TODAY,
    )

    assert held(opened("new_opportunity"), "cycle_code") is None
