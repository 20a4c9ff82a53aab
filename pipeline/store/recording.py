"""Write single records: a transition with its guard, an opportunity, a set-up record, a batch."""

from dataclasses import dataclass
from datetime import date, datetime

from pipeline.domain.errors import NumberSeriesMissingError
from pipeline.domain.numbers import NumberSeries
from pipeline.domain.opportunities import Opportunity, Status
from pipeline.domain.transitions import CLOSES, STARTS_A_STAY, Transition
from pipeline.store import records
from pipeline.store.connection import Session
from pipeline.store.journal import Columns, Kind, give_up
from pipeline.store.rows import change, insert, insert_silently, next_id, put, remove

__all__ = [
    "FIGURES",
    "Stamp",
    "batch",
    "change",
    "check_manual_number",
    "customer",
    "deletion",
    "fields",
    "give_up",
    "insert",
    "next_id",
    "next_number",
    "number_series",
    "opportunity",
    "put",
    "remove",
    "retraction",
    "transition",
]

FIGURES = (
    "cycle_code",
    "stage",
    "path",
    "amount",
    "chances_percent",
    "completed_percent",
    "probability_percent",
    "weighted_amount",
    "expected_close_on",
    "owner_code",
    "contact_no",
    "forecast_category",
    "close_reason_code",
)
"""The columns that the log and the copy of the standing share."""

_TOLD = tuple(name for name in FIGURES if name not in {"path", "probability_percent"})
"""The columns of a standing that the journal tells."""

_SEEN_FIELDS = {
    "description",
    "contact_no",
    "company_no",
    "owner_code",
    "cycle_code",
    "campaign_no",
    "priority",
    "quote_no",
}
"""The fields that were read with the opportunity: their old values need no query."""

_EMPTY = (
    "stage",
    "amount",
    "weighted_amount",
    "expected_close_on",
    "forecast_category",
    "close_reason_code",
    "standing_since",
    "stage_since",
    "started_on",
    "closed_on",
)
"""What an opportunity has none of before it is started."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Who recorded something, when, and in which batch."""

    batch_id: int
    at: datetime
    """The moment of recording, UTC without a zone."""
    by: str


def batch(session: Session, stamp: Stamp, names: list[str]) -> None:
    """Record one call of carry_out: who, when, what was asked for in words, and its journal."""
    words = ", ".join(dict.fromkeys(names))
    insert(
        session,
        "batches",
        batch_id=stamp.batch_id,
        recorded_at=stamp.at,
        recorded_by=stamp.by,
        command=words,
        commands=len(names),
    )
    if session.journal is not None:
        session.journal.write(session, stamp.batch_id)


def number_series(session: Session, series: NumberSeries) -> None:
    """Record a number series as it stands now."""
    put(
        session,
        "number_series",
        ("series_code",),
        series_code=series.code,
        description=series.description,
        starting_no=series.starting_no,
        ending_no=series.ending_no,
        last_no=series.last_no,
        step=series.step,
        manual_allowed=series.manual_allowed,
    )


def next_number(session: Session, setting: str) -> str:
    """Give the next number of the series that a setting names.

    Raises `NumberSeriesMissingError`, `NumberSeriesEndedError`.
    """
    series = _series(session, setting).next()
    # not journaled: a number that was given is not given again, whatever is undone
    session.execute(
        "update number_series set last_no = ? where series_code = ?", [series.last_no, series.code]
    )
    return str(series.last_no)


def check_manual_number(session: Session, setting: str) -> None:
    """Refuse a typed number where the series gives them all. Raises `ManualNumberError`."""
    _series(session, setting).check_manual()


def _series(session: Session, setting: str) -> NumberSeries:
    code = records.setting(session, setting)
    series = records.number_series(session, code) if code else None
    if series is None:
        raise NumberSeriesMissingError(setting)
    return series


def customer(session: Session, contact_no: str) -> None:
    """Mark a contact as a customer."""
    change(session, "contacts", {"is_customer": True}, contact_no=contact_no)


def opportunity(session: Session, new: Opportunity, stamp: Stamp, **more: object) -> None:
    """Record a new opportunity, not started."""
    insert(
        session,
        "opportunities",
        opportunity_id=new.id,
        opportunity_no=new.no,
        description=new.description,
        contact_no=new.contact_no,
        company_no=new.company_no,
        owner_code=new.owner_code,
        cycle_code=new.cycle_code,
        campaign_no=new.campaign_no,
        priority=new.priority.value,
        created_on=new.created_on,
        created_at=stamp.at,
        created_by=stamp.by,
        batch_id=stamp.batch_id,
        last_nth=0,
        version=new.version,
        **_not_started(),
        **more,
    )


def fields(session: Session, seen: Opportunity, **values: object) -> None:
    """Change fields of an opportunity that was read at `seen.version`, and count the change.

    `version` is updated by everybody who changes the opportunity, so that of two who do it at once
    one commits and the other is run again: DuckDB sees a conflict where two write the same column
    of the same row, and only there.
    """
    if session.journal is not None:
        _note_fields(session, seen, values)
    _write(session, seen, values)


def _write(session: Session, seen: Opportunity, values: Columns) -> None:
    assignments = "".join(f", {column} = ?" for column in values)
    session.execute(
        f"update opportunities set version = ?{assignments} "
        "where opportunity_id = ? and version = ?",
        [seen.version + 1, *values.values(), seen.id, seen.version],
    )


def _note_fields(session: Session, seen: Opportunity, values: Columns) -> None:
    before = _fields_seen(seen, values)
    if before is None:
        row = session.one(
            f"select {', '.join(values)} from opportunities where opportunity_id = ?", [seen.id]
        )
        before = dict(zip(values, row or (), strict=True))
    _note(session, seen.id, Kind.ROW, before, dict(values))


def _fields_seen(seen: Opportunity, values: Columns) -> dict[str, object] | None:
    """Give what fields held, where what was read of the opportunity says it; else None."""
    if not values.keys() <= _SEEN_FIELDS:
        return None
    quote = {"quote_no": seen.quote.no if seen.quote else None}
    return {name: quote.get(name, getattr(seen, name, None)) for name in values}


def _note(
    session: Session, opportunity_id: int, kind: Kind, before: Columns | None, after: Columns | None
) -> None:
    if session.journal is not None:
        session.journal.note(
            "opportunities", {"opportunity_id": opportunity_id}, before, after, kind
        )


def transition(session: Session, seen: Opportunity, new: Transition, stamp: Stamp) -> int:
    """Append a row to the log of an opportunity and give its number there.

    The row before ends where the new one begins, and the opportunity keeps a copy of the new one.
    """
    nth = seen.last_nth + 1
    _write(session, seen, {"last_nth": nth} | _standing(new) | _stay(seen, new))
    _note(session, seen.id, Kind.TRANSITION, _words(seen.last), _words(new) | {"nth": nth})
    if seen.last is not None:
        _end(session, seen, new.on)
    insert_silently(
        session,
        "transitions",
        opportunity_id=seen.id,
        nth=nth,
        action=new.action.value,
        valid_from=new.on,
        from_stage=new.from_stage,
        recorded_at=stamp.at,
        recorded_by=stamp.by,
        batch_id=stamp.batch_id,
        note=new.note,
        **_figures(new),
    )
    return nth


def retraction(
    session: Session, seen: Opportunity, before: Transition | None, stamp: Stamp
) -> None:
    """Mark the newest transition as retracted; the row before stands again."""
    session.execute(
        "update transitions set retracted_at = ?, retracted_by = ? where opportunity_id = ? "
        "and valid_from = ? and valid_to is null and retracted_at is null",
        [stamp.at, stamp.by, seen.id, seen.last.on if seen.last else None],
    )
    gone = {"nth": seen.last.nth} if seen.last else {}
    _note(session, seen.id, Kind.RETRACTION, _words(seen.last) | gone, _words(before))
    if before is None:
        _write(session, seen, _not_started())
        return
    session.execute(
        "update transitions set valid_to = null where opportunity_id = ? and nth = ? "
        "and valid_from = ?",
        [seen.id, before.nth, before.on],
    )
    _write(session, seen, _standing(before) | _stay_again(session, seen, before))


def deletion(
    session: Session, seen: Opportunity, on: date, stamp: Stamp, *, until: date | None = None
) -> None:
    """Take an opportunity out of the present; its past up to the day stays readable.

    `until` is for the journal: the day from which it had been there again, where this takes back
    that it was.
    """
    day = max(on, seen.last.on) if seen.last else on
    removal = {"removed_on": day, "removed_at": stamp.at, "removed_by": stamp.by}
    _write(session, seen, removal)
    before = dict.fromkeys(removal) | ({"restored_on": until} if until else {})
    _note(session, seen.id, Kind.REMOVAL, before, removal)
    if seen.last is not None:
        _end(session, seen, day)


def _end(session: Session, seen: Opportunity, on: date) -> None:
    """End the standing row; naming its day lets DuckDB skip most of the log."""
    session.execute(
        "update transitions set valid_to = ? where opportunity_id = ? and valid_from = ? "
        "and valid_to is null and retracted_at is null",
        [on, seen.id, seen.last.on if seen.last else None],
    )


def _words(row: Transition | None) -> dict[str, object]:
    """Give what the journal tells of a standing; taking back reads the log itself."""
    if row is None:
        return {"status": Status.NOT_STARTED.value}
    closed = row.action in CLOSES
    status = row.action.value if closed else Status.IN_PROGRESS.value
    return {"status": status, "on": row.on} | {name: getattr(row, name) for name in _TOLD}


def _figures(row: Transition) -> dict[str, object]:
    """Give the columns that the log and the copy of the standing share."""
    return {name: getattr(row, name) for name in FIGURES}


def _standing(row: Transition) -> dict[str, object]:
    """Give the copy of a transition that the opportunity keeps."""
    closed = row.action in CLOSES
    return _figures(row) | {
        "status": row.action.value if closed else Status.IN_PROGRESS.value,
        "standing_since": row.on,
        "closed_on": row.on if closed else None,
    }


def _stay(seen: Opportunity, row: Transition) -> dict[str, object]:
    """Give what a new row changes of when the opportunity was started and entered its stage."""
    started: dict[str, object] = {"started_on": row.on} if seen.last is None else {}
    if row.action in STARTS_A_STAY:
        return started | {"stage_since": row.on}
    return started | ({"stage_since": None} if row.action in CLOSES else {})


def _stay_again(session: Session, seen: Opportunity, row: Transition) -> dict[str, object]:
    """Give the day on which the stay began that goes on after a retraction."""
    if row.action in CLOSES:
        return {"stage_since": None}
    days = session.one(
        "select max_by(valid_from, nth) from transitions where opportunity_id = ? and nth <= ? "
        "and retracted_at is null and list_contains(?, action)",
        [seen.id, row.nth, [action.value for action in STARTS_A_STAY]],
    )
    return {"stage_since": days[0] if days else row.on}


def _not_started() -> dict[str, object]:
    zero = dict.fromkeys(("chances_percent", "completed_percent", "probability_percent"), 0)
    return {"status": Status.NOT_STARTED.value, "path": "", **dict.fromkeys(_EMPTY), **zero}
