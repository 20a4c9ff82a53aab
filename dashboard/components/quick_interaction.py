"""Log an interaction from anywhere: whom it was with is found first, then its fields follow."""

from collections.abc import Callable

import streamlit as st

from dashboard import session
from dashboard.components import interactions
from dashboard.components.contact_picker import pick_contact
from dashboard.components.fields import Form
from dashboard.components.focus import first_field
from pipeline.reports import look_ups

DONE = "quick-interaction:done"
_HAVE_IT = ("contact", "opportunity")


def is_there(place: str) -> bool:
    """Whether a place (`page?number`) has the fields already, in one of its views."""
    page, _, no = place.partition("?")
    return page in _HAVE_IT and bool(no)


def draw(leave: Callable[[], None]) -> None:
    """The search for the contact, and under it the fields; once it is logged, `leave` is called."""
    if st.session_state.pop(DONE, False):
        st.rerun()

    def done() -> None:
        leave()
        st.session_state[DONE] = True

    with session.read() as reading:
        names = look_ups.names(reading)
        form = Form("quick-interaction")
        picked = pick_contact(form, reading)
        first_field(form.key("contact"))
        if picked.contact_no is None:
            st.caption("An interaction is with a contact there is: a company or a person.")
            return
        given = interactions.Given(
            contact_no=picked.contact_no,
            owner_code=session.who() if session.who() in names.owners else None,
            campaigns=look_ups.campaigns(reading, session.today()),
        )
        interactions.log(reading, names, given, today=session.today(), then=done)
