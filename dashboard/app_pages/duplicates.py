"""Open opportunities that are probably one entered twice; a pair opens to be merged or kept."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, merging
from pipeline.domain.errors import PipelineError
from pipeline.domain.scope import Scope
from pipeline.reports import all_likely_twins, look_ups

with session.read() as reading:
    report = all_likely_twins(reading, Scope(as_of=session.today()))
    names = look_ups.names(reading)
    pairs = report.frame
    count = int(report.totals["twins"] or 0)
    furniture.heading("Duplicates", f"{formats.counted(count, 'likely pair')} among what is open.")
    chosen = st.query_params.get_all("merge")
    if len(chosen) == 2:  # noqa: PLR2004 (a pair)
        try:
            merging.editor(reading, names, *chosen)
        except PipelineError as refusal:
            furniture.empty(formats.escape_markdown(refusal), "Choose a pair from the list.")

if pairs.empty:
    furniture.empty(
        "Nothing that is open looks like something else.",
        "Pairs of one company with like words and amounts would stand here.",
    )
else:
    picked = st.dataframe(
        furniture.styled(pairs),
        hide_index=True,
        column_config=furniture.column_config(list(pairs.columns), {}),
        on_select="rerun",
        selection_mode="single-row",
        key=f"pairs-{count}",
    )
    rows = picked["selection"]["rows"]
    pair = pairs.iloc[rows[0]][["opportunity_no", "twin_no"]].tolist() if rows else None
    if pair is not None and pair != chosen:
        merging.open_pair(*pair)
        st.rerun()
    furniture.footing(report, key="duplicates")
