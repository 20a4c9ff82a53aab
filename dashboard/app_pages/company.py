"""The company: its name, currency, time zone and defaults, and how its records are numbered."""

import streamlit as st

from dashboard import session
from dashboard.components import furniture
from dashboard.components.company_forms import number_series, settings
from pipeline.reports import look_ups, set_up_pages

with session.read() as reading:
    now = set_up_pages.settings(reading)
    names = look_ups.names(reading)
    series = set_up_pages.number_series(reading)
    coming = set_up_pages.next_numbers(reading)

furniture.heading("Company", "What every page and every new opportunity begins with.")
with st.container(width=860):
    settings(now, names, series)
    st.subheader("Number series", anchor=False)
    number_series(series, coming)
