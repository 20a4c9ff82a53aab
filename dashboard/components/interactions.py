"""Interactions with a contact or about an opportunity: log one, see them, make something of one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import comments, furniture
from dashboard.components.drill import GO_TO, chosen_row
from dashboard.components.fields import Form
from dashboard.formats import Row
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.comments import About
from pipeline.domain.interactions import InteractionType
from pipeline.reports import interactions as reports
from pipeline.reports.look_ups import Names

TYPES = {kind.value: kind.value.capitalize() for kind in InteractionType}
OFFERED = "offer-opportunity"
"""Where the session keeps the interaction that was just logged without an opportunity."""
WIDTHS = {
    "happened_on": 96,
    "interaction_type": 72,
    "interaction": 200,
    "contact_name": 130,
    "opportunity_no": 92,
    "owner_name": 110,
    "minutes": 70,
    "cost": 80,
    "canceled": 76,
}


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a new interaction is about, as far as the page knows."""

    contact_no: str
    owner_code: str | None = None
    opportunity_no: str | None = None
    campaign_no: str | None = None
    campaigns: dict[str, str]


def log(
    reading: Session,
    people: Names,
    given: Given,
    *,
    today: date,
    then: Callable[[], None] | None = None,
) -> None:
    """The fields of a new interaction, filled in from what it is about; `then` follows saving."""
    form = Form(f"interaction-{given.opportunity_no or given.contact_no}")
    left, right = st.columns(2)
    with left:
        form.choice("type", "Way", TYPES, InteractionType.CALL.value)
        form.text("contact_no", "With contact number", given.contact_no)
    with right:
        form.day("happened_on", "When", today)
        form.choice("owner_code", "Who", people.owners, given.owner_code, placeholder="Nobody")
    form.text("description", "What it was about", max_chars=250)
    with st.expander("More", type="compact"):
        _more(form, reading, given)
    form.complaint()
    st.button(
        "Log the interaction",
        type="primary",
        key=f"log-{form.name}",
        on_click=_log,
        args=(form, given, then),
    )


def _more(form: Form, reading: Session, given: Given) -> None:
    left, right = st.columns(2)
    with left:
        form.number("minutes", "Minutes", whole=True)
    with right:
        form.number("cost", "Cost")
    form.choice("campaign_no", "Campaign", given.campaigns, given.campaign_no, placeholder="None")
    if given.opportunity_no is None:
        _opportunity(form, reading, given)


def _opportunity(form: Form, reading: Session, given: Given) -> None:
    """Only open opportunities of the contact's company are offered, of the salesperson chosen."""
    contact_no = form.words("contact_no").upper() or given.contact_no
    offered = reports.may_join(reading, contact_no, form.value("owner_code"))
    form.choice(
        "opportunity_no",
        "Opportunity",
        offered,
        placeholder="None" if offered else "None is open",
        help="Open ones of the contact's company, of the salesperson above.",
    )


def _log(form: Form, given: Given, then: Callable[[], None] | None) -> None:
    def carry_out() -> str:
        opportunity_no = given.opportunity_no or form.value("opportunity_no")
        minutes = form.amount("minutes")
        wish = commands.LogInteraction(
            type=form.value("type") or "",
            description=form.words("description"),
            happened_on=form.value("happened_on"),
            contact_no=form.words("contact_no").upper() or None,
            owner_code=form.value("owner_code"),
            campaign_no=form.value("campaign_no"),
            opportunity_no=opportunity_no,
            minutes=None if minutes is None else int(minutes),
            cost=form.amount("cost"),
        )
        no = session.record(wish)[0].no
        if opportunity_no is None:
            st.session_state[OFFERED] = no
        return "The interaction is logged."

    if form.attempt(carry_out) and then is not None:
        then()


def offer() -> None:
    """After one was logged without an opportunity: offer to make one of it, once."""
    no = st.session_state.get(OFFERED)
    if no is None:
        return
    form = Form(f"offer-{no}")
    with st.container(border=True, key="offer"):
        st.markdown("**It belongs to no opportunity. Make one of it?**")
        with st.container(horizontal=True):
            st.button(
                "Create the opportunity",
                type="primary",
                key="offer-yes",
                on_click=_create,
                args=(form, no),
            )
            st.button("Not now", key="offer-no", on_click=_forget_offer)
        form.complaint()


def _create(form: Form, no: str) -> None:
    def carry_out() -> str:
        made = session.record(commands.CreateFromInteraction(interaction_no=no))[0].no
        _forget_offer()
        st.session_state[GO_TO] = ("opportunity", {"no": made})
        return f"Opportunity {formats.escape_markdown(made)} was made of the interaction {no}."

    form.attempt(carry_out)


def _forget_offer() -> None:
    st.session_state.pop(OFFERED, None)


def listed(reading: Session, frame: pd.DataFrame, *, key: str) -> None:
    """The interactions as a table; the one chosen opens under it."""
    if frame.empty:
        st.caption("No interaction has been logged yet.")
        return
    named = frame.assign(
        **{name: frame[name].map(formats.text) for name in ("contact_name", "opportunity_no")}
    )
    columns = (
        [*WIDTHS] if frame["canceled"].any() else [name for name in WIDTHS if name != "canceled"]
    )
    furniture.table(named, key=key, columns=columns, widths=WIDTHS, on_select=lambda: None)
    furniture.set_up_footing(
        frame.drop(columns=["comments"]),
        name="interactions",
        definition="A row is a call, a mail, a meeting or a note, the latest first. Choose one to "
        "comment on it, cancel it, or make an opportunity of it.",
        key=key,
    )
    row = chosen_row(st.session_state.get(key) or {"selection": {}})
    if row is not None and row < len(frame):
        _chosen(reading, formats.rows(frame)[row])


def _chosen(reading: Session, row: Row) -> None:
    form = Form(f"chosen-{row.interaction_no}")
    with st.container(border=True, key="chosen-interaction"):
        st.markdown(f"**{formats.escape_markdown(row.interaction)}**")
        with st.container(horizontal=True):
            if not row.canceled:
                st.button(
                    "Cancel it",
                    key=f"cancel-{row.interaction_no}",
                    on_click=_cancel,
                    args=(form, row.interaction_no),
                    help="It stays readable and counts nowhere.",
                )
            if not row.canceled and formats.is_missing(row.opportunity_no):
                st.button(
                    "Create an opportunity of it",
                    key=f"make-{row.interaction_no}",
                    on_click=_create,
                    args=(form, row.interaction_no),
                )
            if not formats.is_missing(row.opportunity_no):
                st.page_link(
                    "app_pages/opportunity.py",
                    label=formats.escape_markdown(row.opportunity_no),
                    icon=":material/description:",
                    query_params={"no": row.opportunity_no},
                )
        form.complaint()
        comments.panel(reading, About.INTERACTION, row.interaction_no)


def _cancel(form: Form, no: str) -> None:
    def carry_out() -> str:
        session.record(commands.CancelInteraction(interaction_no=no))
        return "The interaction is canceled."

    form.attempt(carry_out)


def in_words(found: reports.Summed) -> str:
    """Number, duration and cost of interactions; what is nothing is left out."""
    parts = [formats.counted(found.interactions, "interaction")]
    parts += [formats.counted(found.minutes, "minute")] * bool(found.minutes)
    parts += [f"cost {formats.money(found.cost)}"] * bool(found.cost)
    return ", ".join(parts)
