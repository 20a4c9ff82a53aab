"""Workbooks: every sheet that holds a table, its typed cells as texts nobody can misread."""

from collections.abc import Collection, Sequence
from io import BytesIO

import python_calamine

from pipeline.domain.words import agreeing
from pipeline.importing.errors import (
    EmptyFileError,
    FileTooLargeError,
    FileUnreadableError,
    ImportRefusedError,
)
from pipeline.importing.reading.table import Columns, Table, find_header, finish, named
from pipeline.importing.reading.typed import text_of

MOST_ROWS = 1_048_576
"""A sheet cannot have more; a file that says so is broken or built to do harm."""


def read_workbook(content: bytes, name: str, known: Collection[str]) -> list[Table]:
    """Read the sheets of a workbook (xlsx, xlsm, xls, xlsb, ods) that hold tables.

    Formulas are not run: what counts is the value that was saved with them. Macros and links are
    not looked at. Raises the refusal of the first sheet when none of them holds a table.
    """
    try:
        book = python_calamine.load_workbook(BytesIO(content))
        sheets = [(sheet, _rows(book, sheet, name)) for sheet in book.sheet_names]
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise FileUnreadableError(name, "the workbook is damaged or protected") from error
    tables: list[Table] = []
    refusals: list[ImportRefusedError] = []
    for sheet, rows in sheets:
        called = f"{name} ({sheet})" if len(sheets) > 1 else name
        try:
            tables.append(_table(rows, called, known))
        except ImportRefusedError as refusal:
            refusals.append(refusal)
    if not tables:
        raise refusals[0] if refusals else FileUnreadableError(name, "it has no sheets")
    return tables


def _rows(
    book: python_calamine.CalamineWorkbook, sheet: str, name: str
) -> Sequence[Sequence[object]]:
    opened = book.get_sheet_by_name(sheet)
    if opened.total_height > MOST_ROWS:
        raise FileTooLargeError(name, f"{opened.total_height:,} rows", f"{MOST_ROWS:,} rows")
    return opened.to_python(skip_empty_area=False)


def _table(rows: Sequence[Sequence[object]], name: str, known: Collection[str]) -> Table:
    records = [
        (row, cells)
        for row, values in enumerate(rows, 1)
        if any(cells := [text_of(value) for value in values])
    ]
    if not records:
        raise EmptyFileError(name)
    place = find_header(records, known)
    columns = Columns(named(records[place][1], name), name)
    columns.add_all(records[place + 1 :])
    notes = ["a workbook"]
    if place:
        notes.append(f"{agreeing(place, 'line', 'lines')} above the header left out")
    return finish(columns, notes)
