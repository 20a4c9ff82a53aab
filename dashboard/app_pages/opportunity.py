"""One opportunity: where it stands, the moves it offers now, and what happened around it."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, interactions, merging, quote_section
from dashboard.components.move_commands import Case
from dashboard.components.moves import panel
from dashboard.components.opportunity_views import around, next_step
from dashboard.components.standing import standing
from pipeline.domain.errors import PipelineError
from pipeline.reports import look_ups, tasks

no = st.query_params.get("no", "")
st.page_link(
    "app_pages/opportunities.py",
    label="Opportunities",
    icon=":material/arrow_back:",
    query_params=st.session_state.get("list_address", {}),
)

with session.read() as reading:
    try:
        opportunity = look_ups.opportunity(reading, no)
        cycle = look_ups.sales_cycle(reading, opportunity.cycle_code)
    except PipelineError as refusal:
        furniture.heading("Opportunity")
        furniture.empty(formats.escape_markdown(refusal), "Choose one from the list.")
        merging.whereto(reading, no)
        furniture.ready()
        st.stop()
    names = look_ups.names(reading)
    contact = look_ups.contact_name(reading, opportunity.contact_no)
    case = Case(
        opportunity=opportunity,
        cycle=cycle,
        today=session.today(),
        owners=names.active_owners,
        reasons=look_ups.close_reasons(reading),
        campaigns=look_ups.campaigns(reading, opportunity.created_on),
        tasks=tasks.around(reading, opportunity),
    )

if opportunity.contact_no:
    st.page_link(
        "app_pages/contact.py",
        label=formats.escape_markdown(contact),
        icon=":material/contacts:",
        query_params={"no": opportunity.contact_no},
    )
quote_section.line(opportunity)
standing(opportunity, cycle, contact=contact, owners=names.owners, today=case.today)
with session.read() as reading:
    next_step(reading, case)
    interactions.offer()
    moves, beside = st.columns([2, 3], gap="large")
    with moves:
        panel(case)
    with beside:
        around(reading, case, names)
    merging.section(reading, opportunity)
