"""A question of one's own, asked in SQL: it reads the documented views and can change nothing."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, questions
from pipeline.domain.asking import AT_MOST_ROWS, LONGEST_SECONDS
from pipeline.domain.errors import PipelineError
from pipeline.domain.scope import Scope
from pipeline.reports.asked import asked

furniture.heading(
    "SQL",
    "Ask the log with one select statement. It reads the views below and changes nothing; at most "
    f"{formats.count(AT_MOST_ROWS)} rows, at most {LONGEST_SECONDS:g} seconds.",
)
sql = questions.box()

with session.read() as reading:
    if sql:
        try:
            report = asked(reading, Scope(as_of=session.today()), sql)
        except PipelineError as refusal:
            st.error(formats.escape_markdown(refusal), icon=":material/error:")
        else:
            st.markdown(f"**{formats.counted(len(report.frame), 'row')}**")
            questions.answer(report.frame)
            furniture.footing(report, key="answer")
    questions.to_read(reading)
