"""One contact: what it brought and may bring, what happens around it, and its own fields."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import contact_around, contact_form, contact_views, furniture
from pipeline.domain.contacts import ContactType
from pipeline.domain.errors import PipelineError
from pipeline.reports import contacts, look_ups

no = st.query_params.get("no", "")
st.page_link("app_pages/contacts.py", label="Contacts", icon=":material/arrow_back:")

with session.read() as reading:
    try:
        contact = look_ups.contact(reading, no)
    except PipelineError as refusal:
        furniture.heading("Contact")
        furniture.empty(formats.escape_markdown(refusal), "Choose one from the list.")
        furniture.ready()
        st.stop()
    names = look_ups.names(reading)
    is_company = contact.type is ContactType.COMPANY
    contact_views.header(reading, contact, names.owners)
    contact_views.figures(reading, contact, session.today())
    contact_around.in_short(reading, contact)
    wide, narrow = st.columns([2, 1], gap="large")
    with wide:
        show = furniture.switch("show", contact_around.VIEWS)
        if show == contact_around.OPPORTUNITIES:
            contact_views.opportunities(reading, contact, session.today())
            contact_around.quotes(reading, contact, session.today())
            if is_company:
                contact_views.persons(reading, contact)
        else:
            contact_around.view(reading, contact, names, show, today=session.today())
    with narrow:
        st.subheader("Details", anchor=False)
        contact_form.edit_contact(reading, contact, names.active_owners)
        contact_form.remove_contact(contact, contacts.linked(reading, contact))
