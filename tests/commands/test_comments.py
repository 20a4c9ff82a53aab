"""Comments: about any record, edited, removed, gone with what they were about."""

from datetime import date

import pytest

from pipeline.commands import (
    AddComment,
    CreateTask,
    DefineCampaign,
    DeleteOpportunity,
    EditComment,
    LogInteraction,
    RemoveCampaign,
    RemoveComment,
    RemoveContact,
    RemoveSalesCycle,
    RemoveStage,
)
from pipeline.domain.comments import About
from pipeline.domain.errors import (
    ChoiceError,
    MissingFieldError,
    NothingToChangeError,
    TooLongError,
    UnknownCodeError,
    UnknownCommentError,
    UnknownStageError,
)
from pipeline.store import comments
from tests.commands.conftest import WORK_DATE, Company


@pytest.fixture
def told(company: Company) -> Company:
    """A company with one record of each kind that can be commented on: OP000001, TD000001, ...."""
    company.started("CHA")
    company.go(
        DefineCampaign(no="K1"),
        CreateTask(description="Call", due_on=WORK_DATE, owner_code="JO"),
        LogInteraction(description="Called", contact_no="C1"),
    )
    return company


RECORDS = {
    "opportunity": "OP000001",
    "contact": "C1",
    "sales cycle": "CHA",
    "stage": "CHA",
    "campaign": "K1",
    "task": "TD000001",
    "interaction": "IN000001",
}


@pytest.mark.parametrize("about", list(RECORDS))
def test_anything_can_be_commented_on(told: Company, about: str) -> None:
    """It is said on the work date by whoever says it; the lines stay as they were typed."""
    stage = 2 if about == "stage" else 0
    comment = AddComment(about=about, no=RECORDS[about], stage=stage, text=" Two\nlines \n")
    told.go(comment)
    (said,) = comments.about(told.store, About(about), RECORDS[about])
    assert (said.text, said.said_on, said.stage) == ("Two\nlines", WORK_DATE, stage)
    assert told.store.rows("select created_by from comments") == [("SP1",)]


@pytest.mark.parametrize("about", list(RECORDS))
def test_what_is_not_there_cannot_be_commented_on(told: Company, about: str) -> None:
    """Each kind of record refuses in its own words."""
    with pytest.raises(UnknownCodeError, match=about.replace("stage", "sales cycle")):
        told.go(AddComment(about=about, no="NONE", text="x"))
    with pytest.raises(UnknownStageError):
        told.go(AddComment(about="stage", no="CHA", stage=9, text="x"))


def test_a_comment_says_something_about_something_known(told: Company) -> None:
    """Blank, endless, about the weather: refused at their fields."""
    for text, refusal in (("  ", MissingFieldError), ("x" * 4001, TooLongError)):
        with pytest.raises(refusal):
            told.go(AddComment(about="contact", no="C1", text=text))
    with pytest.raises(ChoiceError):
        told.go(AddComment(about="weather", no="C1", text="Rain"))


def test_a_comment_is_edited_and_removed(told: Company) -> None:
    """Its day stays unless another is given."""
    (made,) = told.go(AddComment(about="contact", no="C1", text="Rich"))
    told.go(EditComment(comment_id=int(made.no), text="Poor"), today=date(2026, 6, 1))
    (said,) = comments.about(told.store, About.CONTACT, "C1")
    assert (said.text, said.said_on) == ("Poor", WORK_DATE)
    with pytest.raises(NothingToChangeError):
        told.go(EditComment(comment_id=said.id, text="Poor"))
    told.go(RemoveComment(comment_id=said.id))
    assert comments.about(told.store, About.CONTACT, "C1") == []
    with pytest.raises(UnknownCommentError):
        told.go(RemoveComment(comment_id=said.id))


def test_comments_go_with_what_they_are_about(told: Company) -> None:
    """A stage, its cycle with the others, a campaign, a contact, an opportunity not started."""
    no = told.create("SEV", contact_no="C1")
    for about, of, stage in (
        ("stage", "SEV", 7),
        ("stage", "SEV", 1),
        ("sales cycle", "SEV", 0),
        ("campaign", "K1", 0),
        ("contact", "C2", 0),
        ("opportunity", no, 0),
    ):
        told.go(AddComment(about=about, no=of, stage=stage, text="x"))
    told.go(AddComment(about="opportunity", no="OP000001", text="Stays"))
    told.go(RemoveStage(cycle_code="SEV", stage=7))
    left = told.store.rows("select about, no, stage from comments order by comment_id")
    assert ("stage", "SEV", 7) not in left
    assert ("stage", "SEV", 1) in left
    told.go(
        DeleteOpportunity(opportunity_no=no),
        RemoveSalesCycle(code="SEV"),
        RemoveCampaign(no="K1"),
        RemoveContact(no="C2"),
    )
    left = told.store.rows("select about, no, stage from comments")
    assert left == [("opportunity", "OP000001", 0)]
