"""Why opportunities are won or lost: the reasons, and which of them count in the win rate."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.reason_grid import reasons
from pipeline.reports import set_up_pages

with session.read() as reading:
    frame = set_up_pages.close_reasons(reading)

won = int((frame["outcome"] == "won").sum())
furniture.heading(
    "Close reasons",
    f"{formats.counted(won, 'reason')} for winning, {len(frame) - won} for losing. "
    "One is asked for whenever an opportunity is closed."
    if len(frame)
    else "None is defined yet. Define at least one for winning and one for losing.",
)
with st.container(width=860):
    reasons(frame)
