"""Many opportunities at once: a sheet to paste into, whose cells say what is wrong with them."""

import streamlit as st

from dashboard import session
from dashboard.components import furniture
from dashboard.components.sheet import edit, new
from pipeline.reports import look_ups

NEW, CHOSEN = "New", "Those chosen"

furniture.heading("Many at once", "Rows of a sheet, marked cell by cell and saved together.")
view = furniture.switch("rows", [NEW, CHOSEN])
with session.read() as reading:
    names = look_ups.names(reading)
if view == CHOSEN:
    edit.draw()
elif names.open_cycles and names.active_owners:
    new.draw()
else:
    furniture.empty("The company is not set up yet.", "Define a sales cycle and who sells first.")
    st.page_link("app_pages/first_steps.py", label="First steps", icon=":material/flag:")
