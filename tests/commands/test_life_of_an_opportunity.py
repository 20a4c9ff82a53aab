"""What goes beyond Business Central: owners with a past, reopening, retracting, edits in words."""

from datetime import date

import pytest

from pipeline.commands import (
    AssignQuote,
    CloseAsLost,
    CloseAsWon,
    CreateOpportunity,
    DefineContact,
    DefineQuote,
    DefineSalesperson,
    DefineStage,
    DeleteOpportunity,
    EditOpportunity,
    JumpToStage,
    MoveToNextStage,
    Reassign,
    RemoveStage,
    Reopen,
    ReorderStages,
    RetractLastTransition,
    UpdateOpportunity,
)
from pipeline.domain.cycles import Move
from pipeline.domain.errors import (
    AfterTodayError,
    BeforeLastChangeError,
    BlockedSalespersonError,
    ChangedMeanwhileError,
    ClosedError,
    CompanyMissingError,
    ExpectedCloseError,
    MissingFieldError,
    NothingToChangeError,
    NothingToRetractError,
    QuoteContactError,
    QuoteTakenError,
    StageInUseError,
    StageOrderError,
    UnknownSalespersonError,
)
from pipeline.domain.opportunities import Status
from pipeline.domain.transitions import Action
from pipeline.store import records
from tests.commands.conftest import FAR, WORK_DATE, Company

LATER = date(2026, 5, 20)


def test_past_owners_keep_their_past(company: Company) -> None:
    """Reassigned on the 20th: up to then the log names the owner it had."""
    no = company.started("ADD")
    company.go(Reassign(opportunity_no=no, owner_code="JO"), today=LATER)
    old, new = company.log(no)
    assert (old["owner_code"], old["valid_to"]) == ("SP1", LATER)
    assert (new["owner_code"], new["action"], new["stage"]) == ("JO", "reassign", 1)
    assert new["path"] == old["path"] == "1"
    assert new["weighted_amount"] == old["weighted_amount"]


def test_an_owner_must_exist_and_may_not_be_blocked(company: Company) -> None:
    """A misspelt code names the nearest one; the same owner again is no change."""
    company.go(DefineSalesperson(code="OLD", name="Gone", blocked=True))
    no = company.started("ADD")
    with pytest.raises(UnknownSalespersonError, match="Did you mean SP1"):
        company.go(Reassign(opportunity_no=no, owner_code="SP2"))
    with pytest.raises(BlockedSalespersonError):
        company.go(Reassign(opportunity_no=no, owner_code="OLD"))
    with pytest.raises(NothingToChangeError):
        company.go(Reassign(opportunity_no=no, owner_code="SP1"))


def test_one_not_started_is_reassigned_without_a_row(company: Company) -> None:
    """It has no log yet; the opportunity itself changes hands."""
    no = company.create("ADD")
    company.go(Reassign(opportunity_no=no, owner_code="JO"))
    assert company.opportunity(no).owner_code == "JO"
    assert company.log(no) == []


def test_a_lost_one_is_reopened_where_it_was_lost(company: Company) -> None:
    """Lost at stage 2, reopened with a reason: a new stay in stage 2, the loss stays readable."""
    no = company.at_stage("ADD", 2)
    company.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"))
    with pytest.raises(MissingFieldError):
        company.go(Reopen(opportunity_no=no))
    company.go(Reopen(opportunity_no=no, note="They called", expected_close_on=FAR), today=LATER)
    last = company.last(no)
    assert (last.action, last.stage, last.path, last.amount) == (Action.REOPEN, 2, "1 2 2", 1000)
    assert company.opportunity(no).status is Status.IN_PROGRESS
    assert [row["action"] for row in company.log(no)] == ["first", "next", "lost", "reopen"]


def test_the_last_transition_can_be_retracted(company: Company) -> None:
    """Won by mistake: retracted, it is in progress again, and both are in the log."""
    no = company.started("ADD")
    company.go(CloseAsWon(opportunity_no=no, close_reason_code="W1"))
    company.go(RetractLastTransition(opportunity_no=no))
    first, won = company.log(no)
    assert (first["valid_to"], won["retracted_by"]) == (None, "SP1")
    assert company.opportunity(no).status is Status.IN_PROGRESS
    company.go(MoveToNextStage(opportunity_no=no))
    assert [row["nth"] for row in company.log(no)] == [1, 2, 3]


def test_retracting_the_first_transition_leaves_it_not_started(company: Company) -> None:
    """And then there is nothing more to retract."""
    no = company.started("ADD")
    company.go(RetractLastTransition(opportunity_no=no))
    assert company.opportunity(no).status is Status.NOT_STARTED
    with pytest.raises(NothingToRetractError):
        company.go(RetractLastTransition(opportunity_no=no))


def test_retracting_an_update_keeps_the_day_the_stay_began(company: Company) -> None:
    """The stage was entered on the 15th, whatever updates came and went."""
    no = company.started("ADD")
    for _ in range(2):
        company.go(UpdateOpportunity(opportunity_no=no, amount=7), today=LATER)
    company.go(RetractLastTransition(opportunity_no=no))
    assert company.store.rows("select stage_since, standing_since from opportunities") == [
        (WORK_DATE, LATER)
    ]


def test_who_looked_at_an_older_version_is_told_what_changed(company: Company) -> None:
    """The second of two people who open the same form."""
    no = company.started("ADD")
    seen = company.opportunity(no).version
    company.go(MoveToNextStage(opportunity_no=no, seen=seen))
    with pytest.raises(ChangedMeanwhileError, match="SP1: next on 2026-05-15"):
        company.go(CloseAsLost(opportunity_no=no, close_reason_code="L1", seen=seen))
    assert company.opportunity(no).status is Status.IN_PROGRESS


def test_a_retraction_is_a_change_too(company: Company) -> None:
    """Whoever saw the retracted row is told."""
    no = company.at_stage("ADD", 2)
    seen = company.opportunity(no).version
    company.go(RetractLastTransition(opportunity_no=no))
    with pytest.raises(ChangedMeanwhileError, match="retracted next"):
        company.go(MoveToNextStage(opportunity_no=no, seen=seen))


def test_an_edit_says_in_words_what_it_changed(company: Company) -> None:
    """Priority and contact, on one row that leaves the figures alone."""
    no = company.started("ADD")
    company.go(EditOpportunity(opportunity_no=no, priority="high", contact_no="P1"))
    last = company.last(no)
    assert last.note == "contact: C1 → P1; priority: normal → high"
    assert (last.action, last.stage, last.amount) == (Action.EDIT, 1, 1000)
    with pytest.raises(NothingToChangeError):
        company.go(EditOpportunity(opportunity_no=no, priority="high"))


def test_a_closed_one_keeps_all_but_its_description(company: Company) -> None:
    """A spelling mistake may be mended; the contact may not change."""
    no = company.won()
    company.go(EditOpportunity(opportunity_no=no, description="Swivel chairs"))
    assert company.opportunity(no).description == "Swivel chairs"
    with pytest.raises(ClosedError):
        company.go(EditOpportunity(opportunity_no=no, contact_no="P1"))


def test_nothing_happens_tomorrow(company: Company) -> None:
    """A change dated after the work date is refused, and one before the creation, too."""
    no = company.started("ADD")
    with pytest.raises(AfterTodayError):
        company.go(UpdateOpportunity(opportunity_no=no, on=LATER))
    with pytest.raises(BeforeLastChangeError):
        company.go(CloseAsLost(opportunity_no=no, close_reason_code="L1", on=date(2026, 5, 14)))


def test_a_close_date_before_the_creation_is_refused(company: Company) -> None:
    """Also by the form that creates."""
    with pytest.raises(ExpectedCloseError):
        company.go(
            CreateOpportunity(
                description="Late",
                contact_no="C1",
                owner_code="SP1",
                cycle_code="ADD",
                activate=True,
                amount=1,
                expected_close_on=date(2026, 5, 14),
            )
        )


def test_an_update_proposes_the_expected_close_it_has(company: Company) -> None:
    """And the chance that was typed in this stage; the next stage brings its own."""
    no = company.started("ADD", chances_percent=35)
    opportunity = company.opportunity(no)
    cycle = records.sales_cycle(company.store, "ADD")
    update = opportunity.propose(cycle, Move.UPDATE, WORK_DATE)
    assert (update.chances_percent, update.expected_close_on) == (35, FAR)
    assert opportunity.propose(cycle, Move.NEXT, WORK_DATE).chances_percent == 40


def test_reordering_does_not_rewrite_the_log(company: Company) -> None:
    """Stage 3 is put before 2: from 1 the next stage is now 3, the log keeps its numbers."""
    no = company.started("ADD")
    company.go(ReorderStages(cycle_code="ADD", stages=(1, 3, 2, 4)))
    company.go(
        DefineQuote(no="Q1", contact_no="C1", amount=900),
        AssignQuote(opportunity_no=no, quote_no="Q1"),
        MoveToNextStage(opportunity_no=no),
    )
    assert company.last(no).path == "1 3"
    company.go(MoveToNextStage(opportunity_no=no))
    assert company.last(no).path == "1 3 2"
    with pytest.raises(StageOrderError):
        company.go(ReorderStages(cycle_code="ADD", stages=(1, 2)))


def test_a_stage_somebody_stands_in_stays(company: Company) -> None:
    """Removed it can be once they have moved on; history does not hold it."""
    no = company.at_stage("ADD", 2)
    with pytest.raises(StageInUseError):
        company.go(RemoveStage(cycle_code="ADD", stage=2))
    company.go(JumpToStage(opportunity_no=company.at_stage("ADD", 4)))
    company.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"))
    company.go(RemoveStage(cycle_code="ADD", stage=2))
    assert [stage.stage for stage in records.sales_cycle(company.store, "ADD").stages] == [1, 3, 4]


def test_a_quote_belongs_to_one_opportunity_and_its_contact(company: Company) -> None:
    """Its amount is what a win brings, whatever was typed."""
    first, second = company.started("ADD"), company.started("ADD")
    company.go(
        DefineQuote(no="Q1", contact_no="C1", amount=4200),
        DefineQuote(no="Q2", contact_no="C2", amount=1),
        AssignQuote(opportunity_no=first, quote_no="Q1"),
    )
    with pytest.raises(QuoteTakenError):
        company.go(AssignQuote(opportunity_no=second, quote_no="Q1"))
    with pytest.raises(QuoteContactError):
        company.go(AssignQuote(opportunity_no=second, quote_no="Q2"))
    company.go(CloseAsWon(opportunity_no=first, close_reason_code="W1", sales_amount=5))
    assert company.last(first).weighted_amount == 4200


def test_a_win_makes_the_company_a_customer(company: Company) -> None:
    """A person's company becomes one; a person whose company is missing cannot."""
    company.go(DefineContact(no="P9", type="person", name="Ann", company_no="C2"))
    no = company.started("ADD", contact_no="P9")
    company.go(CloseAsWon(opportunity_no=no, close_reason_code="W1"))
    assert records.contact(company.store, "C2").is_customer
    company.store.execute("update contacts set company_no = 'C8' where contact_no = 'P1'")
    other = company.started("ADD", contact_no="P1")
    with pytest.raises(CompanyMissingError):
        company.go(CloseAsWon(opportunity_no=other, close_reason_code="W1"))


def test_a_batch_is_all_or_nothing(company: Company) -> None:
    """The second command is refused, so the first leaves no trace either."""
    no = company.started("ADD")
    with pytest.raises(MissingFieldError):
        company.go(MoveToNextStage(opportunity_no=no), CreateOpportunity(description=" "))
    assert len(company.log(no)) == 1


def test_a_deleted_one_is_still_there_on_the_days_before(company: Company) -> None:
    """Its last row ends on the day it was deleted."""
    no = company.lost()
    opportunity_id = company.opportunity(no).id
    company.go(DeleteOpportunity(opportunity_no=no), today=LATER)
    ends = company.store.rows(
        "select valid_to from transitions where opportunity_id = ? and action = 'lost'",
        [opportunity_id],
    )
    assert ends == [(LATER,)]


def test_changing_a_stage_leaves_what_was_recorded(company: Company) -> None:
    """The new percentages apply from the next transition on."""
    no = company.started("ADD")
    company.go(DefineStage(cycle_code="ADD", stage=1, completed_percent=50, chances_percent=50))
    assert company.last(no).probability_percent == 11
    company.go(UpdateOpportunity(opportunity_no=no))
    assert company.last(no).probability_percent == 35
