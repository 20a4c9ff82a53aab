"""Write the whole store into one file: a zip of CSV or Parquet tables, or a workbook."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from pyarrow import csv as arrow_csv
from pyarrow.parquet import ParquetWriter

from pipeline.domain.exports import CannotWriteError, FileEndingError, FileThereError
from pipeline.exporting.definitions import HEADER, definitions, read_me
from pipeline.exporting.workbook import write_workbook
from pipeline.store import Session, whole

FORMATS = ("csv", "xlsx", "parquet")
SUFFIXES = {"csv": ".zip", "xlsx": ".xlsx", "parquet": ".zip"}
_BOM = b"\xef\xbb\xbf"
"""Without it Excel takes a CSV file for one of the last century."""


def export(session: Session, kind: str, path: Path) -> int:
    """Write everything a store holds into a new file, as it is at one moment; gives its tables.

    CSV and Parquet are tables in one archive. Raises `FileEndingError`, `FileThereError`,
    `CannotWriteError`, `TooMuchForExcelError`; no half file is left.
    """
    if path.suffix.lower() != SUFFIXES[kind]:
        raise FileEndingError(str(path), kind, SUFFIXES[kind])
    if path.exists():
        raise FileThereError(str(path))
    part = path.with_name(f"{path.name}.part")
    writers = {"csv": _csv_tables, "xlsx": write_workbook, "parquet": _parquet_tables}
    try:
        with whole.snapshot(session) as looking:
            tables = whole.tables(looking)
            writers[kind](looking, tables, part)
        part.rename(path)
    except OSError as error:
        raise CannotWriteError(str(path), error.strerror or "the system refuses") from error
    finally:
        part.unlink(missing_ok=True)
    return len(tables)


def _csv_tables(session: Session, tables: whole.Tables, path: Path) -> None:
    with _archive(session, tables, path, ZIP_DEFLATED) as archive:
        for table, columns in tables.items():
            rows = whole.rows_as_texts(session, table, columns)
            with archive.open(f"{table}.csv", "w", force_zip64=True) as member:
                member.write(_BOM)
                with arrow_csv.CSVWriter(member, rows.schema) as writer:
                    for batch in rows:
                        writer.write_batch(batch)


def _parquet_tables(session: Session, tables: whole.Tables, path: Path) -> None:
    with _archive(session, tables, path, ZIP_STORED) as archive:
        for table in tables:
            rows = whole.rows_as_they_are(session, table)
            with (
                archive.open(f"{table}.parquet", "w", force_zip64=True) as member,
                ParquetWriter(member, rows.schema, compression="zstd") as writer,
            ):
                for batch in rows:
                    writer.write_batch(batch)


@contextmanager
def _archive(session: Session, tables: whole.Tables, path: Path, packing: int) -> Iterator[ZipFile]:
    """Open a new archive that says first what is in it."""
    with ZipFile(path, "w", packing) as archive:
        archive.writestr("README.txt", read_me(session, tables))
        archive.writestr("definitions.csv", _BOM + _definitions(tables))
        yield archive


def _definitions(tables: whole.Tables) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(definitions(tables))
    return text.getvalue().encode()
