"""Everything that happened to one opportunity in one list, newest first; nothing disappears."""

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.event_words import Known, told


def timeline(log: pd.DataFrame, events: pd.DataFrame, known: Known) -> None:
    """Draw the list: what happened, on which day, who recorded it and when."""
    st.dataframe(
        in_words(log, events, known),
        hide_index=True,
        key="timeline",
        column_config={
            "on": st.column_config.Column("Date", width=96),
            "who": st.column_config.Column("Who", width=70),
            "what": st.column_config.Column("What happened", width=380),
            "by": st.column_config.Column("Recorded", width=180),
            "note": st.column_config.Column("Note", width=160),
        },
    )


def in_words(log: pd.DataFrame, events: pd.DataFrame, known: Known) -> pd.DataFrame:
    """A row per change: `on, who, what, by, note`, all of it text."""
    frame = told(log, events, known)
    return pd.DataFrame(
        {
            "on": frame["on"],
            "who": frame["by"],
            "what": frame["what"],
            "by": [f"{formats.moment(row.at)} {row.by}" for row in formats.rows(frame)],
            "note": frame["note"].map(formats.text),
        }
    )
