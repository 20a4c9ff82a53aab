"""Make a contact or change one; what may be the same contact twice is shown while typing."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.contact_picker import pick_company
from dashboard.components.drill import GO_TO
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.contacts import Contact, ContactType, Linked
from pipeline.reports import contacts

TYPES = {kind.value: kind.value.capitalize() for kind in ContactType}


def new_contact(reading: Session, owners: Mapping[str, str], company_no: str) -> Form:
    """Draw the form of a new contact; `company_no` makes it a person of that company."""
    form = Form("contact-new")
    kind = ContactType.PERSON if company_no else ContactType.COMPANY
    form.text("name", "Name", live=True, max_chars=250)
    found = _lookalikes(reading, form, kind)
    form.choice("type", "Type", TYPES, kind.value)
    company = _company(form, reading, company_no)
    left, right = st.columns(2)
    with left:
        form.choice("owner_code", "Salesperson", owners, placeholder=_inherited(company))
    with right:
        form.text("no", "Number", placeholder="The next of the series", max_chars=20)
    form.complaint()
    st.button(
        "Make another one all the same" if len(found) else "Make the contact",
        type="primary",
        key="make-contact",
        on_click=_make,
        args=(form, company),
    )
    return form


def _inherited(company: str | None) -> str:
    return "That of the company" if company else "Nobody"


def _company(form: Form, reading: Session, now: str | None) -> str | None:
    """The company a person belongs to; a company is asked for none."""
    if form.value("type") != ContactType.PERSON.value:
        form.shown.discard("company_no")
        return None
    return pick_company(form, reading, now)


def _lookalikes(reading: Session, form: Form, kind: ContactType) -> pd.DataFrame:
    """Show who may be meant already, each with a link."""
    wanted = ContactType(form.value("type") or kind.value)
    found = contacts.alike(reading, form.words("name"), wanted)
    if len(found):
        with st.container(key="alike", gap="xxsmall"):
            st.markdown("**This may be there already:**")
            for row in formats.rows(found):
                _link(row.contact_no, _with_company(row))
    return found


def _with_company(row: formats.Row) -> str:
    of = "" if formats.is_missing(row.company_name) else f", {row.company_name}"
    return f"{row.name}{of} ({row.contact_no})"


def _link(no: str, words: str) -> None:
    st.page_link(
        "app_pages/contact.py",
        label=formats.escape_markdown(words),
        icon=":material/person:",
        query_params={"no": no},
    )


def _make(form: Form, company: str | None) -> None:
    def carry_out() -> str:
        wish = commands.DefineContact(
            name=form.words("name"),
            no=form.words("no") or None,
            type=form.value("type") or "",
            company_no=company,
            owner_code=form.value("owner_code"),
        )
        no = session.record(commands.AsNew(wish))[0].no
        st.session_state[GO_TO] = ("contact", {"no": no})
        return f"{formats.escape_markdown(no)} is recorded."

    form.attempt(carry_out)


def edit_contact(reading: Session, contact: Contact, owners: Mapping[str, str]) -> None:
    """Draw the fields of a contact; saving says what follows it."""
    form = Form(f"contact-{contact.no}")
    form.text("name", "Name", contact.name, max_chars=250)
    form.choice("type", "Type", TYPES, contact.type.value)
    own = contact.company_no if contact.type is ContactType.PERSON else None
    company = _company(form, reading, own)
    form.choice("owner_code", "Salesperson", owners, contact.owner_code, placeholder="Nobody")
    form.choice("is_customer", "Customer", {True: "yes", False: "no"}, contact.is_customer)
    if form.value("type") == ContactType.PERSON.value and company != own:
        st.caption(":material/info: Its opportunities go with it to the other company.")
    form.complaint()
    st.button("Save", key="save-contact", on_click=_change, args=(form, contact, company))


def _change(form: Form, contact: Contact, company: str | None) -> None:
    wish = commands.Amend(
        wish=commands.DefineContact(
            no=contact.no,
            name=form.words("name"),
            type=form.value("type") or "",
            company_no=company,
            owner_code=form.value("owner_code"),
            is_customer=bool(form.value("is_customer")),
        ),
        shown=commands.DefineContact(
            no=contact.no,
            name=contact.name,
            type=contact.type.value,
            company_no=contact.company_no if contact.type is ContactType.PERSON else None,
            owner_code=contact.owner_code,
            is_customer=contact.is_customer,
        ),
    )
    _carry(form, lambda: session.record(wish), "Saved.")


def remove_contact(contact: Contact, linked: Linked) -> None:
    """Say what removing would do, and do it when asked a second time."""
    form = Form(f"remove-{contact.no}")
    with st.popover("Remove it", icon=":material/delete:"):
        for sentence in consequences(contact, linked):
            st.markdown(formats.escape_markdown(sentence))
        st.button(
            "Remove the contact", key="remove-contact", on_click=_remove, args=(form, contact)
        )
    form.complaint()


def consequences(contact: Contact, linked: Linked) -> list[str]:
    """What removing a contact does to what is linked to it."""
    closed = formats.opportunities(linked.opportunities)
    if linked.open_opportunities:
        number = formats.opportunities(linked.open_opportunities)
        return [f"It has {number} still open; they are in the way."]
    if contact.heir_no:
        return [f"{closed} of it, all closed, become those of the company {contact.heir_no}."]
    return [
        f"{closed} of it, all closed, stay without a contact.",
        *(
            [f"{formats.counted(linked.persons, 'person')} stay, without a company."]
            * bool(linked.persons)
        ),
    ]


def _remove(form: Form, contact: Contact) -> None:
    def remove() -> None:
        session.record(commands.RemoveContact(no=contact.no))
        st.session_state[GO_TO] = ("contacts", {})

    _carry(form, remove, f"{formats.escape_markdown(contact.name)} is removed.")


def _carry(form: Form, do: Callable[[], Any], sentence: str) -> None:
    def carry_out() -> str:
        do()
        return sentence

    form.attempt(carry_out)
