"""The list of contacts: search, kind and page stand in the address, so a list is a link."""

from collections.abc import Sequence
from math import ceil

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.drill import GO_TO, chosen_row
from pipeline.domain.contacts import ContactType
from pipeline.reports.contacts import contacts

ROWS = 25
_ALL = 1_000_000_000
WIDTHS = {
    "contact_no": 96,
    "contact_name": 250,
    "contact_type": 86,
    "company_name": 210,
    "owner_name": 140,
    "is_customer": 90,
    "open_now": 64,
}


def toolbar(kinds: Sequence[str]) -> str | None:
    """The search and the kind; each change begins at the first page again. Gives the kind."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="toolbar"):
        st.text_input(
            "Search contacts",
            key="find",
            type="search",
            live=True,
            placeholder="Name or number",
            label_visibility="collapsed",
            bind="query-params",
            on_change=_first_page,
            width=330,
        )
        kind: str | None = st.segmented_control(
            "Kind",
            kinds,
            key="kind",
            label_visibility="collapsed",
            bind="query-params",
            on_change=_first_page,
        )
    return kind


def words() -> str:
    """What is searched for."""
    return str(st.session_state.get("find") or "").strip()


def offset() -> int:
    """How many rows stand on the pages before."""
    return (_page() - 1) * ROWS


def whole(search: str, kind: ContactType | None) -> pd.DataFrame:
    """All the contacts that the words find, for a file."""
    with session.read() as reading:
        return contacts(reading, search, type_=kind, limit=_ALL).frame


def rows(frame: pd.DataFrame) -> None:
    """The page of the list; choosing a row opens the contact."""
    numbers = list(frame["contact_no"])
    furniture.table(
        frame,
        key="contact-rows",
        columns=list(WIDTHS),
        on_select=lambda: _open(numbers),
        widths=WIDTHS,
    )


def pages(total: int) -> None:
    """The pages of the list, where there is more than one."""
    last = max(1, ceil(total / ROWS))
    if _page() > last:
        st.session_state["contacts_page"] = last
        st.rerun()
    if last > 1:
        first = offset() + 1
        with st.container(horizontal=True, vertical_alignment="center", key="contact-pages"):
            st.pagination(last, key="contacts_page", bind="query-params", width=300)
            st.caption(
                f"{formats.count(first)}–{formats.count(min(first + ROWS - 1, total))} "
                f"of {formats.count(total)}"
            )


def _page() -> int:
    """The page asked for; on the first run its widget has not read the address yet."""
    asked = st.session_state.get("contacts_page") or st.query_params.get("contacts_page", "1")
    return max(1, int(asked)) if str(asked).isdigit() else 1


def _first_page() -> None:
    st.session_state["contacts_page"] = 1


def _open(numbers: Sequence[str]) -> None:
    row = chosen_row(st.session_state["contact-rows"])
    if row is not None and row < len(numbers):
        st.session_state[GO_TO] = ("contact", {"no": numbers[row]})
