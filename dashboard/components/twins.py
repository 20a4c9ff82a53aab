"""Likely twins of what is being typed, with reasons; what is none is remembered with the save."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.fields import Form
from dashboard.formats import Row
from dashboard.session import Session
from pipeline.commands import KeepApart
from pipeline.reports.twins import likely_twins


def while_typing(
    form: Form,
    reading: Session,
    *,
    contact_no: str | None,
    description: str,
    amount: Decimal | float | None = None,
    company_name: str = "",
) -> None:
    """Show the open opportunities that what is typed is probably again, if there are any.

    `wishes` gives what is to be carried out with the entry, so that the answers are remembered.
    """
    with st.container():  # always there: what stands below keeps its place, and what is typed
        if not description.strip() or not (contact_no or company_name.strip()):
            return
        found = likely_twins(
            reading, contact_no, description, amount, company_name=company_name, at_most=8
        )
        twins = found[~found["twin_no"].isin(_apart(form))].head(3)
        if not twins.empty:
            _ask(form, twins)


def _ask(form: Form, twins: pd.DataFrame) -> None:
    with st.container(border=True, key=f"twins-{form.name}", gap="xsmall"):
        st.markdown(":material/content_copy: **Is it one of these already?**")
        for row in formats.rows(twins):
            _twin(form, row)


def wishes(form: Form) -> list[KeepApart]:
    """What to carry out in one batch with the entry: that it is none of the twins put aside."""
    apart = _apart(form)
    return [KeepApart(other_nos=tuple(apart))] if apart else []


def _twin(form: Form, row: Row) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.page_link(
                "app_pages/opportunity.py",
                label=formats.escape_markdown(f"{row.twin_no} {row.twin_description}"),
                query_params={"no": str(row.twin_no)},
            )
            st.caption(formats.escape_markdown(_words(row)))
        st.button(
            "Not a duplicate",
            key=form.key(f"apart-{row.twin_no}"),
            on_click=_put_aside,
            args=(form, str(row.twin_no)),
        )


def _words(row: Row) -> str:
    """Where the twin stands and why it looks like the same."""
    parts = [
        row.reasons,
        formats.money(row.twin_amount) if not formats.is_missing(row.twin_amount) else "",
        formats.text(row.stage_description)
        if not formats.is_missing(row.stage_description)
        else "not started",
        f"owner {row.owner_name}" if not formats.is_missing(row.owner_name) else "",
    ]
    return " · ".join(part for part in parts if part)


def _apart(form: Form) -> list[str]:
    found: list[str] = st.session_state.get(form.key("apart"), [])
    return found


def _put_aside(form: Form, no: str) -> None:
    st.session_state[form.key("apart")] = [*_apart(form), no]
