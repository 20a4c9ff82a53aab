"""Record a whole history at once: frames in, set-based SQL, rows of the log out.

The steps, each one statement of `histories/*.sql`: see the frames with the types of the schema,
give ids, compute what follows from the neighbours and the stage, prove the rules, number, record.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Protocol

import pandas as pd

from pipeline.domain.errors import (
    NumberSeriesEndedError,
    NumberSeriesMissingError,
    StoreNotEmptyError,
)
from pipeline.domain.histories import Fault, HistoryColumnsError, HistoryRefusedError
from pipeline.domain.numbers import NumberSeries
from pipeline.store import records
from pipeline.store.connection import Session
from pipeline.store.lending import lent_answer, lent_frame
from pipeline.store.recording import Stamp, number_series, put

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
    "created_at": "timestamp",
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
OPTIONAL = {
    "opportunities": {
        "opportunity_no",
        "contact_no",
        "company_no",
        "campaign_no",
        "priority",
        "created_at",
        "created_by",
    },
    "transitions": {"won_amount", "owner_code", "contact_no", "forecast_category", "note"},
    "contacts": {"company_no", "owner_code", "is_customer"},
}
"""Columns that may be missing from a frame; they are null then."""


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


def record_history(session: Session, history: History, stamp: Stamp) -> None:
    """Record a history inside the transaction of the session, or refuse it whole.

    Raises `HistoryRefusedError` with every rule that is broken, `HistoryColumnsError`,
    `NumberSeriesMissingError` and `NumberSeriesEndedError`.
    """
    with _seen(session, history):
        if history.contacts is not None:
            session.execute(history_sql("record_contacts"))
        _identify(session)
        with lent_answer(session, "history_transitions", history_sql("transitions")):
            _refuse_faults(session, history.source)
            _record(session, history.source, stamp)
        session.execute("drop table history_opportunities")


def _record(session: Session, source: str, stamp: Stamp) -> None:
    """Write the rows of the log and the opportunities with their standing."""
    origin = {"batch_id": stamp.batch_id, "recorded_at": stamp.at, "recorded_by": stamp.by}
    session.execute(history_sql("record_transitions"), {"batch_id": stamp.batch_id})
    session.execute(history_sql("record_opportunities"), origin | {"source": source})


@contextmanager
def _seen(session: Session, history: History) -> Iterator[None]:
    """Let SQL see the frames with the types of the schema, for as long as the block lasts."""
    frames = {
        "opportunities": (history.opportunities, OPPORTUNITY_COLUMNS),
        "transitions": (history.transitions, TRANSITION_COLUMNS),
    }
    if history.contacts is not None:
        frames["contacts"] = (history.contacts, CONTACT_COLUMNS)
    with ExitStack() as lent:
        for name, (frame, columns) in frames.items():
            select = typed(name, frame, columns)
            lent.enter_context(lent_frame(session, f"history_frame_{name}", in_utc(frame)))
            session.execute(f"create or replace temp view history_given_{name} as {select}")
        yield


def in_utc(frame: pd.DataFrame) -> pd.DataFrame:
    """Give moments with a time zone as UTC moments without one, as the log keeps them."""
    zoned = frame.select_dtypes("datetimetz").columns
    return frame.assign(**{name: frame[name].dt.tz_convert(None) for name in zoned})


def typed(name: str, frame: pd.DataFrame, columns: Mapping[str, str]) -> str:
    """Write the select that gives each column its type; an optional column may be missing."""
    missing = [column for column in columns if column not in frame.columns]
    if needed := [column for column in missing if column not in OPTIONAL[name]]:
        raise HistoryColumnsError(name, needed)
    casts = ", ".join(
        f"cast({'null' if column in missing else column} as {type_}) as {column}"
        for column, type_ in columns.items()
    )
    return f"select {casts} from history_frame_{name}"


@cache
def history_sql(statement: str) -> str:
    """Read one statement of the folder."""
    return (files("pipeline.store") / "histories" / f"{statement}.sql").read_text("utf-8")


def _identify(session: Session) -> None:
    """Give each opportunity its id, and a number where none was given."""
    row = session.one("select value from counters where name = 'opportunity_id'")
    last_id = int(row[0]) if row else 0
    session.execute(history_sql("opportunities"), {"last_id": last_id})
    ((given, numbered),) = session.rows(
        "select count(*), count(opportunity_no) from history_opportunities"
    )
    if given:
        put(session, "counters", ("name",), name="opportunity_id", value=last_id + given)
    if given > numbered:
        _number(session, given - numbered)


def _number(session: Session, wanted: int) -> None:
    """Give free numbers of the series to the opportunities without, and move the series on."""
    series = _series(session)
    first_no = series.next().last_no or series.starting_no
    prefix, first, suffix = _split(first_no)
    width = len(first_no) - len(prefix) - len(suffix)
    shape = {"first_no": first_no, "prefix": prefix, "suffix": suffix, "width": width}
    count = {"first": first, "step": series.step, "wanted": wanted}
    session.execute(history_sql("numbers"), shape | count)
    ((last, last_no),) = session.rows(
        "select max(value), max_by(opportunity_no, value) from history_numbers"
    )
    if last > _split(series.ending_no)[1]:
        raise NumberSeriesEndedError(series.code, series.ending_no)
    session.execute(history_sql("give_numbers"))
    number_series(session, replace(series, last_no=last_no))


def _series(session: Session) -> NumberSeries:
    """Give the number series of opportunities. Raises `NumberSeriesMissingError`."""
    code = records.setting(session, "opportunity_series")
    series = records.number_series(session, code) if code else None
    if series is None:
        raise NumberSeriesMissingError
    return series


def _split(number: str) -> tuple[str, int, str]:
    """Split a number into what stands before its digits, their value, and what stands behind.

    >>> _split("OP000041-A")
    ('OP', 41, '-A')
    """
    before, digits, behind = re.split(r"(\d+)(?=\D*$)", number, maxsplit=1)
    return before, int(digits), behind


def _refuse_faults(session: Session, source: str) -> None:
    """Raise `HistoryRefusedError` when any rule is broken."""
    rows = session.rows(history_sql("faults"), {"source": source})
    if rows:
        raise HistoryRefusedError(source, [Fault(key, n, tuple(few)) for key, n, few in rows])


def refuse_unless_empty(session: Session) -> None:
    """Raise `StoreNotEmptyError` when the store holds opportunities."""
    ((opportunities,),) = session.rows("select count(*) from opportunities")
    if opportunities:
        raise StoreNotEmptyError(opportunities)
