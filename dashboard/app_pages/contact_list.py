"""One list of contacts: who is on it, who comes onto it, and an opportunity for each."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, list_forms, list_members, list_opportunities
from pipeline.domain.errors import PipelineError
from pipeline.reports import contact_lists, look_ups, set_up_pages

no = st.query_params.get("no", "")
st.page_link("app_pages/contact_lists.py", label="Lists of contacts", icon=":material/arrow_back:")
with session.read() as reading:
    try:
        known = contact_lists.contact_list(reading, no)
    except PipelineError as refusal:
        furniture.heading("List of contacts")
        furniture.empty(formats.escape_markdown(refusal), "Choose one from the lists.")
        furniture.ready()
        st.stop()
    names = look_ups.names(reading)
    frame = contact_lists.lines(reading, no)
    made = int(contact_lists.contact_lists(reading, no)["made_from_list"].iloc[0])
    list_forms.header(known, names.owners, made)
    on_it, more, create, itself = st.tabs(
        ["On it", "Add contacts", "Create opportunities", "The list"]
    )
    with on_it:
        list_members.members(known, frame, names.owners)
    with more:
        list_members.add(reading, known, names.owners)
    with create:
        list_opportunities.create(reading, known, frame, names)
    with itself:
        list_forms.edit(known, names.active_owners, set_up_pages.campaigns(reading), made)
