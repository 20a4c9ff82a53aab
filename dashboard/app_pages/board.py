"""The opportunities of a sales cycle as cards in the columns of its stages, moved by hand."""

import streamlit as st

from dashboard import scope, session
from dashboard.components import board, furniture
from pipeline.reports import look_ups

with session.read() as reading:
    known = look_ups.names(reading).cycles
    usual = look_ups.setting(reading, "default_cycle")

asked = scope.current().cycles
cycles = [code for code in known if not asked or code in asked]
if cycles:
    board.forget()
    board.draw(cycles, usual)
else:
    furniture.heading("Board")
    furniture.empty("There is no sales cycle yet.", "Define one with its stages to begin.")
    st.page_link("app_pages/sales_cycles.py", label="Sales cycles", icon=":material/account_tree:")
