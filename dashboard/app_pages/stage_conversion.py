"""How many of those that reached a stage went on: funnel, rules, cohorts, splits, flows."""

import streamlit as st

from dashboard.components import conversion_views, furniture

VIEWS = {
    "Funnel": conversion_views.funnel,
    "Rules": conversion_views.rules,
    "Cohorts": conversion_views.cohorts,
    "Splits": conversion_views.splits,
    "Flows": conversion_views.flows,
}

top = st.container()
view = furniture.switch("view", list(VIEWS))
VIEWS[view](top)
