"""Two opportunities that are one: what goes over, what is refused, what comes back."""

from datetime import date, timedelta

import pytest

from pipeline.commands import (
    CreateQuote,
    CreateTask,
    DefineCampaign,
    EditOpportunity,
    KeepApart,
    MergeOpportunities,
    MoveToNextStage,
    PostponeTask,
    UnmergeOpportunities,
)
from pipeline.domain.errors import (
    NotMergedError,
    SameOpportunityError,
    SurvivorGoneError,
    UnknownOpportunityError,
    WinWouldGoError,
)
from pipeline.domain.scope import Scope
from pipeline.reports import all_likely_twins, weighted_pipeline
from pipeline.reports.twins import likely_twins
from pipeline.store import merging
from tests.commands.conftest import FAR, WORK_DATE, Company

LATER = WORK_DATE + timedelta(days=4)
A, B, C = "OP000001", "OP000002", "OP000003"
MERGE = MergeOpportunities(survivor_no=A, loser_no=B)


@pytest.fixture
def pair(company: Company) -> Company:
    """Two alike; the second has a task, a campaign and a quote."""
    company.started("ADD")
    company.started("ADD")
    company.go(
        DefineCampaign(
            no="FAIR", description="Fair", starts_on=WORK_DATE, ends_on=FAR, activated=True
        ),
        CreateTask(description="Call", due_on=FAR, opportunity_no=B),
        CreateTask(description="Write", due_on=FAR, opportunity_no=B),
        EditOpportunity(opportunity_no=B, campaign_no="FAIR"),
        CreateQuote(opportunity_no=B, amount=900),
    )
    return company


def _tasks_of(company: Company, no: str) -> list[str]:
    rows = company.store.rows(
        "select task_no from tasks join opportunities using (opportunity_id) "
        "where opportunity_no = ? order by 1",
        [no],
    )
    return [row[0] for row in rows]


def test_what_is_around_the_loser_goes_over(pair: Company) -> None:
    """Tasks, campaign and quote; the loser is there no more."""
    pair.go(MERGE, today=LATER)
    survivor = pair.opportunity(A)
    assert survivor.campaign_no == "FAIR"
    assert survivor.quote is not None
    assert _tasks_of(pair, A) == ["TD000001", "TD000002"]
    with pytest.raises(UnknownOpportunityError):
        pair.opportunity(B)
    assert [one.loser_no for one in merging.swallowed(pair.store, A)] == [B]


def test_what_went_over_comes_back(pair: Company) -> None:
    """Campaign, quote and tasks, one that was postponed in the meantime too."""
    pair.go(MERGE, today=LATER)
    pair.go(PostponeTask(task_no="TD000001", due_on=FAR + timedelta(days=9)), today=LATER)
    pair.go(UnmergeOpportunities(loser_no=B), today=LATER + timedelta(days=2))
    assert pair.opportunity(B).quote is not None
    assert pair.opportunity(A).quote is None
    assert pair.opportunity(A).campaign_no is None
    assert pair.opportunity(B).campaign_no == "FAIR"
    assert _tasks_of(pair, B) == ["TD000001", "TD000002"]


def test_the_pipeline_counts_one_while_merged_and_two_again(pair: Company) -> None:
    """After the one that stayed was moved on as well; the day before the merge never changes."""
    before, then = _pipeline(pair, LATER), _pipeline(pair, WORK_DATE)
    assert before["opportunities"] == 2
    pair.go(MERGE, today=LATER)
    assert _pipeline(pair, LATER) == before | {
        "opportunities": 1,
        "amount": before["amount"] / 2,
        "weighted_amount": before["weighted_amount"] / 2,
    }
    pair.go(MoveToNextStage(opportunity_no=A), today=LATER)
    moved = _pipeline(pair, LATER)
    pair.go(UnmergeOpportunities(loser_no=B), today=LATER)
    assert _pipeline(pair, LATER) == {name: moved[name] + before[name] / 2 for name in before}
    assert _pipeline(pair, WORK_DATE) == then


def _pipeline(company: Company, day: date) -> dict[str, float]:
    totals = weighted_pipeline(company.store, Scope(as_of=day)).totals
    shown = ("opportunities", "amount", "weighted_amount")
    return {name: float(totals[name] or 0) for name in shown}


def test_an_opportunity_is_not_merged_with_itself(pair: Company) -> None:
    """The field to mend is named."""
    with pytest.raises(SameOpportunityError):
        pair.go(MergeOpportunities(survivor_no=A, loser_no=A))
    with pytest.raises(SameOpportunityError):
        pair.go(KeepApart(opportunity_no=A, other_nos=(A,)))


def test_a_win_does_not_leave_the_statistics(company: Company) -> None:
    """The won one stays; the other way round it is refused."""
    won = company.won("ADD")
    other = company.started("ADD")
    with pytest.raises(WinWouldGoError):
        company.go(MergeOpportunities(survivor_no=other, loser_no=won))
    company.go(MergeOpportunities(survivor_no=won, loser_no=other))
    assert company.opportunity(won).no == won


def test_only_what_was_merged_is_taken_apart(pair: Company) -> None:
    """Nor while the survivor is gone itself, into a third one."""
    with pytest.raises(NotMergedError):
        pair.go(UnmergeOpportunities(loser_no=B))
    pair.started("ADD")
    pair.go(MERGE, MergeOpportunities(survivor_no=C, loser_no=A))
    with pytest.raises(SurvivorGoneError):
        pair.go(UnmergeOpportunities(loser_no=B))
    pair.go(UnmergeOpportunities(loser_no=A), UnmergeOpportunities(loser_no=B))
    assert pair.opportunity(B).status.value == "in progress"


def test_a_pair_that_is_two_is_no_twin_any_more(company: Company) -> None:
    """Neither in the list nor when one of them is looked at; others are."""
    for _ in range(3):
        company.started("ADD")
    scope = Scope(as_of=WORK_DATE)
    assert len(all_likely_twins(company.store, scope).frame) == 3
    company.go(KeepApart(opportunity_no=B, other_nos=(A,)))
    report = all_likely_twins(company.store, scope)
    assert (len(report.frame), report.totals["twins"]) == (2, 2)
    assert (A, B) not in set(
        zip(report.frame["opportunity_no"], report.frame["twin_no"], strict=True)
    )
    found = likely_twins(company.store, "C1", "Chairs", 1000, but=company.opportunity(A))
    assert found["twin_no"].tolist() == [C]


def test_twins_are_sought_in_companies_that_are_called_alike(company: Company) -> None:
    """A new company that is nearly one there is; its opportunity is nearly one there is, too."""
    company.started("ADD")
    found = likely_twins(company.store, None, "chairs", company_name="Adatum Ltd")
    assert found["twin_no"].tolist() == [A]
    assert likely_twins(company.store, None, "chairs", company_name="Northwind").empty


def test_a_person_of_the_company_has_its_twins(company: Company) -> None:
    """The company counts, not who of it is the contact; what is closed is no twin."""
    company.started("ADD")
    company.won("ADD")
    found = likely_twins(company.store, "P1", "Chairs")
    assert found["twin_no"].tolist() == [A]
    assert found["reasons"].tolist() == ["same company; same words"]
