"""Business Central's worked cases, each by its name: probability, dates, moves and refusals."""

from datetime import date

import pytest

from pipeline.commands import (
    ActivateFirstStage,
    AddComment,
    AssignQuote,
    CloseAsLost,
    CloseAsWon,
    CreateOpportunity,
    CreateTask,
    DefineCampaign,
    DefineContact,
    DefineNumberSeries,
    DefineQuote,
    DefineSalesCycle,
    DefineSetting,
    DefineStage,
    DeleteOpportunity,
    EditOpportunity,
    JumpToStage,
    MoveToNextStage,
    RemoveSalesCycle,
    SkipToStage,
    UpdateOpportunity,
)
from pipeline.domain.closing import Outcome
from pipeline.domain.comments import About
from pipeline.domain.cycles import Move
from pipeline.domain.errors import (
    BeforeLastChangeError,
    CampaignDatesError,
    ClosedError,
    DeleteInProgressError,
    ExpectedCloseError,
    MissingFieldError,
    NoStagesError,
    NotPositiveError,
    NotStartedError,
    NumberSeriesMissingError,
    OtherCompanyError,
    OutcomeMissingError,
    PipelineError,
    QuoteRequiredError,
    SalesCycleInUseError,
    StageNotOfferedError,
    UnknownOpportunityError,
)
from pipeline.domain.opportunities import Change, Priority, Status
from pipeline.domain.transitions import Action
from pipeline.store import comments, records
from tests.commands.conftest import FAR, WORK_DATE, Company, exactly


def offered(company: Company, no: str, move: Move) -> list[int]:
    """The stages a move offers an opportunity now."""
    opportunity = company.opportunity(no)
    cycle = records.sales_cycle(company.store, opportunity.cycle_code)
    return [stage.stage for stage in cycle.offered(move, opportunity.at)]


def refused(company: Company, command: object, field: str) -> None:
    """The command is refused, pointing at a field, and records nothing."""
    before = company.store.rows("select count(*), max(nth) from transitions")
    with pytest.raises(PipelineError) as refusal:
        company.go(command)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert company.store.rows("select count(*), max(nth) from transitions") == before


# --- probability and value ---------------------------------------------------------------------


def test_bc_01_multiply(company: Company) -> None:
    """At stage 1 of MUL, 10,000 with a chance of 25: completed 2, probability 0.5, worth 50."""
    last = company.last(company.started("MUL", amount=10_000, chances_percent=25))
    assert last.completed_percent == 2
    assert last.probability_percent == exactly("0.5")
    assert last.weighted_amount == 50


def test_bc_03_add(company: Company) -> None:
    """Next in ADD with 5,500 and 40: probability 45, worth 2,475."""
    no = company.started("ADD")
    company.go(MoveToNextStage(opportunity_no=no, amount=5500, chances_percent=40))
    assert company.last(no).probability_percent == 45
    assert company.last(no).weighted_amount == exactly("2,475")


def test_bc_05_chances_and_completed(company: Company) -> None:
    """CHA takes the chance, COM what is completed."""
    by_chances = company.started("CHA")
    company.go(MoveToNextStage(opportunity_no=by_chances, amount=20_000, chances_percent=50))
    assert company.last(by_chances).completed_percent == 5
    assert company.last(by_chances).weighted_amount == exactly("10,000")

    by_completed = company.at_stage("COM", 2)
    company.go(
        DefineQuote(no="Q1", contact_no="C1", amount=1),
        AssignQuote(opportunity_no=by_completed, quote_no="Q1"),
        MoveToNextStage(opportunity_no=by_completed, amount=12_000, chances_percent=55),
    )
    assert company.last(by_completed).completed_percent == 80
    assert company.last(by_completed).weighted_amount == exactly("9,600")


def test_bc_07_activation_uses_the_stage_default(company: Company) -> None:
    """Activated on its own, an opportunity starts at 0 with the chance of the first stage."""
    day = date(2026, 5, 4)
    no = company.create("ADD", today=day)
    company.go(ActivateFirstStage(opportunity_no=no), today=day)
    (row,) = company.log(no)
    assert (row["stage"], row["chances_percent"], row["completed_percent"]) == (1, 20, 2)
    assert (row["probability_percent"], row["amount"], row["weighted_amount"]) == (11, 0, 0)
    assert (row["valid_from"], row["action"]) == (day, "first")
    assert company.opportunity(no).status is Status.IN_PROGRESS


def test_bc_09_won_without_a_quote(company: Company) -> None:
    """Won for 8,750 what was estimated at 9,000: the estimate stays."""
    no = company.at_stage("COM", 4)
    company.go(UpdateOpportunity(opportunity_no=no, amount=9000))
    company.go(CloseAsWon(opportunity_no=no, close_reason_code="W1", sales_amount=8750))
    last = company.last(no)
    assert (last.completed_percent, last.chances_percent, last.probability_percent) == (100,) * 3
    assert last.weighted_amount == 8750
    assert last.amount == 9000


def test_bc_11_lost(company: Company) -> None:
    """Lost: nothing left to come, the estimate of 450 stays, the stage before is 1."""
    no = company.started("CHA", amount=450, chances_percent=10)
    assert company.last(no).weighted_amount == 45
    company.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"))
    last = company.last(no)
    assert (last.completed_percent, last.chances_percent, last.probability_percent) == (100, 0, 0)
    assert (last.weighted_amount, last.amount, last.from_stage) == (0, 450, 1)


def test_bc_12_jump_overrides_next_keeps_a_typed_chance(company: Company) -> None:
    """A jump discards the typed chance for the stage's; a next keeps it."""
    jumped = company.at_stage("ADD", 4)
    company.go(JumpToStage(opportunity_no=jumped, stage=2, chances_percent=25))
    assert company.last(jumped).chances_percent == 40

    moved = company.started("MUL")
    company.go(MoveToNextStage(opportunity_no=moved, chances_percent=70, amount=2000))
    assert company.last(moved).chances_percent == 70
    assert company.last(moved).probability_percent == exactly("24.5")
    assert company.last(moved).weighted_amount == 490


def test_a_skip_overrides_a_typed_chance_too(company: Company) -> None:
    """Skip to stage 2 with 99 typed: the stage's 25 counts."""
    no = company.started("MUL")
    company.go(SkipToStage(opportunity_no=no, stage=2, chances_percent=99))
    assert company.last(no).chances_percent == 25


def test_bc_14_switching_the_move_resets_the_chance(company: Company) -> None:
    """The form proposes 25 for next and 10 again for update."""
    opportunity = company.opportunity(company.started("MUL"))
    cycle = records.sales_cycle(company.store, "MUL")
    assert opportunity.propose(cycle, Move.NEXT, WORK_DATE).chances_percent == 25
    assert opportunity.propose(cycle, Move.UPDATE, WORK_DATE).chances_percent == 10


# --- days ---------------------------------------------------------------------------------------


def test_bc_16_days_open_on_the_outgoing_row(company: Company) -> None:
    """Next five days later: the old row has stood for 5 days, the new one stands."""
    no = company.started("ADD", today=date(2026, 1, 6))
    company.go(MoveToNextStage(opportunity_no=no, on=date(2026, 1, 11)))
    old, new = company.log(no)
    assert (old["valid_from"], old["valid_to"]) == (date(2026, 1, 6), date(2026, 1, 11))
    assert (new["valid_to"], new["from_stage"]) == (None, 1)


def test_bc_19_same_day_closing_date_is_replaced(company: Company) -> None:
    """A stage with 2W and an expected close on the very day gives two weeks more."""
    company.go(DefineStage(cycle_code="ADD", stage=2, chances_percent=40, date_formula="2W"))
    day = date(2026, 3, 2)
    no = company.started("ADD", today=day)
    company.go(MoveToNextStage(opportunity_no=no, on=day, expected_close_on=day), today=day)
    assert company.last(no).expected_close_on == date(2026, 3, 16)


def test_bc_21_dates_on_won(company: Company) -> None:
    """Closed for 14 February on the 20th: every date of the win is the 14th."""
    no = company.started("COM", today=date(2026, 1, 6))
    day = date(2026, 2, 14)
    company.go(
        CloseAsWon(opportunity_no=no, close_reason_code="W1", on=day), today=date(2026, 2, 20)
    )
    assert (company.last(no).on, company.last(no).expected_close_on) == (day, day)
    assert company.store.rows("select closed_on, status from opportunities") == [(day, "won")]


# --- which moves are offered -------------------------------------------------------------------


def test_bc_23_sets_at_the_first_stage(company: Company) -> None:
    """At stage 1 of COM: next, skip and update can be chosen; next is proposed."""
    no = company.started("COM")
    assert offered(company, no, Move.NEXT) == [2]
    assert offered(company, no, Move.PREVIOUS) == []
    assert offered(company, no, Move.SKIP) == [2, 3]
    assert offered(company, no, Move.UPDATE) == [1]
    assert offered(company, no, Move.JUMP) == []
    cycle = records.sales_cycle(company.store, "COM")
    assert cycle.selectable(1) == (Move.NEXT, Move.UPDATE, Move.SKIP)


def test_bc_25_skip_refused_when_the_next_stage_must_not_be_skipped(company: Company) -> None:
    """In CHA nothing may be skipped from stage 1; at stage 5 update is proposed."""
    no = company.started("CHA")
    with pytest.raises(StageNotOfferedError, match="not a valid selection"):
        company.go(SkipToStage(opportunity_no=no))
    cycle = records.sales_cycle(company.store, "CHA")
    assert Move.NEXT not in cycle.selectable(5)
    assert cycle.selectable(5)[0] is Move.UPDATE


def test_bc_28_jump_goes_backward(company: Company) -> None:
    """From 5 back to 2 in SEV."""
    no = company.at_stage("SEV", 5)
    company.go(JumpToStage(opportunity_no=no, stage=2))
    last = company.last(no)
    assert (last.action, last.from_stage, last.stage) == (Action.JUMP, 5, 2)
    assert (last.chances_percent, last.completed_percent) == (20, 5)
    assert last.path == "1 2 3 4 5 2"


def test_bc_29_update_keeps_the_stage(company: Company) -> None:
    """An update of MUL at stage 2 a week later: 3,000 at 50 are worth 525."""
    no = company.at_stage("MUL", 2, today=date(2026, 4, 1))
    company.go(
        UpdateOpportunity(opportunity_no=no, on=date(2026, 4, 8), amount=3000, chances_percent=50)
    )
    last = company.last(no)
    assert (last.action, last.stage, last.from_stage) == (Action.UPDATE, 2, 2)
    assert (last.probability_percent, last.weighted_amount) == (exactly("17.5"), 525)
    assert company.log(no)[1]["valid_to"] == date(2026, 4, 8)


def test_a_skip_to_the_very_next_stage_is_a_next(company: Company) -> None:
    """Picking the next stage by hand in a skip is recorded as next, in a jump as previous."""
    no = company.started("COM")
    company.go(SkipToStage(opportunity_no=no, stage=2))
    assert company.last(no).action is Action.NEXT
    back = company.at_stage("ADD", 4)
    company.go(JumpToStage(opportunity_no=back, stage=3))
    assert company.last(back).action is Action.PREVIOUS
    untouched = company.started("COM")
    company.go(SkipToStage(opportunity_no=untouched))
    assert company.last(untouched).action is Action.SKIP


# --- refusals of a move ------------------------------------------------------------------------


def test_bc_30_date_against_the_last_change(company: Company) -> None:
    """A day before the last change is refused, the same day is not."""
    day = date(2026, 3, 10)
    no = company.started("ADD", today=day)
    with pytest.raises(BeforeLastChangeError):
        company.go(UpdateOpportunity(opportunity_no=no, on=date(2026, 3, 9)))
    company.go(UpdateOpportunity(opportunity_no=no, on=day))
    assert company.log(no)[0]["valid_to"] == day


def test_bc_31_estimates_must_be_valid(company: Company) -> None:
    """No value, no chance, no closing date, one before the change: each refused in turn."""
    no = company.started("ADD")
    for wish, error in (
        ({"amount": 0}, NotPositiveError),
        ({"chances_percent": 0}, NotPositiveError),
        ({"expected_close_on": date(2026, 5, 14)}, ExpectedCloseError),
    ):
        with pytest.raises(error):
            company.go(UpdateOpportunity(opportunity_no=no, **wish))
    with pytest.raises(MissingFieldError):
        company.go(
            UpdateOpportunity(opportunity_no=no, on=date(2027, 1, 1)), today=date(2027, 1, 1)
        )
    assert len(company.log(no)) == 1


def test_bc_33_quote_required_on_next_and_a_cycle_without_stages(company: Company) -> None:
    """Without a quote COM does not go to stage 3; a cycle without stages goes nowhere."""
    no = company.at_stage("COM", 2)
    with pytest.raises(QuoteRequiredError):
        company.go(MoveToNextStage(opportunity_no=no))
    assert len(company.log(no)) == 2
    company.go(DefineSalesCycle(code="EMPTY"))
    with pytest.raises(NoStagesError):
        company.go(MoveToNextStage(opportunity_no=company.create("EMPTY")))


def test_next_without_first_is_refused(company: Company) -> None:
    """An opportunity not started can only be activated."""
    with pytest.raises(NotStartedError):
        company.go(MoveToNextStage(opportunity_no=company.create("COM")))


def test_bc_35_closed_opportunities_are_final(company: Company) -> None:
    """Neither an update nor another closing touches what is won."""
    no = company.won()
    for command in (
        UpdateOpportunity(opportunity_no=no),
        CloseAsLost(opportunity_no=no, close_reason_code="L1"),
    ):
        with pytest.raises(ClosedError):
            company.go(command)
    assert len(company.log(no)) == 2


# --- creating ----------------------------------------------------------------------------------


def test_bc_37_required_fields(company: Company) -> None:
    """Description, contact, owner, cycle, value, chance and closing date: named in this order."""
    wish: dict[str, object] = {"activate": True, "amount": 0, "chances_percent": 0}
    for field, value in (
        ("description", "Chairs"),
        ("contact_no", "C1"),
        ("owner_code", "SP1"),
        ("cycle_code", "CHA"),
        ("amount", 500),
        ("chances_percent", 10),
        ("expected_close_on", FAR),
    ):
        refused(company, CreateOpportunity(**wish), field)  # type: ignore[arg-type]
        wish[field] = value
    company.go(CreateOpportunity(**wish))  # type: ignore[arg-type]


def test_bc_39_defaults(company: Company) -> None:
    """From a contact with a salesperson, in a company with a default cycle."""
    company.go(
        DefineSetting(name="default_cycle", value="CHA"),
        DefineContact(no="P2", type="person", name="Helen Ray", company_no="C1", owner_code="JO"),
    )
    made = company.go(CreateOpportunity(description="Desks", contact_no="P2"))
    opportunity = company.opportunity(made[0].no)
    assert (opportunity.cycle_code, opportunity.owner_code) == ("CHA", "JO")
    assert (opportunity.company_no, opportunity.priority) == ("C1", Priority.NORMAL)
    assert (opportunity.created_on, opportunity.status) == (WORK_DATE, Status.NOT_STARTED)
    assert (opportunity.last, opportunity.at) == (None, None)


def test_bc_42_numbering(company: Company) -> None:
    """After OP000041 come 42 and 43; without a series nothing is created."""
    company.go(
        DefineNumberSeries(
            code="OP", starting_no="OP000001", ending_no="OP999999", last_no="OP000041"
        )
    )
    assert [company.create("COM"), company.create("COM")] == ["OP000042", "OP000043"]
    company.go(DefineSetting(name="opportunity_series", value=""))
    with pytest.raises(NumberSeriesMissingError):
        company.create("COM")


# --- closing and deleting ----------------------------------------------------------------------


def test_bc_47_close_checks(company: Company) -> None:
    """Nothing chosen, no reason, sales of 0: refused in this order."""
    no = company.started("COM")
    change = Change(on=WORK_DATE)
    with pytest.raises(OutcomeMissingError):
        company.opportunity(no).close(None, None, change, WORK_DATE)
    with pytest.raises(MissingFieldError):
        company.opportunity(no).close(Outcome.WON, None, change, WORK_DATE)
    with pytest.raises(NotPositiveError):
        company.go(CloseAsWon(opportunity_no=no, close_reason_code="W1", sales_amount=0))


def test_bc_49_closing_what_was_never_started(company: Company) -> None:
    """One row: no stage, nothing before, worth nothing."""
    no = company.create("COM")
    company.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"))
    (row,) = company.log(no)
    assert (row["stage"], row["from_stage"], row["amount"], row["path"]) == (0, 0, 0, "")
    assert (row["completed_percent"], row["probability_percent"]) == (100, 0)
    assert company.opportunity(no).status is Status.LOST


def test_bc_53_deleting_opportunities(company: Company) -> None:
    """In progress it stays; others go with their comments, and what was to be done remains."""
    running = company.started("COM")
    for no in (running, company.create("COM"), company.won(), company.lost()):
        company.go(
            AddComment(about="opportunity", no=no, text="Mind this"),
            CreateTask(description="Call back", due_on=FAR, opportunity_no=no),
        )
        if no == running:
            with pytest.raises(DeleteInProgressError):
                company.go(DeleteOpportunity(opportunity_no=no))
            assert company.opportunity(no).status is Status.IN_PROGRESS
            continue
        company.go(DeleteOpportunity(opportunity_no=no))
        with pytest.raises(UnknownOpportunityError):
            company.opportunity(no)
        assert comments.about(company.store, About.OPPORTUNITY, no) == []
    assert len(comments.about(company.store, About.OPPORTUNITY, running)) == 1
    assert records.count(company.store, "tasks", description="Call back") == 4


def test_bc_55_deleting_a_sales_cycle(company: Company) -> None:
    """An opportunity in progress keeps its cycle; won, lost and not started ones do not."""
    company.started("CHA")
    with pytest.raises(SalesCycleInUseError):
        company.go(RemoveSalesCycle(code="CHA"))
    company.won("COM")
    company.lost("COM")
    company.create("COM")
    company.go(RemoveSalesCycle(code="COM"))
    assert records.count(company.store, "stages", cycle_code="COM") == 0


def test_bc_57_edit_refusals(company: Company) -> None:
    """Another company is refused, a colleague is not; a campaign that was not running is."""
    no = company.started("COM")
    with pytest.raises(OtherCompanyError):
        company.go(EditOpportunity(opportunity_no=no, contact_no="C2"))
    company.go(EditOpportunity(opportunity_no=no, contact_no="P1"))
    assert company.last(no).contact_no == "P1"
    company.go(
        DefineCampaign(
            no="K1",
            starts_on=date(2026, 5, 16),
            ends_on=date(2026, 5, 17),
            activated=True,
        )
    )
    with pytest.raises(CampaignDatesError):
        company.go(EditOpportunity(opportunity_no=no, campaign_no="K1"))
