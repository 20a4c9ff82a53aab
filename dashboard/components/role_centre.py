"""The figures of Business Central's role centre: counts, the funnel, by owner, the top five."""

import streamlit as st

from dashboard import formats, session
from dashboard.charts import role_centre as charts
from dashboard.components import drill, furniture
from dashboard.components.furniture import Tile
from dashboard.session import Session
from pipeline.domain.scope import Scope
from pipeline.glossary import COLUMNS
from pipeline.reports.report import Report
from pipeline.reports.role_centre import (
    Span,
    Status,
    headline_figures,
    opportunities_by_owner,
    pipeline_funnel,
    top_opportunities,
)

COUNTS = ("open_opportunities", "closed_opportunities", "due_in_7_days", "overdue")
BESIDE = ("companies", "persons", "open_quotes", "orders", "active_campaigns")
SPANS: dict[str, Span] = {
    "Month": "month",
    "Day": "day",
    "Week": "week",
    "Quarter": "quarter",
    "Year": "year",
}
STATUSES: dict[str, Status] = {
    "Won": "won",
    "Lost": "lost",
    "In progress": "in progress",
    "Not started": "not started",
}
TOP = ["opportunity_no", "description", "contact_name", "owner_name", "stage_description"]
TOP += ["amount", "expected_close_on"]


def draw(reading: Session, looked_at: Scope) -> None:
    """Counts with their lists, the funnel, opportunities by owner, and the five largest."""
    _counts(headline_figures(reading, looked_at))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Sales pipeline", anchor=False)
        _funnel(pipeline_funnel(reading, looked_at))
    with right:
        st.subheader("Opportunities by owner", anchor=False)
        _by_owner(reading, looked_at)
    st.subheader("Top five", anchor=False)
    top = top_opportunities(reading, looked_at)
    furniture.table(top.frame, key="top", columns=TOP, on_select=lambda: _open(top))
    st.caption(top.definition)


def _counts(report: Report) -> None:
    sums = report.totals
    rate = formats.rate(sums["win_loss_rate"])
    furniture.tiles(
        [
            *(
                Tile(
                    label=COLUMNS[name].label,
                    value=formats.count(sums[name]),
                    help=COLUMNS[name].definition,
                )
                for name in COUNTS
            ),
            Tile(
                label="Win/loss",
                value=rate,
                note=f"{formats.count(sums['won'])} won, {formats.count(sums['lost'])} lost",
                help=COLUMNS["win_loss_rate"].definition,
            ),
        ]
    )
    with st.container(horizontal=True, gap="small", key="headline-links"):
        for name in COUNTS:
            if sums[name]:
                drill.link(COLUMNS[name].label, report.behind(report.frame.iloc[0], name))
    st.caption(" · ".join(f"{COLUMNS[name].label}: {formats.count(sums[name])}" for name in BESIDE))


def _funnel(report: Report) -> None:
    if not report.frame[["funnel_entries", "opportunities"]].to_numpy().any():
        furniture.empty("No stage was ever entered.", "Activate the first stage of one.")
        return
    furniture.chart(
        charts.funnel(report.frame, session.mode()),
        key="funnel",
        alt="Entries ever and opportunities now by stage; the report pipeline-funnel holds them.",
        on_select=drill.opens(report, "funnel"),
    )
    st.caption(report.definition)


def _by_owner(reading: Session, looked_at: Scope) -> None:
    with st.container(horizontal=True, gap="small", key="by-owner"):
        status = STATUSES[furniture.switch("status_of", list(STATUSES))]
        span = SPANS[furniture.switch("span", list(SPANS))]
    report = opportunities_by_owner(reading, looked_at, status=status, by=span)
    if report.frame.empty:
        furniture.empty(f"Nothing {status} in this {span}.", "Choose another status or period.")
        return
    furniture.chart(
        charts.by_owner(report.frame, session.mode()),
        key="owners",
        alt="Opportunities by owner; the report opportunities-by-owner holds the figures.",
        on_select=drill.opens(report, "owners"),
    )
    st.caption(report.definition)


def _open(report: Report) -> None:
    row = drill.chosen_row(st.session_state["top"])
    if row is not None and row < len(report.frame):
        number = report.frame["opportunity_no"].iloc[row]
        st.session_state[drill.GO_TO] = ("opportunity", {"no": number})
