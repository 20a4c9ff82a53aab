"""What if: other dates, amounts and outcomes, and what the period would bring; then record it."""

from dataclasses import replace

import streamlit as st

from dashboard import formats, scope, session
from dashboard.components import furniture, period_choice, what_if_recording, what_if_views
from pipeline.reports import look_ups
from pipeline.reports.what_if import report_of

top = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="what-if-bar"):
    reach = furniture.switch("reach", what_if_views.REACH)
    with session.read() as reading:
        period = period_choice.period(reading, scope.current().as_of)
        method = period_choice.method()

looked_at = replace(scope.current(), from_on=period.first, to_on=period.last)
with session.read() as reading:
    on = what_if_views.based(reading, looked_at, method)
    report = what_if_views.table(reading, on, everything=reach == what_if_views.EVERYTHING)
    made = what_if_views.supposed(report)
    found = what_if_views.tried(on, made)
    sides = report_of(reading, found)
    with top:
        furniture.heading("What if", what_if_views.answer(found, made, report))
        furniture.tiles(what_if_views.tiles(found))
    if report.frame.empty:
        what_if_views.nothing(report)
    else:
        what_if_views.side_by_side(sides, found)
        what_if_views.line(report, made, found)
        what_if_views.editor(report)
    what_if_recording.not_shown(what_if_views.elsewhere(report))
    what_if_recording.listed(made)
    if looked_at.as_of == session.today() and looked_at.known_at is None:
        what_if_recording.recording(made, look_ups.close_reasons(reading))
    elif not report.frame.empty:
        st.caption(
            "Changes are recorded as of today; this is tried on "
            f"{formats.day(looked_at.as_of)}, so that nothing of it can be recorded."
        )
    if not report.frame.empty:
        what_if_views.figures(sides)
