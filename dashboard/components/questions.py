"""The page of questions in SQL: the box, examples to begin with, and what there is to read."""

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.session import Session
from pipeline.domain.asking import LONGEST_QUESTION
from pipeline.reports.asked import EXAMPLES, views

_ROWS_AT_ONCE = 12


def box() -> str:
    """The question, which stands in the address too; Ctrl+Enter or the button asks it."""
    with st.container(horizontal=True, gap="xsmall", key="examples"):
        for name, sql in EXAMPLES.items():
            st.button(name, key=f"example-{name}", type="tertiary", on_click=_take, args=(sql,))
    st.text_area(
        "Query",
        key="sql",
        height=180,
        max_chars=LONGEST_QUESTION,
        placeholder="select * from opportunities_now",
        bind="query-params",
    )
    st.button("Ask", type="primary", help="Ctrl+Enter in the box does the same.")
    return str(st.session_state.get("sql") or "").strip()


def answer(frame: pd.DataFrame) -> None:
    """The rows as they came, under the names the question gives them."""
    st.dataframe(
        frame,
        key="answer",
        hide_index=True,
        height="content" if len(frame) <= _ROWS_AT_ONCE else 420,
        placeholder=formats.NOTHING,
        column_config={str(name): st.column_config.Column(str(name)) for name in frame},
    )


def to_read(reading: Session) -> None:
    """Each view with what a row of it is, and its columns explained."""
    st.subheader("What can be read", anchor=False)
    for name, (row_is, columns) in views(reading).items():
        with st.expander(formats.escape_markdown(name)):
            st.caption(formats.escape_markdown(row_is))
            st.dataframe(
                pd.DataFrame(
                    {
                        "Column": list(columns),
                        "Called": [column.label for column in columns.values()],
                        "Definition": [column.definition for column in columns.values()],
                    }
                ),
                key=f"columns-{name}",
                hide_index=True,
                height="content",
            )


def _take(sql: str) -> None:
    st.session_state["sql"] = sql
