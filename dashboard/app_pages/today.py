"""Where a seller begins: what is to be done today, and the figures of the role centre."""

import streamlit as st

from dashboard import scope, session
from dashboard.components import day, furniture, role_centre
from pipeline.domain.scope import Scope
from pipeline.reports import look_ups

MINE, EVERYBODY, FIGURES = "Mine", "Everybody", "Figures"

heading = st.container()
view = furniture.switch("view", [MINE, EVERYBODY, FIGURES])
with session.read() as reading:
    known = session.who() in look_ups.names(reading).owners
    mine = (session.who(),) if view == MINE and known else ()
    looked_at = Scope(as_of=session.today(), owners=mine)
    scope.of_its_own(looked_at)
    if view == FIGURES:
        with heading:
            furniture.heading("Today", "The company’s figures as of today.")
        role_centre.draw(reading, looked_at)
    else:
        found = day.read(reading, looked_at)
        with heading:
            furniture.heading("Today", day.answer(found))
        if found.is_free:
            day.nothing()
        day.draw(found, looked_at)
