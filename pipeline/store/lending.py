"""Let SQL read tables of this process for a while, and have their memory back afterwards.

DuckDB holds on to what was registered until the transaction ends, even when it was unregistered;
a transaction that records many histories would hold all of them. So what it gets is something
that can be emptied.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

from pipeline.store.connection import Session


class _Held:
    """An Arrow table that can be let go; DuckDB reads it by Arrow's stream protocol."""

    def __init__(self, table: Any) -> None:  # noqa: ANN401 - Arrow ships no types
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


@contextmanager
def lent_frame(session: Session, name: str, frame: pd.DataFrame) -> Iterator[None]:
    """Let statements read a frame under a name, for as long as the block lasts."""
    seen = frame.copy(deep=False)
    session.register(name, seen)
    try:
        yield
    finally:
        session.unregister(name)
        for column in list(seen.columns):
            del seen[column]


@contextmanager
def lent_answer(session: Session, name: str, sql: str) -> Iterator[None]:
    """Let statements read the answer of a query under a name, for as long as the block lasts.

    Kept in this process, in Arrow: a temporary table would keep its memory, too.
    """
    held = _Held(session.execute(sql).to_arrow_table())
    session.register(name, held)  # type: ignore[arg-type]  # whatever DuckDB can read
    try:
        yield
    finally:
        session.unregister(name)
        held.table = None
