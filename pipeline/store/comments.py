"""Read and write comments."""

from pipeline.domain.comments import About, Comment
from pipeline.domain.errors import UnknownCommentError
from pipeline.store import recording as record
from pipeline.store.connection import Session

_COLUMNS = "comment_id, about, no, stage, said_on, text"


def comment(session: Session, comment_id: int) -> Comment:
    """Give a comment. Raises `UnknownCommentError`."""
    row = session.one(f"select {_COLUMNS} from comments where comment_id = ?", [comment_id])
    if row is None:
        raise UnknownCommentError(str(comment_id))
    return _comment(row)


def about(session: Session, what: About, no: str, stage: int | None = None) -> list[Comment]:
    """Give the comments about a record, the oldest first; of a cycle's stages, of all or one."""
    rows = session.rows(
        f"select {_COLUMNS} from comments where about = $about and no = $no "
        "and ($stage is null or stage = $stage) order by said_on, comment_id",
        {"about": what.value, "no": no, "stage": stage},
    )
    return [_comment(row) for row in rows]


def add(session: Session, new: Comment, stamp: record.Stamp) -> None:
    """Record a new comment."""
    record.insert(
        session,
        "comments",
        comment_id=new.id,
        about=new.about.value,
        no=new.no,
        stage=new.stage,
        said_on=new.said_on,
        text=new.text,
        created_at=stamp.at,
        created_by=stamp.by,
        batch_id=stamp.batch_id,
    )


def change(session: Session, comment: Comment) -> None:
    """Record a comment that is there as it stands now."""
    record.put(
        session,
        "comments",
        ("comment_id",),
        comment_id=comment.id,
        said_on=comment.said_on,
        text=comment.text,
    )


def forget(session: Session, what: About, no: str, stage: int | None = None) -> None:
    """Delete the comments about a record that is removed."""
    of_stage = {} if stage is None else {"stage": stage}
    record.remove(session, "comments", about=what.value, no=no, **of_stage)


def _comment(row: tuple) -> Comment:  # type: ignore[type-arg]
    comment_id, what, no, stage, said_on, text = row
    return Comment(id=comment_id, about=About(what), no=no, stage=stage, said_on=said_on, text=text)
