"""Where the period lands, against the quota; who called what; and how sure all that is."""

from dataclasses import replace

import streamlit as st

from dashboard import scope, session
from dashboard.components import call_form, category_grid, furniture, landing_views, period_choice
from pipeline.reports import look_ups

LANDING, PACE, ROLL_UP, OPPORTUNITIES, CALLS = VIEWS = (
    "Landing",
    "Pace",
    "Roll-up",
    "Opportunities",
    "Calls",
)

top = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="forecast"):
    view = furniture.switch("view", VIEWS)
    with session.read() as reading:
        period = period_choice.period(reading, scope.current().as_of)
        method = period_choice.method()

looked_at = replace(scope.current(), from_on=period.first, to_on=period.last)
with session.read() as reading:
    found = landing_views.landing(reading, looked_at, method)
    with top:
        furniture.heading("Forecast", landing_views.answer(found))
        furniture.tiles(landing_views.tiles(found))
    if found.target.amount is None:
        st.page_link("app_pages/quotas.py", label="Set quotas", icon=":material/target:")
    if view == PACE:
        landing_views.paced(reading, looked_at, found)
    elif view == ROLL_UP:
        landing_views.rolled_up(reading, looked_at)
    elif view == OPPORTUNITIES:
        category_grid.part(reading, found)
    elif view == CALLS:
        call_form.part(reading, looked_at, period, look_ups.names(reading))
    else:
        landing_views.ways(reading, found)
