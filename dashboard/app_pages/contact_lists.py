"""Lists of contacts, each for an opportunity with everybody on it; a row opens the list."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, list_forms
from pipeline.reports import contact_lists, look_ups, set_up_pages

with session.read() as reading:
    frame = contact_lists.contact_lists(reading)
    names = look_ups.names(reading)
    campaigns = set_up_pages.campaigns(reading)

furniture.heading(
    "Lists of contacts",
    f"{formats.counted(len(frame), 'list')}; an opportunity can be created for everybody on one."
    if len(frame)
    else "The guests of a fair, the customers of a region: one opportunity each, created together.",
)
if len(frame):
    list_forms.lists(frame)
with st.container(width=760):
    st.subheader("New list", anchor=False)
    list_forms.new_list(names.active_owners, campaigns)
