"""Tasks, a line each: done, put off, called off, edited or commented on in one click."""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import comments
from dashboard.components.fields import Form
from dashboard.components.task_form import edit_task
from dashboard.formats import Row
from pipeline import commands
from pipeline.domain.comments import About
from pipeline.reports import tasks
from pipeline.reports.look_ups import Names

EDITING = "editing-task"
"""Where the session keeps which task's fields are open."""
COMMENTED = "commented-task"
"""Where it keeps which task's comments are open."""
AT_ONCE = 40
"""More lines than these are asked for."""


def grouped(frame: pd.DataFrame, people: Names, *, today: date, with_about: bool) -> None:
    """The tasks under Overdue, Today, This week, Later, Done; a heading says how many."""
    for name, some in tasks.by_day(frame, today).items():
        st.markdown(f"**{name}** :gray[{formats.count(len(some))}]")
        lines(some, people, today=today, with_about=with_about)


def lines(frame: pd.DataFrame, people: Names, *, today: date, with_about: bool = True) -> None:
    """A line for each task; `with_about` says what it is about, which its own page knows."""
    for row in formats.rows(frame.head(AT_ONCE)):
        _line(row, people, today=today, with_about=with_about)
    if len(frame) > AT_ONCE:
        st.caption(f"{formats.count(len(frame) - AT_ONCE)} more follow when these are done.")


def _line(row: Row, people: Names, *, today: date, with_about: bool) -> None:
    form = Form(f"task-{row.task_no}")
    if st.session_state.get(EDITING) == row.task_no:
        edit_task(row, people, close=_close)
        return
    with st.container(key=f"line-{row.task_no}"):
        left, right = st.columns(2, gap="small", vertical_alignment="center")
        with left, st.container(gap="xxsmall"):
            st.markdown(_words(row, today=today, with_about=with_about))
            if with_about and not formats.is_missing(row.opportunity_no):
                _to_opportunity(row)
        with right, st.container(horizontal=True, gap="xsmall"):
            _actions(form, row, today)
            _comment(row)
        form.complaint()
        if st.session_state.get(COMMENTED) == row.task_no:
            with session.read() as reading, st.container(key=f"comments-{row.task_no}"):
                comments.panel(reading, About.TASK, row.task_no)


def _actions(form: Form, row: Row, today: date) -> None:
    if row.task_status == "completed":
        _button(form, row, "Reopen", commands.ReopenTask(task_no=row.task_no), "undo")
        return
    _button(form, row, "Done", commands.CompleteTask(task_no=row.task_no), "check_circle")
    _later(form, row, today)


def _words(row: Row, *, today: date, with_about: bool) -> str:
    """What is to be done, until when and by whom, in one line of Markdown."""
    what = formats.escape_markdown(row.task)
    return f"{_struck(row, what)}  \n:small[{_when(row, today)} · {_rest(row, with_about)}]"


def _struck(row: Row, what: str) -> str:
    urgent = " :material/priority_high:" if row.task_priority == "high" else ""
    return f"~~{what}~~" if row.task_status == "completed" else f"{what}{urgent}"


def _when(row: Row, today: date) -> str:
    if row.task_status == "completed":
        return f"{'canceled' if row.canceled else 'done'} on {formats.day(row.closed_on)}"
    day = pd.Timestamp(row.due_on).date()
    late = (today - day).days
    if late > 0:
        return f":red[{formats.day(day)}, {formats.days(late)} late]"
    return f"**{formats.day(day)}, today**" if late == 0 else formats.day(day)


def _rest(row: Row, with_about: bool) -> str:  # noqa: FBT001 (a private turn of phrase)
    who = row.task_owner if not formats.is_missing(row.task_owner) else row.team_name
    told = [who, row.task_type, row.contact_name if with_about else None]
    state = None if row.task_status in ("not started", "completed") else row.task_status
    words = [formats.text(one) for one in (*told, state) if not formats.is_missing(one) and one]
    return formats.escape_markdown(" · ".join(words))


def _to_opportunity(row: Row) -> None:
    st.page_link(
        "app_pages/opportunity.py",
        label=formats.escape_markdown(formats.shortened(row.description)),
        query_params={"no": row.opportunity_no},
        help=f"Open {formats.escape_markdown(row.opportunity_no)}",
    )


def _later(form: Form, row: Row, today: date) -> None:
    """Put off by a day or a week from the later of today and its day; edit; call off."""
    start = max(today, pd.Timestamp(row.due_on).date())
    for label, days in (("+1 day", 1), ("+1 week", 7)):
        to = start + timedelta(days=days)
        wish = commands.PostponeTask(task_no=row.task_no, due_on=to)
        _button(form, row, label, wish, help=f"Put off to {formats.day(to)}")
    st.button(
        "Edit",
        key=f"edit-{row.task_no}",
        type="tertiary",
        on_click=_open,
        args=(row.task_no,),
    )
    _button(form, row, "Cancel", commands.CancelTask(task_no=row.task_no))


def _comment(row: Row) -> None:
    """How often it was commented on; a click shows the comments and the field for one, or hides."""
    st.button(
        formats.counted(row.comments, "comment") if row.comments else "Comment",
        key=f"comment-on-{row.task_no}",
        type="tertiary",
        on_click=_show_comments,
        args=(row.task_no,),
    )


def _button(
    form: Form,
    row: Row,
    label: str,
    wish: commands.Command,
    icon: str = "",
    help: str = "",  # noqa: A002 (Streamlit's own word)
) -> None:
    st.button(
        label,
        key=f"{label}-{row.task_no}",
        type="tertiary",
        icon=f":material/{icon}:" if icon else None,
        help=help or None,
        on_click=_carry,
        args=(form, wish, f"{formats.escape_markdown(row.task)}: {_SAID.get(label, 'put off')}."),
    )


_SAID: Mapping[str, str] = {"Done": "done", "Reopen": "open again", "Cancel": "canceled"}


def _carry(form: Form, wish: commands.Command, sentence: str) -> None:
    def carry_out() -> str:
        session.record(wish)
        return sentence

    form.attempt(carry_out)


def _open(task_no: str) -> None:
    st.session_state[EDITING] = task_no


def _show_comments(task_no: str) -> None:
    shown = st.session_state.pop(COMMENTED, None)
    if shown != task_no:
        st.session_state[COMMENTED] = task_no


def _close() -> None:
    st.session_state.pop(EDITING, None)
