"""A company is set up from the screen: first steps, people, reasons, campaigns, settings."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import DefineActivity, DefineCampaign, carry_out
from pipeline.reports import look_ups, set_up_pages
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened, grid_of

PAGES = [
    "first_steps",
    "company",
    "people",
    "sales_cycles",
    "close_reasons",
    "campaigns",
    "activities",
    "contacts",
    "new_contact",
]


def press(app: AppTest, key: str) -> AppTest:
    """Press a button by its key."""
    return app.button(key=key).click().run()


def typed(app: AppTest, form: str, **fields: object) -> AppTest:
    """Type into the fields of a form, by the name of what they fill."""
    widgets = [*app.text_input, *app.selectbox, *app.date_input, *app.number_input]
    for each in widgets:
        for name, value in fields.items():
            if str(each.key).startswith(f"{form}-") and str(each.key).endswith(f"-{name}"):
                each.set_value(value)
    return app


def edited(opened: Opened, page: str, form: str, **delta: object) -> AppTest:
    """Open a page and edit its grid as the browser reports it."""
    app = opened(page)
    nothing: dict[str, object] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    app.session_state[grid_of(app, f"{form}-0")] = nothing | delta
    return app.run()


def said(app: AppTest) -> str:
    """The small print of a page."""
    return " ".join(each.value for each in app.caption).replace("\\", "")


@pytest.mark.parametrize("page", PAGES)
def test_every_set_up_page_of_an_empty_store_says_what_to_do(page: str, opened: Opened) -> None:
    """Nothing fails where nothing is."""
    assert len(opened(page).title) == 1


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("page", PAGES)
def test_every_set_up_page_of_a_company_shows_itself(page: str, opened: Opened) -> None:
    """Hostile names included."""
    assert len(opened(page).title) == 1


def test_a_new_company_is_led_through_its_first_steps(opened: Opened) -> None:
    """It begins there, one name makes the rest, and the form of an opportunity follows."""
    app = opened()
    assert app.title[0].value == "First steps"
    typed(app, "start", name="Jim Olive")
    press(app, "start-usual")

    assert not app.exception
    assert app.title[0].value == "New opportunity"
    with session.read() as reading:
        assert look_ups.names(reading).active_owners == {"JO": "Jim Olive"}
    assert opened().title[0].value == "Today"


def test_the_first_steps_ask_for_the_name(opened: Opened) -> None:
    """A blank one is refused at its field."""
    app = press(opened(), "start-usual")
    assert any("name is blank" in each.value for each in app.markdown)


def test_a_new_opportunity_in_an_empty_store_leads_to_the_first_steps(opened: Opened) -> None:
    """There is nobody to own it yet."""
    app = opened("new_opportunity")
    assert any("not set up yet" in each.value for each in app.markdown)


@pytest.mark.usefixtures("company")
def test_a_person_is_added_with_the_initials_as_the_code(opened: Opened) -> None:
    """A code that is taken is refused, and what was typed is kept."""
    app = opened("people")
    typed(app, "person-new", name="Åsa Ek", code="jo")
    press(app, "add-person-new")
    assert any("Code JO is taken" in each.value for each in app.markdown)
    assert any(each.value == "Åsa Ek" for each in app.text_input)

    typed(app, "person-new", code="")
    press(app, "add-person-new")
    with session.read() as reading:
        assert look_ups.names(reading).owners["AE"] == "Åsa Ek"


@pytest.mark.usefixtures("company")
def test_blocking_says_what_stays_and_is_saved(opened: Opened) -> None:
    """Jim (first in the list) keeps his two open opportunities."""
    app = edited(opened, "people", "people", edited_rows={0: {"blocked": True}})
    assert "Jim Olive keeps 2 opportunities that are open" in said(app)

    press(app, "save-people")
    with session.read() as reading:
        assert "JO" not in look_ups.names(reading).active_owners


@pytest.mark.usefixtures("company")
def test_another_team_takes_the_past_along_and_says_so(opened: Opened) -> None:
    """Lina had none."""
    app = edited(opened, "people", "people", edited_rows={1: {"team_code": "EAST"}})
    assert "Reports by team count all of Lina Townsend, the past too, for East" in said(app)


@pytest.mark.usefixtures("company")
def test_who_has_open_opportunities_is_not_removed_and_they_are_linked(opened: Opened) -> None:
    """The refusal leads to Jim's two, and the edit is still there."""
    app = edited(opened, "people", "people", deleted_rows=[0])
    assert "Blocking keeps the name" in said(app)
    press(app, "save-people")

    assert "Salesperson JO has 2 open opportunities" in app.error[0].value
    link = next(each for each in app.get("page_link") if "Show these" in each.proto.label)
    assert "in_owner=JO" in link.proto.query_string
    assert app.session_state["people-0-grid"]["deleted_rows"] == [0]


@pytest.mark.usefixtures("company")
def test_a_team_with_members_is_not_removed(opened: Opened) -> None:
    """They are named."""
    app = press(edited(opened, "people", "teams", deleted_rows=[0]), "save-teams")
    assert "Jim Olive" in app.error[0].value


@pytest.mark.usefixtures("company")
def test_a_reason_outside_the_win_rate_says_what_no_longer_counts(opened: Opened) -> None:
    """One was lost to a rival (behind the price, by name)."""
    with session.read() as reading:
        codes = list(set_up_pages.close_reasons(reading)["close_reason_code"])
    place = codes.index("RIVAL")
    app = edited(opened, "close_reasons", "reasons", edited_rows={place: {"in_win_rate": False}})
    assert "1 opportunity closed for “Went to a competitor” will no longer count" in said(app)

    press(app, "save-reasons")
    with session.read() as reading:
        frame = set_up_pages.close_reasons(reading).set_index("close_reason_code")
    assert not frame.loc["RIVAL", "in_win_rate"]


@pytest.mark.usefixtures("company")
def test_a_used_reason_is_neither_removed_nor_turned(opened: Opened) -> None:
    """Both refusals lead to what was closed for it."""
    with session.read() as reading:
        codes = list(set_up_pages.close_reasons(reading)["close_reason_code"])
    place = codes.index("RIVAL")
    for delta in ({"deleted_rows": [place]}, {"edited_rows": {place: {"outcome": "won"}}}):
        app = press(edited(opened, "close_reasons", "reasons", **delta), "save-reasons")
        assert "RIVAL" in app.error[0].value
        assert any("Show these" in each.proto.label for each in app.get("page_link"))


@pytest.mark.usefixtures("company")
def test_a_reason_is_added(opened: Opened) -> None:
    """It is for losing, unless one says otherwise."""
    app = opened("close_reasons")
    typed(app, "reason-new", code="twice", description="Entered twice", in_win_rate=False)
    press(app, "add-reason-new")
    with session.read() as reading:
        frame = set_up_pages.close_reasons(reading).set_index("close_reason_code")
    assert frame.loc[["TWICE"], ["outcome", "in_win_rate"]].to_numpy().tolist() == [["lost", False]]


def test_a_campaign_is_added_edited_and_says_when_it_takes_nothing(
    company: Store, opened: Opened
) -> None:
    """Without a last day it takes no opportunity; ending before it begins is refused."""
    campaign = DefineCampaign(no="K1", starts_on=date(2026, 1, 1), activated=True)
    carry_out(company, campaign, by="JO", today=TODAY)
    app = edited(opened, "campaigns", "campaigns", edited_rows={0: {"description": "Fair"}})
    assert "“Fair” has no last day" in said(app)

    app = edited(opened, "campaigns", "campaigns", edited_rows={0: {"ends_on": "2025-12-01"}})
    press(app, "save-campaigns")
    assert "before it begins" in app.error[0].value

    app = edited(opened, "campaigns", "campaigns", edited_rows={0: {"ends_on": "2026-12-01"}})
    press(app, "save-campaigns")
    assert "1 campaign; 1 of them takes opportunities today" in app.markdown[0].value

    typed(app, "campaign-new", no="k2", description="Autumn")
    press(app, "add-campaign-new")
    assert "2 campaigns" in app.markdown[0].value


@pytest.mark.usefixtures("company")
def test_settings_are_saved_and_the_currency_stands_beside_every_page(opened: Opened) -> None:
    """A currency that is none is refused at its field, the name typed beside it is kept."""
    app = opened("company")
    typed(app, "company", company_name="Adatum", currency="euros")
    press(app, "save-company")
    assert any("“euros” is not three letters" in each.value for each in app.markdown)
    assert any(each.value == "Adatum" for each in app.text_input)

    typed(app, "company", currency="chf", time_zone="Europe/Zurich")
    press(app, "save-company")
    assert "Adatum · amounts in CHF" in said(app)


@pytest.mark.usefixtures("company")
def test_a_number_series_that_cannot_be_is_refused(opened: Opened) -> None:
    """The last possible number comes before the first; then a good one is saved."""
    with session.read() as reading:
        place = list(set_up_pages.number_series(reading)["series_code"]).index("OP")
    app = edited(opened, "company", "series", edited_rows={place: {"ending_no": "OP000000"}})
    press(app, "save-series")
    assert "before it begins" in app.error[0].value

    app = edited(opened, "company", "series", edited_rows={place: {"last_no": "OP000041"}})
    press(app, "save-series")
    assert "The next numbers are OP000042 and CT000001" in said(app)


def test_an_activity_is_defined_with_its_steps_and_given_to_a_stage(
    company: Store, opened: Opened
) -> None:
    """A stage that begins with it is in the way of removing it."""
    app = opened("activities")
    typed(app, "activity-new", code="init")
    press(app, "define-activity")
    app.session_state["activity-INIT-0-grid"] = {
        "edited_rows": {},
        "added_rows": [{"description": "Verify quality"}],
        "deleted_rows": [],
    }
    press(app, "save-activity-INIT")
    assert len(set_up_pages.activity(company, "INIT").steps) == 1

    app = opened("sales_cycles")
    app.session_state["stages-NEW-0-grid"] = {
        "edited_rows": {0: {"activity_code": "INIT"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    press(app.run(), "save-stages-NEW")
    assert look_ups.sales_cycle(company, "NEW").stages[0].activity_code == "INIT"

    app = press(opened("activities"), "remove-INIT")
    assert "stage 1 of sales cycle NEW" in app.error[0].value


def test_an_activity_nobody_uses_is_removed(company: Store, opened: Opened) -> None:
    """The page begins with a new one again."""
    carry_out(company, DefineActivity(code="INIT"), by="JO", today=TODAY)
    press(opened("activities"), "remove-INIT")
    assert set_up_pages.activities(company).empty


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("view", "first"), [("Salespeople", 2), ("Contacts", 1), ("Campaigns", None)]
)
def test_statistics_tell_who_holds_opportunities(
    view: str, first: int | None, opened: Opened
) -> None:
    """Lina has 28,000 of two, Coho 20,000 of one; nothing came from a campaign."""
    app = opened("statistics", of=view)
    if first is None:
        assert any("No opportunity was started" in each.value for each in app.markdown)
    else:
        assert app.dataframe[0].value["opportunities"].iloc[0] == first


@pytest.mark.usefixtures("company")
def test_the_statistics_of_salespeople_are_narrowed_on_the_page(opened: Opened) -> None:
    """Two salespeople won or hold something; only what was lost stays, and its list opens."""
    app = opened("statistics", of="Salespeople", action="lost")
    assert not app.exception
    table = app.dataframe[0].value
    assert table["lost"].tolist() == table["opportunities"].tolist() == [1]
    app.number_input(key="probability_from").set_value(50.0)
    app.run()
    assert any("No opportunity is like that" in str(each.value) for each in app.markdown)


@pytest.mark.usefixtures("company")
def test_the_measures_of_all_entries_stand_beside_those_of_the_newest(opened: Opened) -> None:
    """Business Central's sum over the history is larger than what stands, and says why."""
    app = opened("statistics", of="All entries")
    assert not app.exception
    table = app.dataframe[0].value.set_index("measure")
    assert table.loc["Mean completed", "newest"] == "–"
    value = table.loc["Estimated value"]
    assert str(value["ever"]) != str(value["newest"])
    assert "as often as it was touched" in " ".join(str(one.value) for one in app.caption)


@pytest.mark.usefixtures("company")
def test_how_removed_stages_are_read_is_said_on_the_company_page(opened: Opened) -> None:
    """A stage that is not there is refused at its field, and what was typed stays."""
    app = opened("company")
    field = next(text for text in app.text_input if text.label == "Removed stages count as")
    field.set_value("NOWHERE 9 > 3")
    next(button for button in app.button if button.label == "Save settings").click().run()

    after = next(text for text in app.text_input if text.label == "Removed stages count as")
    assert after.value == "NOWHERE 9 > 3"
    assert "There is no sales cycle" in " ".join(error.value for error in app.error)
