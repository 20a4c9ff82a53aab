"""Parquet, read by DuckDB; typed values become texts that cannot be misread."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.importing.errors import FileUnreadableError
from pipeline.importing.reading.table import Columns, Table, finish, named
from pipeline.importing.reading.typed import text_of

MAGIC = b"PAR1"
_AT_ONCE = 50_000


def read_parquet(content: bytes, name: str) -> Table:
    """Read a Parquet file. Raises `FileUnreadableError` when it is damaged."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "table.parquet")
        path.write_bytes(content)
        try:
            return _read(path, name)
        except duckdb.Error as error:
            raise FileUnreadableError(name, "its Parquet is damaged") from error


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[list[str]]:
    while portion := result.fetchmany(_AT_ONCE):
        yield from ([text_of(value) for value in values] for values in portion)


def _read(path: Path, name: str) -> Table:
    with duckdb.connect() as connection:
        rows = connection.execute("select * from read_parquet(?)", [str(path)])
        headers = [column[0] for column in rows.description or ()]
        columns = Columns(named(headers, name), name)
        columns.add_all(enumerate(_rows(rows), 1))
    return finish(columns, ["Parquet; rows are counted from 1"])
