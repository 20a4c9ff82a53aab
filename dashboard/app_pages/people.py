"""Who sells, and in which team: added, changed, blocked and removed by rule."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.people_grids import begin_for, salespeople, team_grid
from pipeline.reports import look_ups, set_up_pages

with session.read() as reading:
    people = set_up_pages.people(reading)
    teams = set_up_pages.teams(reading)
    names = look_ups.names(reading)

furniture.heading(
    "People",
    f"{formats.counted(len(people), 'person', 'people')} in {formats.counted(len(teams), 'team')}."
    if len(people)
    else "Nobody is here yet. Define who sells: every opportunity has an owner.",
)
with st.container(width=860):
    salespeople(people, names.teams)
    if names.active_owners:
        begin_for(names.active_owners)
    st.subheader("Teams", anchor=False)
    team_grid(teams, names.owners)
