"""The seller's day: what is due, overdue, rotting or waiting, each with its next action beside it.

Every section says how many there are in all, counted by the store, and shows the first few.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import drill, furniture
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline.commands import (
    Command,
    CompleteTask,
    CreateTask,
    PostponeTask,
    UpdateOpportunity,
)
from pipeline.domain.scope import Scope, Selection
from pipeline.reports.health import rotting
from pipeline.reports.opportunities import opportunities
from pipeline.reports.report import Drill, Report
from pipeline.reports.tasks import Asked, tasks
from pipeline.reports.today import waiting_for_quote

FIRST = 6
"""So many of a section are shown; the rest is one link away."""
DUE_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Day:
    """What there is to do on a day, section by section."""

    tasks: pd.DataFrame
    overdue: Report
    due: Report
    rotting: Report
    waiting: Report

    @property
    def is_free(self) -> bool:
        """Say whether nothing at all is to be done."""
        counted = (self.overdue, self.due, self.rotting, self.waiting)
        return self.tasks.empty and not any(one.totals["opportunities"] for one in counted)


def read(reading: Session, scope: Scope) -> Day:
    """Ask for everything of the day; `scope` says whose."""
    today = scope.as_of
    owner = scope.owners[0] if scope.owners else None
    open_ones = ("in progress",)
    coming = today + timedelta(days=DUE_DAYS)

    def first(selection: Selection) -> Report:
        return opportunities(
            reading,
            scope,
            selection,
            order_by="expected_close_on",
            descending=False,
            limit=FIRST,
        )

    asked = tasks(reading, Asked(owner_code=owner))
    return Day(
        tasks=asked[pd.to_datetime(asked["due_on"]) <= pd.Timestamp(today)],
        overdue=first(Selection(statuses=open_ones, overdue=True)),
        due=first(Selection(statuses=open_ones, expected_from=today, expected_to=coming)),
        rotting=rotting(reading, scope, limit=FIRST),
        waiting=waiting_for_quote(reading, scope, limit=FIRST),
    )


def answer(day: Day) -> str:
    """The one line that says what the day holds."""
    words = [
        formats.counted(len(day.tasks), "task") if len(day.tasks) else "",
        _number(day.overdue, "overdue"),
        _number(day.due, f"due in {DUE_DAYS} days"),
        _number(day.rotting, "rotting"),
        _number(day.waiting, "waiting for a quote"),
    ]
    said = [word for word in words if word]
    return f"**{said[0]}**" + "".join(f", {word}" for word in said[1:]) + "." if said else ""


def draw(day: Day, scope: Scope) -> None:
    """The sections that have anything, the most pressing first."""
    _section("Tasks", len(day.tasks), day.tasks.head(FIRST), _task)
    if len(day.tasks) > FIRST:
        st.page_link("app_pages/tasks.py", label="All tasks", icon=":material/arrow_forward:")
    progress = ("in progress",)
    _listed("Overdue", day.overdue, _overdue, (scope, Selection(statuses=progress, overdue=True)))
    coming = Selection(
        statuses=progress,
        expected_from=scope.as_of,
        expected_to=scope.as_of + timedelta(days=DUE_DAYS),
    )
    _listed(f"Due in {DUE_DAYS} days", day.due, _due, (scope, coming))
    _listed("Rotting", day.rotting, _rotting, None)
    if (day.rotting.totals["opportunities"] or 0) > FIRST:
        st.page_link("app_pages/health.py", label="All that rots", icon=":material/arrow_forward:")
    _listed("Waiting for a quote", day.waiting, _waiting, None)


def _number(report: Report, word: str) -> str:
    number = int(report.totals["opportunities"] or 0)
    return f"{formats.count(number)} {word}" if number else ""


def _listed(
    title: str, report: Report, line: Callable[[pd.Series], None], behind: Drill | None
) -> None:
    number = int(report.totals["opportunities"] or 0)
    _section(title, number, report.frame.head(FIRST), line, report.totals.get("amount"))
    if number > FIRST and behind is not None:
        drill.link(f"All {formats.count(number)}", behind)


def _section(
    title: str,
    number: int,
    frame: pd.DataFrame,
    line: Callable[[pd.Series], None],
    amount: float | None = None,
) -> None:
    if not number:
        return
    money = f", worth {formats.money_short(amount)}" if amount else ""
    st.subheader(f"{title} · {formats.count(number)}{money}", anchor=False)
    for _, row in frame.iterrows():
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            gap="small",
            border=True,
            key=f"day-{title}-{_key(row)}",
        ):
            line(row)


def _key(row: pd.Series) -> str:
    return str(row.get("task_no") or row.get("opportunity_no"))


# --- the lines -----------------------------------------------------------------------------------


def _task(row: pd.Series) -> None:
    about = row["description"] if not formats.is_missing(row["description"]) else ""
    who = row["contact_name"] if not formats.is_missing(row["contact_name"]) else ""
    late = pd.Timestamp(row["due_on"]) < pd.Timestamp(session.today())
    due = f"{'overdue since ' if late else 'due '}{formats.day(row['due_on'])}"
    _words(str(row["task"] or row["task_type"] or "Task"), [due, str(about), str(who)])
    no = str(row["task_no"])
    _button("Done", "check", f"done-{no}", lambda: _did(CompleteTask(task_no=no), "Done"))
    tomorrow = session.today() + timedelta(days=1)
    _button(
        "Tomorrow",
        "event_upcoming",
        f"later-{no}",
        lambda: _did(PostponeTask(task_no=no, due_on=tomorrow), "Put off to tomorrow"),
    )
    if not formats.is_missing(row["opportunity_no"]):
        _open(str(row["opportunity_no"]))


def _overdue(row: pd.Series) -> None:
    _about(row, f"expected by {formats.day(row['expected_close_on'])}")
    _new_date(str(row["opportunity_no"]))
    _open(str(row["opportunity_no"]))


def _due(row: pd.Series) -> None:
    _about(row, f"to close by {formats.day(row['expected_close_on'])}")
    _open(str(row["opportunity_no"]), "Close or move on")


def _rotting(row: pd.Series) -> None:
    _about(row, f"{formats.days(row['stage_age_days'])} in {row['stage_description']}")
    _next_step(str(row["opportunity_no"]))
    _open(str(row["opportunity_no"]))


def _waiting(row: pd.Series) -> None:
    _about(row, f"a quote leads to {row['next_stage_description']}")
    _open(str(row["opportunity_no"]), "Give it a quote")


def _about(row: pd.Series, why: str) -> None:
    amount = "" if formats.is_missing(row["amount"]) else formats.money_short(row["amount"])
    _words(str(row["description"]), [str(row["contact_name"] or ""), amount, why])


def _words(title: str, rest: list[str]) -> None:
    """What it is, and in grey what else must be known; other people's words stay plain."""
    small = " · ".join(formats.escape_markdown(word) for word in rest if word and word != "None")
    with st.container(gap=None, width="stretch"):
        st.markdown(f"**{formats.escape_markdown(title)}**")
        st.caption(small)


def _open(no: str, label: str = "Open") -> None:
    st.page_link(
        "app_pages/opportunity.py",
        label=label,
        icon=":material/arrow_forward:",
        query_params={"no": no},
    )


# --- the actions ---------------------------------------------------------------------------------


def _button(label: str, icon: str, key: str, act: Callable[[], None]) -> None:
    st.button(label, icon=f":material/{icon}:", key=key, on_click=act)


def _did(command: Command, words: str) -> None:
    Form("day").attempt(lambda: _recorded(command, words))


def _recorded(command: Command, words: str) -> str:
    session.record(command)
    return f"{words}."


def _new_date(no: str) -> None:
    """A new expected close date without leaving the page."""
    form = Form(f"day-date-{no}")
    with st.popover("New date", icon=":material/event:"), st.form(form.name, border=False):
        form.day("expected_close_on", "Expected close", session.today() + timedelta(days=14))
        form.complaint()
        _save(form, _move_date, no)


def _save(form: Form, act: Callable[[Form, str], None], no: str) -> None:
    st.form_submit_button(
        "Save", type="primary", key=f"record-{form.name}", on_click=act, args=(form, no)
    )


def _move_date(form: Form, no: str) -> None:
    day: date | None = form.value("expected_close_on")
    form.attempt(
        lambda: _recorded(
            UpdateOpportunity(opportunity_no=no, expected_close_on=day),
            f"{formats.escape_markdown(no)} is now expected to close {formats.day(day)}",
        )
    )


def _next_step(no: str) -> None:
    """A dated next step, which ends the rotting until then."""
    form = Form(f"day-step-{no}")
    with st.popover("Next step", icon=":material/add_task:"), st.form(form.name, border=False):
        form.text("description", "What is to be done")
        form.day("due_on", "Until", session.today() + timedelta(days=DUE_DAYS))
        form.complaint()
        _save(form, _plan, no)


def _plan(form: Form, no: str) -> None:
    task = CreateTask(
        opportunity_no=no, description=form.words("description"), due_on=form.value("due_on")
    )
    form.attempt(lambda: _recorded(task, f"{formats.escape_markdown(no)} has its next step"))


def nothing() -> None:
    """A free day."""
    furniture.empty(
        "Nothing is due, overdue, rotting or waiting.",
        "Enter a new opportunity, or look at everybody’s day.",
    )
    st.page_link("app_pages/new_opportunity.py", label="New opportunity", icon=":material/add:")
