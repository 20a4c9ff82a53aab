"""The form of a new opportunity: defaults stand in it before anything is typed; Enter saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components import twins
from dashboard.components.contact_picker import Picked, pick_contact
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.dates import add_formula
from pipeline.domain.opportunities import Priority
from pipeline.reports import look_ups
from pipeline.reports.look_ups import Names


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What stands above the form: for whom, in which cycle, and whether it starts at once."""

    contact: Picked
    cycle: SalesCycle | None
    activate: bool


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the page it was opened from says already: a contact, an owner, a campaign."""

    contact_no: str = ""
    owner_code: str | None = None
    campaign_no: str | None = None


def draw(form: Form, reading: Session, names: Names, today: date, given: Given) -> None:
    """Draw the whole entry; what is chosen above the line fills in what stands below it."""
    entry = _above(form, reading, names, given)
    proposed = _propose(entry, reading, today) | _wanted(given, reading)
    form.text("description", "Description", placeholder="What would be sold", live=True)
    twins.while_typing(
        form,
        reading,
        contact_no=entry.contact.contact_no,
        company_name=entry.contact.company_name,
        description=form.words("description"),
        amount=form.amount("amount"),
    )
    with st.form(form.name, border=False):
        if entry.activate:
            _estimates(form, proposed, today)
        _rest(form, proposed, names, look_ups.campaigns(reading, today))
        form.complaint()
        st.form_submit_button(
            "Save", type="primary", key="save", on_click=_save, args=(form, entry)
        )


def _wanted(given: Given, reading: Session) -> dict[str, Any]:
    """What goes before the contact's own: the owner given, before it that of the campaign."""
    wanted = {"owner_code": given.owner_code, "campaign_no": given.campaign_no}
    if given.campaign_no:
        owner = look_ups.campaign_owner(reading, given.campaign_no)
        wanted["owner_code"] = owner or given.owner_code
    return {name: value for name, value in wanted.items() if value}


def _above(form: Form, reading: Session, names: Names, given: Given) -> Entry:
    contact = pick_contact(form, reading, given.contact_no)
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        default = look_ups.setting(reading, "default_cycle")
        form.choice("cycle_code", "Sales cycle", names.open_cycles, default)
    with right:
        st.checkbox("Activate the first stage", value=True, key=form.key("activate"))
    code = form.value("cycle_code")
    cycle = look_ups.sales_cycle(reading, code) if code else None
    return Entry(contact=contact, cycle=cycle, activate=bool(form.value("activate")))


def _propose(entry: Entry, reading: Session, today: date) -> dict[str, Any]:
    """What contact and cycle say about the fields below them; the contact's owner goes first."""
    usual = look_ups.setting(reading, "default_owner") or session.who()
    proposed: dict[str, Any] = {"owner_code": entry.contact.owner_code or usual}
    stage = entry.cycle.stages[0] if entry.cycle and entry.cycle.stages else None
    if stage is not None:
        proposed["chances_percent"] = stage.chances_percent or None
        if stage.date_formula:
            proposed["expected_close_on"] = add_formula(today, stage.date_formula)
    return proposed


def _estimates(form: Form, proposed: Mapping[str, Any], today: date) -> None:
    amount, close, chances = st.columns(3)
    with amount:
        form.number("amount", "Amount")
    with close:
        form.day(
            "expected_close_on",
            "Expected close date",
            proposed.get("expected_close_on"),
            help=f"Not before {today}.",
        )
    with chances:
        form.number(
            "chances_percent",
            "Chances of success %",
            proposed.get("chances_percent"),
            whole=True,
        )


def _rest(
    form: Form, proposed: Mapping[str, Any], names: Names, campaigns: Mapping[str, str]
) -> None:
    owner, priority, campaign = st.columns(3)
    with owner:
        form.choice("owner_code", "Owner", names.active_owners, proposed["owner_code"])
    with priority:
        form.choice("priority", "Priority", [str(one) for one in Priority], str(Priority.NORMAL))
    with campaign:
        form.choice(
            "campaign_no",
            "Campaign",
            campaigns,
            proposed.get("campaign_no"),
            placeholder="None",
        )


def _save(form: Form, entry: Entry) -> None:
    def carry_out() -> str:
        recorded = session.record(_command(form, entry), *twins.wishes(form))[0]
        st.session_state["saved"] = recorded.no
        return f"{formats.escape_markdown(recorded.no)} is recorded."

    form.attempt(carry_out)


def _command(form: Form, entry: Entry) -> commands.CreateOpportunity:
    """What the form says; estimates count only where the first stage is activated."""
    return commands.CreateOpportunity(
        description=form.words("description"),
        contact_no=entry.contact.contact_no,
        company_name=entry.contact.company_name,
        owner_code=form.value("owner_code"),
        cycle_code=form.value("cycle_code"),
        campaign_no=form.value("campaign_no"),
        priority=form.value("priority") or str(Priority.NORMAL),
        activate=entry.activate,
        amount=form.amount("amount") if entry.activate else None,
        chances_percent=form.amount("chances_percent") if entry.activate else None,
        expected_close_on=form.value("expected_close_on") if entry.activate else None,
    )
