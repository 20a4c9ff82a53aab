"""The form of a new opportunity: defaults stand in it before anything is typed; Enter saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import formats, session
from dashboard.components import twins
from dashboard.components.contact_picker import Picked, pick_contact
from dashboard.components.fields import Form
from dashboard.components.quick_keys import enter_clicks
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.opportunities import Priority
from pipeline.reports import entry as entering
from pipeline.reports import look_ups
from pipeline.reports.entry import Assumed, Context
from pipeline.reports.look_ups import Names


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What stands above the form: for whom, in which cycle, and whether it starts at once."""

    contact: Picked
    cycle: SalesCycle | None
    activate: bool


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the page it was opened from says already: contact, owner, campaign, cycle."""

    contact_no: str = ""
    owner_code: str | None = None
    campaign_no: str | None = None
    cycle_code: str | None = None

    @property
    def context(self) -> Context:
        """The same, as the defaults are asked for."""
        return Context(
            contact_no=self.contact_no,
            owner_code=self.owner_code or "",
            cycle_code=self.cycle_code or "",
            campaign_no=self.campaign_no or "",
        )


def draw(form: Form, reading: Session, names: Names, today: date, given: Given) -> None:
    """Draw the whole entry; what is chosen above the line fills in what stands below it."""
    entry = _above(form, reading, names, given)
    owner = entering.owner(
        reading,
        given.context,
        entry.contact.owner_code,
        session.who(),
        list(names.active_owners),
    )
    form.text("description", "Description", placeholder="What would be sold", live=True)
    enter_clicks(form.key("description"), "save")
    _twins(form, reading, entry)
    with st.form(form.name, border=False):
        if entry.activate:
            _estimates(form, reading, entry, today)
        _rest(form, names, owner, look_ups.campaigns(reading, today), given)
        form.complaint()
        st.form_submit_button(
            "Save", type="primary", key="save", on_click=_save, args=(form, entry)
        )


def _twins(form: Form, reading: Session, entry: Entry) -> None:
    """What there is already that looks like it; an amount counts once it was sent."""
    twins.while_typing(
        form,
        reading,
        contact_no=entry.contact.contact_no,
        description=form.words("description"),
        amount=form.amount("amount") if entry.activate else None,
        company_name=entry.contact.company_name,
    )


def _above(form: Form, reading: Session, names: Names, given: Given) -> Entry:
    contact = pick_contact(form, reading, given.contact_no)
    left, right = st.columns(2, vertical_alignment="bottom")
    usual = entering.cycle(reading, given.context, list(names.open_cycles))
    with left:
        form.choice("cycle_code", "Sales cycle", names.open_cycles, usual.value if usual else None)
    with right:
        st.checkbox("Activate the first stage", value=True, key=form.key("activate"))
    _why(usual)
    code = form.value("cycle_code")
    cycle = look_ups.sales_cycle(reading, code) if code else None
    return Entry(contact=contact, cycle=cycle, activate=bool(form.value("activate")))


def _why(assumed: Assumed | None) -> None:
    """Say where a proposal comes from."""
    if assumed is not None:
        st.markdown(f":small[{formats.escape_markdown(f'Assumed: {assumed.why}.')}]")


def _estimates(form: Form, reading: Session, entry: Entry, today: date) -> None:
    stage = entry.cycle.stages[0] if entry.cycle and entry.cycle.stages else None
    suggested = entering.close_date(reading, entry.cycle.code, today) if entry.cycle else None
    amount, close, chances = st.columns(3)
    with amount:
        form.number("amount", "Amount")
    with close:
        form.day(
            "expected_close_on",
            "Expected close date",
            suggested.value if suggested else None,  # type: ignore[arg-type]
            help=f"Not before {today}.",
        )
        _why(suggested)
    with chances:
        form.number(
            "chances_percent",
            "Chances of success %",
            (stage.chances_percent or None) if stage else None,
            whole=True,
        )


def _rest(
    form: Form, names: Names, usual: Assumed | None, campaigns: Mapping[str, str], given: Given
) -> None:
    owner, priority, campaign = st.columns(3)
    with owner:
        form.choice("owner_code", "Owner", names.active_owners, usual.value if usual else None)
        _why(usual)
    with priority:
        form.choice("priority", "Priority", [str(one) for one in Priority], str(Priority.NORMAL))
    with campaign:
        form.choice("campaign_no", "Campaign", campaigns, given.campaign_no, placeholder="None")


def drafts(reading: Session, today: date) -> None:
    """How many were entered and not started; no figure counts them, so they are counted here."""
    waiting = entering.not_started(reading, today)
    if waiting:
        st.page_link(
            "app_pages/opportunities.py",
            label=f"{formats.counted(waiting, 'draft')} not started, in no figure",
            icon=":material/inventory_2:",
            query_params={"status": "not started"},
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
