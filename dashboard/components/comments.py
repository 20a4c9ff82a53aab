"""What people said about a record: say something, change it, take it back."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from dashboard.formats import Row
from dashboard.session import Session
from pipeline import commands
from pipeline.domain.comments import LONGEST_COMMENT, About
from pipeline.domain.cycles import SalesCycle
from pipeline.reports.comments import comments

EDITING = "editing-comment"
"""Where the session keeps which comment is being changed."""


def panel(reading: Session, about: About, no: str, stage: int = 0) -> None:
    """Draw the comments about a record, the newest first, under a field for a new one."""
    form = Form(f"comment-{about}-{no}-{stage}")
    with st.form(form.name, border=False):
        _text(form, "New comment")
        form.complaint()
        st.form_submit_button(
            "Add the comment", key=f"add-{form.name}", on_click=_add, args=(form, about, no, stage)
        )
    found = comments(reading, about, no, stage if about is About.STAGE else None)
    if found.empty:
        st.caption("Nobody has said anything yet.")
    for row in formats.rows(found):
        _said(row)


def of_cycle(reading: Session, cycle: SalesCycle) -> None:
    """What was said about a sales cycle or its stages; choose which, then say something."""
    stages = {0: "The sales cycle"} | {
        one.stage: f"Stage {one.stage} {one.description}".strip() for one in cycle.stages
    }
    with st.expander("Comments", type="compact"):
        stage = st.selectbox(
            "About",
            list(stages),
            format_func=lambda one: stages.get(one, str(one)),
            key=f"comments-about-{cycle.code}",
        )
        panel(reading, About.STAGE if stage else About.SALES_CYCLE, cycle.code, stage or 0)


def of_campaigns(reading: Session, campaigns: Mapping[str, str]) -> None:
    """What was said about a campaign; choose which, then say something."""
    if not campaigns:
        return
    with st.expander("Comments", type="compact"):
        no = st.selectbox(
            "About",
            list(campaigns),
            format_func=lambda one: f"{one} {campaigns.get(one, '')}".strip(),
            key="comments-about-campaign",
        )
        panel(reading, About.CAMPAIGN, no or next(iter(campaigns)))


def _text(form: Form, label: str, value: str = "") -> None:
    key = form.key("text")
    st.session_state.setdefault(key, value)
    st.text_area(label, key=key, max_chars=LONGEST_COMMENT, height=96)
    form.under("text")


def _said(row: Row) -> None:
    """One comment; its words are shown as they were typed."""
    form = Form(f"comment-edit-{row.comment_id}")
    with st.container(border=True, gap="xsmall", key=f"comment-{row.comment_id}"):
        if st.session_state.get(EDITING) == row.comment_id:
            _edit(form, row)
            return
        st.text(row.text)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(formats.escape_markdown(_whose(row)))
            _button(row, "Change", _open, (row.comment_id,))
            _button(row, "Remove", _remove, (form, int(row.comment_id)))
        form.complaint()


def _whose(row: Row) -> str:
    of = f"stage {row.stage}, " if row.about == About.STAGE.value else ""
    return f"{of}{row.created_by}, {formats.day(row.said_on)}"


def _button(row: Row, label: str, do: object, args: tuple[object, ...]) -> None:
    st.button(
        label,
        key=f"{label}-comment-{row.comment_id}",
        type="tertiary",
        on_click=do,  # type: ignore[arg-type]
        args=args,
    )


def _edit(form: Form, row: Row) -> None:
    with st.form(form.name, border=False):
        _text(form, "Comment", row.text)
        form.day("said_on", "Of", row.said_on)
        form.complaint()
        with st.container(horizontal=True):
            st.form_submit_button(
                "Save the comment",
                type="primary",
                key=f"save-{form.name}",
                on_click=_save,
                args=(form, int(row.comment_id)),
            )
            st.form_submit_button("Leave it", key=f"leave-{form.name}", on_click=_close)


def _add(form: Form, about: About, no: str, stage: int) -> None:
    def carry_out() -> str:
        wish = commands.AddComment(about=about.value, no=no, stage=stage, text=form.words("text"))
        session.record(wish)
        return "The comment is added."

    form.attempt(carry_out)


def _save(form: Form, comment_id: int) -> None:
    def carry_out() -> str:
        on: date | None = form.value("said_on")
        wish = commands.EditComment(comment_id=comment_id, text=form.words("text"), said_on=on)
        session.record(wish)
        return "Saved."

    if form.attempt(carry_out):
        _close()


def _remove(form: Form, comment_id: int) -> None:
    def carry_out() -> str:
        session.record(commands.RemoveComment(comment_id=comment_id))
        return "The comment is removed."

    form.attempt(carry_out)


def _open(comment_id: int) -> None:
    st.session_state[EDITING] = comment_id


def _close() -> None:
    st.session_state.pop(EDITING, None)
