"""End the removal of an opportunity: as if it had never been, or from a day on."""

from datetime import date

from pipeline.domain.opportunities import Opportunity
from pipeline.store import recording as record
from pipeline.store.connection import Session
from pipeline.store.journal import Kind
from pipeline.store.recording import Stamp

_REMOVAL = ("removed_on", "removed_at", "removed_by")


def end(session: Session, seen: Opportunity, stamp: Stamp, *, on: date | None = None) -> None:
    """Let an opportunity that was removed be there again, and keep that it was not for a while.

    Without `on` it is as if it had never been removed. With `on` it is out until that day, and
    whoever calls appends the row that begins there.
    """
    removal = session.one(
        f"select {', '.join(_REMOVAL)} from opportunities where opportunity_id = ?", [seen.id]
    )
    removed = dict(zip(_REMOVAL, removal or (), strict=True))
    _keep(session, seen, removed, stamp, on)
    _there_again(session, seen, removed)
    if on is None and seen.last is not None:
        session.execute(
            "update transitions set valid_to = null where opportunity_id = ? and nth = ? "
            "and valid_from = ?",
            [seen.id, seen.last.nth, seen.last.on],
        )


def retract_gap(session: Session, seen: Opportunity, stamp: Stamp) -> date | None:
    """Take it back that an opportunity was restored, and give the day; it is out for good again.

    None where the newest removal ended as if it had never been.
    """
    row = session.one(
        "select max_by(ended_at, ended_at), max_by(restored_on, ended_at) from past_removals "
        "where opportunity_id = ? and retracted_at is null",
        [seen.id],
    )
    if row is None or row[1] is None:
        return None
    session.execute(
        "update past_removals set retracted_at = ? where opportunity_id = ? and ended_at = ?",
        [stamp.at, seen.id, row[0]],
    )
    day: date = row[1]
    return day


def _there_again(session: Session, seen: Opportunity, removed: dict[str, object]) -> None:
    nothing = dict.fromkeys(_REMOVAL)
    session.execute(
        "update opportunities set version = version + 1, removed_on = null, removed_at = null, "
        "removed_by = null where opportunity_id = ?",
        [seen.id],
    )
    if session.journal is not None:
        key = {"opportunity_id": seen.id}
        session.journal.note("opportunities", key, removed, nothing, Kind.RETURN)


def _keep(
    session: Session,
    seen: Opportunity,
    removed: dict[str, object],
    stamp: Stamp,
    on: date | None,
) -> None:
    record.insert(
        session,
        "past_removals",
        opportunity_id=seen.id,
        nth=seen.last.nth if seen.last else 0,
        **removed,
        ended_at=stamp.at,
        ended_by=stamp.by,
        restored_on=on,
    )
