"""Delete won and lost opportunities together: filters and their count first, then a typed yes."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import closed_filters, furniture
from pipeline.reports import look_ups, set_up_pages
from pipeline.reports.opportunities import opportunities

furniture.heading(
    "Delete closed opportunities",
    "Their log stays readable on the days before; from today on they are in no number.",
)
with session.read() as reading:
    wanted = closed_filters.draw(
        look_ups.names(reading), set_up_pages.campaigns(reading), session.today()
    )
    report = opportunities(
        reading,
        wanted.scope,
        wanted.selection,
        order_by="closed_on",
        descending=False,
        limit=closed_filters.ROWS,
    )
    number = int(report.totals["opportunities"] or 0)
    if number:
        st.markdown(f"**{formats.opportunities(number)} would be deleted.**")
        furniture.table(
            report.frame,
            key="closed",
            columns=list(closed_filters.WIDTHS),
            widths=closed_filters.WIDTHS,
        )
        if number > len(report.frame):
            st.caption(f"The first {len(report.frame)} of them, the longest closed on top.")
        closed_filters.confirm(reading, wanted, number)
    else:
        furniture.empty(
            "No closed opportunity fits.",
            "Choose other days or take a filter away; what is open is never deleted here.",
        )
