"""Record a whole history at once: frames in, set-based SQL, rows of the log out.

The steps, each one statement of `histories/*.sql`: see the frames with the types of the schema,
give ids, compute what follows from the neighbours and the stage, prove the rules, number, record.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from pipeline.domain.errors import NumberSeriesEndedError, NumberSeriesMissingError
from pipeline.domain.histories import Fault, HistoryColumnsError, HistoryRefusedError

STATEMENTS = Path(__file__).parent / "histories"

OPPORTUNITY_COLUMNS = {
    "external_id": "varchar",
    "opportunity_no": "varchar",
    "description": "varchar",
    "contact_no": "varchar",
    "company_no": "varchar",
    "owner_code": "varchar",
    "cycle_code": "varchar",
    "campaign_no": "varchar",
    "priority": "varchar",
    "created_on": "date",
    "created_by": "varchar",
}
TRANSITION_COLUMNS = {
    "external_id": "varchar",
    "nth": "integer",
    "action": "varchar",
    "stage": "integer",
    "amount": "decimal(18, 2)",
    "won_amount": "decimal(18, 2)",
    "chances_percent": "decimal(5, 2)",
    "expected_close_on": "date",
    "owner_code": "varchar",
    "contact_no": "varchar",
    "forecast_category": "varchar",
    "close_reason_code": "varchar",
    "valid_from": "date",
    "recorded_at": "timestamp",
    "recorded_by": "varchar",
    "note": "varchar",
}
CONTACT_COLUMNS = {
    "contact_no": "varchar",
    "type": "varchar",
    "name": "varchar",
    "company_no": "varchar",
    "owner_code": "varchar",
    "is_customer": "boolean",
}
OPTIONAL = frozenset(
    {"opportunity_no", "company_no", "priority", "created_by", "campaign_no", "won_amount"}
    | {"contact_no", "forecast_category", "note"}
)


class History(Protocol):
    """What is to be recorded: the command `RecordHistory`."""

    @property
    def source(self) -> str:
        """Where the history was lived."""

    @property
    def opportunities(self) -> pd.DataFrame:
        """The opportunities; a row for each."""

    @property
    def transitions(self) -> pd.DataFrame:
        """Their transitions; a row for each."""

    @property
    def contacts(self) -> pd.DataFrame | None:
        """Contacts that may be new, or None."""


class Batch(Protocol):
    """The call of `carry_out` that records it."""

    @property
    def batch_id(self) -> int:
        """Its number."""

    @property
    def recorded_at(self) -> datetime:
        """Its moment, UTC."""

    @property
    def recorded_by(self) -> str:
        """Who called."""


class Cursor(Protocol):
    """The part of a session that recording needs."""

    def execute(self, sql: str, params: Any = None, /) -> Any:  # noqa: ANN401 - DuckDB's own shape
        """Run one statement."""

    def register(self, name: str, frame: pd.DataFrame, /) -> Any:  # noqa: ANN401 - the same
        """Let SQL read a frame under a name."""

    def unregister(self, name: str, /) -> Any:  # noqa: ANN401 - the same
        """Take the name away."""


@dataclass(frozen=True, kw_only=True)
class HistoryRecorded:
    """How much of a history was recorded."""

    source: str
    opportunities: int
    transitions: int


def record_history(session: Cursor, history: History, batch: Batch) -> HistoryRecorded:
    """Record a history inside the transaction of the session, or refuse it whole.

    Raises `HistoryRefusedError` with every rule that is broken, `HistoryColumnsError`,
    `NumberSeriesMissingError` and `NumberSeriesEndedError`.
    """
    with _seen(session, history):
        if history.contacts is not None:
            _run(session, "record_contacts")
        _run(session, "opportunities", last_id=_last_opportunity_id(session))
        _run(session, "transitions")
        _refuse_faults(session, history.source)
        _number(session)
        _run(session, "record_transitions", batch_id=batch.batch_id)
        _record_opportunities(session, history.source, batch)
    return HistoryRecorded(
        source=history.source,
        opportunities=len(history.opportunities),
        transitions=len(history.transitions),
    )


@contextmanager
def _seen(session: Cursor, history: History) -> Iterator[None]:
    """Let SQL see the frames with the types of the schema, for as long as the block lasts."""
    frames = {
        "opportunities": (history.opportunities, OPPORTUNITY_COLUMNS),
        "transitions": (history.transitions, TRANSITION_COLUMNS),
    }
    if history.contacts is not None:
        frames["contacts"] = (history.contacts, CONTACT_COLUMNS)
    for name, (frame, columns) in frames.items():
        session.register(f"history_frame_{name}", _in_utc(frame))
        session.execute(
            f"create or replace temp view history_given_{name} as {_typed(name, frame, columns)}"
        )
    try:
        yield
        for name in frames:
            session.execute(f"drop view history_given_{name}")
        session.execute("drop table history_transitions")
        session.execute("drop table history_opportunities")
    finally:
        for name in frames:
            session.unregister(f"history_frame_{name}")


def _in_utc(frame: pd.DataFrame) -> pd.DataFrame:
    """Give moments with a time zone as UTC moments without one, as the log keeps them."""
    zoned = frame.select_dtypes("datetimetz").columns
    return frame.assign(**{name: frame[name].dt.tz_convert(None) for name in zoned})


def _typed(name: str, frame: pd.DataFrame, columns: Mapping[str, str]) -> str:
    """Write the select that gives each column its type; an optional column may be missing."""
    missing = [column for column in columns if column not in frame.columns]
    if needed := [column for column in missing if column not in OPTIONAL]:
        raise HistoryColumnsError(name, needed)
    casts = ", ".join(
        f"cast({'null' if column in missing else column} as {type_}) as {column}"
        for column, type_ in columns.items()
    )
    return f"select {casts} from history_frame_{name}"


def _run(session: Cursor, statement: str, **params: object) -> Any:  # noqa: ANN401 - DuckDB's own
    """Run one statement of the folder with named parameters."""
    sql = (STATEMENTS / f"{statement}.sql").read_text(encoding="utf-8")
    return session.execute(sql, params or None)


def _last_opportunity_id(session: Cursor) -> int:
    """Give the last id that was given out."""
    row = session.execute("select value from counters where name = 'opportunity_id'").fetchone()
    return int(row[0]) if row else 0


def _refuse_faults(session: Cursor, source: str) -> None:
    """Raise `HistoryRefusedError` when any rule is broken."""
    rows = _run(session, "faults", source=source).fetchall()
    if rows:
        raise HistoryRefusedError(source, [Fault(key, n, tuple(few)) for key, n, few in rows])


def _number(session: Cursor) -> None:
    """Give numbers of the series to the opportunities that came without, and move the series on."""
    (wanted,) = session.execute(
        "select count(*) from history_opportunities where opportunity_no is null"
    ).fetchone()
    if not wanted:
        return
    code, starting_no, ending_no, last_no, step = _series(session)
    prefix, digits = _split(last_no or starting_no)
    first = int(digits) + (step if last_no else 0)
    last = first + step * (wanted - 1)
    if last > int(_split(ending_no)[1]):
        raise NumberSeriesEndedError(code, ending_no)
    numbering = {"prefix": prefix, "first_digits": first, "step": step, "width": len(digits)}
    _run(session, "record_numbers", **numbering)
    session.execute(
        "update number_series set last_no = $last_no where series_code = $code",
        {"last_no": f"{prefix}{last:0{len(digits)}}", "code": code},
    )


def _series(session: Cursor) -> tuple[str, str, str, str | None, int]:
    """Give the number series of opportunities: code, first, end and last number, step."""
    row = session.execute(
        "select series_code, starting_no, ending_no, last_no, step from number_series "
        "join settings on settings.value = number_series.series_code "
        "where settings.name = 'opportunity_series'"
    ).fetchone()
    if row is None:
        raise NumberSeriesMissingError
    code, starting_no, ending_no, last_no, step = row
    return code, starting_no, ending_no, last_no, step


def _split(number: str) -> tuple[str, str]:
    """Split a number into its prefix and the digits at its end.

    >>> _split("OP000041")
    ('OP', '000041')
    """
    prefix, digits = re.fullmatch(r"(.*?)(\d+)", number).groups()  # type: ignore[union-attr]
    return prefix, digits


def _record_opportunities(session: Cursor, source: str, batch: Batch) -> None:
    """Write the opportunities and move the counter of their ids on."""
    _run(
        session,
        "record_opportunities",
        source=source,
        batch_id=batch.batch_id,
        recorded_at=batch.recorded_at,
        recorded_by=batch.recorded_by,
    )
    last = "select max(opportunity_id) from history_opportunities"
    counted = session.execute("select 1 from counters where name = 'opportunity_id'").fetchone()
    if counted:
        session.execute(
            f"update counters set value = greatest(value, coalesce(({last}), 0)) "
            "where name = 'opportunity_id'"
        )
    else:
        session.execute(f"insert into counters select 'opportunity_id', coalesce(({last}), 0)")
