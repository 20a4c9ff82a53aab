"""Take back what was just done, or any change of the last hours; what comes back is shown first."""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, moves
from pipeline.commands import UndoBatch
from pipeline.domain.errors import PipelineError
from pipeline.reports import recent_changes as recent
from pipeline.reports.recent_changes import RecentChange

_COMPLAINT = "undo-complaint"
_OFFERED_ON = "undo-offered-on"
_MANY_ROWS = 8
_MOST_PAGES = 2


def offer(page: str) -> None:
    """Offer to undo what was recorded last, under the notice.

    It stays on the page where it was recorded and on the one that saving led to, no longer.
    """
    batch_id = st.session_state.get(session.LAST_DONE)
    if batch_id is None:
        return
    known, pages = st.session_state.get(_OFFERED_ON, (None, ()))
    seen = (*pages, page) if known == batch_id and page not in pages else pages
    seen = seen if known == batch_id else (page,)
    if len(seen) > _MOST_PAGES:
        forget()
        return
    st.session_state[_OFFERED_ON] = (batch_id, seen)
    _offer(int(batch_id))


def forget() -> None:
    """Offer nothing until something else is recorded."""
    st.session_state.pop(session.LAST_DONE, None)


def _offer(batch_id: int) -> None:
    try:
        with session.read() as reading:
            change = recent.change(reading, batch_id)
    except PipelineError:
        return  # it was done in bulk, and is undone where it was done
    with st.container(horizontal=True, vertical_alignment="center", key="undo-offer"):
        undone = " (undone)" if change.batch.is_undone else ""
        st.caption(formats.escape_markdown(f"{change.words}{undone}"), width="content")
        _button(change, shortcut="Alt+Z")
        st.page_link(
            "app_pages/recent_changes.py", label="Recent changes", icon=":material/history:"
        )
    _complaint(change)


def listed() -> None:
    """This person's changes of the last hours, the newest first, with what undoing restores."""
    with session.read() as reading:
        changes = recent.recent_changes(reading, now=_now(), by=session.who())
    if not changes:
        furniture.empty(
            "You have changed nothing in the last hours.",
            "What you record stands here and can be taken back until it is too long ago.",
        )
    for change in changes:
        _entry(change)


def _entry(change: RecentChange) -> None:
    batch = change.batch
    state = ":material/undo: Undone: " if batch.is_undone else ""
    label = f"{state}{formats.moment(batch.at)} — {formats.escape_markdown(change.words)}"
    with st.expander(label, key=f"change-{batch.first_id}", on_change="rerun") as entry:
        if not entry.open:
            return
        with session.read() as reading:
            restores = recent.restores(reading, batch)
            refused = recent.refusal(reading, batch, by=session.who(), now=_now())
        st.caption("Undone. Doing it again restores:" if batch.is_undone else "Undoing restores:")
        height: Any = "auto" if len(restores) <= _MANY_ROWS else 300
        st.dataframe(
            restores,
            hide_index=True,
            height=height,
            column_config=furniture.column_config(list(restores.columns), {}),
        )
        if refused:
            st.warning(formats.escape_markdown(refused), icon=":material/block:")
        else:
            _button(change)
        _complaint(change)


def _button(change: RecentChange, *, shortcut: str | None = None) -> None:
    again = change.batch.is_undone
    st.button(
        "Do again" if again else "Undo",
        key=f"{'offer' if shortcut else 'list'}-undo-{change.batch.id}",
        icon=":material/redo:" if again else ":material/undo:",
        on_click=_undo,
        args=(change,),
        shortcut=shortcut,
    )


def last_change() -> RecentChange | None:
    """What this person did last, where it is not taken back already."""
    with session.read() as reading:
        changes = recent.recent_changes(reading, now=_now(), by=session.who(), at_most=1)
    return next((change for change in changes if not change.batch.is_undone), None)


def take_back_last() -> None:
    """Undo what this person did last; a refusal stands in the bar that offers to undo it."""
    change = last_change()
    if change is None:
        st.session_state["notice"] = "There is nothing of yours to take back."
        return
    st.session_state[session.LAST_DONE] = change.batch.id
    _undo(change)


def _undo(change: RecentChange) -> None:
    st.session_state.pop(_COMPLAINT, None)
    again = change.batch.is_undone
    try:
        session.record(UndoBatch(batch_id=change.batch.id, again=again))
    except PipelineError as refusal:
        st.session_state[_COMPLAINT] = (change.batch.first_id, str(refusal))
    else:
        moves.leave()
        st.session_state["notice"] = "Done again." if again else "Undone."


def _complaint(change: RecentChange) -> None:
    about, sentence = st.session_state.get(_COMPLAINT, (None, ""))
    if about == change.batch.first_id:
        st.error(formats.escape_markdown(sentence), icon=":material/error:")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
