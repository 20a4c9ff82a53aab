"""What brings opportunities: campaigns with their days, and whether they take any now."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import comments, furniture
from dashboard.components.campaign_grid import begin_from, campaigns
from pipeline.reports import look_ups, set_up_pages

with session.read() as reading:
    frame = set_up_pages.campaigns(reading)
    names = look_ups.names(reading)
    taking = look_ups.campaigns(reading, session.today())

furniture.heading(
    "Campaigns",
    f"{formats.counted(len(frame), 'campaign')}; {len(taking)} of them "
    f"{'takes' if len(taking) == 1 else 'take'} opportunities today."
    if len(frame)
    else "None is defined yet. A campaign says where opportunities come from; it can be left out.",
)
with st.container(width=1080):
    campaigns(frame, names.owners)
    begin_from(taking)
    with session.read() as reading:
        named = dict(zip(frame["campaign_no"], frame["description"], strict=True))
        comments.of_campaigns(reading, named)
