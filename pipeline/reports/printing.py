"""A report as text or file: table, json, csv, parquet, xlsx, or a page to print."""

import json
from dataclasses import asdict
from datetime import date, datetime
from html import escape
from io import BytesIO, StringIO
from typing import Literal, TypeAlias, get_args

import pandas as pd

from pipeline.domain.figures import half_up
from pipeline.domain.percentages import share
from pipeline.domain.scope import Scope
from pipeline.glossary import Column
from pipeline.reports.report import Report, is_missing
from pipeline.reports.workbook import as_workbook

Format: TypeAlias = Literal["table", "json", "csv", "parquet", "xlsx", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)

NOTHING = "–"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these would be run as a formula by a spreadsheet."""
_DECIMALS = {
    "money": 2,
    "count": 0,
    "percent": 1,
    "days": 0,
    "average_days": 1,
    "tenths": 1,
    "decimal": 3,
}


def printed(report: Report, form: Format = "table") -> bytes:
    """Give a report in a format: bytes of a file, or UTF-8 text that ends with a line feed."""
    match form:
        case "table":
            return as_table(report).encode()
        case "json":
            return as_json(report).encode()
        case "csv":
            return as_csv(report).encode()
        case "parquet":
            return as_parquet(report)
        case "xlsx":
            return as_workbook(report)
        case "html":
            from pipeline.reports.printed_page import as_page  # noqa: PLC0415  it writes values as here

            return as_page(report).encode()


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
    cells = {
        name: _cells(report.frame[name], column)
        for name in map(str, report.frame)
        if (column := report.column(name))
    }
    text = StringIO()
    _write_rows(text, cells)
    text.write("\n" + "".join(f"{line}\n" for line in footing_lines(report)))
    return text.getvalue()


def as_html(report: Report) -> str:
    """The rows as a notebook shows them; everything is escaped, nothing in it can run."""
    columns = {name: column for name in map(str, report.frame) if (column := report.column(name))}
    heads = "".join(
        f'<th title="{escape(column.definition)}">{escape(column.label)}</th>'
        for column in columns.values()
    )
    cells = {
        name: [escape(written(value, column.format)) for value in report.frame[name]]
        for name, column in columns.items()
    }
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row in zip(*cells.values(), strict=True)
    )
    footing = "".join(f"<p>{escape(line)}</p>" for line in footing_lines(report))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{footing}"


def footing_lines(report: Report) -> list[str]:
    """As of when, what it means, and what is left out."""
    counts = [
        f"Left out: {number:,} {'opportunity' if number == 1 else 'opportunities'} {reason}."
        for reason, number in report.excluded.items()
    ]
    return [f"As of {report.scope.as_of}. {report.definition}", *counts]


def written(value: object, form: str) -> str:
    r"""One value as people read it.

    >>> written(26700.0, "money"), written(0.7, "rate"), written(None, "count")
    ('26,700.00', '70.0\xa0%', '–')
    """
    if is_missing(value):
        return NOTHING
    if isinstance(value, date):
        return f"{value:%Y-%m}" if form == "month" else f"{value:%Y-%m-%d}"
    if form == "flag":
        return "yes" if value else "no"
    if form == "rate":
        return share(float(str(value)), 1)
    decimals = _DECIMALS.get(form)
    return str(value) if decimals is None else f"{half_up(float(str(value)), decimals):,}"


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
