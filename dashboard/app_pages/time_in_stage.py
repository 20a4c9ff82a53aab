"""How long opportunities stay in each stage, how long until they are won, and how fast that is."""

import streamlit as st

from dashboard.components import furniture, time_views

VIEWS = {
    "Stays": time_views.stays,
    "Per opportunity": time_views.opportunities,
    "Sales cycle": time_views.sales_cycle,
    "Velocity": time_views.velocity,
}

top = st.container()
view = furniture.switch("view", list(VIEWS))
VIEWS[view](top)
