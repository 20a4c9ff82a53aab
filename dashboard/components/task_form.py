"""Add a task by hand; change one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from dashboard.formats import Row
from pipeline import commands
from pipeline.domain.activities import StepPriority, StepType
from pipeline.domain.tasks import OPEN_STATUSES
from pipeline.reports.look_ups import Names

TYPES = {kind.value: kind.value.capitalize() or "Any other" for kind in StepType}
PRIORITIES = {one.value: one.value.capitalize() for one in StepPriority}
STATUSES = {one.value: one.value.capitalize() for one in OPEN_STATUSES}
WIDE_ENOUGH = 170
"""Pixels in which a day and a name can be read; a narrower form sets them one below the other."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a new task is about, and who would do it, where the page knows."""

    opportunity_no: str | None = None
    contact_no: str | None = None
    owner_code: str | None = None
    asks: bool = False
    """Whether the form asks for opportunity and contact."""


def add_task(people: Names, given: Given, *, today: date) -> Form:
    """Draw the form of a new task; Enter adds it."""
    form = Form(f"task-new-{given.opportunity_no or given.contact_no or ''}")
    with st.form(form.name, border=False):
        form.text("description", "What is to be done", placeholder="Call back", max_chars=250)
        with st.grid(2, min_column_width=WIDE_ENOUGH):
            form.day("due_on", "When", today)
            form.choice(
                "owner_code", "Who", people.active_owners, given.owner_code, placeholder="Nobody"
            )
        with st.expander("More", type="compact"):
            _more(form, people, given)
        form.complaint()
        st.form_submit_button(
            "Add the task",
            type="primary",
            key=f"add-{form.name}",
            on_click=_add,
            args=(form, given),
        )
    return form


def _more(form: Form, people: Names, given: Given) -> None:
    left, right = st.columns(2)
    with left:
        form.choice("type", "Kind", TYPES, "")
        if people.teams:
            form.choice("team_code", "Team", people.teams, placeholder="None")
    with right:
        form.choice("priority", "Priority", PRIORITIES, StepPriority.NORMAL.value)
    if given.asks:
        with left:
            form.text("opportunity_no", "Opportunity number", given.opportunity_no or "")
        with right:
            form.text("contact_no", "Contact number", given.contact_no or "")


def _add(form: Form, given: Given) -> None:
    def carry_out() -> str:
        wish = commands.CreateTask(
            description=form.words("description"),
            due_on=form.value("due_on"),
            owner_code=form.value("owner_code"),
            team_code=form.value("team_code"),
            type=form.value("type") or "",
            priority=form.value("priority") or StepPriority.NORMAL.value,
            opportunity_no=_about(form, given.opportunity_no, "opportunity_no"),
            contact_no=_about(form, given.contact_no, "contact_no"),
        )
        session.record(wish)
        return "The task is added."

    form.attempt(carry_out)


def _about(form: Form, given: str | None, name: str) -> str | None:
    """What was typed where the form asks; else what the page knows."""
    return form.words(name).upper() or None if form.key(name) in st.session_state else given


def edit_task(row: Row, people: Names, *, close: Callable[[], Any]) -> None:
    """Draw the fields of a task in its place."""
    form = Form(f"task-edit-{row.task_no}")
    with st.form(form.name):
        form.text("description", "What is to be done", row.task, max_chars=250)
        left, right = st.columns(2)
        with left:
            form.day("due_on", "When", pd.Timestamp(row.due_on).date())
            form.choice("type", "Kind", TYPES, row.task_type)
            form.choice("status", "Status", STATUSES, row.task_status)
        with right:
            form.choice("owner_code", "Who", people.owners, _code(row.owner_code))
            form.choice("priority", "Priority", PRIORITIES, row.task_priority)
            form.choice("team_code", "Team", people.teams, _code(row.team_code), placeholder="None")
        form.complaint()
        with st.container(horizontal=True):
            st.form_submit_button(
                "Save the task",
                type="primary",
                key=f"save-{form.name}",
                on_click=_save,
                args=(form, row, close),
            )
            st.form_submit_button("Leave it", key=f"leave-{form.name}", on_click=close)


def _code(value: object) -> str | None:
    return None if formats.is_missing(value) else str(value)


def _save(form: Form, row: Row, close: Callable[[], Any]) -> None:
    def carry_out() -> str:
        wish = commands.EditTask(
            task_no=row.task_no,
            description=form.words("description"),
            due_on=form.value("due_on"),
            type=form.value("type") or "",
            priority=form.value("priority"),
            status=form.value("status"),
            owner_code=form.value("owner_code") or "",
            team_code=form.value("team_code") or "",
        )
        session.record(wish)
        return "Saved."

    if form.attempt(carry_out):
        close()
