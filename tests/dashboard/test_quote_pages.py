"""Quotes on the screen: made, given to an opportunity, turned into an order, deleted; all asked."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import (
    AssignQuote,
    CreateOpportunity,
    CreateQuote,
    DefineQuote,
    DefineStage,
    MakeOrder,
    carry_out,
)
from pipeline.domain.opportunities import Opportunity
from pipeline.reports import look_ups, quotes
from pipeline.store import Store
from tests.dashboard.conftest import HOSTILE, TODAY, Opened


def go(store: Store, *commands: object) -> None:
    """Carry out commands today."""
    carry_out(store, *commands, by="JO", today=TODAY)  # type: ignore[arg-type]


def press(app: AppTest, key: str) -> AppTest:
    """Press a button by its key."""
    return app.button(key=key).click().run()


def field(app: AppTest, ending: str, value: object) -> AppTest:
    """Type into the field whose key ends so; what is outside of a form counts at once."""
    widgets = [*app.text_input, *app.selectbox, *app.date_input, *app.number_input]
    widget = next(each for each in widgets if str(each.key).endswith(ending))
    widget.set_value(value)
    return app.run() if ending in {"-contact", "-opportunity_no"} else app


def opportunity(no: str) -> Opportunity:
    """An opportunity, read anew."""
    with session.read() as reading:
        return look_ups.opportunity(reading, no)


def links(app: AppTest) -> dict[str, str]:
    """The links of a page: label and the parameters of the address."""
    return {each.proto.label: each.proto.query_string for each in app.get("page_link")}


def said(app: AppTest) -> str:
    """Everything a page says in words."""
    parts = [*app.markdown, *app.caption, *app.text, *app.error]
    return " ".join(each.value for each in parts).replace("\\", "")


def test_the_page_of_quotes_begins_with_a_new_one(opened: Opened) -> None:
    """An empty store says what to do."""
    assert "There are no quotes yet" in said(opened("quotes"))


def test_a_quote_is_made_for_a_contact_and_found(company: Store, opened: Opened) -> None:
    """It opens at once; the list shows it, and finds it by what it says."""
    app = opened("quotes")
    app = field(app, "-contact", "coho")
    app = field(app, "-description", "Roasters")
    app = field(app, "-amount", 1200.0)
    app = press(app, "make-quote")
    assert app.title[0].value == "Quote SQ000001"
    assert quotes.quote(company, "SQ000001").contact_no == "COHO"

    go(company, DefineQuote(no="Q2", contact_no="EVIL", amount=5))
    assert opened("quotes").dataframe[0].value["quote_no"].tolist() == ["SQ000001", "Q2"]
    assert len(opened("quotes", quote="roast").dataframe[0].value) == 1
    assert "No quote fits" in said(opened("quotes", quote="nothing"))


@pytest.mark.usefixtures("company")
def test_a_quote_without_contact_or_amount_is_refused_at_its_field(opened: Opened) -> None:
    """What was typed stays."""
    app = field(opened("quotes"), "-description", "Roasters")
    app = press(app, "make-quote")
    assert "contact is blank" in said(app)
    app = press(field(app, "-contact", "coho"), "make-quote")
    assert "amount is blank" in said(app)
    assert any(each.value == "Roasters" for each in app.text_input)


def test_a_quote_is_created_on_the_page_of_its_opportunity(company: Store, opened: Opened) -> None:
    """The amount of the opportunity stands in the form; then the page shows the quote."""
    app = opened("opportunity", no="OP000001", do="quote")
    app = press(app, "record-OP000001-quote-new")
    quote = opportunity("OP000001").quote
    assert quote is not None
    assert (quote.no, quote.amount) == ("SQ000001", 10_000)
    assert any("SQ000001" in label for label in links(app))

    app = press(app, "record-OP000001-quote-off")
    assert opportunity("OP000001").quote is None
    assert quotes.quote(company, "SQ000001").amount == 10_000


@pytest.mark.usefixtures("company")
def test_ones_own_quote_is_no_change_by_somebody_else(opened: Opened) -> None:
    """The form of the next move was drawn, then the quote was made: the move is carried out."""
    app = opened("opportunity", no="OP000001")
    app.query_params["do"] = "quote"
    app = press(app.run(), "record-OP000001-quote-new")
    app.query_params["do"] = "next"
    app = press(app.run(), "record-OP000001-next")
    assert "changed meanwhile" not in said(app)
    assert opportunity("OP000001").at == 3


def test_a_stage_that_needs_a_quote_leads_to_the_quote(company: Store, opened: Opened) -> None:
    """The refusal stands in the form of the move, its link opens the form of the quote."""
    go(
        company,
        DefineStage(
            cycle_code="NEW",
            stage=3,
            description="Sign",
            completed_percent=90,
            chances_percent=80,
            quote_required=True,
        ),
    )
    app = opened("opportunity", no="OP000001")
    app = next(each for each in app.button if each.label == "Move on").click().run()
    assert "before a sales quote is assigned" in said(app)
    assert "do=quote" in links(app)["Create or assign a quote"]

    app = opened("opportunity", no="OP000001", do="quote")
    assert any(each.key == "record-OP000001-quote-new" for each in app.button)


def test_a_quote_of_another_opportunity_is_taken_over_when_asked(
    company: Store, opened: Opened
) -> None:
    """The refusal names the holder; one button takes it over from there."""
    go(company, CreateQuote(opportunity_no="OP000002", amount=7))
    go(company, DefineQuote(no="QX", contact_no="ADATUM", amount=9))
    other = carry_out(
        company,
        look_alike("COHO"),
        by="JO",
        today=TODAY,
    )[0].no
    app = opened("opportunity", no=other, do="quote")
    app = field(app, "-quote_no", "SQ000001")
    app = press(app, f"record-{other}-quote")
    assert "already assigned to OP000002" in said(app)
    app = press(app, f"take-over-{other}")
    taken = opportunity(other).quote
    assert taken is not None
    assert taken.no == "SQ000001"
    assert opportunity("OP000002").quote is None


def look_alike(contact_no: str) -> CreateOpportunity:
    """One more opportunity in progress of a contact."""
    return CreateOpportunity(
        description="More",
        contact_no=contact_no,
        owner_code="JO",
        activate=True,
        amount=1,
        expected_close_on=date(2026, 3, 1),
    )


def test_an_order_asks_before_it_wins_and_declining_changes_nothing(
    company: Store, opened: Opened
) -> None:
    """BC-62 on the screen: no keeps everything, yes wins for the amount of the quote."""
    go(company, CreateQuote(opportunity_no="OP000001", amount=4200))
    app = press(opened("quote", no="SQ000001"), "make-order")
    assert "OP000001 is still open. Close it as won for 4,200.00?" in said(app)
    app = press(app, "order-no")
    assert opportunity("OP000001").status == "in progress"
    assert not quotes.quote(company, "SQ000001").is_order

    app = press(press(app, "make-order"), "order-yes")
    assert app.title[0].value == "Order SO000001"
    won = opportunity("OP000001")
    assert won.status == "won"
    assert won.last is not None
    assert won.last.weighted_amount == 4200


def test_an_order_that_would_win_nothing_is_made_at_once(company: Store, opened: Opened) -> None:
    """Nobody is asked; the order is only read then."""
    go(company, DefineQuote(no="Q1", contact_no="COHO", amount=5))
    app = press(opened("quote", no="Q1"), "make-order")
    assert "From quote: Q1" in said(app)
    assert not any(each.key == "save-quote" for each in app.button)


def test_deleting_an_order_asks_before_it_loses(company: Store, opened: Opened) -> None:
    """Declined, the win stays; agreed, it is a loss and the list of quotes follows."""
    go(
        company,
        CreateQuote(opportunity_no="OP000001", amount=4200),
        MakeOrder(quote_no="SQ000001", close=True),
    )
    app = press(opened("quote", no="SQ000001"), "delete-quote")
    assert "must be set to lost. Change it now?" in said(app)
    app = press(app, "delete-no")
    assert opportunity("OP000001").status == "won"

    app = press(press(app, "delete-quote"), "delete-yes")
    assert app.title[0].value == "Quotes"
    assert opportunity("OP000001").status == "lost"


def test_a_quote_is_edited_and_given_to_another_opportunity(company: Store, opened: Opened) -> None:
    """Where that one has a quote, its place has to be asked for."""
    go(company, CreateQuote(opportunity_no="OP000001", amount=4200))
    go(company, DefineQuote(no="Q2", contact_no="ADATUM", amount=5))
    app = field(opened("quote", no="Q2"), "-amount", 6.0)
    app = press(field(app, "-status", "sent"), "save-quote")
    assert (quotes.quote(company, "Q2").amount, quotes.quote(company, "Q2").status) == (6, "sent")

    app = press(field(app, "-opportunity_no", "OP000001"), "assign-quote")
    assert "Quote SQ000001 has already been assigned to OP000001" in said(app)
    assert app.button(key="assign-quote").label == "Put it in the place of the other quote"
    press(app, "assign-quote")
    replaced = opportunity("OP000001").quote
    assert replaced is not None
    assert replaced.no == "Q2"


def test_two_people_edit_one_quote(company: Store, opened: Opened) -> None:
    """Both changed the amount: the second is refused, and what was typed is kept."""
    go(company, DefineQuote(no="Q2", contact_no="ADATUM", amount=5))
    app = field(opened("quote", no="Q2"), "-amount", 6.0)
    go(company, DefineQuote(no="Q2", contact_no="ADATUM", amount=7))
    app = press(app, "save-quote")
    assert "Quote Q2 was changed meanwhile: amount is “7.00” now, it was “5.00”" in said(app)
    assert quotes.quote(company, "Q2").amount == 7


def test_a_quote_that_is_not_there_leads_on(company: Store, opened: Opened) -> None:
    """An opportunity without one, and a number nobody knows."""
    app = opened("quote", opportunity="OP000001")
    assert "No sales quote is assigned to OP000001" in said(app)
    assert "no=OP000001" in links(app)["Go to OP000001"]
    go(company, CreateQuote(opportunity_no="OP000001", amount=1))
    assert opened("quote", opportunity="OP000001").title[0].value == "Quote SQ000001"
    assert "Did you mean SQ000001" in said(opened("quote", no="SQ000002"))


def test_a_hostile_name_on_the_pages_of_quotes_is_escaped(company: Store, opened: Opened) -> None:
    """Contact, words and numbers are other people's."""
    go(company, DefineQuote(no="Q9", contact_no="EVIL", amount=5, description=HOSTILE))
    app = opened("quote", no="Q9")
    assert not any("![x](" in label for label in links(app))
    assert not any("![x](" in each.value for each in app.markdown)
    go(company, AssignQuote(opportunity_no="OP000001", quote_no=None))
