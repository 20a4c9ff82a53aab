"""From an address to an open store: attach, migrate, hand out sessions, run transactions."""

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias, TypeVar

import duckdb
import pandas as pd

from pipeline.domain.errors import BusyError, StoreInUseError, StoreUnreadableError
from pipeline.domain.scope import Scope
from pipeline.store.frames import builds_on_figures, statement
from pipeline.store.migrate import migrate

if TYPE_CHECKING:
    from pipeline.store.journal import Journal

Parameters: TypeAlias = Mapping[str, object] | list[object] | None
T = TypeVar("T")

TRIES = 12
"""How often a transaction that met another one is run before it is given up."""
LONGEST_WAIT_SECONDS = 120
"""How long a writer waits for its turn; an import of a million opportunities takes less."""
_FIRST_PAUSE_SECONDS = 0.002
_LONGEST_PAUSE_SECONDS = 0.1


class Session:
    """One way into the store, for one thread or one script run; it holds a cursor of its own."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        address: str,
        turn: "threading.Lock | None" = None,
    ) -> None:
        """Take a cursor that nobody else uses, and the lock that writers of the store queue for."""
        self._cursor = cursor
        self._turn = turn or threading.Lock()
        self.address = address
        self.journal: Journal | None = None
        """Where the writes of a batch are noted; none outside of `carry_out`."""

    def execute(self, sql: str, params: Parameters = None) -> duckdb.DuckDBPyConnection:
        """Run one statement; what it gives can be fetched from the answer."""
        return self._cursor.execute(sql, params)

    def rows(self, sql: str, params: Parameters = None) -> list[tuple]:  # type: ignore[type-arg]
        """Run one statement and give all its rows."""
        return self.execute(sql, params).fetchall()

    def one(self, sql: str, params: Parameters = None) -> tuple | None:  # type: ignore[type-arg]
        """Run one statement and give its first row, None when there is none."""
        return self.execute(sql, params).fetchone()

    def frame(self, query: str, scope: Scope, **parameters: object) -> pd.DataFrame:
        """Run one of the queries (`queries/<query>.sql`) for a scope; see `frames.statement`."""
        is_newest = builds_on_figures(query) and self._is_newest(scope)
        sql, values = statement(query, scope, parameters, is_newest=is_newest)
        return self.execute(sql, values).df()

    def _is_newest(self, scope: Scope) -> bool:
        """Whether nothing in the log is later than a scope; DuckDB knows it without a look."""
        newest = self.rows("select max(valid_from) from transitions")[0][0]
        return newest is None or newest <= scope.as_of

    def register(self, name: str, frame: pd.DataFrame) -> None:
        """Let statements read a frame under a name."""
        self._cursor.register(name, frame)

    def unregister(self, name: str) -> None:
        """Forget a registered frame."""
        self._cursor.unregister(name)

    def session(self) -> "Session":
        """Open another session on the same store."""
        return Session(_cursor(self._cursor), self.address, self._turn)

    def outside(self) -> duckdb.DuckDBPyConnection:
        """Open a cursor on the same database to which the store's tables are not in sight."""
        with _cursors:
            return self._cursor.cursor()

    def transaction(self, work: Callable[["Session"], T]) -> T:
        """Run `work` as one transaction on a session of its own, all or nothing.

        Writers of this process take turns. When another one changed the same rows first, the work
        is run again from the top and so judged on the new standing. Raises `BusyError` after a
        bounded number of tries, or when its turn does not come.
        """
        if not self._turn.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise BusyError(0)
        try:
            return self._tried(work)
        finally:
            self._turn.release()

    def _tried(self, work: Callable[["Session"], T]) -> T:
        for attempt in range(TRIES):
            with self.session() as session:
                try:
                    return _once(session, work)
                except duckdb.TransactionException:
                    _pause(attempt)
        raise BusyError(TRIES)

    def close(self) -> None:
        """Give the cursor back."""
        self._cursor.close()

    def __enter__(self) -> Self:
        """Use the session in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()


class Store(Session):
    """An open store. Close it, or use it in a `with` block; only one process may hold a file."""

    @classmethod
    def open(cls, address: str | Path = ":memory:") -> Self:
        """Open the store at an address (a file or `:memory:`), making or migrating it.

        Raises `StoreInUseError` when another process has the file, `StoreUnreadableError` when
        it is no store, `StoreNewerError` when a newer version of the product wrote it.
        """
        path = str(address)
        connection = duckdb.connect()
        try:
            _attach(connection, path)
            store = cls(connection, path)
            migrate(store)
        except BaseException:
            connection.close()
            raise
        return store

    def shut_off(self, workplace: str | Path | None = None) -> None:
        """Read and write the store and no other file from here on; there is no way back.

        Whatever a statement says, it reaches no file but those in `workplace`, no extension and no
        network. The server does so before anybody can ask it anything.
        """
        if workplace is not None:
            self.execute(f"set allowed_directories = [{_literal(f'{workplace}/')}]")
        self.execute("set enable_external_access = false")


def _attach(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    try:
        connection.execute(f"attach {_literal(path)} as pipeline (type duckdb)")
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise StoreInUseError(path, _holder(str(error))) from error
        raise StoreUnreadableError(path, _first_line(error)) from error
    except duckdb.Error as error:
        raise StoreUnreadableError(path, _first_line(error)) from error
    connection.execute("use pipeline")


def _literal(text: str) -> str:
    """Quote a text for the one statement that takes no parameters."""
    return "'" + text.replace("'", "''") + "'"


def _holder(message: str) -> str:
    found = re.search(r"\(PID (\d+)\)", message)
    return f" (process {found[1]})" if found else ""


def _first_line(error: Exception) -> str:
    """Give what DuckDB says first, without the name of its kind of error."""
    return str(error).splitlines()[0].partition("Error: ")[2] or str(error).splitlines()[0]


_cursors = threading.Lock()


def _cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Open a cursor that looks at the store, as the one it was made from does."""
    with _cursors:
        cursor = connection.cursor()
    cursor.execute("use pipeline")
    return cursor


def _once(session: Session, work: Callable[[Session], T]) -> T:
    session.execute("begin transaction")
    try:
        result = work(session)
        session.execute("commit")
    except BaseException:
        _roll_back(session)
        raise
    return result


def _roll_back(session: Session) -> None:
    """Take everything back; a transaction that DuckDB has already aborted needs nothing more."""
    try:
        session.execute("rollback")
    except duckdb.Error:
        return


def _pause(attempt: int) -> None:
    """Wait a little, longer each time and never equally long, so that two writers part."""
    longest = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2**attempt)
    time.sleep(random.uniform(0, longest))  # noqa: S311  jitter, not a secret
