"""Business Central's catalogue of refusals: each has a class, a sentence, and a way to meet it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from pipeline.commands import (
    ActivateFirstStage,
    AssignQuote,
    CloseAsLost,
    CloseAsWon,
    Command,
    CreateForList,
    CreateOpportunity,
    CreateQuote,
    DefineContactList,
    DefineSalesCycle,
    DeleteOpportunity,
    EditOpportunity,
    MakeOrder,
    MoveToNextStage,
    RemoveQuote,
    RemoveSalesCycle,
    RemoveStage,
    SkipToStage,
    UpdateOpportunity,
)
from pipeline.domain import errors
from pipeline.domain.closing import Outcome
from pipeline.domain.opportunities import Change
from pipeline.reports import quotes
from tests.commands.conftest import FAR, WORK_DATE, Company


@pytest.fixture
def company() -> Iterator[Company]:
    """The company of the worked cases, with what the refusals are about."""
    from tests.commands import conftest  # noqa: PLC0415 (the fixture of the commands' tests)

    yield from conftest.company.__wrapped__()  # type: ignore[attr-defined]


def quoted(company: Company) -> tuple[str, str]:
    """An opportunity in progress with a quote: both numbers."""
    no = company.started("COM")
    return no, company.go(CreateQuote(opportunity_no=no, amount=10))[0].no


def _taken(company: Company) -> Command:
    _, quote = quoted(company)
    return AssignQuote(opportunity_no=company.started("COM"), quote_no=quote)


def _second(company: Company) -> Command:
    return CreateQuote(opportunity_no=quoted(company)[0])


def _ordered(company: Company) -> str:
    quote = quoted(company)[1]
    company.go(MakeOrder(quote_no=quote, close=True, close_reason_code="W1"))
    return quote


def _empty(company: Company) -> Command:
    company.go(DefineContactList(no="FAIR", description="Fair"))
    return CreateForList(list_no="FAIR")


def _company_gone(company: Company) -> Command:
    no = company.started("COM", contact_no="P1")
    company.store.execute("delete from contacts where contact_no = 'C1'")
    return CloseAsWon(opportunity_no=no, close_reason_code="W1")


def _without_stages(company: Company) -> Command:
    company.go(DefineSalesCycle(code="EMPTY"))
    return ActivateFirstStage(opportunity_no=company.create("EMPTY"))


def _after(company: Company, command: Command) -> Command:
    """The command, once an opportunity stands in the first stage of CHA."""
    company.started("CHA")
    return command


def _new(**fields: object) -> Command:
    wish: dict[str, object] = {
        "description": "Chairs",
        "contact_no": "C1",
        "owner_code": "SP1",
        "cycle_code": "CHA",
        "activate": True,
        "amount": 1,
        "expected_close_on": FAR,
    }
    return CreateOpportunity(**(wish | fields))  # type: ignore[arg-type]


CATALOGUE: list[tuple[str, type[errors.PipelineError], str, Callable[[Company], Command]]] = [
    (
        "delete In Progress",
        errors.DeleteInProgressError,
        "cannot be deleted while it is in progress",
        lambda company: DeleteOpportunity(opportunity_no=company.started("COM")),
    ),
    ("empty segment", errors.EmptyContactListError, "has no contacts", _empty),
    ("doc taken", errors.QuoteTakenError, "is already assigned to", _taken),
    ("second quote", errors.SecondQuoteError, "has already been assigned", _second),
    (
        "quote vanished",
        errors.UnknownQuoteError,
        "There is no quote",
        lambda company: AssignQuote(opportunity_no=company.started("COM"), quote_no="SQ9"),
    ),
    (
        "other company",
        errors.OtherCompanyError,
        "related to another company",
        lambda company: EditOpportunity(opportunity_no=company.started("COM"), contact_no="C2"),
    ),
    (
        "missing field",
        errors.MissingFieldError,
        "The description is blank",
        lambda _: _new(description=""),
    ),
    (
        "missing contact",
        errors.MissingFieldError,
        "The contact involved in the opportunity is blank",
        lambda _: _new(contact_no=None),
    ),
    (
        "≤ 0",
        errors.NotPositiveError,
        "The amount must be greater than 0",
        lambda _: _new(amount=0),
    ),
    (
        "closing date",
        errors.ExpectedCloseError,
        "has to be that day or later",
        lambda company: UpdateOpportunity(
            opportunity_no=company.started("COM"), expected_close_on=date(2026, 1, 1)
        ),
    ),
    ("no stage, cycle w/o stages", errors.NoStagesError, "There are no stages", _without_stages),
    (
        "quote needed",
        errors.QuoteRequiredError,
        "before a sales quote is assigned",
        lambda company: MoveToNextStage(opportunity_no=company.at_stage("COM", 2)),
    ),
    (
        "date order",
        errors.BeforeLastChangeError,
        "lies before the last change",
        lambda company: UpdateOpportunity(
            opportunity_no=company.started("COM"), on=date(2026, 1, 1)
        ),
    ),
    (
        "sales",
        errors.NotPositiveError,
        "The sales amount must be greater than 0",
        lambda company: CloseAsWon(
            opportunity_no=company.started("COM"), close_reason_code="W1", sales_amount=0
        ),
    ),
    ("company missing", errors.CompanyMissingError, "No customer can be made", _company_gone),
    (
        "type n/a",
        errors.StageNotOfferedError,
        "is not a valid selection",
        lambda company: SkipToStage(opportunity_no=company.started("CHA")),
    ),
    (
        "stage in use",
        errors.StageInUseError,
        "1 open opportunity",
        lambda company: _after(company, RemoveStage(cycle_code="CHA", stage=1)),
    ),
    (
        "field test: Closed must be No",
        errors.ClosedError,
        "Reopen it before changing it",
        lambda company: CloseAsLost(opportunity_no=company.won(), close_reason_code="L1"),
    ),
    (
        "field test: Status must be In Progress",
        errors.NotInProgressError,
        "needs one in progress",
        lambda company: CreateQuote(opportunity_no=company.create("COM")),
    ),
    (
        "field test: Status must be Not Started",
        errors.AlreadyStartedError,
        "only before it is started",
        lambda company: ActivateFirstStage(opportunity_no=company.started("COM")),
    ),
    (
        "field test: No. of Opportunities must be 0",
        errors.SalesCycleInUseError,
        "1 open opportunity",
        lambda company: _after(company, RemoveSalesCycle(code="CHA")),
    ),
    (
        "close at conversion?",
        errors.CloseAtOrderError,
        "the order closes it as won",
        lambda company: MakeOrder(quote_no=quoted(company)[1]),
    ),
    (
        "order deletion",
        errors.WonOrderError,
        "without the order it becomes lost",
        lambda company: RemoveQuote(quote_no=_ordered(company)),
    ),
]
"""What Business Central says, our class, words of our sentence, and a command that meets it."""


@pytest.mark.parametrize(
    ("error", "sentence", "provoke"),
    [pytest.param(*row[1:], id=row[0]) for row in CATALOGUE],
)
def test_every_refusal_of_the_catalogue_is_met(
    company: Company,
    error: type[errors.PipelineError],
    sentence: str,
    provoke: Callable[[Company], Command],
) -> None:
    """Its class, its plain sentence, and nothing recorded."""
    command = provoke(company)
    before = company.store.rows("select count(*) from batches")
    with pytest.raises(error, match=sentence) as refusal:
        company.go(command)
    assert str(refusal.value).endswith((".", "?"))
    assert company.store.rows("select count(*) from batches") == before
    if error is errors.CompanyMissingError:
        company.store.execute("delete from transitions")
        company.store.execute("delete from opportunities")


def test_won_or_lost_must_be_chosen(company: Company) -> None:
    """Neither: the form asks for one of the two."""
    opportunity = company.opportunity(company.started("COM"))
    with pytest.raises(errors.OutcomeMissingError, match="either won or lost"):
        opportunity.close(None, None, Change(on=WORK_DATE), WORK_DATE)
    assert Outcome("won") is Outcome.WON


def test_no_quote_to_show(company: Company) -> None:
    """The page of the quote says that none is assigned."""
    no = company.started("COM")
    with pytest.raises(errors.QuoteNotAssignedError, match="No sales quote is assigned"):
        quotes.quote_of(company.store, no)


def test_questions_are_no_refusals(company: Company) -> None:
    """A quote is taken over, and tasks follow, only when that is said with the command."""
    first, quote = quoted(company)
    second = company.started("COM")
    company.go(AssignQuote(opportunity_no=second, quote_no=quote, take_over=True))
    assert company.opportunity(first).quote is None
