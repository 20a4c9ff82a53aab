"""A report as text or file: table, json, csv or parquet."""

import json
from dataclasses import asdict
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.figures import half_up
from pipeline.domain.scope import Scope
from pipeline.glossary import COLUMNS, Column
from pipeline.reports.report import Report, is_missing

Format: TypeAlias = Literal["table", "json", "csv", "parquet"]

NOTHING = "–"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these would be run as a formula by a spreadsheet."""
_PLAIN = Column("", "", "text", "")
_DECIMALS = {"money": 2, "count": 0, "percent": 1, "days": 0, "average_days": 1, "decimal": 3}


def printed(report: Report, form: Format = "table") -> bytes:
    """Give a report in a format; all but parquet are UTF-8 text that ends with a line feed."""
    match form:
        case "table":
            return as_table(report).encode()
        case "json":
            return as_json(report).encode()
        case "csv":
            return as_csv(report).encode()
        case "parquet":
            return as_parquet(report)


def as_json(report: Report) -> str:
    """Report, definition, scope, excluded and rows; days as text, what is missing as null."""
    whole = {
        "report": report.name,
        "definition": report.definition,
        "scope": scope_in_words(report.scope),
        "excluded": report.excluded,
        "rows": [
            {str(name): _plain(value) for name, value in row.items()}
            for row in report.frame.to_dict("records")
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def scope_in_words(scope: Scope) -> dict[str, object]:
    """The parts of a scope that are set, as plain values; the as-of day always."""
    parts = {
        name: _plain(value) for name, value in asdict(scope).items() if value not in (None, ())
    }
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in parts.items()
    }


def as_csv(report: Report) -> str:
    """The rows under the names of their columns; texts that look like formulas begin with '."""
    return without_formulas(report.frame).to_csv(index=False, lineterminator="\n")


def as_parquet(report: Report) -> bytes:
    """The rows with their types."""
    buffer = BytesIO()
    report.frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before each text a spreadsheet would take for a formula."""
    texts = frame.select_dtypes(include=["str", "object"]).columns
    return frame.assign(**{name: frame[name].map(_harmless) for name in texts})


def as_table(report: Report) -> str:
    """The rows in columns for reading, then the definition and what is left out."""
    frame = report.frame.drop(columns=[name for name in report.frame if name not in COLUMNS])
    cells = {str(name): _cells(frame[name], _column(name)) for name in frame.columns}
    text = StringIO()
    _write_rows(text, cells)
    text.write(f"\nAs of {report.scope.as_of}. {report.definition}\n")
    for reason, number in report.excluded.items():
        noun = "opportunity" if number == 1 else "opportunities"
        text.write(f"Left out: {number:,} {noun} {reason}.\n")
    return text.getvalue()


def written(value: object, form: str) -> str:
    """One value as people read it.

    >>> written(26700.0, "money"), written(0.7, "rate"), written(None, "count")
    ('26,700.00', '70.0 %', '–')
    """
    if is_missing(value):
        return NOTHING
    if isinstance(value, date):
        return f"{value:%Y-%m}" if form == "month" else f"{value:%Y-%m-%d}"
    if form == "flag":
        return "yes" if value else "no"
    if form == "rate":
        return f"{half_up(float(str(value)) * 100, 1)} %"
    decimals = _DECIMALS.get(form)
    return str(value) if decimals is None else f"{half_up(float(str(value)), decimals):,}"


def _column(name: object) -> Column:
    return COLUMNS.get(str(name), _PLAIN)


def _cells(values: pd.Series, column: Column) -> list[str]:
    """Heading and cells of a column, padded to one width; numbers stand on the right."""
    texts = [column.label, *(written(value, column.format) for value in values)]
    width = max(map(len, texts))
    to_the_right = column.format in (*_DECIMALS, "rate")
    return [text.rjust(width) if to_the_right else text.ljust(width) for text in texts]


def _write_rows(text: StringIO, cells: dict[str, list[str]]) -> None:
    lines = ["  ".join(line).rstrip() for line in zip(*cells.values(), strict=True)]
    rule = "  ".join("-" * len(column[0]) for column in cells.values())
    text.write("\n".join([*lines[:1], rule, *lines[1:]]) + "\n")


def _plain(value: object) -> object:
    """A value as JSON knows it."""
    if isinstance(value, tuple):
        return value
    if is_missing(value):
        return None
    if isinstance(value, datetime) and not isinstance(value, pd.Timestamp):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value


def _harmless(value: object) -> object:
    dangerous = isinstance(value, str) and value.startswith(FORMULA_STARTS)
    return f"'{value}" if dangerous else value
