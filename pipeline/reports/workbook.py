"""A report as an Excel workbook: typed cells, and a second sheet that says what they mean."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from pipeline.domain.errors import PipelineError
from pipeline.glossary import Column
from pipeline.reports.report import Report, is_missing

MOST_ROWS = 1_048_575
"""The rows a sheet holds below its heading."""
_LONGEST_TEXT = 32_767
"""The characters a cell holds."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER_FORMATS = {
    "money": "#,##0.00",
    "count": "#,##0",
    "percent": '0.0" %"',
    "rate": "0.0%",
    "days": "#,##0",
    "average_days": "#,##0.0",
    "tenths": "#,##0.0",
    "decimal": "0.000",
    "day": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "moment": "yyyy-mm-dd hh:mm",
}
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


class TooManyRowsError(PipelineError):
    """A report has more rows than a sheet of a workbook holds."""

    def __init__(self, rows: int) -> None:
        """Take how many there are."""
        super().__init__(
            f"A sheet of Excel holds {MOST_ROWS:,} rows, the report has {rows:,}. "
            "Narrow it, or take CSV or Parquet."
        )


def as_workbook(report: Report) -> bytes:
    """Give a report as the bytes of an .xlsx file. Raises `TooManyRowsError`.

    The first sheet holds the rows under a heading that stays in sight: numbers are numbers, rates
    are percentages, days are days, and a text is a text even where it looks like a formula. The
    second says what the report is, its scope, what it leaves out, and what each column means.
    """
    if len(report.frame) > MOST_ROWS:
        raise TooManyRowsError(len(report.frame))
    book = Workbook(write_only=True)
    _write_rows(book.create_sheet("Report"), report)
    _write_about(book.create_sheet("About"), report)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_rows(sheet: Any, report: Report) -> None:  # noqa: ANN401  openpyxl ships no types
    columns = [(str(name), report.column(str(name))) for name in report.frame]
    labels = [column.label if column else name for name, column in columns]
    sheet.freeze_panes = "A2"
    for nth, label in enumerate(labels, start=1):
        sheet.column_dimensions[get_column_letter(nth)].width = max(12, min(len(label) + 4, 40))
    sheet.append([_cell(sheet, label, bold=True) for label in labels])
    forms = [_NUMBER_FORMATS.get(column.format, "") if column else "" for _, column in columns]
    for row in report.frame.itertuples(index=False, name=None):
        sheet.append(
            [_cell(sheet, value, form=form) for value, form in zip(row, forms, strict=True)]
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(labels)))}{len(report.frame) + 1}"


def _write_about(sheet: Any, report: Report) -> None:  # noqa: ANN401
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 24
    sheet.column_dimensions["C"].width = 90
    for label, first, second in _about(report):
        sheet.append(
            [
                _cell(sheet, label, bold=True),
                _cell(sheet, first, form=_form_of(first), wrapped=not second),
                _cell(sheet, second, wrapped=True),
            ]
        )


def _about(report: Report) -> Iterator[tuple[str, object, object]]:
    """What must be known to read the rows: three cells a line."""
    from pipeline.reports.printing import scope_in_words  # noqa: PLC0415  it writes workbooks too

    yield "Report", report.name, ""
    yield "Definition", "", report.definition
    yield "As of the end of", report.scope.as_of, ""
    for part, value in scope_in_words(report.scope).items():
        if part != "as_of":
            several = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"Scope: {part.replace('_', ' ')}", several, ""
    for reason, number in report.excluded.items():
        yield "Left out", number, f"opportunities {reason}"
    yield "", "", ""
    yield "Column", "Name in the data", "Definition"
    for name in map(str, report.frame):
        column = report.column(name) or Column(name, "", "text", "")
        unit = f" In {column.unit}." if column.unit else ""
        yield column.label, name, f"{column.definition}{unit}"


def _form_of(value: object) -> str:
    return _NUMBER_FORMATS["day"] if isinstance(value, date) else ""


def _cell(
    sheet: Any,  # noqa: ANN401
    value: object,
    *,
    form: str = "",
    bold: bool = False,
    wrapped: bool = False,
) -> Any:  # noqa: ANN401
    plain = _plain(value)
    cell = WriteOnlyCell(sheet, plain)
    if isinstance(plain, str):
        # Both are needed: the type keeps it a text now, the mark when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = plain.startswith(_FORMULA_STARTS)
    elif form and plain is not None:
        cell.number_format = form
    if bold:
        cell.font = _BOLD
    if wrapped:
        cell.alignment = _WRAPPED
    return cell


def _plain(value: Any) -> object:  # noqa: ANN401  whatever a frame holds
    """A value as a cell can hold it: a number, a day, a moment, a flag, a text or nothing."""
    if isinstance(value, list | tuple | dict | set) or hasattr(value, "__array__"):
        value = value.item() if getattr(value, "ndim", 1) == 0 else str(value)
    if is_missing(value):
        return None
    if isinstance(value, pd.Timestamp):
        moment = value.tz_convert("UTC").tz_localize(None) if value.tzinfo else value
        return moment.date() if moment == moment.normalize() else moment.to_pydatetime()
    if isinstance(value, bool | int | date | datetime):
        return value
    if isinstance(value, float):
        return value if abs(value) != float("inf") else str(value)
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_LONGEST_TEXT]
