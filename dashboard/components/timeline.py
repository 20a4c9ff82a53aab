"""Everything that happened to one opportunity in one list, newest first; nothing disappears."""

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.event_words import Known, told

HEADS = {"on": "Date", "what": "What happened", "note": "Note", "by": "Recorded"}
_STAYS_TOGETHER = "\u00a0"


def timeline(log: pd.DataFrame, events: pd.DataFrame, known: Known) -> None:
    """Draw the list: what happened, on which day, who recorded it and when; long lines wrap."""
    lines = in_words(log, events, known)
    noted = lines["note"].ne(formats.NOTHING).any()
    shown = lines if noted else lines.drop(columns="note")
    days = shown["on"].str.replace(" ", _STAYS_TOGETHER)
    # A table of text would cut what is long; one of Markdown wraps, so the words are escaped.
    st.table(
        shown.map(formats.escape_markdown).assign(on=days).rename(columns=HEADS),
        border="horizontal",
        hide_index=True,
    )


def in_words(log: pd.DataFrame, events: pd.DataFrame, known: Known) -> pd.DataFrame:
    """A row per change: `on, what, note, by`, all of it text."""
    frame = told(log, events, known)
    return pd.DataFrame(
        {
            "on": frame["on"],
            "what": frame["what"],
            "note": frame["note"].map(formats.text),
            "by": [f"{formats.moment(row.at)} {row.by}" for row in formats.rows(frame)],
        }
    )
