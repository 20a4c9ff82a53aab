"""Where files are dropped, and what they were recognised as."""

from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components import import_draft
from dashboard.components.import_draft import Draft
from pipeline.domain.errors import PipelineError
from pipeline.domain.imports import ImportedFile
from pipeline.importing import batch
from pipeline.importing.own_export import OwnExport

MOST_MEGABYTES = 200
KINDS = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "json", "jsonl", "parquet", "zip"]
_SEEN = "import-seen"


def drop() -> None:
    """Take files and read them once; the same files are not read again."""
    dropped = st.file_uploader(
        "Files of your CRM",
        type=KINDS,
        accept_multiple_files=True,
        max_upload_size=MOST_MEGABYTES,
        key=import_draft.key("files"),
        help=f"CSV, Excel, JSON, Parquet, zipped or not, up to {MOST_MEGABYTES} MB each and 2 GB "
        "unpacked; the command line takes 2 GB. Formulas and macros are never run.",
    )
    seen = tuple(file.file_id for file in dropped)
    if not seen:
        if st.session_state.pop(_SEEN, None) and _is_dropped(import_draft.current()):
            import_draft.lay_aside()
        return
    if seen != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = seen
        _begin([ImportedFile(name=file.name, content=file.getvalue()) for file in dropped])
    if (whole := st.session_state.get("import-whole")) is not None:
        _read_back(whole)


def _is_dropped(draft: Draft | None) -> bool:
    return draft is not None and draft.replaces is None


def _begin(files: list[ImportedFile]) -> None:
    st.session_state.pop("import-whole", None)
    try:
        whole = batch.own_export_of(files)
        if whole is None:
            import_draft.begin(files)
        else:
            st.session_state["import-whole"] = whole
    except PipelineError as refusal:
        st.error(formats.escape_markdown(refusal), icon=":material/error:")


def recognised(draft: Draft) -> None:
    """Say what the files are, and how to lay them aside."""
    known = draft.profile.title if draft.profile.name != "generic" else "A table of opportunities"
    with st.container(horizontal=True, vertical_alignment="center", key="recognised"):
        words = ", ".join(
            f"{formats.escape_markdown(table.name)}: {formats.counted(len(table.frame), 'row')} of "
            f"{meaning.role or 'nothing that is used'}"
            for table, meaning in zip(draft.tables, draft.meanings, strict=True)
        )
        st.markdown(f"**{formats.escape_markdown(known)}.** {words}.")
        st.button(
            "Lay aside",
            key=import_draft.key("aside"),
            on_click=import_draft.lay_aside,
            type="tertiary",
            icon=":material/close:",
        )


def _read_back(whole: OwnExport) -> None:
    """Offer to fill an empty store with an export of another one."""
    what = formats.opportunities(whole.opportunities)
    st.info(
        f"This is an export of a whole store: {what}, {whole.transitions:,} transitions. It can be "
        "read back into an empty store only.",
        icon=":material/inventory_2:",
    )
    st.button(f"Read back {what}", type="primary", on_click=_fill, args=(whole,))


def _fill(whole: OwnExport) -> None:
    recorded: list[Any]
    try:
        recorded = session.record(whole.command())
    except PipelineError as refusal:
        st.session_state["import-complaint"] = str(refusal)
    else:
        st.session_state.pop("import-whole", None)
        import_draft.lay_aside()
        st.session_state["notice"] = f"{recorded[0].no} opportunities were read back."
