"""One quote or order: what it offers, whose it is, and what can be done with it now."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, obstacles, quote_forms, quote_section
from pipeline.domain.errors import PipelineError
from pipeline.reports import look_ups, quotes

st.page_link("app_pages/quotes.py", label="Quotes", icon=":material/arrow_back:")
of = st.query_params.get("opportunity", "")
with session.read() as reading:
    try:
        quote = (
            quotes.quote_of(reading, of)
            if of
            else quotes.quote(reading, st.query_params.get("no", ""))
        )
    except PipelineError as refusal:
        furniture.heading("Quote")
        furniture.empty(formats.escape_markdown(refusal), "Choose one from the list.")
        way = obstacles.way(refusal)
        if way is not None:
            obstacles.link(way)
        furniture.ready()
        st.stop()
    names = look_ups.names(reading)
    holder_no = quotes.holder(reading, quote.no)
    holder = look_ups.opportunity(reading, holder_no) if holder_no else None
    contact = look_ups.contact_name(reading, quote.contact_no)
    furniture.heading(
        formats.escape_markdown(
            f"Order {quote.shown_no}" if quote.is_order else f"Quote {quote.no}"
        ),
        formats.escape_markdown(quote_section.words(quote)),
    )
    quote_forms.links(quote, contact, holder)
    left, right = st.columns(2, gap="large")
    with left:
        quote_forms.details(quote, names.active_owners)
    with right:
        quote_forms.order(quote, holder, look_ups.close_reasons(reading))
        quote_forms.assign(quote, holder, quotes.open_opportunities_of(reading, quote.contact_no))
        quote_forms.remove(quote, holder)
