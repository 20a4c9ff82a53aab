"""Choose several opportunities in the list, over pages, and do something with all of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard import formats, session
from dashboard.components import bulk, furniture
from dashboard.components.fields import Form
from dashboard.components.listing import WIDTHS
from dashboard.session import Session
from pipeline import commands
from pipeline.reports.chosen import reassignment
from pipeline.reports.report import Report

CHOSEN = "chosen-opportunities"
OWNER = "Owner"
MOST = 2_000
"""More at once would keep everybody waiting: a minute and longer."""


def switch() -> bool:
    """Whether rows are chosen instead of opened; switched off, nothing is chosen any more."""
    on: bool = st.toggle("Choose several", key="several", help="Rows are ticked instead of opened.")
    if not on:
        st.session_state.pop(CHOSEN, None)
    return on


def chosen() -> list[str]:
    """The numbers chosen so far, on whatever page."""
    numbers: list[str] = st.session_state.setdefault(CHOSEN, [])
    return numbers


def rows(report: Report, place: str) -> None:
    """A page of the list to tick; `place` tells one page of one list from another."""
    numbers = list(report.frame["opportunity_no"])
    key = f"tick-{place}-{st.session_state.get('several-turn', 0)}"
    names = [name for name in WIDTHS if name in report.frame]
    st.dataframe(
        furniture.styled(report.frame[names]),
        key=key,
        hide_index=True,
        height="content",
        column_config=furniture.column_config(names, WIDTHS),
        on_select=partial(_tick, key, numbers),
        selection_mode="multi-row",
        selection_default={
            "selection": {
                "rows": [place for place, no in enumerate(numbers) if no in chosen()],
                "columns": [],
                "cells": [],
            }
        },
        placeholder=formats.NOTHING,
    )


def _tick(key: str, numbers: Sequence[str]) -> None:
    """Keep what was chosen on other pages, take what is ticked on this one."""
    picked = st.session_state[key]["selection"]["rows"]
    ticked = [numbers[row] for row in picked if row < len(numbers)]
    st.session_state[CHOSEN] = [no for no in chosen() if no not in numbers] + ticked


def actions(
    reading: Session, owners: Mapping[str, str], whole: Callable[[], Report], number: int
) -> None:
    """What can be done with those chosen; `whole` gives the whole list, of `number` rows."""
    numbers = chosen()
    with st.container(horizontal=True, vertical_alignment="center", key="several-actions"):
        st.markdown(f"**{formats.opportunities(len(numbers))} chosen**")
        st.button(
            f"Choose all {formats.count(number)}",
            key="choose-all",
            disabled=number > MOST,
            help=f"At most {formats.count(MOST)} at once.",
            on_click=partial(_choose_all, whole),
        )
        st.button("Choose none", key="choose-none", disabled=not numbers, on_click=_choose)
    _change(reading, numbers, owners)


def _change(reading: Session, numbers: Sequence[str], owners: Mapping[str, str]) -> None:
    """One change for all of them, or a sheet in which each is edited.

    It stands there before the first is ticked: the table below must not move under the pointer.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="several-change"):
        kind = st.segmented_control(
            "Change",
            [OWNER, *bulk.KINDS],
            default=OWNER,
            required=True,
            key="several-kind",
            label_visibility="collapsed",
        )
        st.page_link(
            "app_pages/sheet.py",
            label="Edit each in a sheet",
            icon=":material/table_rows:",
            query_params={"rows": "Those chosen"},
        )
    if kind == OWNER:
        _reassign(reading, numbers, owners)
    else:
        bulk.draw(str(kind), reading, numbers, _choose)


def _choose_all(whole: Callable[[], Report]) -> None:
    _choose(list(whole().frame["opportunity_no"]))


def _choose(numbers: Sequence[str] = ()) -> None:
    """Choose these instead; the table is drawn anew, so that it shows them."""
    st.session_state[CHOSEN] = list(numbers)
    st.session_state["several-turn"] = st.session_state.get("several-turn", 0) + 1


def _reassign(reading: Session, numbers: Sequence[str], owners: Mapping[str, str]) -> None:
    """One new owner for all of them, seen before it is done."""
    form = Form("reassign-many")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.container(width=260).selectbox(
            "New owner",
            list(owners),
            index=None,
            format_func=lambda code: owners.get(code, str(code)),
            placeholder="Choose who gets them",
            key=form.key("owner_code"),
        )
        st.checkbox("Open tasks go along", value=True, key=form.key("tasks_follow"))
    owner = form.value("owner_code")
    if owner and numbers:
        frame = reassignment(reading, numbers, owner)
        taken = list(frame[frame["taken"]]["opportunity_no"])
        furniture.table(
            frame,
            key="reassign-preview",
            columns=[
                "opportunity_no",
                "description",
                "owner_name",
                "amount",
                "open_tasks",
                "what_happens",
            ],
            height="content" if len(frame) <= 10 else 386,  # noqa: PLR2004 (rows)
        )
        name = formats.escape_markdown(owners.get(owner, owner))
        st.button(
            f"Give {formats.opportunities(len(taken))} to {name}",
            type="primary",
            key="reassign-many",
            disabled=not taken,
            on_click=partial(_carry_out, form, taken, owner),
        )
    form.complaint()


def _carry_out(form: Form, numbers: Sequence[str], owner: str) -> None:
    def carry_out() -> str:
        follow = bool(form.value("tasks_follow", otherwise=True))
        session.record(
            *[
                commands.Reassign(opportunity_no=no, owner_code=owner, tasks_follow=follow)
                for no in numbers
            ]
        )
        _choose()
        return f"{formats.opportunities(len(numbers))} given to another owner."

    form.attempt(carry_out)
