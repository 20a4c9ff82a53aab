"""Lists of contacts as records: shown, made, changed, removed."""

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.drill import GO_TO, chosen_row
from dashboard.components.fields import Form
from pipeline import commands
from pipeline.domain.contact_lists import ContactList

WIDTHS = {
    "list_no": 110,
    "list_description": 280,
    "campaign_description": 180,
    "owner_name": 140,
    "contacts_listed": 90,
    "made_from_list": 120,
}


def lists(frame: pd.DataFrame) -> None:
    """The lists; choosing a row opens one."""
    numbers = list(frame["list_no"])
    furniture.table(
        frame,
        key="list-rows",
        columns=list(WIDTHS),
        widths=WIDTHS,
        on_select=lambda: _open(numbers),
    )
    furniture.set_up_footing(
        frame,
        name="lists-of-contacts",
        definition="The lists of contacts, and how many opportunities were made for each.",
        key="lists",
    )


def _open(numbers: list[str]) -> None:
    row = chosen_row(st.session_state["list-rows"])
    if row is not None and row < len(numbers):
        st.session_state[GO_TO] = ("contact_list", {"no": numbers[row]})


def new_list(owners: Mapping[str, str], campaigns: pd.DataFrame) -> None:
    """The form of a new list; its contacts are put on it on its page."""
    form = Form("list-new")
    with st.form(form.name, border=False):
        form.text("description", "Name", placeholder="Guests of the spring fair", max_chars=250)
        _belongs(form, owners, campaigns, None, None)
        form.text("no", "Number", placeholder="The next of the series", max_chars=20)
        form.complaint()
        st.form_submit_button(
            "Make the list", type="primary", key="make-list", on_click=partial(_make, form)
        )


def _belongs(
    form: Form,
    owners: Mapping[str, str],
    campaigns: pd.DataFrame,
    campaign_no: str | None,
    owner_code: str | None,
) -> None:
    left, right = st.columns(2)
    with left:
        named = {
            row.campaign_no: row.description or row.campaign_no for row in formats.rows(campaigns)
        }
        form.choice("campaign_no", "Campaign", named, campaign_no, placeholder="None")
    with right:
        form.choice(
            "owner_code",
            "Owner of the opportunities",
            owners,
            owner_code,
            placeholder="Each contact's salesperson",
        )


def _wish(form: Form, no: str | None) -> commands.DefineContactList:
    return commands.DefineContactList(
        no=no,
        description=form.words("description"),
        campaign_no=form.value("campaign_no"),
        owner_code=form.value("owner_code"),
    )


def _make(form: Form) -> None:
    def carry_out() -> str:
        wish = _wish(form, form.words("no") or None)
        no = session.record(commands.AsNew(wish))[0].no
        st.session_state[GO_TO] = ("contact_list", {"no": no})
        return f"List {formats.escape_markdown(no)} is made; put contacts on it."

    form.attempt(carry_out)


def header(known: ContactList, owners: Mapping[str, str], made: int) -> None:
    """What the list is, and a link to the opportunities made for it."""
    st.title(formats.escape_markdown(known.description), anchor=False)
    owner = owners.get(known.owner_code or "", known.owner_code or "each contact's salesperson")
    campaign = f" · campaign {known.campaign_no}" if known.campaign_no else ""
    count = formats.counted(len(known.lines), "contact")
    st.text(f"{known.no} · {count} · {owner}{campaign}")
    if made:
        st.page_link(
            "app_pages/opportunities.py",
            label=f"{formats.opportunities(made)} made for it",
            icon=":material/arrow_forward:",
            query_params={"in_list": [known.no]},
        )


def edit(known: ContactList, owners: Mapping[str, str], campaigns: pd.DataFrame, made: int) -> None:
    """The fields of a list, and its removal."""
    form = Form(f"list-{known.no}")
    with st.container(width=760):
        with st.form(form.name, border=False):
            form.text("description", "Name", known.description, max_chars=250)
            _belongs(form, owners, campaigns, known.campaign_no, known.owner_code)
            form.complaint()
            st.form_submit_button(
                "Save", type="primary", key="save-list", on_click=partial(_save, form, known)
            )
        gone = Form(f"remove-list-{known.no}")
        if made:
            st.caption(f"{formats.opportunities(made)} made for it are in the way of removing it.")
        st.button("Remove the list", key="remove-list", on_click=partial(_remove, gone, known))
        gone.complaint()


def _save(form: Form, known: ContactList) -> None:
    def carry_out() -> str:
        shown = commands.DefineContactList(
            no=known.no,
            description=known.description,
            campaign_no=known.campaign_no,
            owner_code=known.owner_code,
        )
        session.record(commands.Amend(wish=_wish(form, known.no), shown=shown))
        return "Saved."

    form.attempt(carry_out)


def _remove(form: Form, known: ContactList) -> None:
    def carry_out() -> str:
        session.record(commands.RemoveContactList(no=known.no))
        st.session_state[GO_TO] = ("contact_lists", {})
        return f"List {formats.escape_markdown(known.no)} is removed."

    form.attempt(carry_out)
