"""Enter an opportunity on one page; Enter saves it, and a refusal loses nothing that was typed."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, new_form
from dashboard.components.fields import Form
from dashboard.components.focus import first_field
from pipeline.reports import look_ups

form = Form("new")
given = new_form.Given(
    contact_no=st.query_params.get("contact") or st.query_params.get("company", ""),
    owner_code=st.query_params.get("owner"),
    campaign_no=st.query_params.get("campaign"),
    cycle_code=st.query_params.get("cycle"),
)

furniture.heading("New opportunity")
if saved := st.session_state.pop("saved", None):
    with st.container(key="saved", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{formats.escape_markdown(saved)} is recorded.**")
        st.page_link("app_pages/opportunity.py", label="Open it", query_params={"no": saved})

with session.read() as reading, st.container(width=760):
    names = look_ups.names(reading)
    if names.open_cycles and names.active_owners:
        new_form.draw(form, reading, names, session.today(), given)
        first_field(form.key("contact"))
        new_form.drafts(reading, session.today())
    else:
        furniture.empty(
            "The company is not set up yet.",
            "Define a sales cycle and who sells first; it takes one click.",
        )
        st.page_link("app_pages/first_steps.py", label="First steps", icon=":material/flag:")
