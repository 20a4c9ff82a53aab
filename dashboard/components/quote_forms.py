"""What can be done with one quote: changed, ordered, given to an opportunity, deleted."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.drill import GO_TO
from dashboard.components.fields import Form
from pipeline import commands
from pipeline.domain.closing import Outcome
from pipeline.domain.errors import SecondQuoteError
from pipeline.domain.opportunities import Opportunity, Status
from pipeline.domain.quotes import OFFERED, Quote

ASKED = ":asked"


def links(quote: Quote, contact: str, holder: Opportunity | None) -> None:
    """Whom it was made for, and the opportunity that has it."""
    with st.container(horizontal=True, key="quote-links"):
        st.page_link(
            "app_pages/contact.py",
            label=formats.escape_markdown(contact),
            icon=":material/contacts:",
            query_params={"no": quote.contact_no},
        )
        if holder is not None:
            st.page_link(
                "app_pages/opportunity.py",
                label=formats.escape_markdown(f"{holder.no} {holder.description}"),
                icon=":material/description:",
                query_params={"no": holder.no},
            )


def details(quote: Quote, owners: Mapping[str, str]) -> None:
    """Its fields; those of an order are only read."""
    st.subheader("Details", anchor=False)
    if quote.is_order:
        _read_only(quote, owners)
        return
    form = Form(f"quote-{quote.no}")
    with st.form(form.name, border=False):
        form.text("description", "Description", quote.description, max_chars=250)
        left, right = st.columns(2)
        with left:
            form.number("amount", "Amount without VAT", quote.amount)
            form.day("quoted_on", "Quoted on", quote.quoted_on)
        with right:
            form.choice("status", "Status", [one.value for one in OFFERED], quote.status.value)
            form.day("order_on", "Order expected", quote.order_on)
        form.choice("owner_code", "Owner", owners, quote.owner_code, placeholder="Nobody")
        form.text(
            "contact_no",
            "Contact number",
            quote.contact_no,
            help="Another contact of the same company takes the opportunity along.",
        )
        form.complaint()
        st.form_submit_button(
            "Save", type="primary", key="save-quote", on_click=_save, args=(form, quote)
        )


def _read_only(quote: Quote, owners: Mapping[str, str]) -> None:
    for label, value in (
        ("Description", quote.description or formats.NOTHING),
        ("From quote", quote.no),
        ("Amount without VAT", formats.money(quote.amount)),
        ("Quoted on", formats.day(quote.quoted_on)),
        ("Ordered on", formats.day(quote.ordered_on)),
        ("Owner", owners.get(quote.owner_code or "", quote.owner_code or formats.NOTHING)),
    ):
        st.text(f"{label}: {value}")


def _save(form: Form, quote: Quote) -> None:
    _carry(
        form,
        lambda: commands.Amend(
            wish=commands.DefineQuote(
                no=quote.no,
                contact_no=form.words("contact_no"),
                amount=form.amount("amount") or 0,
                description=form.words("description"),
                owner_code=form.value("owner_code"),
                quoted_on=form.value("quoted_on"),
                order_on=form.value("order_on"),
                status=form.value("status"),
            ),
            shown=commands.DefineQuote(
                no=quote.no,
                contact_no=quote.contact_no,
                amount=quote.amount,
                description=quote.description,
                owner_code=quote.owner_code,
                quoted_on=quote.quoted_on,
                order_on=quote.order_on,
                status=quote.status.value,
            ),
        ),
        "Saved.",
    )


# --- the order -----------------------------------------------------------------------------------


def order(
    quote: Quote, holder: Opportunity | None, reasons: Mapping[Outcome, Mapping[str, str]]
) -> None:
    """Turn it into an order; what that closes is asked first."""
    if quote.is_order:
        return
    st.subheader("Order", anchor=False)
    form = Form(f"order-{quote.no}")
    asks = holder is not None and holder.status is Status.IN_PROGRESS
    if asks and st.session_state.get(f"{form.name}{ASKED}"):
        _question(form, quote, holder, reasons[Outcome.WON])
        return
    st.text(
        f"An order wins {holder.no}; that is asked before anything is done."
        if asks and holder
        else "It keeps its number as a quote and gets one as an order."
    )
    st.button(
        "Make the order",
        type="primary",
        key="make-order",
        on_click=partial(_ask, form) if asks else partial(_order, form, quote, None),
    )
    form.complaint()


def _question(
    form: Form, quote: Quote, holder: Opportunity | None, reasons: Mapping[str, str]
) -> None:
    """Close the opportunity as won? Declining leaves everything as it is."""
    if holder is None:
        return
    st.markdown(
        f"**{formats.escape_markdown(holder.no)} is still open. Close it as won for "
        f"{formats.escape_markdown(formats.money(quote.amount))}?**"
    )
    with st.form(form.name, border=False):
        left, right = st.columns(2)
        with left:
            only = next(iter(reasons)) if len(reasons) == 1 else None
            form.choice(
                "close_reason_code", "Close reason", reasons, only, placeholder="Choose a reason"
            )
        with right:
            form.day("on", "Closed on", holder.latest(session.today()))
        form.complaint()
        with st.container(horizontal=True):
            st.form_submit_button(
                "Close as won and make the order",
                type="primary",
                key="order-yes",
                on_click=partial(_order, form, quote, holder),
            )
            st.form_submit_button(
                "No, keep the quote", key="order-no", on_click=partial(_decline, form, "quote")
            )


def _ask(form: Form) -> None:
    st.session_state[f"{form.name}{ASKED}"] = True


def _decline(form: Form, what: str) -> None:
    st.session_state.pop(f"{form.name}{ASKED}", None)
    st.session_state["notice"] = f"Nothing was changed; the {what} stays."


def _order(form: Form, quote: Quote, holder: Opportunity | None) -> None:
    done = _carry(
        form,
        lambda: commands.MakeOrder(
            quote_no=quote.no,
            close=holder is not None,
            close_reason_code=form.value("close_reason_code"),
            on=form.value("on"),
            seen=holder.version if holder else None,
        ),
        "The order is made.",
    )
    if done:
        st.session_state.pop(f"{form.name}{ASKED}", None)


# --- the opportunity -----------------------------------------------------------------------------


def assign(quote: Quote, holder: Opportunity | None, open_ones: pd.DataFrame) -> None:
    """Give it to an opportunity in progress of its contact; what that replaces is asked first."""
    if quote.is_order:
        return
    st.subheader("Opportunity", anchor=False)
    own = holder.no if holder else None
    others = {
        row.opportunity_no: f"{row.opportunity_no} {row.description}"
        for row in formats.rows(open_ones)
        if row.opportunity_no != own
    }
    if not others:
        st.caption("Its contact has no other opportunity in progress.")
        return
    form = Form(f"assign-{quote.no}")
    form.choice("opportunity_no", "Give it to", others, placeholder="Choose an opportunity")
    if holder is not None:
        st.caption(f":material/info: {formats.escape_markdown(holder.no)} goes on without it.")
    form.complaint()
    asked = st.session_state.get(f"{form.name}{ASKED}")
    replaces = asked is not None and asked == form.value("opportunity_no")
    st.button(
        "Put it in the place of the other quote" if replaces else "Assign it",
        key="assign-quote",
        disabled=not form.value("opportunity_no"),
        on_click=partial(_assign, form, quote, replace=replaces),
    )


def _assign(form: Form, quote: Quote, *, replace: bool) -> None:
    chosen = form.value("opportunity_no")

    def build() -> str:
        wish = commands.AssignQuote(
            opportunity_no=chosen, quote_no=quote.no, take_over=True, replace=replace
        )
        try:
            session.record(wish)
        except SecondQuoteError:
            st.session_state[f"{form.name}{ASKED}"] = chosen
            raise
        return f"It is assigned to {formats.escape_markdown(chosen)}."

    form.attempt(build)


# --- deleting ------------------------------------------------------------------------------------


def remove(quote: Quote, holder: Opportunity | None) -> None:
    """Delete it; that a win becomes a loss is said and asked first."""
    form = Form(f"remove-quote-{quote.no}")
    what = "order" if quote.is_order else "quote"
    loses = quote.is_order and holder is not None and holder.status is Status.WON
    st.space("small")
    if not st.session_state.get(f"{form.name}{ASKED}"):
        st.button(
            f"Delete the {what}",
            key="delete-quote",
            icon=":material/delete:",
            on_click=partial(_ask, form),
        )
        form.complaint()
        return
    st.markdown(f"**{formats.escape_markdown(_consequence(what, holder, loses=loses))}**")
    with st.container(horizontal=True):
        st.button(
            "Yes, turn the win into a loss" if loses else f"Delete the {what} for good",
            key="delete-yes",
            type="primary",
            on_click=partial(_remove, form, quote, lose=loses),
        )
        st.button(f"No, keep the {what}", key="delete-no", on_click=partial(_decline, form, what))
    form.complaint()


def _consequence(what: str, holder: Opportunity | None, *, loses: bool) -> str:
    if loses and holder is not None:
        return f"{holder.no} was won with this order and must be set to lost. Change it now?"
    if holder is not None:
        return f"{holder.no} goes on without this {what}."
    return f"Nothing is linked to this {what}."


def _remove(form: Form, quote: Quote, *, lose: bool) -> None:
    wish = commands.RemoveQuote(quote_no=quote.no, lose=lose)
    if _carry(form, lambda: wish, "It is deleted."):
        st.session_state.pop(f"{form.name}{ASKED}", None)
        st.session_state[GO_TO] = ("quotes", {})


def _carry(form: Form, build: Callable[[], Any], sentence: str) -> bool:
    def carry_out() -> str:
        session.record(build())
        return sentence

    return form.attempt(carry_out)
