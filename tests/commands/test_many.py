"""Many opportunities at once: closed ones deleted, open ones given to one owner."""

import pytest

from pipeline.commands import (
    AddComment,
    CreateTask,
    DefineSalesperson,
    DeleteClosed,
    Reassign,
)
from pipeline.domain.errors import (
    BlockedSalespersonError,
    ClosedError,
    DeleteNotClosedError,
    NothingChosenError,
    UnknownOpportunityError,
)
from pipeline.domain.scope import Scope, Selection
from pipeline.reports.chosen import closed_numbers, reassignment
from pipeline.store import records
from tests.commands.conftest import WORK_DATE, Company


def test_closed_opportunities_are_deleted_together(company: Company) -> None:
    """Won and lost ones in one batch, with what was said about them; the others stay."""
    won, lost, open_one = company.won(), company.lost(), company.started("COM")
    company.go(AddComment(about="opportunity", no=won, text="They know us"))
    company.go(DeleteClosed(opportunity_nos=(won, lost)))
    for no in (won, lost):
        with pytest.raises(UnknownOpportunityError):
            company.opportunity(no)
    assert company.opportunity(open_one).no == open_one
    assert records.count(company.store, "comments") == 0
    (command,) = company.store.rows("select command from batches order by batch_id desc limit 1")
    assert command == ("delete closed",)


def test_one_that_is_open_again_stops_all_of_them(company: Company) -> None:
    """Nothing is deleted: the list has to be looked at again."""
    won, started = company.won(), company.started("COM")
    for other in (started, company.create("COM")):
        with pytest.raises(DeleteNotClosedError, match=f"{other} is "):
            company.go(DeleteClosed(opportunity_nos=(won, other)))
    with pytest.raises(NothingChosenError):
        company.go(DeleteClosed(opportunity_nos=()))
    assert company.opportunity(won).no == won


def test_the_numbers_of_what_is_closed_follow_the_filter(company: Company) -> None:
    """Only what scope and selection leave."""
    won, lost = company.won(), company.lost()
    company.started("COM")
    scope = Scope(as_of=WORK_DATE)
    both = Selection(statuses=("won", "lost"))
    assert sorted(closed_numbers(company.store, scope, both)) == sorted([won, lost])
    assert closed_numbers(company.store, scope, Selection(statuses=("lost",))) == [lost]
    nobody = Scope(as_of=WORK_DATE, owners=("JO",))
    assert closed_numbers(company.store, nobody, both) == []


def test_a_preview_says_what_a_reassignment_would_do(company: Company) -> None:
    """Closed ones stay, theirs stay, the others get the new owner; open tasks are counted."""
    mine, won = company.started("COM"), company.won()
    theirs = company.started("COM", owner_code="JO")
    company.go(CreateTask(opportunity_no=mine, description="Call", due_on=WORK_DATE))
    frame = reassignment(company.store, [mine, won, theirs], "JO").set_index("opportunity_no")
    assert frame["taken"].to_dict() == {mine: True, won: False, theirs: False}
    assert frame.loc[won, "what_happens"] == "stays: it is won"
    assert frame.loc[mine, "open_tasks"] == 1


def test_many_are_given_to_one_owner_or_none_of_them(company: Company) -> None:
    """One closed one among them stops all; so does a blocked owner."""
    one, two = company.started("COM"), company.create("COM")
    closed = company.won()
    with pytest.raises(ClosedError):
        company.go(*[Reassign(opportunity_no=no, owner_code="JO") for no in (one, closed)])
    assert company.opportunity(one).owner_code == "SP1"
    company.go(*[Reassign(opportunity_no=no, owner_code="JO") for no in (one, two)])
    assert {company.opportunity(no).owner_code for no in (one, two)} == {"JO"}
    company.go(DefineSalesperson(code="SP1", name="Sam Porter", blocked=True))
    with pytest.raises(BlockedSalespersonError):
        company.go(Reassign(opportunity_no=one, owner_code="SP1"))
