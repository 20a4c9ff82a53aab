"""One line on any page becomes an opportunity: shown first, corrected where need be, then saved."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.components import palette
from pipeline.commands import (
    CloseAsWon,
    CreateOpportunity,
    DefineContact,
    MoveToNextStage,
    carry_out,
)
from pipeline.domain.opportunities import Opportunity
from pipeline.reports import look_ups
from pipeline.store import Store
from tests.dashboard.conftest import HOSTILE, TODAY, Opened


def typed(app: AppTest, line: str) -> AppTest:
    """Open the dialog and type a line, a little slower than it is read."""
    if not app.get("dialog"):
        app.button(key="entry-open").click().run()
    field(app, "line").set_value(line)
    return app.run()


def field(app: AppTest, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 (any widget)
    """A field of the dialog by what it fills."""
    all_of_them = [*app.text_input, *app.number_input, *app.date_input, *app.selectbox]
    return next(
        one
        for one in all_of_them
        if str(one.key).startswith("quick-") and str(one.key).endswith(f"-{name}")
    )


def shown(app: AppTest) -> dict[str, object]:
    """What stands in the fields."""
    names = ("contact", "description", "amount", "expected_close_on", "owner_code", "cycle_code")
    return {name: field(app, name).value for name in names}


def save(app: AppTest, kind: str = "primary") -> AppTest:
    """Press one of the two buttons that save."""
    return app.button(key=f"quick-save-{kind}").click().run()


def captions(app: AppTest) -> str:
    """How each part came about."""
    return "\n".join(one.value for one in app.get("dialog")[0].markdown)


def recorded(no: str) -> Opportunity:
    """An opportunity as the store has it."""
    with session.read() as reading:
        return look_ups.opportunity(reading, no)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("page", ["", "opportunities", "company", "sql"])
def test_a_line_is_shown_in_parts_and_saved_as_shown(opened: Opened, page: str) -> None:
    """From any page: read, marked, saved; the line is empty for the next one."""
    app = typed(opened(page), "Coho 40 swivel chairs 12.5k end of Sept LT")

    assert shown(app) == {
        "contact": "COHO",
        "description": "40 swivel chairs",
        "amount": 12_500,
        "expected_close_on": date(2026, 9, 30),
        "owner_code": "LT",
        "cycle_code": "NEW",
    }
    assert ":gray-badge[assumed] :small[the company's default]" in captions(app)
    save(app)

    new = recorded("OP000006")
    assert (new.contact_no, new.description, new.owner_code) == ("COHO", "40 swivel chairs", "LT")
    assert new.last is not None
    assert (new.last.amount, new.last.expected_close_on) == (12_500, date(2026, 9, 30))
    assert "OP000006 is recorded" in app.get("dialog")[0].markdown[0].value
    assert field(app, "line").value == ""


@pytest.mark.usefixtures("company")
def test_what_was_corrected_stays_corrected_whatever_is_typed_on(opened: Opened) -> None:
    """Another owner is chosen; the words that follow change the amount alone."""
    app = typed(opened(), "Coho chairs 12k LT")
    field(app, "owner_code").set_value("JO")
    typed(app, "Coho chairs 15k LT")

    assert shown(app)["owner_code"] == "JO"
    assert shown(app)["amount"] == 15_000
    assert ":blue-badge[corrected]" in captions(app)
    save(typed(app, "Coho chairs 15k LT 30.9."))
    assert recorded("OP000006").owner_code == "JO"


@pytest.mark.usefixtures("company")
def test_a_missing_amount_is_said_at_its_field_and_nothing_is_lost(opened: Opened) -> None:
    """Or it is saved as not started, without one, and counted apart."""
    app = save(typed(opened(), "Coho chairs"))
    refusals = [one.value for one in app.markdown if one.value.startswith(":red[")]
    assert len(refusals) == 1
    assert "amount must be greater than 0" in refusals[0]
    assert field(app, "line").value == "Coho chairs"

    save(app, "secondary")
    assert recorded("OP000006").last is None


@pytest.mark.usefixtures("company")
def test_a_name_nobody_has_is_marked_and_made_on_the_spot(opened: Opened) -> None:
    """The new company is offered in words before it is made."""
    app = typed(opened(), "Northwind Traders 40 chairs 12k 30.9. JO")
    assert field(app, "contact").options[0] == "New company “Northwind Traders”"
    assert ":orange-badge[check]" in captions(app)
    save(app)

    with session.read() as reading:
        assert (
            look_ups.contact_name(reading, recorded("OP000006").contact_no) == "Northwind Traders"
        )


def test_of_two_that_may_be_meant_the_other_is_a_choice_away(
    company: Store, opened: Opened
) -> None:
    """Wingtip Toys and Wingtip Imports: one is taken, both are offered, and a new one."""
    toys = DefineContact(no="W1", name="Wingtip Toys")
    imports = DefineContact(no="W2", name="Wingtip Imports")
    carry_out(company, toys, imports, by="JO", today=TODAY)
    app = typed(opened(), "Wingtip chairs 12k 30.9.")
    assert field(app, "contact").options == [
        "Wingtip Toys (W1)",
        "Wingtip Imports (W2)",
        "New company “Wingtip”",
    ]
    field(app, "contact").set_value("W2")
    save(app.run())
    assert recorded("OP000006").contact_no == "W2"


@pytest.mark.usefixtures("company")
def test_on_the_page_of_a_contact_the_contact_is_known(opened: Opened) -> None:
    """Its owner comes with it; both are marked as assumed."""
    app = typed(opened("contact", no="ADATUM"), "40 chairs 12k 30.9.")
    assert (shown(app)["contact"], shown(app)["owner_code"]) == ("ADATUM", "LT")
    assert "assumed] :small[known from the page" in captions(app)
    assert "assumed] :small[the contact's owner" in captions(app)
    save(app)
    assert recorded("OP000006").contact_no == "ADATUM"


@pytest.mark.usefixtures("company")
def test_on_the_page_of_an_opportunity_its_contact_is_known(opened: Opened) -> None:
    """OP000001 is with Coho; another one for them needs no name."""
    with session.read() as reading:
        contact = look_ups.opportunity(reading, "OP000001").contact_no
    app = typed(opened("opportunity", no="OP000001"), "40 chairs 12k 30.9.")
    assert shown(app)["contact"] == contact
    assert "assumed] :small[known from the page" in captions(app)
    save(app)
    assert recorded("OP000006").contact_no == contact


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("no", ["NONE", "<b>x</b>"])
def test_a_page_of_nothing_knows_no_contact(opened: Opened, no: str) -> None:
    """The line is read all the same."""
    app = typed(opened("opportunity", no=no), "Coho 40 chairs 12k 30.9.")
    assert shown(app)["contact"] == "COHO"


def test_the_close_date_is_suggested_from_what_was_won_and_says_so(
    company: Store, opened: Opened
) -> None:
    """Five were won after 10, 20, 30, 40, 50 days, one after 47: half took 30 days or less."""
    for day in range(1, 6):
        begun = date(2025, 11, 1)
        new = CreateOpportunity(
            description="Won", contact_no="COHO", activate=True, amount=1, expected_close_on=TODAY
        )
        no = carry_out(company, new, by="JO", today=begun)[0].no
        closed = date.fromordinal(begun.toordinal() + 10 * day)
        carry_out(
            company,
            MoveToNextStage(opportunity_no=no),
            CloseAsWon(opportunity_no=no),
            by="JO",
            today=closed,
        )
    app = typed(opened(), "Coho chairs 12k")
    assert shown(app)["expected_close_on"] == date(2026, 2, 27)
    assert "half of the 6 won ones took 30 days or less" in captions(app)


@pytest.mark.usefixtures("company")
def test_hostile_words_stay_words(opened: Opened) -> None:
    """In the fields as typed, in what is said about them escaped, in the store as typed."""
    app = save(typed(opened(), f'COHO "{HOSTILE}" 12k 30.9. JO'))
    assert recorded("OP000006").description == HOSTILE
    assert all("![x](https" not in one.value for one in [*app.caption, *app.markdown])


@pytest.mark.usefixtures("company")
def test_a_line_in_the_language_of_the_company(company: Store, opened: Opened) -> None:
    """The locale is set on the company page; German words are read, English ones still."""
    app = opened("company")
    next(one for one in app.selectbox if str(one.key).endswith("-locale")).set_value("de_CH")
    app.button(key="save-company").click().run()
    with session.read() as reading:
        assert look_ups.setting(reading, "locale") == "de_CH"

    app = typed(opened(), "Coho 40 Drehstühle für CHF 3'000.- bis Ende September JO")
    assert shown(app)["description"] == "40 Drehstühle"
    assert shown(app)["expected_close_on"] == date(2026, 9, 30)
    assert ":orange-badge[check]" in captions(app)
    assert "CHF is not converted" in captions(app)
    assert company.address


def test_an_empty_store_leads_to_the_first_steps(opened: Opened) -> None:
    """There is nobody to own anything yet."""
    app = opened()
    app.button(key="entry-open").click().run()
    assert "not set up yet" in app.get("dialog")[0].markdown[0].value


@pytest.mark.usefixtures("company")
def test_the_keys_are_listed(opened: Opened) -> None:
    """H opens them."""
    app = opened()
    app.button(key="keys-open").click().run()
    assert "Ctrl+K" in app.table[0].value.index


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("words", "kind", "label"),
    [
        ("OP000002", "Opportunity", "Machines for Coho"),
        ("machines adatum", "Opportunity", "Machines for Adatum"),
        ("winery", "Contact", "Coho Winery"),
        ("won rate", "Page", "Win rate"),
        ("win rat", "Page", "Win rate"),
        ("add company", "Action", "New contact"),
        ("shortcuts", "Action", "Show the keys"),
        ("take back", "Page", "Recent changes"),
        ("log a call", "Action", "Log an interaction"),
    ],
)
def test_the_palette_finds(opened: Opened, words: str, kind: str, label: str) -> None:
    """Opportunities by number, description and contact; contacts; pages and actions."""
    opened()
    titles = {
        "win_rate": "Win rate",
        "contacts": "Contacts",
        "contact": "Contact",
        "new_contact": "New contact",
        "recent_changes": "Recent changes",
    }
    pages = {name: _Page(title) for name, title in titles.items()}
    with session.read() as reading:
        found = list(palette.found(reading, words, pages))
    assert (kind, label) in [(item["kind"], item["label"]) for item in found]


class _Page:
    """All that the palette reads of a page."""

    def __init__(self, title: str) -> None:
        self.title = title


@pytest.mark.parametrize(("left", "open_then"), [("palette", "keys"), ("keys", None)])
def test_leaving_a_dialog_closes_no_other(left: str, open_then: str | None) -> None:
    """The key of the next dialog may be heard before it is that the last one was left."""

    def page(left: str) -> None:
        import streamlit as st  # noqa: PLC0415  the page is run by itself

        from dashboard.components import keys_bar  # noqa: PLC0415

        st.session_state[keys_bar.OPEN] = ("keys", "today?")
        keys_bar.close(left)

    app = AppTest.from_function(page, kwargs={"left": left}, default_timeout=30).run()
    assert not app.exception
    is_open = app.session_state["at hand"][0] if "at hand" in app.session_state else None
    assert is_open == open_then
    assert app.session_state["at hand:left"] == (left, 1)
