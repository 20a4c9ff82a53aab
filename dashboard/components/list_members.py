"""Who is on a list of contacts: changed and taken off in a grid, found or pasted onto it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.edit_grid import Delta, Grid, named
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.contact_lists import ContactList
from pipeline.domain.contacts import ContactType
from pipeline.reports import contact_lists
from pipeline.reports.contacts import contacts

FOUND = 200
"""How many contacts a search shows to choose from."""


def members(known: ContactList, frame: pd.DataFrame, owners: Mapping[str, str]) -> None:
    """The contacts of the list: what their opportunity would be about, and whose it would be."""
    if frame.empty:
        furniture.empty("Nobody is on the list yet.", "Add contacts by search or by pasting names.")
        return
    config = st.column_config
    grid = Grid(
        form=Form(f"lines-{known.no}"),
        columns={
            "contact_no": config.TextColumn("No.", width=100),
            "contact_name": config.TextColumn("Contact", width=240),
            "line_description": config.TextColumn(
                "About", max_chars=250, help="Blank: the name of the list."
            ),
            "owner_code": config.SelectboxColumn(
                "Owner", options=list(owners), format_func=named(owners), width=150
            ),
            "open_now": config.NumberColumn(
                "Open", width=70, help="Opportunities neither won nor lost."
            ),
        },
        fixed=("contact_no", "contact_name", "open_now"),
        wishes=partial(_wishes, known),
    )
    grid.draw(frame, save="Save the list")


def _wishes(known: ContactList, delta: Delta) -> Iterable[Any]:
    gone = tuple(str(row["contact_no"]) for row in delta.removed)
    if gone:
        yield commands.UnlistContacts(list_no=known.no, contact_nos=gone)
    for change in delta.changed:
        yield commands.Amend(wish=_line(known, change.after), shown=_line(known, change.before))


def _line(known: ContactList, row: Mapping[str, Any]) -> commands.DefineListLine:
    return commands.DefineListLine(
        list_no=known.no,
        contact_no=row["contact_no"],
        description=row["line_description"] or "",
        owner_code=row["owner_code"],
    )


def add(reading: Session, known: ContactList, owners: Mapping[str, str]) -> None:
    """Two ways onto the list: found by search and filter, or pasted."""
    st.markdown("**Search**")
    _search(reading, known, owners)
    st.markdown("**Paste**")
    _paste(reading, known)


def _search(reading: Session, known: ContactList, owners: Mapping[str, str]) -> None:
    form = Form(f"find-{known.no}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Name or number", key=form.key("words"), live=True, type="search", width=300
        )
        kind = st.selectbox(
            "Kind",
            [one.value for one in ContactType],
            index=None,
            placeholder="Companies and persons",
            key=form.key("kind"),
            width=220,
        )
        owner = st.selectbox(
            "Salesperson",
            list(owners),
            index=None,
            format_func=named(owners),
            placeholder="Anybody's",
            key=form.key("owner"),
            width=220,
        )
    if not (words or kind or owner):
        st.caption("Type a name, or choose a kind or a salesperson.")
        return
    found = contacts(
        reading,
        words or "",
        type_=ContactType(kind) if kind else None,
        owner_code=owner,
        limit=FOUND,
    )
    _choose(form, known, found.frame, found.total)


def _choose(form: Form, known: ContactList, frame: pd.DataFrame, total: int) -> None:
    on_it = {line.contact_no for line in known.lines}
    free = frame[~frame["contact_no"].isin(on_it)]
    if free.empty:
        st.caption("Everybody it finds is on the list already." if total else "Nobody fits.")
        return
    st.dataframe(
        furniture.styled(free[["contact_no", "contact_name", "contact_type", "company_name"]]),
        key=form.key("rows"),
        hide_index=True,
        height=min(36 * (len(free) + 1), 300),
        column_config=furniture.column_config(
            ["contact_no", "contact_name", "contact_type", "company_name"], {}
        ),
        on_select="rerun",
        selection_mode="multi-row",
    )
    if total > len(frame):
        st.caption(f"These are {len(frame)} of {formats.count(total)}; narrow the search for more.")
    picked = (form.value("rows") or {"selection": {"rows": []}})["selection"]["rows"]
    chosen = list(free["contact_no"].iloc[[row for row in picked if row < len(free)]])
    with st.container(horizontal=True):
        st.button(
            f"Put {len(chosen)} on the list",
            key=f"add-chosen-{known.no}",
            type="primary",
            disabled=not chosen,
            on_click=partial(_put, form, known, chosen),
        )
        st.button(
            f"Put all {len(free)} on the list",
            key=f"add-all-{known.no}",
            on_click=partial(_put, form, known, list(free["contact_no"])),
        )
    form.complaint()


def _paste(reading: Session, known: ContactList) -> None:
    """Numbers or names, one a line; what names nobody is said with the nearest."""
    form = Form(f"paste-{known.no}")
    st.text_area(
        "Numbers or names, one a line",
        key=form.key("text"),
        height=140,
        placeholder="CT000001\nAdatum Corporation",
    )
    text = form.words("text")
    if not text:
        return
    found = contact_lists.pasted(reading, text)
    for words, numbers in found.several.items():
        st.warning(
            f"“{formats.escape_markdown(words)}” is the name of "
            f"{formats.counted(len(numbers), 'contact')}: "
            f"{formats.escape_markdown(', '.join(numbers))}. Write the number of one."
        )
    for words, nearest in found.unknown.items():
        hint = f" Did you mean {formats.escape_markdown(nearest)}?" if nearest else ""
        st.warning(f"No contact is called “{formats.escape_markdown(words)}”.{hint}")
    st.button(
        f"Put {formats.counted(len(found.found), 'contact')} on the list",
        key=f"add-pasted-{known.no}",
        type="primary",
        disabled=not found.found,
        on_click=partial(_put, form, known, list(found.found)),
    )
    form.complaint()


def _put(form: Form, known: ContactList, numbers: Sequence[str]) -> None:
    def carry_out() -> str:
        session.record(commands.ListContacts(list_no=known.no, contact_nos=tuple(numbers)))
        return f"{formats.counted(len(numbers), 'contact')} put on the list."

    form.attempt(carry_out)
