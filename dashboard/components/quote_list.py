"""The list of quotes: search and status stand in the address; a row opens the quote."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.contact_picker import Picked, pick_contact
from dashboard.components.drill import GO_TO, chosen_row
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.errors import MissingFieldError
from pipeline.domain.quotes import QuoteStatus
from pipeline.reports.look_ups import Names
from pipeline.reports.report import Report

WIDTHS = {
    "quote_no": 90,
    "order_no": 90,
    "quote_description": 180,
    "contact_name": 150,
    "quote_status": 76,
    "quote_amount": 108,
    "quoted_on": 98,
    "opportunity_no": 92,
    "owner_name": 90,
}


def toolbar() -> tuple[str, list[str]]:
    """The search and the status; gives both."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="toolbar"):
        words = st.text_input(
            "Search quotes",
            key="quote",
            type="search",
            placeholder="Number, words, contact or opportunity",
            label_visibility="collapsed",
            bind="query-params",
            width=330,
        )
        statuses = st.multiselect(
            "Status",
            [str(status) for status in QuoteStatus],
            key="quote_status",
            placeholder="Any status",
            label_visibility="collapsed",
            bind="query-params",
            width=260,
        )
    return words or "", list(statuses)


def rows(report: Report) -> None:
    """The quotes; choosing a row opens one."""
    numbers = list(report.frame["quote_no"])
    furniture.table(
        report.frame,
        key="quote-rows",
        columns=list(WIDTHS),
        widths=WIDTHS,
        on_select=lambda: _open(numbers),
        height="content" if len(numbers) <= 20 else 668,  # noqa: PLR2004 (a screen of rows)
    )


def _open(numbers: list[str]) -> None:
    row = chosen_row(st.session_state["quote-rows"])
    if row is not None and row < len(numbers):
        st.session_state[GO_TO] = ("quote", {"no": numbers[row]})


def new_quote(reading: Session, names: Names) -> None:
    """The form of a quote for a contact; it can be given to an opportunity afterwards."""
    form = Form("quote-new")
    picked = pick_contact(form, reading)
    with st.form(form.name, border=False):
        form.text("description", "Description", placeholder="What is offered", max_chars=250)
        amount, owner, number = st.columns(3)
        with amount:
            form.number("amount", "Amount without VAT")
        with owner:
            form.choice("owner_code", "Owner", names.active_owners, session.who())
        with number:
            form.text("no", "Number", placeholder="The next of the series", max_chars=20)
        form.complaint()
        st.form_submit_button(
            "Make the quote", type="primary", key="make-quote", on_click=_make, args=(form, picked)
        )


def _make(form: Form, picked: Picked) -> None:
    def carry_out() -> str:
        amount = form.amount("amount")
        if amount is None and picked.contact_no:
            raise MissingFieldError("The amount", "amount")
        wish = commands.DefineQuote(
            no=form.words("no") or None,
            contact_no=picked.contact_no or "",
            amount=amount or 0,
            description=form.words("description"),
            owner_code=form.value("owner_code"),
        )
        no = session.record(commands.AsNew(wish))[0].no
        st.session_state[GO_TO] = ("quote", {"no": no})
        return f"Quote {formats.escape_markdown(no)} is made."

    form.attempt(carry_out)
