"""Many at once on the screen: reassigned from the list, deleted when closed, made for a list."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import (
    CreateOpportunity,
    DefineCampaign,
    DefineContactList,
    DefineSalesperson,
    carry_out,
)
from pipeline.domain.errors import UnknownOpportunityError
from pipeline.reports import contact_lists, look_ups
from pipeline.store import Store
from tests.dashboard.conftest import HOSTILE, TODAY, Opened


def go(store: Store, *commands: object) -> None:
    """Carry out commands today."""
    carry_out(store, *commands, by="JO", today=TODAY)  # type: ignore[arg-type]


def press(app: AppTest, key: str) -> AppTest:
    """Press a button by its key."""
    return app.button(key=key).click().run()


def put(app: AppTest, ending: str, value: object) -> AppTest:
    """Fill in the field whose key ends so."""
    widgets = [*app.text_input, *app.selectbox, *app.text_area, *app.number_input, *app.checkbox]
    widget = next(each for each in widgets if str(each.key).endswith(ending))
    widget.set_value(value)
    return app


def said(app: AppTest) -> str:
    """Everything a page says in words."""
    parts = [*app.markdown, *app.caption, *app.text, *app.error, *app.warning, *app.title]
    return " ".join(each.value for each in parts).replace("\\", "")


def owner(no: str) -> str | None:
    """Who owns an opportunity, read anew."""
    with session.read() as reading:
        return look_ups.opportunity(reading, no).owner_code


def choosing(opened: Opened) -> AppTest:
    """The list with its rows to tick."""
    app = opened("opportunities")
    return app.toggle(key="several").set_value(True).run()


def test_all_of_a_list_get_one_owner_after_a_preview(company: Store, opened: Opened) -> None:
    """Jim's two open ones go to Lina; hers stays, what is closed stays, in one batch."""
    app = press(choosing(opened), "choose-all")
    assert "5 opportunities chosen" in said(app)
    app = put(app, "-owner_code", "LT").run()
    preview = app.dataframe[0].value.set_index("opportunity_no")["what_happens"]
    assert preview["OP000001"] == "gets the new owner"
    assert preview["OP000002"] == "stays: it is theirs already"
    assert preview["OP000003"] == "stays: it is won"
    assert app.button(key="reassign-many").label == "Give 2 opportunities to Lina Townsend"

    app = press(app, "reassign-many")
    assert {owner(no) for no in ("OP000001", "OP000005")} == {"LT"}
    assert owner("OP000003") == "JO"
    assert "0 opportunities chosen" in said(app)
    row = company.rows("select command, commands from batches order by batch_id desc limit 1")
    assert row == [("reassign", 2)]


@pytest.mark.usefixtures("company")
def test_choosing_none_and_switching_off_forget_what_was_chosen(opened: Opened) -> None:
    """Nothing stays behind to be done by mistake."""
    app = press(press(choosing(opened), "choose-all"), "choose-none")
    assert "0 opportunities chosen" in said(app)
    app = press(app, "choose-all")
    app = app.toggle(key="several").set_value(False).run()
    app = app.toggle(key="several").set_value(True).run()
    assert "0 opportunities chosen" in said(app)


def test_what_is_refused_for_one_is_said_and_the_choice_is_kept(
    company: Store, opened: Opened
) -> None:
    """Lina was blocked after the page was drawn."""
    app = put(press(choosing(opened), "choose-all"), "-owner_code", "LT").run()
    go(company, DefineSalesperson(code="LT", name="Lina Townsend", blocked=True))
    app = press(app, "reassign-many")
    assert "LT is blocked" in said(app)
    assert "5 opportunities chosen" in said(app)
    assert owner("OP000001") == "JO"


# --- deleting ------------------------------------------------------------------------------------


def test_closed_ones_are_counted_then_deleted_when_the_number_is_typed(
    company: Store, opened: Opened
) -> None:
    """Two are closed; the button waits for the 2; those in progress stay."""
    app = opened("delete_closed")
    assert "2 opportunities would be deleted" in said(app)
    assert app.button(key="delete-closed").disabled
    app = put(app, "-typed", "3").run()
    assert app.button(key="delete-closed").disabled
    app = press(put(app, "-typed", "2").run(), "delete-closed")
    assert "No closed opportunity fits" in said(app)
    with pytest.raises(UnknownOpportunityError), session.read() as reading:
        look_ups.opportunity(reading, "OP000003")
    row = company.rows("select command, commands from batches order by batch_id desc limit 1")
    assert row == [("delete closed", 1)]


@pytest.mark.usefixtures("company")
def test_a_filter_narrows_what_would_be_deleted(opened: Opened) -> None:
    """By outcome, owner, contact and day of closing."""
    app = opened("delete_closed")
    app.selectbox(key="closed-status").set_value("lost").run()
    assert app.dataframe[0].value["opportunity_no"].tolist() == ["OP000004"]
    app.text_input(key="closed-contact").set_value("ADATUM").run()
    assert "No closed opportunity fits" in said(app)


# --- lists of contacts ---------------------------------------------------------------------------


def test_a_list_is_made_filled_by_pasting_and_used(company: Store, opened: Opened) -> None:
    """Two of four lines name somebody; then one opportunity each, but for who has an open one."""
    app = put(opened("contact_lists"), "-description", "Guests of the fair")
    app = press(app, "make-list")
    assert app.title[0].value == "Guests of the fair"
    app = opened("contact_list", no="CL000001")
    put(app, "-text", "ADATUM\nevil\nCoho Wineri\nNobody at all").run()
    assert "No contact is called “Coho Wineri”. Did you mean Coho Winery (COHO)?" in said(app)
    app = press(app, "add-pasted-CL000001")
    known = contact_lists.contact_list(company, "CL000001")
    assert [line.contact_no for line in known.lines] == ["ADATUM", "EVIL"]

    app = opened("contact_list", no="CL000001")
    preview = app.dataframe[-1].value.set_index("contact_no")["what_happens"]
    assert preview.to_dict() == {"ADATUM": "left out: OP000001 is open", "EVIL": "is created"}
    assert app.button(key="create-for-list").label == "Create 1 opportunity"
    app = put(app, "-owner_code", "LT")
    app = press(app, "create-for-list")
    assert app.title[0].value == "Opportunities"
    made = look_ups.opportunity(company, "OP000006")
    assert (made.contact_no, made.list_no, made.owner_code) == ("EVIL", "CL000001", "LT")
    assert made.description == "Guests of the fair"
    assert "made for list CL000001" in " ".join(each.label for each in app.button)


def test_an_empty_list_is_refused_on_its_page(company: Store, opened: Opened) -> None:
    """There is nobody to create anything for."""
    go(company, DefineContactList(no="L1", description=HOSTILE))
    app = press(opened("contact_list", no="L1"), "create-for-list")
    assert "List L1 has no contacts" in said(app)
    assert not any("![x](" in each.value for each in [*app.title, *app.markdown])


def test_a_list_is_searched_edited_and_removed(company: Store, opened: Opened) -> None:
    """By salesperson; a line gets its own words; opportunities are in the way of removing it."""
    go(company, DefineContactList(no="L1", description="Fair"))
    app = put(opened("contact_list", no="L1"), "-owner", "LT").run()
    app = press(app, "add-all-L1")
    known = contact_lists.contact_list(company, "L1")
    assert [line.contact_no for line in known.lines] == ["ADATUM"]

    app.session_state["lines-L1-0-grid"] = {
        "edited_rows": {0: {"line_description": "Desks"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    press(app.run(), "save-lines-L1")
    assert contact_lists.contact_list(company, "L1").lines[0].description == "Desks"

    no = carry_out(
        company,
        CreateOpportunity(description="D", contact_no="COHO", list_no="L1"),
        by="JO",
        today=TODAY,
    )
    app = press(opened("contact_list", no="L1"), "remove-list")
    assert "List L1 has 1 opportunity that were made for it" in said(app)
    assert any("in_list=L1" in each.proto.query_string for each in app.get("page_link"))
    assert no


def test_a_list_that_is_not_there_says_so(company: Store, opened: Opened) -> None:
    """With the nearest one."""
    go(company, DefineContactList(no="FAIR", description="Fair"))
    assert "Did you mean FAIR" in said(opened("contact_list", no="FIAR"))


# --- the form of a new opportunity ---------------------------------------------------------------


def test_a_new_opportunity_from_a_campaign_or_a_person_is_filled_in(
    company: Store, opened: Opened
) -> None:
    """Later goes before earlier: contact, salesperson, campaign with its own salesperson."""
    go(
        company,
        DefineCampaign(no="K1", starts_on=TODAY, ends_on=TODAY, activated=True, owner_code="LT"),
    )

    def owner_field(**query: str) -> object:
        app = opened("new_opportunity", **query)
        field = next(each for each in app.selectbox if str(each.key).endswith("-owner_code"))
        return field.value

    assert owner_field(contact="ADATUM") == "LT"
    assert owner_field(contact="ADATUM", owner="JO") == "JO"
    assert owner_field(contact="ADATUM", owner="JO", campaign="K1") == "LT"
    links = {each.proto.query_string for each in opened("people").get("page_link")}
    assert any("owner=JO" in query for query in links)
