"""The imports there were: take one back, or do it again from its files with a mended mapping."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import import_draft
from pipeline.commands import UndoImport
from pipeline.domain.errors import PipelineError
from pipeline.importing import batch

_MOST = 20


def past_imports(past: pd.DataFrame) -> None:
    """A line for each import, the newest first."""
    if past.empty:
        return
    st.subheader("Past imports", anchor=False)
    for entry in past.head(_MOST).to_dict("records"):
        _entry({str(name): value for name, value in entry.items()})
    if len(past) > _MOST:
        st.caption(f"The newest {_MOST} of {len(past):,}.")


def _entry(entry: dict[str, Any]) -> None:
    number = int(entry["batch_id"])
    is_undone = not pd.isna(entry["undone_at"])
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"past-import-{number}",
    ):
        with st.container(gap="xxsmall", width="content"):
            st.text(entry["files"] or entry["source"])
            st.caption(formats.escape_markdown(_what(entry)))
        with st.container(horizontal=True, width="content"):
            if is_undone:
                st.caption(formats.escape_markdown(f"Undone by {entry['undone_by']}"))
            else:
                _buttons(number, is_kept=bool(entry["is_kept"]))


def _what(entry: dict[str, Any]) -> str:
    rows = int(entry["refused_rows"])
    refused = f", {formats.counted(rows, 'row')} refused" if rows else ""
    return (
        f"{formats.moment(entry['imported_at'])} by {entry['imported_by']}: "
        f"{formats.opportunities(int(entry['opportunities']))}, {entry['transitions']:,} "
        f"transitions{refused}"
    )


def _buttons(number: int, *, is_kept: bool) -> None:
    st.button(
        "Do again",
        key=f"again-{number}",
        on_click=_again,
        args=(number,),
        disabled=not is_kept,
        help="Read its files again with another mapping, in place of this import."
        if is_kept
        else "Its files were too large to be kept.",
    )
    st.button("Undo", key=f"undo-{number}", on_click=_undo, args=(number,), icon=":material/undo:")


def _undo(number: int) -> None:
    try:
        session.record(UndoImport(batch_id=number))
    except PipelineError as refusal:
        st.session_state["import-complaint"] = str(refusal)
    else:
        st.session_state["notice"] = "The import is undone."


def _again(number: int) -> None:
    import_draft.lay_aside()
    try:
        with session.read() as reading:
            files, profile = batch.kept(reading, number)
        import_draft.begin(files, chosen=profile, replaces=number)
    except PipelineError as refusal:
        st.session_state["import-complaint"] = str(refusal)
