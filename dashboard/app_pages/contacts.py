"""Companies and persons: searched with tolerance, a page at a time; a row opens the contact."""

from functools import partial

import streamlit as st

from dashboard import formats, session
from dashboard.components import contact_list, furniture
from pipeline.domain.contacts import ContactType
from pipeline.reports.contacts import contacts

KINDS = {"Companies": ContactType.COMPANY, "Persons": ContactType.PERSON}

top = st.container()
kind = contact_list.toolbar(list(KINDS))
with session.read() as reading:
    found = contacts(
        reading,
        contact_list.words(),
        type_=KINDS[kind] if kind else None,
        limit=contact_list.ROWS,
        offset=contact_list.offset(),
    )

with top:
    furniture.heading("Contacts", f"{formats.counted(found.total, 'contact')}.")
    st.page_link("app_pages/new_contact.py", label="New contact", icon=":material/person_add:")
if found.are_near_only and found.total:
    st.caption("Nothing is called so; these are nearly.")
if found.total:
    contact_list.rows(found.frame)
    contact_list.pages(found.total)
    furniture.set_up_footing(
        found.frame,
        name="contacts",
        definition="The contacts that the words find, and how many opportunities each has in "
        "progress.",
        key="contacts",
        whole=partial(contact_list.whole, contact_list.words(), KINDS[kind] if kind else None),
        rows=found.total,
    )
elif contact_list.words() or kind:
    furniture.empty("No contact fits.", "Take a filter away, or enter a new contact.")
else:
    furniture.empty(
        "There are no contacts yet.",
        "Enter one here, or with its first opportunity: a new company is made on the spot.",
    )
