"""Quotes are made, assigned, taken over, turned into orders and deleted, as the cases tell it."""

from datetime import date

import pytest

from pipeline.commands import (
    AssignQuote,
    CloseAsLost,
    CloseAsWon,
    CreateQuote,
    CreateTask,
    DefineContact,
    DefineQuote,
    DeleteOpportunity,
    EditOpportunity,
    MakeOrder,
    MoveToNextStage,
    RemoveQuote,
    Reopen,
)
from pipeline.domain.errors import (
    ChoiceError,
    CloseAtOrderError,
    MissingFieldError,
    NotInProgressError,
    NotPositiveError,
    OrderFixedError,
    OtherCompanyError,
    PipelineError,
    QuoteContactError,
    QuoteNotAssignedError,
    QuoteRequiredError,
    QuoteTakenError,
    SecondQuoteError,
    UnknownQuoteError,
    WonOrderError,
)
from pipeline.domain.opportunities import Status
from pipeline.domain.quotes import QuoteStatus
from pipeline.domain.scope import Scope
from pipeline.domain.transitions import Action
from pipeline.reports import quotes as shown
from pipeline.reports import what_changed, win_rate
from pipeline.store import records, tasks
from tests.commands.conftest import WORK_DATE, Company

SEPTEMBER = date(2026, 9, 30)


def with_quote(company: Company, amount: int = 4200) -> tuple[str, str]:
    """An opportunity in progress with a quote; gives both numbers."""
    no = company.started("COM", expected_close_on=SEPTEMBER)
    quote = company.go(CreateQuote(opportunity_no=no, amount=amount))[0].no
    return no, quote


def won_with_order(company: Company) -> tuple[str, str]:
    """An opportunity that was won by turning its quote into an order; gives both numbers."""
    no, quote = with_quote(company)
    company.go(MakeOrder(quote_no=quote, close=True, close_reason_code="W1"))
    return no, quote


def test_bc_60_creating_a_quote(company: Company) -> None:
    """Not for one not started or lost; in progress it names the opportunity and its close date."""
    for no in (company.create("COM"), company.lost()):
        with pytest.raises(NotInProgressError, match="creating a quote needs one in progress"):
            company.go(CreateQuote(opportunity_no=no, amount=100))
    no, number = with_quote(company)
    quote = records.quote(company.store, number)
    assert (quote.order_on, quote.contact_no, quote.owner_code) == (SEPTEMBER, "C1", "SP1")
    assert (quote.kind, quote.status) == ("quote", QuoteStatus.DRAFT)
    assert records.quote_holder(company.store, number) == no
    assigned = company.opportunity(no).quote
    assert assigned is not None
    assert assigned.no == number == "SQ000001"


def test_a_quote_takes_the_amount_and_the_words_of_its_opportunity(company: Company) -> None:
    """Nothing has to be typed; a person is quoted to as a company is."""
    no = company.started("COM", contact_no="P1", amount=1500, description="Desks")
    number = company.go(CreateQuote(opportunity_no=no))[0].no
    quote = records.quote(company.store, number)
    assert (quote.amount, quote.description, quote.contact_no) == (1500, "Desks", "P1")


def test_a_second_quote_is_not_created(company: Company) -> None:
    """The one there is is named."""
    no, quote = with_quote(company)
    with pytest.raises(SecondQuoteError, match=f"Quote {quote} has already been assigned"):
        company.go(CreateQuote(opportunity_no=no, amount=1))
    assert records.count(company.store, "quotes") == 1


def test_bc_62_quote_to_order(company: Company) -> None:
    """Agreed to, it is won for 4,200, its tasks called off; declined, nothing changes."""
    no, quote = with_quote(company)
    task = CreateTask(description="Call", due_on=SEPTEMBER, opportunity_no=no)
    company.go(task, task)
    with pytest.raises(CloseAtOrderError, match=f"{no} is still open") as refusal:
        company.go(MakeOrder(quote_no=quote, close_reason_code="W1"))
    assert refusal.value.opportunity_no == no
    assert company.opportunity(no).status is Status.IN_PROGRESS
    assert records.quote(company.store, quote).kind == "quote"
    assert len(tasks.open_tasks(company.store, company.opportunity(no).id)) == 2

    made = company.go(MakeOrder(quote_no=quote, close=True, close_reason_code="W1"))
    last = company.last(no)
    assert (last.action, last.on, last.weighted_amount) == (Action.WON, WORK_DATE, 4200)
    order = records.quote(company.store, quote)
    assert (order.kind, order.status, order.order_no) == ("order", QuoteStatus.ORDERED, made[0].no)
    assert made[0].no == "SO000001"
    assert records.quote_holder(company.store, quote) == no
    assert records.count(company.store, "tasks", canceled=True, status="completed") == 2


def test_an_order_needs_a_reason_for_the_win(company: Company) -> None:
    """Two reasons for winning: none is chosen by itself, and the quote stays one."""
    _, quote = with_quote(company)
    with pytest.raises(MissingFieldError, match="close reason"):
        company.go(MakeOrder(quote_no=quote, close=True))
    assert not records.quote(company.store, quote).is_order


def test_a_quote_of_nobody_becomes_an_order_without_a_question(company: Company) -> None:
    """There is nothing to close; once ordered it is no quote any more."""
    company.go(DefineQuote(no="Q1", contact_no="C1", amount=10), MakeOrder(quote_no="Q1"))
    for command in (
        MakeOrder(quote_no="Q1"),
        DefineQuote(no="Q1", contact_no="C1", amount=11),
    ):
        with pytest.raises(OrderFixedError, match="turned into order SO000001"):
            company.go(command)


def test_the_quote_of_a_lost_opportunity_is_ordered_without_it(company: Company) -> None:
    """The link is cleared; of a won one it stays."""
    lost, quote = with_quote(company)
    company.go(CloseAsLost(opportunity_no=lost, close_reason_code="L1"), MakeOrder(quote_no=quote))
    assert company.opportunity(lost).quote is None
    assert records.quote(company.store, quote).is_order

    won, second = with_quote(company)
    company.go(CloseAsWon(opportunity_no=won, close_reason_code="W1"), MakeOrder(quote_no=second))
    assert records.quote_holder(company.store, second) == won


def test_deleting_an_order_turns_the_win_into_a_loss(company: Company) -> None:
    """Asked first; then a row of its own: lost today, for no reason, worth nothing."""
    no, quote = won_with_order(company)
    with pytest.raises(WonOrderError, match=f"{no} was won with order SO000001"):
        company.go(RemoveQuote(quote_no=quote))
    assert company.opportunity(no).status is Status.WON

    later = date(2026, 6, 1)
    company.go(RemoveQuote(quote_no=quote, lose=True), today=later)
    last = company.last(no)
    assert (last.action, last.on, last.expected_close_on) == (Action.LOST, later, later)
    assert (last.stage, last.from_stage, last.close_reason_code) == (0, 0, None)
    assert (last.completed_percent, last.chances_percent, last.probability_percent) == (100, 0, 0)
    assert (last.amount, last.weighted_amount) == (1000, 0)
    opportunity = company.opportunity(no)
    assert (opportunity.status, opportunity.quote) == (Status.LOST, None)
    assert company.log(no)[1]["valid_to"] == later
    assert company.store.rows("select closed_on from opportunities") == [(later,)]
    with pytest.raises(UnknownQuoteError):
        records.quote(company.store, quote)


def test_reports_follow_a_win_that_was_lost_with_its_order(company: Company) -> None:
    """In May it was won; since June it is a loss, and what changed still closes to the cent."""
    no, quote = won_with_order(company)
    june = date(2026, 6, 1)
    company.go(RemoveQuote(quote_no=quote, lose=True), today=june)
    of_may = Scope(as_of=date(2026, 5, 31), from_on=date(2026, 5, 1), to_on=date(2026, 5, 31))
    of_june = Scope(as_of=date(2026, 6, 30), from_on=june, to_on=date(2026, 6, 30))
    assert win_rate(company.store, of_may).frame["won"].sum() == 1
    after = win_rate(company.store, of_june).frame
    assert (after["won"].sum(), after["lost"].sum()) == (0, 1)
    for scope, won in ((of_may, -4200), (of_june, 0)):
        steps = what_changed(company.store, scope).frame.set_index("bucket")["change_amount"]
        assert (steps["won"], steps["lost"]) == (won, 0)
        assert steps["starting"] == steps["ending"] == 0
        assert steps.drop("ending").sum() == steps["ending"]
    company.go(Reopen(opportunity_no=no, note="they ordered after all"), today=date(2026, 6, 2))
    assert company.opportunity(no).status is Status.IN_PROGRESS


def test_deleting_a_quote_leaves_its_opportunity_as_it_is(company: Company) -> None:
    """Only the link goes."""
    no, quote = with_quote(company)
    company.go(RemoveQuote(quote_no=quote))
    opportunity = company.opportunity(no)
    assert (opportunity.quote, opportunity.status) == (None, Status.IN_PROGRESS)
    assert len(company.log(no)) == 1


def test_an_order_of_a_reopened_opportunity_is_deleted_without_a_loss(company: Company) -> None:
    """It is not won any more, so nothing is asked."""
    no, quote = won_with_order(company)
    company.go(Reopen(opportunity_no=no, note="not signed"), RemoveQuote(quote_no=quote))
    assert company.opportunity(no).status is Status.IN_PROGRESS


def test_a_quote_belongs_to_one_opportunity_and_can_be_taken_over(company: Company) -> None:
    """The refusal names the holder; taken over, the holder goes on without it."""
    first, quote = with_quote(company)
    second = company.started("COM")
    with pytest.raises(QuoteTakenError, match=f"already assigned to {first}") as refusal:
        company.go(AssignQuote(opportunity_no=second, quote_no=quote))
    assert refusal.value.opportunity_no == first
    company.go(AssignQuote(opportunity_no=second, quote_no=quote, take_over=True))
    assert company.opportunity(first).quote is None
    assert records.quote_holder(company.store, quote) == second


def test_a_quote_is_not_taken_from_what_is_closed(company: Company) -> None:
    """What a win was worth stays where it was won."""
    first, quote = won_with_order(company)
    second = company.started("COM")
    with pytest.raises(NotInProgressError, match=first):
        company.go(AssignQuote(opportunity_no=second, quote_no=quote, take_over=True))


def test_a_quote_in_the_place_of_another_is_asked_for_where_it_matters(company: Company) -> None:
    """From the quote's side the one there is is named first; on the opportunity it is replaced."""
    no, first = with_quote(company)
    company.go(DefineQuote(no="Q2", contact_no="C1", amount=5))
    with pytest.raises(SecondQuoteError, match=first):
        company.go(AssignQuote(opportunity_no=no, quote_no="Q2", replace=False))
    company.go(AssignQuote(opportunity_no=no, quote_no="Q2"))
    assert records.quote_holder(company.store, "Q2") == no
    assert records.quote_holder(company.store, first) is None
    company.go(AssignQuote(opportunity_no=no, quote_no=None))
    assert company.opportunity(no).quote is None


def test_a_quote_of_another_contact_is_refused(company: Company) -> None:
    """Trey's quote is none of Adatum's."""
    company.go(DefineQuote(no="Q2", contact_no="C2", amount=5))
    with pytest.raises(QuoteContactError, match="made for contact C2"):
        company.go(AssignQuote(opportunity_no=company.started("COM"), quote_no="Q2"))


def test_contact_of_quote_and_opportunity_change_together(company: Company) -> None:
    """A colleague on one side is the colleague on the other; another company is refused."""
    no, quote = with_quote(company)
    company.go(EditOpportunity(opportunity_no=no, contact_no="P1"))
    assert records.quote(company.store, quote).contact_no == "P1"
    company.go(DefineQuote(no=quote, contact_no="C1", amount=4200))
    assert company.opportunity(no).contact_no == "C1"
    assert company.last(no).contact_no == "C1"
    company.go(DefineContact(no="P9", type="person", name="Nobody's", company_no="C2"))
    with pytest.raises(OtherCompanyError):
        company.go(DefineQuote(no=quote, contact_no="P9", amount=4200))
    assert records.quote(company.store, quote).contact_no == "C1"


def test_a_quote_opens_the_stage_that_needs_one(company: Company) -> None:
    """COM needs one to enter stage 3; an order there is no quote any more."""
    no = company.at_stage("COM", 2)
    with pytest.raises(QuoteRequiredError) as refusal:
        company.go(MoveToNextStage(opportunity_no=no))
    assert refusal.value.opportunity_no == no
    company.go(CreateQuote(opportunity_no=no, amount=50), MoveToNextStage(opportunity_no=no))
    assert company.last(no).stage == 3
    assert company.last(no).amount == 50


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"contact_no": ""}, MissingFieldError, "contact_no"),
        ({"amount": 0}, NotPositiveError, "amount"),
        ({"amount": None}, MissingFieldError, "amount"),
        ({"status": "ordered"}, ChoiceError, "status"),
        ({"status": "perhaps"}, ChoiceError, "status"),
        ({"contact_no": "C11"}, PipelineError, "contact_no"),
        ({"owner_code": "SP9"}, PipelineError, "owner_code"),
        ({"campaign_no": "K9"}, PipelineError, "campaign_no"),
    ],
)
def test_a_quote_that_cannot_be_is_refused_at_its_field(
    company: Company, fields: dict[str, object], error: type[PipelineError], field: str
) -> None:
    """Nothing is recorded then."""
    wish = {"contact_no": "C1", "amount": 10} | fields
    with pytest.raises(error) as refusal:
        company.go(DefineQuote(**wish))  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert records.count(company.store, "quotes") == 0


def test_an_edited_quote_keeps_what_was_not_said(company: Company) -> None:
    """Only the amount is said; words, status and day stay."""
    company.go(
        DefineQuote(no="Q1", contact_no="C1", amount=10, description="Chairs", status="sent"),
        DefineQuote(no="Q1", contact_no="C1", amount=12),
    )
    quote = records.quote(company.store, "Q1")
    assert (quote.amount, quote.description, quote.status) == (12, "Chairs", QuoteStatus.SENT)
    assert quote.quoted_on == WORK_DATE


def test_showing_a_quote_that_is_not_there_is_refused(company: Company) -> None:
    """No quote assigned, and a number that names none, are two sentences."""
    no = company.started("COM")
    with pytest.raises(QuoteNotAssignedError, match=f"No sales quote is assigned to {no}"):
        shown.quote_of(company.store, no)
    company.go(DefineQuote(no="SQ7", contact_no="C1", amount=10))
    with pytest.raises(UnknownQuoteError, match="Did you mean SQ7"):
        shown.quote(company.store, "SQ8")


def test_a_deleted_opportunity_leaves_its_quote_free(company: Company) -> None:
    """It can be given to another one then."""
    no, quote = with_quote(company)
    company.go(
        CloseAsLost(opportunity_no=no, close_reason_code="L1"), DeleteOpportunity(opportunity_no=no)
    )
    assert records.quote_holder(company.store, quote) is None
    second = company.started("COM")
    company.go(AssignQuote(opportunity_no=second, quote_no=quote))
    assert records.quote_holder(company.store, quote) == second
