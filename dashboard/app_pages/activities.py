"""What is to be done on entering a stage: activities, each with its steps."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.activity_editor import editor, new_activity
from pipeline.reports import set_up_pages

NEW = "New activity"

with session.read() as reading:
    codes = list(set_up_pages.activities(reading)["activity_code"])
    furniture.heading(
        "Activities",
        f"{formats.counted(len(codes), 'activity', 'activities')}; a stage of a sales cycle names "
        "the one that begins on entering it."
        if codes
        else "None is defined yet. An activity lists what is to be done on entering a stage; "
        "a cycle needs none.",
    )
    wanted = st.session_state.pop("chosen-activity", None)
    if wanted in codes:
        st.session_state["activity"] = wanted
    chosen = st.segmented_control(
        "Activity",
        [*codes, NEW],
        format_func=formats.escape_markdown,
        default=codes[0] if codes else NEW,
        required=True,
        key="activity",
        label_visibility="collapsed",
    )
    with st.container(width=860):
        if chosen in codes:
            editor(set_up_pages.activity(reading, chosen))
        else:
            new_activity()
