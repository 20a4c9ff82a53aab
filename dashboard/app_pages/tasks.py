"""What is to be done: mine, my team's, everybody's; what is late comes first."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, task_list
from dashboard.components.focus import first_field
from dashboard.components.task_form import Given, add_task
from dashboard.components.task_views import answer, asked, of_whom
from pipeline.reports import look_ups, tasks

top = st.container()
with session.read() as reading:
    names = look_ups.names(reading)
    team = tasks.team_of(reading, session.who())
    whose = of_whom(names, team)
    frame = tasks.tasks(reading, asked(whose, team, done=False))
    done = tasks.tasks(reading, asked(whose, team, done=True))

with top:
    furniture.heading("Tasks", answer(frame, session.today()))
listed, new = st.columns([5, 2], gap="large")
with listed:
    if frame.empty:
        furniture.empty(
            "Nothing is to be done.", "Add a task, or move an opportunity into a stage that plans."
        )
    task_list.grouped(frame, names, today=session.today(), with_about=True)
    if len(done):
        with st.expander(f"Done lately ({formats.count(len(done))})", type="compact"):
            task_list.lines(done, names, today=session.today())
with new:
    st.subheader("Add a task", anchor=False)
    form = add_task(names, Given(owner_code=session.who(), asks=True), today=session.today())
    first_field(form.key("description"))
