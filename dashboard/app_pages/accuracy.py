"""How good forecasts were: what was said of past quarters, and what came of them."""

import streamlit as st

from dashboard import scope, session
from dashboard.components import accuracy_views as views
from dashboard.components import bake_off, furniture
from pipeline.reports.forecast_default import default_method

VIEWS = {
    "Track record": views.track_record,
    "Methods": views.methods,
    "Chances": views.chances,
    "Calls": views.calls,
    "Categories": views.categories,
}

top = st.container()
found = bake_off.planned()
with session.read() as reading:
    chosen = default_method(reading, scope.current())
with top:
    furniture.heading("Accuracy", views.answer(chosen))
if not found.kept:
    bake_off.nothing_yet(found)
else:
    view = furniture.switch("view", list(VIEWS))
    VIEWS[view](top, chosen)
    bake_off.button(found)
