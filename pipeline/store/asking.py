"""Answer a question asked in SQL: it can read the documented views, and do nothing else.

Four walls, each of which would do for most of it. DuckDB's own parser turns the question into a
tree, which it does for select statements only, and the tree may name nothing but the views of
`analyst/*.sql` and functions that compute. It runs on a cursor of its own that stands outside the
store's schema, in a read-only transaction. Where the pages are served, the whole process is shut
off from files, extensions and the network (`Store.shut_off`). And what takes too long is stopped.

The tree is needed: `select * from enable_logging(...)` is a select statement, changes nothing in
the store, and yet stops the database for everybody.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pandas as pd

from pipeline.domain.asking import (
    AT_MOST_ROWS,
    LONGEST_QUESTION,
    LONGEST_SECONDS,
    CannotBeAnsweredError,
    FunctionNotOfferedError,
    NoQuestionError,
    NotASelectError,
    NotToBeReadError,
    QuestionTooLongError,
    TookTooLongError,
)
from pipeline.store.connection import Session

AS_OF_A_DAY = "opportunities_on"
"""The one view that takes a parameter: the day."""
_TABLES_THAT_COMPUTE = frozenset({AS_OF_A_DAY, "range", "generate_series", "unnest"})
_REACHES_OUT = frozenset(
    {
        "current_setting",
        "getvariable",
        "json_serialize_plan",
        "json_execute_serialized_sql",
        # One call can make gigabytes that no interrupt stops.
        "repeat",
        "bitstring",
        "list_resize",
        "array_resize",
        "lpad",
        "rpad",
    }
)
_VECTORS = 5
"""How many of DuckDB's vectors (of at most 2,048 rows) are fetched at once."""
_BY_CHANCE = frozenset({"random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid"})
"""The only functions that give another value with each call and are offered."""
_RELATIONS = frozenset(
    {"BASE_TABLE", "TABLE_FUNCTION", "SUBQUERY", "JOIN", "EXPRESSION_LIST", "EMPTY", "PIVOT"}
    | {"SHOW_REF"}
)
"""What may stand behind `from`; `describe` and `summarize` are relations too."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The rows of an answer, and whether they are all of them."""

    frame: pd.DataFrame
    complete: bool


def answer(
    session: Session,
    sql: str,
    *,
    at_most: int = AT_MOST_ROWS,
    seconds: float = LONGEST_SECONDS,
) -> Answer:
    """Answer one select statement over the views, or refuse with a `QuestionError`.

    What is said about a column of decimals holds here too: it arrives as float64.
    """
    with _outside(session) as cursor:
        statement = _checked(cursor, sql)
        for name, text in views().items():
            cursor.execute(_definition(name, text))
        cursor.execute("begin transaction read only")
        with _stopped_after(seconds, cursor) as stopped:
            try:
                frame = _rows(cursor.execute(statement), at_most + 1)
            except duckdb.InterruptException as error:
                raise TookTooLongError(seconds) from error
            except duckdb.Error as error:
                if stopped.is_set():
                    raise TookTooLongError(seconds) from error
                raise CannotBeAnsweredError(_in_words(error)) from error
    return Answer(frame=frame.head(at_most), complete=len(frame) <= at_most)


@cache
def views() -> dict[str, str]:
    """The views a question may read: their names and their SQL, comments with it."""
    folder = files("pipeline.store") / "analyst"
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return {name[:-4]: (folder / name).read_text("utf-8") for name in found}


def columns(session: Session, view: str) -> list[str]:
    """The columns of a view, in their order."""
    source = f"{view}(date '2000-01-01')" if view == AS_OF_A_DAY else view
    return list(answer(session, f"select * from {source} limit 0").frame.columns)


def _definition(name: str, text: str) -> str:
    body = text.replace("$store", "pipeline.main")
    if name == AS_OF_A_DAY:
        return f"create temp macro {name}(as_of) as table {body}"
    return f"create temp view {name} as {body}"


@contextmanager
def _outside(session: Session) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a cursor that finds none of the store's tables by their names."""
    cursor = session.outside()
    try:
        yield cursor
    finally:
        cursor.close()


@contextmanager
def _stopped_after(seconds: float, cursor: duckdb.DuckDBPyConnection) -> Iterator[threading.Event]:
    """Interrupt the cursor when its time is over; gives the mark that it was."""
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        cursor.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield stopped
    finally:
        timer.cancel()


def _rows(result: duckdb.DuckDBPyConnection, enough: int) -> pd.DataFrame:
    """Fetch until there are enough rows; what nobody fetches the database does not compute."""
    chunks = [result.fetch_df_chunk(_VECTORS)]
    while len(chunks[-1]) and sum(map(len, chunks)) < enough:
        chunks.append(result.fetch_df_chunk(_VECTORS))
    filled = [chunk for chunk in chunks if len(chunk)] or chunks[:1]
    return pd.concat(filled, ignore_index=True)


def _in_words(error: duckdb.Error) -> str:
    """The first line of what the database says, without the name of the fault."""
    line = str(error).splitlines()[0]
    _, _, words = line.partition("Error: ")
    return (words or line).strip()


# --- what a question may name --------------------------------------------------------------------


def _checked(cursor: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Give the one statement of a question, looked through by the tree DuckDB makes of it."""
    if len(sql) > LONGEST_QUESTION:
        raise QuestionTooLongError(len(sql))
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise CannotBeAnsweredError(_in_words(error)) from error
    if not statements:
        raise NoQuestionError
    if len(statements) > 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise NotASelectError
    _look_through(cursor, _tree(cursor, statements[0].query))
    return statements[0]


def _tree(cursor: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    """The question as a tree; DuckDB makes one of select statements only."""
    row = cursor.execute("select json_serialize_sql(?::varchar)", [query]).fetchone()
    tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if tree["error"] or len(tree["statements"]) != 1:
        raise NotASelectError
    return tree


def _look_through(cursor: duckdb.DuckDBPyConnection, tree: dict[str, Any]) -> None:
    """Raise where a part of the tree is neither a view, nor made of one, nor a computation."""
    known = set(views()) - {AS_OF_A_DAY}
    parts = list(_parts(tree))
    own = {str(entry["key"]).lower() for part in parts for entry in _clauses(part)}
    changing = _changing(cursor)
    for part in parts:
        _check_relation(part, known, own)
        _check_function(part, changing)


def _parts(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  whatever JSON holds
    if isinstance(node, dict):
        yield node
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for part in inside:
        yield from _parts(part)


def _clauses(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The `with` clauses a part of the tree brings along, by their names."""
    named = part.get("cte_map")
    return list(named.get("map", [])) if isinstance(named, dict) else []


def _check_relation(part: dict[str, Any], known: set[str], own: set[str]) -> None:
    """A name behind `from` must be a view or a `with` clause, and have no schema in front."""
    if "from_table" in part:
        _check_kind(part["from_table"])
    for side in ("left", "right", "source"):
        if "JOIN" in str(part.get("type")) or part.get("type") == "PIVOT":
            _check_kind(part.get(side))
    if part.get("type") == "BASE_TABLE":
        names = [part.get("catalog_name"), part.get("schema_name"), part["table_name"]]
        whole = ".".join(str(name) for name in names if name)
        if whole.lower() not in known | own:
            raise NotToBeReadError(whole, views())


def _check_kind(relation: dict[str, Any] | None) -> None:
    kind = relation["type"] if relation else "EMPTY"
    nothing_described = kind == "SHOW_REF" and not (relation or {}).get("query")
    if kind not in _RELATIONS or nothing_described:
        raise NotASelectError


def _check_function(part: dict[str, Any], changing: set[str]) -> None:
    if part.get("type") == "TABLE_FUNCTION":
        name = str(part["function"].get("function_name", "")).lower()
        if name not in _TABLES_THAT_COMPUTE:
            raise FunctionNotOfferedError(name)
    name = str(part.get("function_name", "")).lower()
    if name in _REACHES_OUT or name in changing or name.startswith("pg_"):
        raise FunctionNotOfferedError(name)


def _changing(cursor: duckdb.DuckDBPyConnection) -> set[str]:
    """The functions that, as DuckDB knows, do more than compute: they wait, count or write."""
    found = cursor.execute(
        "select distinct function_name from duckdb_functions() where stability = 'VOLATILE'"
    ).fetchall()
    return {str(name).lower() for (name,) in found} - _BY_CHANCE
