"""What rots, what is missing, what slips, what hangs on few, and which stages say nothing."""

import streamlit as st

from dashboard.components import furniture, health_views

VIEWS = {
    "Rotting": health_views.rotting,
    "Missing data": health_views.missing_data,
    "Slippage": health_views.slippage,
    "Close dates": health_views.close_dates,
    "Concentration": health_views.concentration,
    "Stages": health_views.stages,
}

top = st.container()
view = furniture.switch("view", list(VIEWS))
VIEWS[view](top)
