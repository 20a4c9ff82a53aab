"""Sales quotes and the orders they became: found, opened, and a new one made."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, quote_list
from pipeline.domain.scope import Scope
from pipeline.reports import look_ups
from pipeline.reports.quotes import quotes

top = st.container()
words, statuses = quote_list.toolbar()
with session.read() as reading:
    report = quotes(reading, Scope(as_of=session.today()), search=words, statuses=statuses)
    number = len(report.frame)
    with top:
        furniture.heading(
            "Quotes",
            f"{formats.counted(number, 'quote')}, "
            f"{formats.money_short(report.totals['quote_amount'])} together without VAT."
            if number
            else "An offer to a contact; turned into an order, it wins its opportunity.",
        )
    if number:
        quote_list.rows(report)
        furniture.footing(report, key="quotes")
    elif words or statuses:
        furniture.empty("No quote fits.", "Take a filter away, or make a new quote.")
    else:
        furniture.empty(
            "There are no quotes yet.",
            "Make one here, or on the page of an opportunity in progress under “Quote”.",
        )
    with st.expander("New quote", icon=":material/add:", expanded=not number):
        quote_list.new_quote(reading, look_ups.names(reading))
