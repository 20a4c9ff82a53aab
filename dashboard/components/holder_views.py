"""The statistics of salespeople, contacts and campaigns on the statistics page."""

import streamlit as st

from dashboard import formats, scope
from dashboard.components import furniture
from dashboard.components.drill import opens
from dashboard.session import Session
from pipeline.reports.holders import (
    campaign_statistics,
    contact_statistics,
    salesperson_statistics,
)

REPORTS = {
    "Salespeople": salesperson_statistics,
    "Contacts": contact_statistics,
    "Campaigns": campaign_statistics,
}
LARGEST = 200
"""So many rows are shown; a file has all of them."""


def draw(view: str, reading: Session) -> None:
    """One of the tables, the largest amount first; a row opens its opportunities."""
    report = REPORTS[view](reading, scope.current())
    if report.frame.empty:
        furniture.nothing_in_scope(report, "No opportunity was started")
        return
    furniture.table(report.frame.head(LARGEST), key="holders", on_select=opens(report, "holders"))
    if len(report.frame) > LARGEST:
        st.caption(
            f"The {LARGEST} with the largest amounts of {formats.count(len(report.frame))}; the "
            "files below hold all of them."
        )
    furniture.footing(report, key="holders")
