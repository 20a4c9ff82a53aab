"""Bring your CRM: drop its files, see what would happen, answer what only you know, import."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, import_draft, import_drop
from dashboard.components.import_dry_run import dry_run
from dashboard.components.import_list import past_imports
from dashboard.components.import_mapping import mapping
from dashboard.components.import_questions import question
from pipeline.importing import batch

furniture.heading(
    "Import",
    "Drop what your CRM exports: its opportunities, their history, stages, people. "
    "Nothing is recorded before you agree.",
)
if complaint := st.session_state.pop("import-complaint", ""):
    st.error(formats.escape_markdown(complaint), icon=":material/error:")

import_drop.drop()
draft = import_draft.current()
if draft is not None:
    import_drop.recognised(draft)
    draft.work_out()
    if draft.plan is None:
        question(draft)
    else:
        dry_run(draft, draft.plan)
    with st.expander("What each column means", expanded=draft.plan is None):
        mapping(draft)

with session.read() as reading:
    past_imports(batch.past_imports(reading))
