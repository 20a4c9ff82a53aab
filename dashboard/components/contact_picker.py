"""Find a contact among any number of them, or name a new company on the spot."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.fields import Form
from dashboard.formats import Row
from dashboard.session import Session
from pipeline.domain.contacts import ContactType
from pipeline.reports import look_ups

NEW = "new company"


@dataclass(frozen=True, kw_only=True)
class Picked:
    """A contact there is, or the name of a company to make; neither while nothing is typed."""

    contact_no: str | None = None
    company_name: str = ""
    owner_code: str | None = None


def pick_contact(form: Form, session: Session, given: str = "") -> Picked:
    """Draw the search and, under it, what it finds; the store searches, not the browser.

    A number that the address gives stands in the search to begin with.
    """
    if given and form.key("contact") not in st.session_state:
        st.session_state[form.key("contact")] = given
    st.text_input(
        "Contact",
        key=form.key("contact"),
        live=True,
        type="search",
        placeholder="Name or number of a company or person",
    )
    form.under("contact_no")
    words = form.words("contact")
    if not words:
        return Picked()
    found = look_ups.contacts(session, words)
    chosen = _choose(form, found, words)
    if chosen == NEW:
        return Picked(company_name=words)
    row = found[found["contact_no"] == chosen].iloc[0]
    owner = None if formats.is_missing(row["owner_code"]) else str(row["owner_code"])
    return Picked(contact_no=str(row["contact_no"]), owner_code=owner)


def _choose(form: Form, found: pd.DataFrame, words: str) -> str:
    """The likeliest contact is chosen already; a new company is the last choice."""
    labels = {row.contact_no: _label(row) for row in formats.rows(found)}
    labels[NEW] = f"New company “{words}”"
    key = form.key("found")
    if st.session_state.get(key) not in labels:
        st.session_state.pop(key, None)
    chosen: str = st.radio(
        "Which one",
        list(labels),
        format_func=lambda one: formats.escape_markdown(labels.get(one, one)),
        key=key,
        label_visibility="collapsed",
    )
    return chosen


def pick_company(form: Form, session: Session, now: str | None = None) -> str | None:
    """Draw the search for a person's company and give its number; None for a person without one.

    `now` is the company the person has; it stands in the search until something else is typed.
    """
    key = form.key("company")
    if key not in st.session_state:
        st.session_state[key] = now or ""
    st.text_input(
        "Company",
        key=key,
        live=True,
        type="search",
        placeholder="Name or number; blank for a person without a company",
    )
    words = form.words("company")
    found = look_ups.contacts(session, words, type_=ContactType.COMPANY) if words else None
    chosen = None if found is None else _one_company(form, found, words)
    form.under("company_no")
    return chosen


def _one_company(form: Form, found: pd.DataFrame, words: str) -> str:
    """The likeliest company; words that find none are given back, to be refused on saving."""
    if found.empty:
        st.caption(f"No company is called “{formats.escape_markdown(words)}”.")
        return words
    labels = {row.contact_no: _label(row) for row in formats.rows(found)}
    key = form.key("company_no")
    if st.session_state.get(key) not in labels:
        st.session_state.pop(key, None)
    chosen: str = st.radio(
        "Which company",
        list(labels),
        format_func=lambda one: formats.escape_markdown(labels.get(one, one)),
        key=key,
        label_visibility="collapsed",
    )
    return chosen


def _label(row: Row) -> str:
    """A contact in one line: number, name, and the company of a person."""
    company = row.company_name
    of = "" if formats.is_missing(company) or company == row.name else f", {company}"
    return f"{row.name}{of} ({row.contact_no})"
