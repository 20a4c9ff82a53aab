"""A report as a page to print, or to keep as PDF: one HTML file that needs nothing else.

It has no script and asks for nothing from anywhere; what people typed is escaped. A report that
names `parts` is divided by them, each part with its own sums.
"""

from html import escape

import pandas as pd

from pipeline.glossary import Column
from pipeline.reports.printing import footing_lines, scope_in_words, written
from pipeline.reports.report import Report, is_missing

SUMS = ("count", "money")
"""The formats whose columns can be added up under a part."""
_NUMBERS = (*SUMS, "percent", "rate", "days", "average_days", "tenths", "decimal")
_SCOPE = {"from_on": "from", "to_on": "to", "known_at": "as known at"}
"""The parts of a scope that are called otherwise on paper."""
_STYLE = """
@page { size: A4 landscape; margin: 14mm 12mm; }
:root { color-scheme: light; }
body { font: 10pt/1.4 Inter, "Helvetica Neue", Arial, sans-serif; color: #1c2024; margin: 2rem auto;
  max-width: 70rem; padding: 0 1rem; background: #fff; }
h1 { font-size: 16pt; margin: 0 0 .2rem; } h2 { font-size: 12pt; margin: 1.2rem 0 .3rem; }
h1, h2 { break-after: avoid; }
p { margin: .2rem 0; color: #5b6470; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: .22rem .5rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid #e3e6ea; }
th { font-weight: 600; border-bottom: 1px solid #8a929c; }
.n { text-align: right; white-space: nowrap; }
tfoot td { font-weight: 600; border-top: 1px solid #8a929c; border-bottom: 0; }
.scroll { overflow-x: auto; }
@media print { body { margin: 0; max-width: none; padding: 0; } .scroll { overflow: visible; } }
"""


def as_page(report: Report) -> str:
    """Give a report as an HTML document for the printer: title, scope, parts, what is left out."""
    columns = {
        name: column
        for name in map(str, report.frame)
        if name not in report.parts and (column := report.column(name))
    }
    title = escape(report.name.replace("-", " ").capitalize())
    footing = "".join(f"<p>{escape(line)}</p>" for line in footing_lines(report))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><p>{escape(_scope(report))}</p>"
        f"{_parts(report, columns)}{footing}</body></html>\n"
    )


def _scope(report: Report) -> str:
    """The scope in a line: as of 2026-01-28; from 2026-01-01; to 2026-03-31; owners HR."""
    parts = scope_in_words(report.scope)
    return "; ".join(
        f"{_SCOPE.get(name, name.replace('_', ' '))} "
        f"{', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in parts.items()
    )


def _parts(report: Report, columns: dict[str, Column]) -> str:
    """The table, or one table under a heading for each part, in the order of the rows."""
    frame = report.frame
    if not report.parts or frame.empty:
        return _table(frame, columns)
    keys = frame[list(report.parts)].astype("object")
    headings = keys.apply(lambda row: " · ".join(_word(value) for value in row), axis=1)
    return "".join(
        f"<section><h2>{escape(heading or 'None')}</h2>"
        f"{_table(part, _said(part, columns))}</section>"
        for heading, part in frame.groupby(headings, sort=False)
    )


def _said(part: pd.DataFrame, columns: dict[str, Column]) -> dict[str, Column]:
    """The columns that say anything of a part; one that is blank in each of its rows does not."""
    return {name: column for name, column in columns.items() if part[name].notna().any()}


def _word(value: object) -> str:
    return "" if is_missing(value) else str(value)


def _table(frame: pd.DataFrame, columns: dict[str, Column]) -> str:
    head = "".join(
        f'<th class="{_side(column)}" title="{escape(column.definition)}">'
        f"{escape(column.label)}</th>"
        for column in columns.values()
    )
    cells = [
        [
            f'<td class="{_side(column)}">{escape(written(value, column.format))}</td>'
            for value in frame[name]
        ]
        for name, column in columns.items()
    ]
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*cells, strict=True))
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        f"{_sums(frame, columns)}</table></div>"
    )


def _sums(frame: pd.DataFrame, columns: dict[str, Column]) -> str:
    """The last line of a table: its number of rows and the sums of what can be added."""
    if len(frame) < 2 or not any(_adds_up(name, columns) for name in columns):  # noqa: PLR2004 (one row is its own sum)
        return ""
    cells = [
        f'<td class="{_side(column)}">{escape(written(frame[name].sum(), column.format))}</td>'
        if _adds_up(name, columns)
        else f"<td>{'Sum' if place == 0 else ''}</td>"
        for place, (name, column) in enumerate(columns.items())
    ]
    return f"<tfoot><tr>{''.join(cells)}</tr></tfoot>"


def _adds_up(name: str, columns: dict[str, Column]) -> bool:
    """Say whether a column is a count or money that adds up: no mean, no number of a thing."""
    column = columns[name]
    return column.format in SUMS and bool(column.unit) and not name.startswith("average_")


def _side(column: Column) -> str:
    return "n" if column.format in _NUMBERS else ""
