"""Record that two opportunities are one, that they are two again, or that they never were one."""

from dataclasses import dataclass
from datetime import date

from pipeline.domain.opportunities import Change, Opportunity
from pipeline.domain.transitions import Action
from pipeline.store import journal_reading as journal
from pipeline.store import recording as record
from pipeline.store import records, removals
from pipeline.store.connection import Session
from pipeline.store.recording import Stamp

_MOVED = ("tasks", "interactions")
FILLED = ("campaign_no", "quote_no")
"""What the survivor takes over where it has none."""


@dataclass(frozen=True, kw_only=True)
class Merge:
    """A merge that is in force."""

    loser_id: int
    loser_no: str
    survivor_id: int
    survivor_no: str
    merged_on: date
    batch_id: int


def into(session: Session, loser_no: str) -> Merge | None:
    """Give the merge in which an opportunity went into another one; None when there is none."""
    found = _merges(session, "losers.opportunity_no = ?", loser_no)
    return found[0] if found else None


def swallowed(session: Session, survivor_no: str) -> list[Merge]:
    """Give the merges in which others went into an opportunity, the newest first."""
    return _merges(session, "survivors.opportunity_no = ?", survivor_no)


def _merges(session: Session, condition: str, no: str) -> list[Merge]:
    rows = session.rows(
        "select merges.opportunity_id, losers.opportunity_no, survivor_id, "
        "survivors.opportunity_no, merged_on, merges.batch_id from merges "
        "join opportunities as losers on losers.opportunity_id = merges.opportunity_id "
        "join opportunities as survivors on survivors.opportunity_id = survivor_id "
        f"where ended_at is null and {condition} order by merges.merged_at desc",
        [no],
    )
    return [
        Merge(
            loser_id=loser_id,
            loser_no=loser_no,
            survivor_id=survivor_id,
            survivor_no=survivor_no,
            merged_on=merged_on,
            batch_id=batch_id,
        )
        for loser_id, loser_no, survivor_id, survivor_no, merged_on, batch_id in rows
    ]


def merge(
    session: Session, survivor: Opportunity, loser: Opportunity, on: date, stamp: Stamp
) -> None:
    """Take the loser out from the day on; what is around it goes over to the survivor."""
    filled = taken_over(survivor, loser)
    if "quote_no" in filled:
        record.fields(session, loser, quote_no=None)
        loser = records.opportunity(session, loser.no)
    record.deletion(session, loser, on, stamp)
    if filled:
        record.fields(session, survivor, **filled)
    for table in _MOVED:
        record.change(session, table, {"opportunity_id": survivor.id}, opportunity_id=loser.id)
    record.insert(
        session,
        "merges",
        opportunity_id=loser.id,
        survivor_id=survivor.id,
        merged_on=max(on, loser.last.on) if loser.last else on,
        merged_at=stamp.at,
        merged_by=stamp.by,
        batch_id=stamp.batch_id,
    )


def taken_over(survivor: Opportunity, loser: Opportunity) -> dict[str, object]:
    """Give what the survivor has not and takes over from the loser."""
    quote_no = loser.quote.no if loser.quote else None
    given = {"campaign_no": loser.campaign_no, "quote_no": quote_no}
    has = {"campaign_no": survivor.campaign_no, "quote_no": survivor.quote}
    fits = {"campaign_no": True, "quote_no": survivor.company_no == loser.company_no}
    return {
        name: value
        for name, value in given.items()
        if value is not None and has[name] is None and fits[name]
    }


def unmerge(session: Session, merged: Merge, on: date, stamp: Stamp) -> None:
    """Let the loser be there again from the day on, with what went over and was not touched since.

    The time it was out stays a gap in its log. On the day of the merge it is as if it had never
    been out.
    """
    loser = records.opportunity(session, merged.loser_no, removed=True)
    row = loser.annotate(Action.EDIT, Change(on=on, note="taken apart again"), on)
    from_day = on if _leaves_a_gap(loser, merged, on) else None
    removals.end(session, loser, stamp, on=from_day)
    if from_day is not None and row is not None:
        again = records.opportunity(session, merged.loser_no, removed=True)
        record.transition(session, again, row, stamp)
    _give_back(session, merged)
    record.change(
        session,
        "merges",
        {"ended_at": stamp.at, "ended_by": stamp.by},
        opportunity_id=merged.loser_id,
        batch_id=merged.batch_id,
    )


def _leaves_a_gap(loser: Opportunity, merged: Merge, on: date) -> bool:
    """Only what was in progress is missing meanwhile; what was closed or a draft goes on so."""
    in_progress = loser.last is not None and loser.last.stage > 0
    return in_progress and on > merged.merged_on


def _give_back(session: Session, merged: Merge) -> None:
    """Take back over what the merge had moved and nobody has changed since."""
    for entry in reversed(journal.entries(session, merged.batch_id)):
        values = dict(entry.before or {})
        now = entry.after or {}
        changed = {name: value for name, value in values.items() if now.get(name) != value}
        is_moved = entry.table in _MOVED
        is_filled = entry.table == "opportunities" and set(changed) <= set(FILLED)
        if (
            changed
            and (is_moved or is_filled)
            and _is_still(session, entry.table, now, changed, entry.where)
        ):
            record.change(session, entry.table, changed, **entry.where)


def _is_still(
    session: Session,
    table: str,
    now: dict[str, object],
    changed: dict[str, object],
    where: dict[str, object],
) -> bool:
    """Say whether a record still holds what the merge wrote."""
    return records.count(session, table, **where, **{name: now.get(name) for name in changed}) > 0


def keep_apart(session: Session, one: Opportunity, other: Opportunity, stamp: Stamp) -> None:
    """Remember that two opportunities are not the same, whatever they look like."""
    first, second = sorted((one.id, other.id))
    record.put(
        session,
        "not_twins",
        ("opportunity_id", "other_id"),
        opportunity_id=first,
        other_id=second,
        said_at=stamp.at,
        said_by=stamp.by,
        batch_id=stamp.batch_id,
    )
