"""Say something about a record, say it differently, take it back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pipeline.commands.codes import chosen
from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.comments import LONGEST_COMMENT, About, Comment
from pipeline.domain.errors import MissingFieldError, NothingToChangeError, TooLongError
from pipeline.store import Session, comments, interactions, records, tasks
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class AddComment:
    """Say something about an opportunity, a contact, a sales cycle or its stage, a campaign, ….

    Also about a task and an interaction. `no` is the number or code of the record; a stage is
    named by its cycle and its number. Without a day it is said today.
    """

    about: str
    no: str
    text: str
    stage: int = 0
    said_on: date | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `ChoiceError`, `Unknown…Error`."""
        about = chosen(About, self.about, "What the comment is about", "about")
        new = Comment(
            id=0,
            about=about,
            no=_RECORDS[about](desk.session, self.no, self.stage),
            stage=self.stage if about is About.STAGE else 0,
            text=_said(self.text),
            said_on=self.said_on or desk.today,
        )
        numbered = replace(new, id=record.next_id(desk.session, "comment_id"))
        comments.add(desk.session, numbered, desk.stamp)
        return Recorded(what="comment", no=str(numbered.id))


@dataclass(frozen=True, kw_only=True)
class EditComment:
    """Say it differently, or of another day."""

    comment_id: int
    text: str
    said_on: date | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownCommentError`, `MissingFieldError`, `TooLongError`, ….

        And `NothingToChangeError`.
        """
        one = comments.comment(desk.session, self.comment_id)
        edited = replace(one, text=_said(self.text), said_on=self.said_on or one.said_on)
        if edited == one:
            raise NothingToChangeError("the comment")
        comments.change(desk.session, edited)
        return Recorded(what="comment", no=str(one.id))


@dataclass(frozen=True, kw_only=True)
class RemoveComment:
    """Take a comment back."""

    comment_id: int

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownCommentError`."""
        one = comments.comment(desk.session, self.comment_id)
        record.remove(desk.session, "comments", comment_id=one.id)
        return Recorded(what="comment", no=str(one.id))


def _said(typed: str) -> str:
    """Give the text of a comment; its lines stay."""
    lines = "\n".join(line.rstrip() for line in typed.strip().splitlines())
    if not lines:
        raise MissingFieldError("The comment", "text")
    if len(lines) > LONGEST_COMMENT:
        raise TooLongError("The comment", "text", len(lines), LONGEST_COMMENT)
    return lines


def _stage(session: Session, cycle_code: str, stage: int) -> str:
    cycle = records.sales_cycle(session, cycle_code)
    cycle.stage(stage)
    return cycle.code


_RECORDS: dict[About, Callable[[Session, str, int], str]] = {
    About.OPPORTUNITY: lambda session, no, _: records.opportunity(session, no).no,
    About.CONTACT: lambda session, no, _: records.contact(session, no).no,
    About.SALES_CYCLE: lambda session, no, _: records.sales_cycle(session, no).code,
    About.STAGE: _stage,
    About.CAMPAIGN: lambda session, no, _: records.campaign(session, no).no,
    About.TASK: lambda session, no, _: tasks.task(session, no).no,
    About.INTERACTION: lambda session, no, _: interactions.interaction(session, no).no,
}
"""Where a record is looked for: each gives its number, or refuses one that is not there."""
