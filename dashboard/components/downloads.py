"""The table of a report as a file, and a figure as a picture; each is made when it is asked for.

The picture is drawn by the browser that shows the figure: it looks as on the screen, in its colours
and fonts, and the server needs no browser of its own.
"""

from collections.abc import Callable

import streamlit as st

from dashboard import formats
from pipeline.reports.printing import Format, printed
from pipeline.reports.report import Report
from pipeline.reports.workbook import MOST_ROWS

_KINDS: dict[str, tuple[Format, str]] = {
    "CSV": ("csv", "text/csv"),
    "Excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "Parquet": ("parquet", "application/vnd.apache.parquet"),
    "To print": ("html", "text/html"),
}


def downloads(
    report: Report,
    *,
    key: str,
    whole: Callable[[], Report] | None = None,
    rows: int | None = None,
) -> None:
    """The buttons that give a report as CSV, Excel, Parquet or a page to print.

    Where the report is a part of a longer list, `whole` asks for all of it, of `rows` rows.
    """
    number = len(report.frame) if rows is None else rows
    for label, (form, mime) in _KINDS.items():
        too_long = form == "xlsx" and number > MOST_ROWS
        st.download_button(
            label,
            data=_file(whole or (lambda: report), form),
            file_name=f"{report.name}-{report.scope.as_of}.{form}",
            mime=mime,
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
            disabled=too_long,
            help="More rows than a sheet of Excel holds." if too_long else None,
            key=f"{key}-{form}",
        )


def picture_options(name: str) -> dict[str, object]:
    """What the figure must know to be saved as a picture, twice as fine as the screen."""
    return {
        "displayModeBar": "hover",
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2},
    }


def _file(ask: Callable[[], Report], form: Format) -> Callable[[], bytes]:
    """The bytes of a report in a format, as a function that is called on a click."""
    if form == "csv":
        return lambda: formats.csv(ask().frame)
    return lambda: printed(ask(), form)
