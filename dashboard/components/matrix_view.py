"""The matrix on its page: what it is asked, and a table whose cells open to their opportunities."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard import formats, scope
from dashboard.components.drill import GO_TO
from dashboard.selection import query
from dashboard.session import Session
from pipeline.glossary import COLUMNS
from pipeline.reports.matrix import Figure, Lines, Rounding, Status
from pipeline.reports.matrix_periods import MOST_PERIODS, By, begin
from pipeline.reports.report import Report, is_missing

LINES: dict[str, Lines] = {"Owners": "owner", "Contacts": "contact", "Campaigns": "campaign"}
FIGURES: dict[str, Figure] = {
    "Opportunities": "opportunities",
    "Amount": "amount",
    "Weighted amount": "weighted_amount",
    "Average amount": "average_amount",
    "Average weighted amount": "average_weighted_amount",
}
STATUSES: dict[str, Status] = {"In progress": "in progress", "Won": "won", "Lost": "lost"}
BY: dict[str, By] = {
    "Months": "month",
    "Days": "day",
    "Weeks": "week",
    "Quarters": "quarter",
    "Years": "year",
    "Accounting periods": "accounting period",
}
ROUNDING: dict[str, Rounding] = {
    "To the cent": "none",
    "Whole": "1",
    "Thousands": "1000",
    "Millions": "1000000",
}
TABLE = "matrix-table"
SET_BACK = "matrix_shift"
"""How many sets of periods the matrix is moved from where it begins; kept in the session."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the matrix is asked."""

    lines: Lines
    figure: Figure
    status: Status
    by: By
    periods: int
    rounding: Rounding


def toolbar() -> Asked:
    """The choices of the matrix in one line, each kept in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="matrix-bar"):
        lines = _choice("lines", "Lines", list(LINES), 124)
        figure = _choice("figure", "Figure", list(FIGURES), 176)
        status = _choice("of", "Status", list(STATUSES), 128)
        by = _choice("by", "View by", list(BY), 168)
        rounding = _choice("rounding", "Rounded", list(ROUNDING), 136)
        periods = st.number_input(
            "Periods", 1, MOST_PERIODS, 12, key="periods", bind="query-params", width=110
        )
        st.button("", icon=":material/chevron_left:", on_click=_shift, args=(-1,), help="Earlier")
        st.button("", icon=":material/chevron_right:", on_click=_shift, args=(1,), help="Later")
    return Asked(
        lines=LINES[lines],
        figure=FIGURES[figure],
        status=STATUSES[status],
        by=BY[by],
        periods=int(periods),
        rounding=ROUNDING[rounding],
    )


def begins_on(reading: Session, asked: Asked, day: date) -> date:
    """The day whose period comes first: that of the scope, moved by whole sets of periods."""
    sets = int(st.session_state.get(SET_BACK, 0))
    return begin(reading, day, asked.by, moved=sets * asked.periods)


def table(report: Report) -> None:
    """The matrix and its totals; choosing a cell opens the opportunities in it."""
    frame = report.frame
    periods = [name for name in map(str, frame) if name in report.columns]
    indent = frame["line_type"].map({"person": "\u2003"}).fillna("")
    shown = frame.assign(line_name=indent + frame["line_name"])[["line_name", *periods]]
    writers: dict[Any, Any] = {
        name: formats.writer(report.columns[name].format) for name in periods
    }
    st.dataframe(
        shown.style.format(writers, na_rep=formats.NOTHING),
        key=TABLE,
        hide_index=True,
        height="content" if len(frame) < 20 else 620,  # noqa: PLR2004 (rows of a screen)
        column_config=_columns(report, periods),
        on_select=lambda: _open(report),
        selection_mode="single-cell",
        placeholder=formats.NOTHING,
    )
    _totals(report, periods)


def _totals(report: Report, periods: list[str]) -> None:
    """What all lines together have in each period, said once under the table."""
    words = [
        f"{report.columns[name].label}: "
        f"{formats.writer(report.columns[name].format)(report.totals[name])}"
        for name in periods
        if not is_missing(report.totals[name]) and report.totals[name]
    ]
    st.caption("All lines together, each opportunity once: " + (" · ".join(words) or "nothing"))


def _columns(report: Report, periods: list[str]) -> dict[str, Any]:
    name = COLUMNS["line_name"]
    return {"line_name": st.column_config.Column(name.label, help=name.definition, pinned=True)} | {
        period: st.column_config.Column(
            report.columns[period].label, help=report.columns[period].definition, alignment="right"
        )
        for period in periods
    }


def _open(report: Report) -> None:
    cells = st.session_state[TABLE]["selection"].get("cells", [])
    if not cells:
        return
    row, column = cells[0]
    if column not in report.columns or row >= len(report.frame):
        return
    record = {str(name): value for name, value in report.frame.iloc[row].items()}
    behind = report.leads_to(record, column)
    st.session_state[GO_TO] = ("opportunities", dict(query(scope.current(), behind)))


def _choice(key: str, label: str, options: list[str], width: int) -> str:
    chosen: str = st.selectbox(label, options, key=key, bind="query-params", width=width)
    return chosen


def _shift(by: int) -> None:
    st.session_state[SET_BACK] = int(st.session_state.get(SET_BACK, 0)) + by
