"""What the deletion of closed opportunities is narrowed to, and the word that carries it out."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.drill import GO_TO
from dashboard.components.edit_grid import named
from dashboard.components.fields import Form
from dashboard.scope import DATES
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.errors import SelectionChangedError
from pipeline.domain.scope import Scope, Selection
from pipeline.reports.chosen import closed_numbers
from pipeline.reports.look_ups import Names

ROWS = 15
WIDTHS = {
    "opportunity_no": 96,
    "description": 210,
    "contact_name": 160,
    "status": 70,
    "closed_on": 104,
    "amount": 100,
    "owner_name": 120,
    "cycle_code": 100,
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which closed opportunities are meant."""

    scope: Scope
    selection: Selection


def draw(names: Names, campaigns: pd.DataFrame, today: date) -> Wanted:
    """The filters: number or words, days of closing, outcome, owner, contact, campaign, cycle."""
    first, last, outcome, search = st.columns([1, 1, 1, 2])
    with first:
        closed_from = _day("Closed from", "closed-from")
    with last:
        closed_to = _day("Closed by", "closed-to")
    with outcome:
        status = st.selectbox(
            "Outcome", ["won", "lost"], index=None, placeholder="Both", key="closed-status"
        )
    with search:
        words = st.text_input(
            "Number, description, contact or owner", key="closed-words", type="search"
        )
    owner, contact, campaign, cycle = st.columns(4)
    with owner:
        owners = st.multiselect(
            "Owner",
            list(names.owners),
            format_func=named(names.owners),
            key="closed-owners",
            placeholder="Anybody's",
        )
    with contact:
        contact_no = st.text_input("Contact number", key="closed-contact", max_chars=20)
    with campaign:
        known = {
            row.campaign_no: row.description or row.campaign_no for row in formats.rows(campaigns)
        }
        chosen = st.multiselect(
            "Campaign", list(known), format_func=named(known), key="closed-campaigns"
        )
    with cycle:
        cycles = st.multiselect("Sales cycle", list(names.cycles), key="closed-cycles")
    contact_no = (contact_no or "").strip()
    return Wanted(
        scope=Scope(
            as_of=today,
            owners=tuple(owners),
            contacts=(contact_no,) if contact_no else (),
            campaigns=tuple(chosen),
            cycles=tuple(cycles),
        ),
        selection=Selection(
            statuses=(status,) if status else ("won", "lost"),
            closed_from=closed_from,
            closed_to=closed_to,
            search=words or "",
        ),
    )


def _day(label: str, key: str) -> date | None:
    day: date | None = st.date_input(label, value=None, format=DATES, key=key)
    return day


def confirm(reading: Session, wanted: Wanted, number: int) -> None:
    """Type how many they are; then the button deletes exactly those that were counted."""
    form = Form("delete-closed")
    numbers = closed_numbers(reading, wanted.scope, wanted.selection)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            f"Type {number} to delete them",
            key=form.key("typed"),
            live=True,
            width=240,
            help="It is recorded as one batch.",
        )
        st.button(
            f"Delete {formats.opportunities(number)}",
            key="delete-closed",
            type="primary",
            disabled=form.words("typed") != str(number),
            on_click=partial(_delete, form, wanted, numbers),
        )
    form.complaint()


def _delete(form: Form, wanted: Wanted, numbers: list[str]) -> None:
    """Delete what was counted; where the filter finds others by now, nothing."""

    def carry_out() -> str:
        with session.read() as reading:
            now = closed_numbers(reading, wanted.scope, wanted.selection)
        if set(now) != set(numbers):
            raise SelectionChangedError(len(numbers), len(now))
        session.record(commands.DeleteClosed(opportunity_nos=tuple(numbers)))
        st.session_state[GO_TO] = ("delete_closed", {})
        return f"{formats.opportunities(len(numbers))} deleted."

    form.attempt(carry_out)
