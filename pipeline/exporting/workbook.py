"""The whole store as a workbook: a sheet of definitions, then a sheet for each table."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from pipeline.domain.exports import TooMuchForExcelError
from pipeline.exporting.definitions import HEADER, definitions
from pipeline.store import Session, whole

MOST_ROWS = 1_048_575
"""Of a sheet, its header not counted."""
MOST_CHARACTERS = 32_767
DEFINITIONS = "definitions"
_BOLD = Font(bold=True)
_LITERAL = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
"""What a workbook would take for a sign written out."""
_UNSAID = re.compile("[\x00-\x08\x0b-\x1f]")
"""Signs that XML does not know, or makes another one of."""


def write_workbook(session: Session, tables: whole.Tables, path: Path) -> None:
    """Write every table into a sheet of its own, days and numbers typed.

    Raises `TooMuchForExcelError`.
    """
    for table in tables:
        if (there := whole.count(session, table)) > MOST_ROWS:
            raise TooMuchForExcelError(table, there, "rows")
    book = Workbook(write_only=True)
    _sheet(book, DEFINITIONS, HEADER, definitions(tables), (14, 22, 16, 18, 90))
    for table, columns in tables.items():
        names = [column.name for column in columns]
        rows = whole.rows_of_a_sheet(session, table, columns)
        _sheet(book, table, names, rows, [max(len(name) + 2, 10) for name in names])
    book.save(path)


def _sheet(
    book: Any,  # noqa: ANN401 - openpyxl ships no types
    title: str,
    names: Iterable[str],
    rows: Iterable[tuple[Any, ...]],
    widths: Iterable[int],
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths):
        sheet.column_dimensions[_letter(place)].width = width
    sheet.append([_head(sheet, name) for name in names])
    for row in rows:
        sheet.append([_cell(value, title) for value in row])


def _letter(place: int) -> str:
    before, last = divmod(place, 26)
    return (chr(64 + before) if before else "") + chr(65 + last)


def _head(sheet: Any, name: str) -> Any:  # noqa: ANN401 - openpyxl ships no types
    cell = WriteOnlyCell(sheet, name)
    cell.font = _BOLD
    return cell


def _cell(value: object, table: str) -> object:
    """Give a value as a cell takes it; signs that a workbook cannot hold are written out."""
    if not isinstance(value, str):
        return value
    written = _UNSAID.sub(_in_hex, _LITERAL.sub("_x005F_x", value))
    if len(written) > MOST_CHARACTERS:
        raise TooMuchForExcelError(table, len(value), "characters in one cell")
    return written


def _in_hex(sign: re.Match[str]) -> str:
    return f"_x{ord(sign[0]):04X}_"
