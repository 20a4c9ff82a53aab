"""Every opportunity of the scope, searched, sorted and paged by the store; a row opens it."""

from functools import partial

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, listing, several
from pipeline.reports import look_ups
from pipeline.reports.opportunities import opportunities

top = st.container()
listing.toolbar()
with session.read() as reading:
    wanted = listing.wanted(reading)
    report = opportunities(
        reading,
        wanted.scope,
        wanted.selection,
        order_by=wanted.order_by,
        descending=wanted.descending,
        limit=listing.ROWS,
        offset=wanted.offset,
    )
sums = report.totals
number = int(sums["opportunities"] or 0)

with top:
    furniture.heading(
        "Opportunities",
        f"{formats.opportunities(number)}, {formats.money_short(sums['amount'])} together, "
        f"{formats.money_short(sums['weighted_amount'])} weighted.",
    )
listing.narrowing(wanted)
if number:
    if several.switch():
        with session.read() as reading:
            several.actions(
                reading,
                look_ups.names(reading).active_owners,
                partial(listing.whole, wanted),
                number,
            )
        several.rows(report, str(listing.address()))
    else:
        listing.rows(report)
    listing.pages(number)
    furniture.footing(report, key="list", whole=partial(listing.whole, wanted), rows=number)
else:
    furniture.empty("No opportunity fits.", "Take a filter away, or enter a new opportunity.")
st.session_state["list_address"] = listing.address()
