"""Which opportunities decide whether the quota is reached, and the shortest way to it."""

from dataclasses import replace

import streamlit as st

from dashboard import scope, session
from dashboard.components import furniture, landing_views, period_choice, swing_views
from pipeline.reports.swing import of_landing

LIST, PATH = VIEWS = ("Swing", "Way to quota")

top = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="swing-bar"):
    view = furniture.switch("view", VIEWS)
    order = swing_views.ORDERS[furniture.switch("order", list(swing_views.ORDERS))]
    with session.read() as reading:
        period = period_choice.period(reading, scope.current().as_of)
        method = period_choice.method()

looked_at = replace(scope.current(), from_on=period.first, to_on=period.last)
with session.read() as reading:
    found = landing_views.landing(reading, looked_at, method)
    report = of_landing(reading, found)
    with top:
        furniture.heading("Swing", swing_views.answer(found, report))
        furniture.tiles(swing_views.tiles(found, report))
    if view == PATH:
        swing_views.way(reading, found)
    else:
        swing_views.listed(reading, found, order)
