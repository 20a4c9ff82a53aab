"""Read the journal: what a batch wrote, what became of it, and who went on with it."""

import json
from datetime import datetime

from pipeline.domain.errors import UnknownBatchError
from pipeline.domain.undo import Batch, BuiltOn
from pipeline.store.connection import Session
from pipeline.store.frames import query_text
from pipeline.store.journal import Entry, Kind, key_text
from pipeline.store.record_names import record_name


def batch(session: Session, batch_id: int) -> Batch:
    """Give the newest batch of the chain that one belongs to. Raises `UnknownBatchError`."""
    found = batches(session, batch_id=batch_id)
    if not found:
        raise UnknownBatchError(batch_id)
    return found[0]


def batches(
    session: Session,
    *,
    batch_id: int | None = None,
    by: str | None = None,
    since: datetime | None = None,
) -> list[Batch]:
    """Give the journaled batches, a chain of undoing and doing again as one, the newest first."""
    rows = session.rows(
        query_text("journaled_batches"), {"batch_id": batch_id, "by": by, "since": since}
    )
    return [
        Batch(id=newest, first_id=first, command=command, by=who, at=at, is_undone=undone)
        for newest, first, command, who, at, undone in rows
    ]


def entries(session: Session, batch_id: int) -> list[Entry]:
    """Give what a batch wrote, in its order."""
    rows = session.rows(
        "select kind, table_name, key, before, after from journal where batch_id = ? "
        "order by place",
        [batch_id],
    )
    return [
        Entry(kind=Kind(kind), table=table, key=key, before=_columns(before), after=_columns(after))
        for kind, table, key, before, after in rows
    ]


def built_on(session: Session, batch_id: int) -> list[BuiltOn]:
    """Give the records of a batch that others, or the person, went on with since."""
    rows = session.rows(query_text("built_on"), {"batch_id": batch_id})
    return [
        BuiltOn(record=record_name(session, table, json.loads(key)), command=words, by=by, at=at)
        for table, key, _, words, by, at in rows
    ]


def last_touched(
    session: Session, table: str, where: dict[str, object]
) -> tuple[str, str, datetime] | None:
    """Give by what command, by whom and when a record was last written; None when not known."""
    return session.one(
        "select command, recorded_by, recorded_at from journal join batches using (batch_id) "
        "where table_name = ? and key = ? order by batch_id desc limit 1",
        [table, key_text(where)],
    )


def _columns(text: str | None) -> dict[str, object] | None:
    return None if text is None else dict(json.loads(text))
