"""An opportunity for each contact of a list: what would be created is shown before it is."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.drill import GO_TO
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.contact_lists import ContactList
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.dates import add_formula
from pipeline.domain.opportunities import Priority
from pipeline.reports import contact_lists, look_ups
from pipeline.reports.look_ups import Names


def create(reading: Session, known: ContactList, frame: pd.DataFrame, names: Names) -> None:
    """What all of them share, whom it leaves out, and the table of what would be created."""
    form = Form(f"for-list-{known.no}")
    with st.container(width=860):
        _shared(form, reading, names)
        st.checkbox(
            "Leave out whoever has an open opportunity", value=True, key=form.key("skip_with_open")
        )
    would = contact_lists.preview(
        frame,
        description=form.words("description"),
        owner=form.value("owner_code") or "",
        skip_with_open=bool(form.value("skip_with_open", otherwise=True)),
    )
    taken = int(would["taken"].sum())
    if len(would):
        _preview(would, names)
    form.complaint()
    st.button(
        f"Create {formats.opportunities(taken)}" if taken else "Create an opportunity for each",
        type="primary",
        key="create-for-list",
        on_click=partial(_create, form, known, taken),
    )


def _shared(form: Form, reading: Session, names: Names) -> None:
    form.text("description", "Description", placeholder="Each one's own, else the name of the list")
    left, middle, right = st.columns(3)
    with left:
        default = look_ups.setting(reading, "default_cycle")
        form.choice("cycle_code", "Sales cycle", names.open_cycles, default)
    with middle:
        form.choice(
            "owner_code", "Owner", names.active_owners, placeholder="Each one's own salesperson"
        )
    with right:
        form.choice("priority", "Priority", [str(one) for one in Priority], str(Priority.NORMAL))
    st.checkbox("Activate the first stage", key=form.key("activate"))
    code = form.value("cycle_code")
    if form.value("activate") and code:
        _estimates(form, look_ups.sales_cycle(reading, code))


def _estimates(form: Form, cycle: SalesCycle) -> None:
    """The values of the first stage, the same for all."""
    stage = cycle.stages[0] if cycle.stages else None
    amount, close, chances = st.columns(3)
    with amount:
        form.number("amount", "Amount of each")
    with close:
        day = add_formula(session.today(), stage.date_formula) if stage else None
        form.day("expected_close_on", "Expected close date", day)
    with chances:
        form.number(
            "chances_percent",
            "Chances of success %",
            (stage.chances_percent or None) if stage else None,
            whole=True,
        )


def _preview(would: pd.DataFrame, names: Names) -> None:
    shown = would.assign(
        owner_name=would["owner_code"].map(lambda code: names.owners.get(code, code))
    )
    furniture.table(
        shown,
        key="for-list-preview",
        columns=["contact_no", "contact_name", "description", "owner_name", "what_happens"],
        height="content" if len(shown) <= 10 else 386,  # noqa: PLR2004 (rows)
    )


def _create(form: Form, known: ContactList, taken: int) -> None:
    def carry_out() -> str:
        activate = bool(form.value("activate"))
        session.record(
            commands.CreateForList(
                list_no=known.no,
                skip_with_open=bool(form.value("skip_with_open", otherwise=True)),
                description=form.words("description"),
                owner_code=form.value("owner_code"),
                cycle_code=form.value("cycle_code"),
                priority=form.value("priority") or str(Priority.NORMAL),
                activate=activate,
                amount=form.amount("amount") if activate else None,
                chances_percent=form.amount("chances_percent") if activate else None,
                expected_close_on=form.value("expected_close_on") if activate else None,
            )
        )
        st.session_state[GO_TO] = ("opportunities", {"in_list": [known.no]})
        return f"{formats.opportunities(taken)} created."

    form.attempt(carry_out)
