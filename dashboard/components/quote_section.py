"""The quote of an opportunity, on its page: created, assigned, taken over, taken off, shown."""

from collections.abc import Callable

import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from dashboard.components.move_commands import Case
from pipeline import commands
from pipeline.domain.errors import QuoteTakenError
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.quotes import Quote
from pipeline.reports import quotes


def words(quote: Quote) -> str:
    """A quote or order in one line."""
    kind = f"Order {quote.shown_no}" if quote.is_order else f"Quote {quote.no}"
    return f"{kind} · {formats.money(quote.amount)} · {quote.status}"


def line(opportunity: Opportunity) -> None:
    """The quote or order that an opportunity has, as a link to it; nothing where it has none."""
    if opportunity.quote is not None:
        st.page_link(
            "app_pages/quote.py",
            label=formats.escape_markdown(words(opportunity.quote)),
            icon=":material/request_quote:",
            query_params={"no": opportunity.quote.no},
        )


def panel(case: Case) -> None:
    """What can be done about the quote of an opportunity in progress."""
    quote = case.opportunity.quote
    if quote is not None:
        line(case.opportunity)
        st.caption(
            "Its amount goes before the one typed when the opportunity is won. "
            "On its page it is changed and turned into an order."
        )
        _take_off(case)
    else:
        _create(case)
    _assign(case)


def _create(case: Case) -> None:
    """A new quote: the amount of the opportunity stands in it."""
    form = Form(f"{case.opportunity.no}-quote-new", group=case.opportunity.no)
    last = case.opportunity.last
    with st.form(form.name, border=False):
        left, right = st.columns(2)
        with left:
            amount = last.amount if last and last.amount else None
            form.number("amount", "Amount without VAT", amount)
        with right:
            form.text("no", "Number", placeholder="The next of the series", max_chars=20)
        form.complaint()
        st.form_submit_button(
            "Create the quote",
            type="primary",
            key=f"record-{form.name}",
            on_click=_record,
            args=(
                form,
                lambda: commands.CreateQuote(
                    opportunity_no=case.opportunity.no,
                    amount=form.amount("amount"),
                    no=form.words("no") or None,
                    seen=case.opportunity.version,
                ),
                "The quote is created and assigned.",
            ),
        )


def _assign(case: Case) -> None:
    """A quote there is; one that another opportunity has can be taken over."""
    one = case.opportunity
    form = Form(f"{one.no}-quote", group=one.no)
    with session.read() as reading:
        there = quotes.quotes_of_contact(reading, one.contact_no) if one.contact_no else {}
    own = one.quote.no if one.quote else None
    others = {no: text for no, text in there.items() if no != own}
    if not others:
        st.caption("Its contact has no other quote that could be assigned.")
        return
    with st.form(form.name, border=False):
        form.choice("quote_no", "A quote of its contact", others, placeholder="Choose a quote")
        form.complaint()
        st.form_submit_button(
            "Put it in its place" if own else "Assign the quote",
            key=f"record-{form.name}",
            on_click=_give,
            args=(form, one, False),
        )
    _offer_to_take_over(form, one)


def _offer_to_take_over(form: Form, one: Opportunity) -> None:
    """After the refusal that names the holder: take the quote from there."""
    taken = st.session_state.get(f"{form.name}:taken")
    if taken is not None and form.value("quote_no") == taken[0]:
        st.button(
            f"Take it over from {formats.escape_markdown(taken[1])}",
            key=f"take-over-{one.no}",
            on_click=_give,
            args=(form, one, True),
        )


def _give(form: Form, one: Opportunity, take_over: bool) -> None:  # noqa: FBT001 (a callback)
    st.session_state.pop(f"{form.name}:taken", None)

    def carry_out() -> str:
        quote_no = form.value("quote_no")
        try:
            session.record(
                commands.AssignQuote(
                    opportunity_no=one.no,
                    quote_no=quote_no,
                    take_over=take_over,
                    seen=one.version,
                )
            )
        except QuoteTakenError as refusal:
            st.session_state[f"{form.name}:taken"] = (quote_no, refusal.opportunity_no)
            raise
        return f"Quote {formats.escape_markdown(quote_no)} is assigned."

    if form.value("quote_no"):
        form.attempt(carry_out)


def _take_off(case: Case) -> None:
    form = Form(f"{case.opportunity.no}-quote-off", group=case.opportunity.no)
    st.button(
        "Take it off",
        key=f"record-{form.name}",
        help="The quote stays; the opportunity goes on without it.",
        on_click=_record,
        args=(
            form,
            lambda: commands.AssignQuote(
                opportunity_no=case.opportunity.no, quote_no=None, seen=case.opportunity.version
            ),
            "The quote is taken off.",
        ),
    )
    form.complaint()


def _record(form: Form, build: Callable[[], commands.Command], sentence: str) -> None:
    def carry_out() -> str:
        session.record(build())
        return sentence

    form.attempt(carry_out)
