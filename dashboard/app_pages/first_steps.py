"""A new company's first steps: what the first opportunity needs, made with one button."""

import streamlit as st

from dashboard import session
from dashboard.components import furniture
from dashboard.components.fields import Form
from dashboard.components.first_steps import checklist, start
from dashboard.components.focus import first_field
from pipeline.reports import set_up_pages

with session.read() as reading:
    begun = set_up_pages.so_far(reading)

furniture.heading(
    "First steps",
    "Everything is there: enter an opportunity."
    if begun.is_complete
    else "Before the first opportunity, three things are needed; the fourth comes with it.",
)
form = Form("start")
with st.container(width=760):
    if not begun.is_complete:
        start(form, begun)
    checklist(begun)
if not begun.has_salesperson:
    first_field(form.key("name"))
