"""Contacts on the screen: found, entered once, changed, removed by rule, sold to."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.components.drill import GO_TO
from pipeline.commands import DefineCampaign, DefineContact, carry_out
from pipeline.reports import look_ups
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened
from tests.dashboard.test_set_up_pages import press, said, typed


def tiles(app: AppTest) -> dict[str, str]:
    """The figures of the page by their label."""
    return {tile.label: tile.value for tile in app.metric}


@pytest.fixture
def robert(company: Store) -> Store:
    """Robert Townes, a person of Adatum (who belongs to Lina)."""
    wish = DefineContact(no="ROBERT", type="person", name="Robert Townes", company_no="ADATUM")
    carry_out(company, wish, by="JO", today=TODAY)
    return company


@pytest.mark.usefixtures("robert")
def test_the_list_is_searched_with_tolerance(opened: Opened) -> None:
    """Typing errors are said to be guessed at; a kind narrows."""
    app = opened("contacts", find="adtaum")
    assert app.dataframe[0].value["contact_no"].tolist() == ["ADATUM"]
    assert "these are nearly" in said(app)

    app = opened("contacts", kind="Persons")
    assert app.dataframe[0].value["company_name"].tolist() == ["Adatum Corporation"]
    assert "No contact fits" in str(
        [each.value for each in opened("contacts", find="zzz").markdown]
    )


@pytest.mark.usefixtures("robert")
def test_where_a_row_leads_is_the_contact(opened: Opened) -> None:
    """What a click leaves behind is followed by the frame."""
    app = opened("contacts")
    app.session_state[GO_TO] = ("contact", {"no": "COHO"})
    assert app.run().title[0].value == "Coho Winery"


@pytest.mark.usefixtures("robert")
def test_a_company_shows_what_it_brought_and_its_persons(opened: Opened) -> None:
    """Adatum has 10,000 in progress at 50 percent and 5,000 that were won."""
    app = opened("contact", no="ADATUM")
    assert tiles(app) == {
        "In progress": "1",
        "Won": "1",
        "Lost": "0",
        "Amount": "15 k",
        "Current value": "10 k",
    }
    assert app.dataframe[0].value["opportunity_no"].tolist() == ["OP000001"]
    assert app.dataframe[1].value["contact_no"].tolist() == ["ROBERT"]
    closed = opened("contact", no="ADATUM", which="Closed")
    assert closed.dataframe[0].value["opportunity_no"].tolist() == ["OP000003"]


@pytest.mark.usefixtures("company")
def test_a_contact_that_is_not_there_says_so(opened: Opened) -> None:
    """The nearest number is offered; a hostile name does no harm."""
    app = opened("contact", no="ADATU")
    assert "Did you mean ADATUM" in app.markdown[0].value
    assert "![x](" not in opened("contact", no="EVIL").title[0].value


@pytest.mark.usefixtures("company")
def test_a_new_company_that_may_be_there_is_shown_first(opened: Opened) -> None:
    """It can be made all the same; then its page opens."""
    app = opened("new_contact")
    typed(app, "contact-new", name="ADATUM Corp.").run()
    assert any("may be there already" in each.value for each in app.markdown)
    assert app.button(key="make-contact").label == "Make another one all the same"

    press(app, "make-contact")
    assert app.title[0].value == "ADATUM Corp\\."


@pytest.mark.usefixtures("company")
def test_a_number_that_is_taken_is_refused_at_its_field(opened: Opened) -> None:
    """What is there is not overwritten."""
    app = opened("new_contact")
    typed(app, "contact-new", name="Trey Research", no="coho")
    press(app.run(), "make-contact")
    assert any("COHO is taken" in each.value for each in app.markdown)
    with session.read() as reading:
        assert look_ups.contact(reading, "COHO").name == "Coho Winery"


@pytest.mark.usefixtures("company")
def test_a_person_is_made_from_its_company_and_inherits_the_salesperson(opened: Opened) -> None:
    """Adatum belongs to Lina."""
    app = opened("new_contact", company="ADATUM")
    typed(app, "contact-new", name="Robert Townes")
    press(app.run(), "make-contact")
    with session.read() as reading:
        made = look_ups.contact(reading, "CT000001")
    assert (made.type, made.company_no, made.owner_code) == ("person", "ADATUM", "LT")


@pytest.mark.usefixtures("robert")
def test_a_contact_is_changed_on_its_page(opened: Opened) -> None:
    """To another company, which is searched for; one that is not there is refused."""
    app = opened("contact", no="ROBERT")
    typed(app, "contact-ROBERT", name="Rob Townes", company="nobody at all").run()
    press(app, "save-contact")
    assert "no contact “nobody at all”" in app.error[0].value

    typed(app, "contact-ROBERT", company="coho").run()
    assert "go with it to the other company" in said(app)
    press(app, "save-contact")
    with session.read() as reading:
        changed = look_ups.contact(reading, "ROBERT")
    assert (changed.name, changed.company_no) == ("Rob Townes", "COHO")


@pytest.mark.usefixtures("robert")
def test_the_type_stays_while_something_is_linked(opened: Opened) -> None:
    """The refusal stands at the field and leads to the opportunities."""
    app = opened("contact", no="ADATUM")
    typed(app, "contact-ADATUM", type="person").run()
    press(app, "save-contact")
    assert any("type of contact ADATUM stays" in each.value for each in app.markdown)


@pytest.mark.usefixtures("robert")
def test_removing_says_first_what_it_would_do(opened: Opened) -> None:
    """Coho has two open ones and stays; Evil has a lost one and goes; Robert has nothing."""
    app = opened("contact", no="COHO")
    assert any("2 opportunities still open" in each.value for each in app.markdown)
    press(app, "remove-contact")
    assert "COHO has 2 open opportunities" in app.error[0].value

    app = opened("contact", no="EVIL")
    assert any("1 opportunity of it, all closed" in each.value for each in app.markdown)
    press(app, "remove-contact")
    assert app.title[0].value == "Contacts"
    app = opened("contact", no="ROBERT")
    assert any("become those of the company ADATUM" in each.value for each in app.markdown)


@pytest.mark.usefixtures("company")
def test_a_new_opportunity_knows_the_contact_it_was_opened_from(opened: Opened) -> None:
    """Its number stands in the search, Lina in the owner; typing goes on from there."""
    app = opened("new_opportunity", contact="ADATUM")
    assert app.radio[0].value == "ADATUM"
    owner = next(each for each in app.selectbox if str(each.key).endswith("owner_code"))
    assert owner.value == "LT"
    app.text_input[0].set_value("coho").run()
    assert app.radio[0].value == "COHO"


def test_a_new_opportunity_knows_the_campaign_and_its_owner(company: Store, opened: Opened) -> None:
    """The campaign's salesperson goes before the contact's, as in Business Central."""
    campaign = DefineCampaign(
        no="K1", description="Fair", ends_on=TODAY, activated=True, owner_code="JO"
    )
    carry_out(company, campaign, by="JO", today=TODAY)
    links = [each.proto.label for each in opened("campaigns").get("page_link")]
    assert "New opportunity from Fair" in links

    app = opened("new_opportunity", campaign="K1", contact="ADATUM")
    held = {str(each.key).rsplit("-", 1)[-1]: each.value for each in app.selectbox}
    assert (held["campaign_no"], held["owner_code"]) == ("K1", "JO")
