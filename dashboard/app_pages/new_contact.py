"""Enter a company or a person; one that may be there already is shown before it is made twice."""

import streamlit as st

from dashboard import session
from dashboard.components import furniture
from dashboard.components.contact_form import new_contact
from dashboard.components.focus import first_field
from pipeline.reports import look_ups

st.page_link("app_pages/contacts.py", label="Contacts", icon=":material/arrow_back:")
furniture.heading("New contact")
with session.read() as reading, st.container(width=620):
    owners = look_ups.names(reading).active_owners
    form = new_contact(reading, owners, st.query_params.get("company", ""))
    first_field(form.key("name"))
