"""Whether a batch may be taken back, and taking it back."""

from pipeline.domain import undo as rules
from pipeline.domain.settings import SETTINGS
from pipeline.domain.undo import Batch, BuiltOn
from pipeline.store import journal_reading as journal
from pipeline.store import recording as record
from pipeline.store import records, references
from pipeline.store.connection import Session
from pipeline.store.recording import Stamp
from pipeline.store.undoing import take_back


def undo(session: Session, batch_id: int, stamp: Stamp, *, again: bool = False) -> None:
    """Take a batch back, or the undoing of one (`again`).

    Raises `UnknownBatchError`, `OthersBatchError`, `UndoneAlreadyError`, `TooLongAgoError`,
    `BuiltOnError`; the transaction then takes everything back.
    """
    batch = journal.batch(session, batch_id)
    check(session, batch, stamp, again=again)
    entries = journal.entries(session, batch.id)
    for entry in reversed(entries):
        take_back(session, entry, stamp)
    _remember(session, batch, stamp)
    since = batch.id if again else None
    rules.check_free(batch, references.to_what_is_gone(session, entries, since=since))


def check(session: Session, batch: Batch, stamp: Stamp, *, again: bool = False) -> None:
    """Refuse what may not be taken back, as far as can be told beforehand.

    Raises `OthersBatchError`, `UndoneAlreadyError`, `TooLongAgoError`, `BuiltOnError`.
    """
    rules.check_mine(batch, stamp.by)
    if not again:
        rules.check_in_force(batch)
    rules.check_recent(batch, stamp.at, hours(session))
    rules.check_free(batch, _went_on(session, batch))


def hours(session: Session) -> int:
    """Give for how many hours something can be undone."""
    return int(records.setting(session, "undo_hours") or SETTINGS["undo_hours"])


def _went_on(session: Session, batch: Batch) -> list[BuiltOn]:
    entries = journal.entries(session, batch.id)
    return [
        *journal.built_on(session, batch.id),
        *references.from_what_is_restored(session, entries),
    ]


def _remember(session: Session, batch: Batch, stamp: Stamp) -> None:
    record.insert(
        session,
        "undoings",
        batch_id=stamp.batch_id,
        undone_batch_id=batch.id,
        first_batch_id=batch.first_id,
    )
