"""What stands on the page of a contact: its header, its figures, its opportunities, its persons."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import formats
from dashboard.components import furniture
from dashboard.components.drill import GO_TO, chosen_row
from dashboard.components.furniture import Tile
from dashboard.session import Session
from pipeline.domain.contacts import Contact, ContactType
from pipeline.domain.scope import Scope, Selection
from pipeline.reports import contacts, look_ups
from pipeline.reports.holders import contact_statistics
from pipeline.reports.opportunities import opportunities as listed

ROWS = 50
WIDTHS = {
    "opportunity_no": 92,
    "description": 160,
    "stage_description": 92,
    "status": 86,
    "amount": 86,
    "expected_close_on": 104,
}
STATUSES = {"Open": ("not started", "in progress"), "Closed": ("won", "lost"), "All": ()}
NO_FIGURES = {"in_progress": 0, "won": 0, "lost": 0, "amount": 0, "weighted_amount": 0}


def header(reading: Session, contact: Contact, owners: Mapping[str, str]) -> None:
    """The name, what it is, and what can be begun with it."""
    st.title(formats.escape_markdown(contact.name), anchor=False)
    owner = owners.get(contact.owner_code or "", contact.owner_code or "no salesperson")
    customer = ["customer"] if contact.is_customer else []
    st.text(" · ".join([contact.no, _kind(reading, contact), owner, *customer]))
    with st.container(horizontal=True, key="contact-actions"):
        st.page_link(
            "app_pages/new_opportunity.py",
            label="New opportunity",
            icon=":material/add:",
            query_params={"contact": contact.no},
        )
        if contact.type is ContactType.COMPANY:
            st.page_link(
                "app_pages/new_contact.py",
                label="New person",
                icon=":material/person_add:",
                query_params={"company": contact.no},
            )
        elif contact.company_no:
            st.page_link(
                "app_pages/contact.py",
                label=formats.escape_markdown(look_ups.contact_name(reading, contact.company_no)),
                icon=":material/domain:",
                query_params={"no": contact.company_no},
            )


def _kind(reading: Session, contact: Contact) -> str:
    if contact.type is ContactType.COMPANY:
        return "company"
    if not contact.company_no:
        return "person without a company"
    return f"person of {look_ups.contact_name(reading, contact.company_no)}"


def figures(reading: Session, contact: Contact, today: date) -> None:
    """Business Central's contact statistics, of a company with those of its persons."""
    report = contact_statistics(reading, Scope(as_of=today, contacts=(contact.no,)))
    own = report.frame[report.frame["contact_no"] == contact.no]
    row = own.iloc[0] if len(own) else NO_FIGURES
    furniture.tiles(
        [
            Tile(label="In progress", value=formats.count(row["in_progress"])),
            Tile(label="Won", value=formats.count(row["won"])),
            Tile(label="Lost", value=formats.count(row["lost"])),
            Tile(
                label="Amount",
                value=formats.money_short(row["amount"]),
                help="Estimated value of all of them, won and lost ones too.",
            ),
            Tile(
                label="Current value",
                value=formats.money_short(row["weighted_amount"]),
                help="Weighted amount of those in progress, and what was won.",
            ),
        ]
    )


def opportunities(reading: Session, contact: Contact, today: date) -> None:
    """Its opportunities, open or closed; a row opens one."""
    st.subheader("Opportunities", anchor=False)
    which = furniture.switch("which", list(STATUSES))
    report = listed(
        reading,
        Scope(as_of=today, contacts=(contact.no,)),
        Selection(statuses=STATUSES[which]),
        order_by="created_on",
        limit=ROWS,
    )
    number = int(report.totals["opportunities"] or 0)
    if not number:
        word = "" if which == "All" else f"{which.lower()} "
        furniture.empty(
            f"There is no {word}opportunity.", "Enter one: the contact is filled in already."
        )
        return
    numbers = list(report.frame["opportunity_no"])
    furniture.table(
        report.frame,
        key="opportunities-of",
        columns=list(WIDTHS),
        widths=WIDTHS,
        on_select=lambda: _open("opportunities-of", "opportunity", numbers),
    )
    furniture.footing(report, key="opportunities-of")
    if number > ROWS:
        st.page_link(
            "app_pages/opportunities.py",
            label=f"All {formats.opportunities(number)}",
            icon=":material/arrow_forward:",
            query_params={"in_contact": [contact.no]},
        )


def persons(reading: Session, company: Contact) -> None:
    """The persons of a company; a row opens one."""
    st.subheader("Persons", anchor=False)
    frame = contacts.persons(reading, company.no)
    if frame.empty:
        st.caption("None is entered. Opportunities can be those of the company or of a person.")
        return
    numbers = list(frame["contact_no"])
    furniture.table(
        frame,
        key="persons-of",
        columns=["contact_no", "contact_name", "open_now"],
        on_select=lambda: _open("persons-of", "contact", numbers),
    )
    furniture.set_up_footing(
        frame,
        name="persons",
        definition="The persons of the company, and how many opportunities each has in progress.",
        key="persons-of",
    )


def _open(key: str, page: str, numbers: Sequence[str]) -> None:
    row = chosen_row(st.session_state[key])
    if row is not None and row < len(numbers):
        st.session_state[GO_TO] = (page, {"no": numbers[row]})
