"""Take a batch back: every record it touched is put as it was, the newest write first.

The log stays append-only. A transition is retracted; one that was retracted is appended again; an
opportunity that was entered is taken out from its first day on, and what was known before the
undoing stays readable as of then. Taking back is journaled like any other write, so that it can
be taken back too.
"""

from collections.abc import Callable
from datetime import date

from pipeline.domain.opportunities import Opportunity, Status
from pipeline.store import recording as record
from pipeline.store import records, removals
from pipeline.store.connection import Session
from pipeline.store.journal import Entry, Kind
from pipeline.store.recording import Stamp

_WON = Status.WON.value


def take_back(session: Session, entry: Entry, stamp: Stamp) -> None:
    """Put one record as it was before it was written."""
    if entry.kind is Kind.ROW and entry.table == "opportunities" and entry.before is None:
        _never_entered(session, entry, stamp)
    elif entry.kind is Kind.ROW:
        _put_back(session, entry)
    else:
        _OF_THE_LOG[entry.kind](session, entry, stamp)


def _put_back(session: Session, entry: Entry) -> None:
    """Delete a row that was inserted, insert one that was deleted, or change one back."""
    if entry.before is None:
        record.remove(session, entry.table, **entry.where)
    elif entry.after is None:
        record.insert(session, entry.table, **entry.before)
    else:
        values = _changed_back(session, entry, entry.before, entry.after)
        if values:
            record.change(session, entry.table, values, **entry.where)


def _changed_back(
    session: Session, entry: Entry, before: dict[str, object], after: dict[str, object]
) -> dict[str, object]:
    changed = {name: value for name, value in before.items() if after.get(name, value) != value}
    if entry.table == "number_series" and _numbers_given(session, entry, after):
        changed.pop("last_no", None)
    if entry.table == "contacts" and _bought_otherwise(session, entry):
        changed.pop("is_customer", None)
    return changed


def _numbers_given(session: Session, entry: Entry, after: dict[str, object]) -> bool:
    """Say whether a series gave numbers since; they are not given again."""
    series = records.number_series(session, str(entry.where["series_code"]))
    return series is not None and series.last_no != after.get("last_no")


def _bought_otherwise(session: Session, entry: Entry) -> bool:
    """Say whether a contact has bought with another opportunity too, and so stays a customer."""
    number = entry.where["contact_no"]
    return any(
        records.count(session, "opportunities", status=_WON, removed_on=None, **{column: number})
        for column in ("contact_no", "company_no")
    )


def _never_entered(session: Session, entry: Entry, stamp: Stamp) -> None:
    """Take an opportunity out from its first day on."""
    seen = _read(session, entry)
    record.deletion(session, seen, seen.created_on, stamp)


def _retract(session: Session, entry: Entry, stamp: Stamp) -> None:
    seen = _read(session, entry)
    rows = records.live_transitions(session, seen.id, newest=2)
    record.retraction(session, seen, rows[1] if len(rows) > 1 else None, stamp)


def _append_again(session: Session, entry: Entry, stamp: Stamp) -> None:
    seen = _read(session, entry)
    nth = int(str((entry.before or {})["nth"]))
    record.transition(session, seen, records.transition(session, seen.id, nth), stamp)


def _bring_back(session: Session, entry: Entry, stamp: Stamp) -> None:
    until = (entry.before or {}).get("restored_on")
    on = date.fromisoformat(str(until)) if until else None
    removals.end(session, _read(session, entry), stamp, on=on)


def _remove_again(session: Session, entry: Entry, stamp: Stamp) -> None:
    seen = _read(session, entry)
    until = removals.retract_gap(session, seen, stamp)
    day = date.fromisoformat(str((entry.before or {})["removed_on"]))
    record.deletion(session, seen, day, stamp, until=until)


_OF_THE_LOG: dict[Kind, Callable[[Session, Entry, Stamp], None]] = {
    Kind.TRANSITION: _retract,
    Kind.RETRACTION: _append_again,
    Kind.REMOVAL: _bring_back,
    Kind.RETURN: _remove_again,
}


def _read(session: Session, entry: Entry) -> Opportunity:
    row = session.one(
        "select opportunity_no from opportunities where opportunity_id = ?",
        [entry.where["opportunity_id"]],
    )
    return records.opportunity(session, str(row[0]) if row else "", removed=True)
