"""What people do around a contact: interactions, tasks, comments, and what they come to."""

from datetime import date

import streamlit as st

from dashboard import formats, session
from dashboard.components import comments, interactions, task_list
from dashboard.components.interactions import Given as Meeting
from dashboard.components.task_form import Given, add_task
from dashboard.session import Session
from pipeline.domain.comments import About
from pipeline.domain.contacts import Contact
from pipeline.domain.scope import Scope
from pipeline.reports import interactions as interaction_reports
from pipeline.reports import look_ups
from pipeline.reports import quotes as quote_reports
from pipeline.reports import tasks as task_reports
from pipeline.reports.look_ups import Names
from pipeline.reports.tasks import Asked

OPPORTUNITIES, INTERACTIONS, TASKS, COMMENTS = "Opportunities", "Interactions", "Tasks", "Comments"
_MOST_QUOTES = 12
VIEWS = (OPPORTUNITIES, INTERACTIONS, TASKS, COMMENTS)


def in_short(reading: Session, contact: Contact) -> None:
    """Number, duration and cost of the interactions, and the open tasks; each leads to its list."""
    found = interaction_reports.summed(reading, contact_no=contact.no)
    still = task_reports.tasks(reading, Asked(contact_no=contact.no))
    with st.container(horizontal=True, vertical_alignment="center", key="in-short"):
        st.page_link(
            "app_pages/contact.py",
            label=interactions.in_words(found),
            icon=":material/forum:",
            query_params={"no": contact.no, "show": INTERACTIONS},
        )
        st.page_link(
            "app_pages/tasks.py",
            label=formats.counted(len(still), "open task"),
            icon=":material/task_alt:",
            query_params={"contact": contact.no},
        )
        if found.last_on is not None:
            st.caption(f"Last interaction on {formats.day(found.last_on)}.")


def quotes(reading: Session, contact: Contact, today: date) -> None:
    """The quotes and orders of a contact and its persons, each a link; nothing without any."""
    scope = Scope(as_of=today, contacts=(contact.no,))
    found = quote_reports.quotes(reading, scope).frame
    if found.empty:
        return
    st.subheader("Quotes", anchor=False)
    with st.container(gap="xxsmall", key="quotes-of-contact"):
        for row in formats.rows(found.head(_MOST_QUOTES)):
            st.page_link(
                "app_pages/quote.py",
                label=formats.escape_markdown(_quote(row)),
                icon=":material/request_quote:",
                query_params={"no": row.quote_no},
            )
        if len(found) > _MOST_QUOTES:
            st.page_link(
                "app_pages/quotes.py",
                label=f"All {formats.counted(len(found), 'quote')}",
                query_params={"quote": contact.name},
            )


def _quote(row: formats.Row) -> str:
    number = row.quote_no if formats.is_missing(row.order_no) else f"Order {row.order_no}"
    told = (number, formats.money(row.quote_amount), row.quote_status, row.quote_description)
    of = "" if formats.is_missing(row.opportunity_no) else f"of {row.opportunity_no}"
    return " · ".join(formats.text(one) for one in (*told, of) if one)


def view(reading: Session, contact: Contact, names: Names, chosen: str, *, today: date) -> None:
    """One of the views but the opportunities."""
    if chosen == INTERACTIONS:
        _interactions(reading, contact, names, today)
    elif chosen == TASKS:
        _tasks(reading, contact, names, today)
    else:
        comments.panel(reading, About.CONTACT, contact.no)


def _interactions(reading: Session, contact: Contact, names: Names, today: date) -> None:
    interactions.offer()
    frame = interaction_reports.interactions(reading, contact_no=contact.no)
    interactions.listed(reading, frame, key="interactions")
    st.markdown("**Log an interaction**")
    meeting = Meeting(
        contact_no=contact.no,
        owner_code=session.who(),
        campaigns=look_ups.campaigns(reading, today),
    )
    interactions.log(reading, names, meeting, today=today)


def _tasks(reading: Session, contact: Contact, names: Names, today: date) -> None:
    frame = task_reports.tasks(reading, Asked(contact_no=contact.no, which="all"))
    if frame.empty:
        st.caption("Nothing is to be done.")
    task_list.grouped(frame, names, today=today, with_about=True)
    st.markdown("**Add a task**")
    add_task(names, Given(contact_no=contact.no, owner_code=session.who()), today=today)
