"""The printed reports of Business Central: lists on paper, or kept as PDF."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, printed_reports
from pipeline.domain.errors import PipelineError

furniture.heading(
    "Printed reports", "“To print” gives a page for the printer; from there it can be kept as PDF."
)
view = furniture.switch("report", list(printed_reports.PRINTED))
with session.read() as reading:
    try:
        report = printed_reports.PRINTED[view](reading)
    except PipelineError as refusal:
        st.error(formats.escape_markdown(refusal))
        furniture.ready()
        st.stop()
printed_reports.draw(report)
