"""The agenda of the weekly review of the forecast, to go through and to print."""

from dataclasses import replace

import streamlit as st

from dashboard import scope, session
from dashboard.components import agenda_views, furniture, period_choice

top = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="agenda-bar"):
    reach = furniture.switch("reach", agenda_views.REACH)
    with session.read() as reading:
        period = period_choice.period(reading, scope.current().as_of)
        method = period_choice.method()

looked_at = replace(scope.current(), from_on=period.first, to_on=period.last)
with session.read() as reading:
    on, report = agenda_views.agenda(reading, looked_at, method)
    with top:
        furniture.heading("Agenda", agenda_views.answer(report))
        furniture.tiles(agenda_views.tiles(report))
    if reach == agenda_views.TEAMS:
        agenda_views.by_team(reading, looked_at, method)
    else:
        agenda_views.drawn(on, report)
