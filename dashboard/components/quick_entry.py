"""One line becomes an opportunity: what was read stands in fields below it before it is saved.

What is shown is what is saved: Enter saves the fields as they stand. A line that was typed so fast
that its parts have not been seen yet is shown first, and saved at once only where nothing in it is
doubtful. A field that was corrected keeps its correction, whatever is typed on.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components import quick_fields, twins
from dashboard.components.quick_fields import Parts
from dashboard.components.quick_keys import enter_saves, seen_by_enter
from dashboard.session import Session
from pipeline.domain.errors import PipelineError
from pipeline.entry.folding import tidy
from pipeline.entry.parts import Line
from pipeline.entry.understand import understand
from pipeline.entry.wishes import wish
from pipeline.reports import entry, look_ups
from pipeline.reports.entry import Context

EXAMPLE = "Adatum 40 swivel chairs 12.5k end of Sept OF"
PAUSE = "120ms"
"""After so long without a key the line is read; slower typists see it read key by key."""
ASKED = "quick:asked"
SHOWN = "quick:shown"
SAVED = "quick:saved"
DONE = "quick:done"


def draw(context: Context) -> None:
    """The line, its parts, and what saves them; the cursor is in the line."""
    form = Parts("quick")
    with session.read() as reading:
        names = look_ups.names(reading)
        if not (names.open_cycles and names.active_owners):
            _not_set_up()
            return
        context = _there(reading, context)
        _saved()
        st.text_input(
            "One line",
            key=form.key("line"),
            live=PAUSE,
            placeholder=EXAMPLE,
            autocomplete="off",
            persist_state="session",
            help="Contact, what, how much, by when, whose: in any order. A text in quotes stays as "
            "it is; @ before an owner, # before a cycle.",
        )
        line = understand(
            reading,
            form.words("line"),
            names=names,
            context=context,
            who=session.who(),
            today=session.today(),
        )
        quick_fields.draw(form, reading, names, line)
        _twins(form, reading)
        _after(form, reading, line, context)
    enter_saves(form.key("line"), shown=line.text, on_enter=partial(_enter, form, context))


def _twins(form: Parts, reading: Session) -> None:
    """What there is already that looks like it."""
    now = quick_fields.values(form)
    twins.while_typing(
        form,
        reading,
        contact_no=now["contact_no"],
        description=now["description"],
        amount=now["amount"],
        company_name=now["company_name"],
    )


def _not_set_up() -> None:
    st.markdown("**The company is not set up yet.** Define a sales cycle and who sells first.")
    st.page_link("app_pages/first_steps.py", label="First steps", icon=":material/flag:")


def _there(reading: Session, context: Context) -> Context:
    """What the page knows; a contact that is not there any more is not known."""
    if context.contact_no:
        try:
            look_ups.contact(reading, context.contact_no)
        except PipelineError:
            return Context(
                owner_code=context.owner_code,
                cycle_code=context.cycle_code,
                campaign_no=context.campaign_no,
            )
    return context


# --- saving ---------------------------------------------------------------------------------------


def _after(form: Parts, reading: Session, line: Line, context: Context) -> None:
    """What saves, what is missing, and how many wait unfinished."""
    form.complaint()
    with st.container(horizontal=True, vertical_alignment="center", key="quick-save"):
        for label, kind, activate in (
            ("Save", "primary", True),
            ("Save as not started", "secondary", False),
        ):
            st.button(
                label,
                type=kind,  # type: ignore[arg-type]
                key=f"quick-save-{kind}",
                on_click=_ask,
                args=(form, context, activate),
            )
        _drafts(entry.not_started(reading, session.today()))
    st.session_state[SHOWN] = line.text
    waiting = st.session_state.pop(ASKED, None)
    if waiting is None:
        return
    if line.doubtful:
        st.warning("Look at what is marked, then save.", icon=":material/visibility:")
        return
    _save(form, context, activate=waiting)
    st.rerun(scope="fragment")


def _drafts(waiting: int) -> None:
    if waiting:
        st.page_link(
            "app_pages/opportunities.py",
            label=f"{formats.counted(waiting, 'draft')} not started",
            query_params={"status": "not started"},
        )


def _ask(form: Parts, context: Context, activate: bool) -> None:  # noqa: FBT001 (of a callback)
    """Save what is shown; what the line says besides, typed too fast, is to be shown first."""
    if st.session_state.get(SHOWN) == tidy(form.words("line")):
        _save(form, context, activate=activate)
    else:
        st.session_state[ASKED] = activate


def _enter(form: Parts, context: Context) -> None:
    """Save by Enter; what counts as shown is what the browser had on the screen by then."""
    st.session_state[SHOWN] = seen_by_enter()
    _ask(form, context, activate=True)


def _save(form: Parts, context: Context, *, activate: bool) -> None:
    values = quick_fields.values(form)
    # A rerun that breaks in asks again for what has just been recorded: once is enough.
    done: dict[str, str] = st.session_state.setdefault(DONE, {})
    turn = form.key("line")

    def carry_out() -> str:
        if turn not in done:
            wanted = wish(values, activate=activate, campaign_no=context.campaign_no or None)
            done[turn] = session.record(wanted, *twins.wishes(form))[0].no
        no = done[turn]
        st.session_state[SAVED] = (no, _in_words(form, values, activate=activate))
        return f"{formats.escape_markdown(no)} is recorded."

    if form.attempt(carry_out):
        st.session_state.pop("notice", None)
        st.session_state.pop(SHOWN, None)


def _in_words(form: Parts, values: Mapping[str, Any], *, activate: bool) -> str:
    """What was saved, in the words it was shown in."""
    named = quick_fields.labels(form)
    contact = named.get(values["contact_no"]) or f"New company “{values['company_name']}”"
    parts = [str(contact), values["description"], *_estimates(values, activate=activate)]
    return " · ".join([*parts, str(values["owner_code"]), str(values["cycle_code"])])


def _estimates(values: Mapping[str, Any], *, activate: bool) -> list[str]:
    amount, close = values["amount"], values["expected_close_on"]
    if not activate:
        return ["not started"]
    return [
        formats.money(amount) if isinstance(amount, Decimal) else formats.NOTHING,
        formats.day(close) if isinstance(close, date) else formats.NOTHING,
    ]


def _saved() -> None:
    """Say what the last one was recorded as; it stays until the next is saved."""
    if SAVED not in st.session_state:
        return
    no, words = st.session_state[SAVED]
    with st.container(key="quick-saved", gap="xxsmall"):
        st.markdown(f":green-badge[:material/check: {formats.escape_markdown(no)} is recorded]")
        st.caption(formats.escape_markdown(words))
        st.page_link("app_pages/opportunity.py", label="Open it", query_params={"no": no})
