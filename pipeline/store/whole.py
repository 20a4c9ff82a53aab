"""The whole store, table by table: written to files as it is at one moment, and read back.

A text that a spreadsheet would run is written with an apostrophe before it; so is one that begins
with an apostrophe, and an empty text where null is possible is the apostrophe alone. Taking one
leading apostrophe off therefore gives back exactly what was there. Files are written and read
elsewhere: a store that is served reaches none.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.domain.exports import NotAnExportError, StoreInUseAlreadyError
from pipeline.store.check import check
from pipeline.store.connection import Session

_KEPT_BACK = ("migrations", "import_files")
"""What belongs to the store and not to the company: its schema, and the raw bytes of imports."""
_OF_EVERY_STORE = ("settings", "number_series", "counters", "batches", "journal")
"""What a store holds before anybody has entered anything."""
_AT_ONCE = 50_000
_FORMULA = r"^[=+\-@\t\r'']"
_EXACT_WEIGHTED = "(amount * (probability_percent / 100)::decimal(12, 8))::decimal(30, 10)"
_SPREADSHEET_DIGITS = "weighted_amount"


@dataclass(frozen=True, kw_only=True)
class StoredColumn:
    """A column of a table as the schema has it."""

    name: str
    type: str
    nullable: bool


Tables = dict[str, list[StoredColumn]]


@contextmanager
def snapshot(session: Session) -> Iterator[Session]:
    """Look at the store as it is at this moment, whatever others write meanwhile."""
    with session.session() as looking:
        looking.execute("begin transaction")
        looking.execute("select count(*) from migrations")  # the moment is that of the first look
        try:
            yield looking
        finally:
            looking.execute("rollback")


def tables(session: Session) -> Tables:
    """Give every table that an export holds, with its columns in order."""
    found: Tables = {}
    for table, column, kind, nullable in session.rows(
        "select table_name, column_name, data_type, is_nullable = 'YES' "
        "from information_schema.columns where table_catalog = 'pipeline' "
        "and table_schema = 'main' order by table_name, ordinal_position"
    ):
        if table not in _KEPT_BACK:
            one = StoredColumn(name=column, type=kind, nullable=nullable)
            found.setdefault(table, []).append(one)
    return found


def count(session: Session, table: str) -> int:
    """Give the number of rows of a table."""
    return int(session.rows(f"select count(*) from {table}")[0][0])


# --- out -----------------------------------------------------------------------------------------


def rows_as_they_are(session: Session, table: str) -> Any:  # noqa: ANN401 - Arrow ships no types
    """Give a table as a stream of Arrow batches, its types as they are."""
    return session.execute(f"select * from {table}").to_arrow_reader(_AT_ONCE)


def rows_as_texts(session: Session, table: str, columns: list[StoredColumn]) -> Any:  # noqa: ANN401
    """Give a table as a stream of Arrow batches for a text file, formulas harmless."""
    select = ", ".join(map(_harmless, columns))
    return session.execute(f"select {select} from {table}").to_arrow_reader(_AT_ONCE)


def rows_of_a_sheet(
    session: Session, table: str, columns: list[StoredColumn]
) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a table for a spreadsheet, formulas harmless.

    Moments and batches are texts there: a cell keeps 15 digits and thousandths of a second.
    """
    select = ", ".join(map(_of_a_sheet, columns))
    answer = session.execute(f"select {select} from {table}")
    while rows := answer.fetchmany(_AT_ONCE):
        yield from rows


def _harmless(column: StoredColumn) -> str:
    if column.type != "VARCHAR":
        return column.name
    empty = f" or {column.name} = ''" if column.nullable else ""
    risky = f"regexp_matches({column.name}, '{_FORMULA}'){empty}"
    return f"case when {risky} then '''' || {column.name} else {column.name} end as {column.name}"


def _of_a_sheet(column: StoredColumn) -> str:
    if column.type.startswith("TIMESTAMP") or column.name == "batch_id":
        return f"{column.name}::varchar as {column.name}"
    return _harmless(column)


# --- and in --------------------------------------------------------------------------------------


def restore_tables(
    session: Session, given: Mapping[str, Any], *, escaped: bool, rounded: bool
) -> int:
    """Fill an empty store with the tables of an export; gives the number of opportunities.

    `given` holds Arrow tables; `escaped` says that they are texts as `rows_as_texts` gives them,
    `rounded` that a spreadsheet has cut numbers to 15 digits. Raises `StoreInUseAlreadyError`
    when the store is not empty, `NotAnExportError` when the tables make no intact store.
    """
    there = tables(session)
    _refuse_filled(session, there)
    for table, columns in there.items():
        if table in given:
            _fill(session, table, columns, given[table], escaped=escaped, rounded=rounded)
    finding = check(session)
    if not finding.intact:
        raise NotAnExportError("the log", str(finding).splitlines()[0].rstrip(":"))
    return finding.opportunities


def _refuse_filled(session: Session, there: Tables) -> None:
    for table in there:
        if table not in _OF_EVERY_STORE and (rows := count(session, table)):
            raise StoreInUseAlreadyError(table, rows)


def _fill(
    session: Session,
    table: str,
    columns: list[StoredColumn],
    given: Any,  # noqa: ANN401 - Arrow ships no types
    *,
    escaped: bool,
    rounded: bool,
) -> None:
    known = [column for column in columns if column.name in given.column_names]
    lacking = [one.name for one in columns if not one.nullable and one not in known]
    if lacking:
        raise NotAnExportError(table, f"it lacks {', '.join(lacking)}")
    read = ", ".join(_read(column, escaped=escaped) for column in known)
    select = f"select {read} from given_table"
    if rounded and _SPREADSHEET_DIGITS in given.column_names:
        select = f"select * replace ({_unrounded(table)}) from ({select})"
    session.register("given_table", given)
    try:
        session.execute(f"delete from {table}")
        session.execute(f"insert into {table} by name {select}")
    except (duckdb.ConversionException, duckdb.ConstraintException) as error:
        raise NotAnExportError(table, str(error).splitlines()[0]) from error
    finally:
        session.unregister("given_table")


def _read(column: StoredColumn, *, escaped: bool) -> str:
    name, kind = f'"{column.name}"', column.type
    if not escaped:
        return f"cast({name} as {kind}) as {column.name}"
    if kind != "VARCHAR":
        return f"cast(nullif({name}, '') as {kind}) as {column.name}"
    blank = f"nullif({name}, '')" if column.nullable else f"coalesce({name}, '')"
    return f"case when {name} like '''%' then {name}[2:] else {blank} end as {column.name}"


def _unrounded(table: str) -> str:
    """Compute the weighted amount of what is open anew; of what is closed it has two decimals."""
    closed = "action in ('won', 'lost')" if table == "transitions" else "status <> 'in progress'"
    return f"case when {closed} then weighted_amount else {_EXACT_WEIGHTED} end as weighted_amount"
