"""Define sales cycles and their stages, see what is in use, block and remove."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import comments, furniture
from dashboard.components.cycle_editor import METHODS, editor, new_cycle
from pipeline.reports import look_ups, set_up_pages

NEW = "New cycle"

with session.read() as reading:
    cycles = look_ups.sales_cycles(reading)
    codes = list(cycles["cycle_code"])
    furniture.heading(
        "Sales cycles",
        f"{formats.counted(len(codes), 'cycle')}, with the stages an opportunity goes through."
        if codes
        else "None is defined yet. A cycle names the stages an opportunity goes through.",
    )
    if codes:
        furniture.table(
            cycles.assign(probability_method=cycles["probability_method"].map(METHODS)),
            key="cycles",
        )
        furniture.set_up_footing(
            cycles,
            name="sales-cycles",
            definition="The sales cycles as they are set up, and what is in progress in each.",
            key="cycles",
        )
    wanted = st.session_state.pop("chosen-cycle", None)
    if wanted in codes:
        st.session_state["edit"] = wanted
    chosen = st.segmented_control(
        "Edit",
        [*codes, NEW],
        format_func=formats.escape_markdown,
        default=codes[0] if codes else NEW,
        required=True,
        key="edit",
        label_visibility="collapsed",
    )
    if chosen in codes:
        editor(
            look_ups.sales_cycle(reading, chosen),
            look_ups.stages_in_use(reading, chosen),
            list(set_up_pages.activities(reading)["activity_code"]),
            look_ups.close_reasons(reading),
        )
        comments.of_cycle(reading, look_ups.sales_cycle(reading, chosen))
    else:
        with st.container(width=520):
            new_cycle()
