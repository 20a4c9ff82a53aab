"""The keys there are and how a line is read: what cannot be found cannot be used."""

import pandas as pd
import streamlit as st

from dashboard.components.board.keys import KEYS as ON_THE_BOARD

KEYS = {
    "N": "New opportunity, from one line",
    "Ctrl+K": "Find opportunities, contacts, pages and actions",
    "H": "This help",
    "Alt+Z": "Undo what was recorded last",
    "Enter": "Save a form or a line; open what is chosen among what was found",
    "Esc": "Leave a dialog; nothing is saved",
    "Tab": "To the next field; with Shift to the one before",
    "↑ ↓": "Up and down in what was found",
}
"""Single letters work wherever no text is being typed."""

LINE = {
    "Contact": "Adatum · adatom · 10000 · a name nobody has yet",
    "Amount": "12k · 12.5k · 1,5 Mio · EUR 3'000 · 3 500 · $1.2m",
    "Close date": "30.9. · end of Sept · Q3 · next month · in 6 weeks · Friday · CM+10D",
    "Owner": "OF · @otis · Otis Falls",
    "Sales cycle": "NEW · #new",
    "Description": 'whatever is left · "as it is, in quotes"',
    "Said aloud": "contact: new: amount: close: owner: cycle:",
}
"""What each part of a line may look like."""


def draw() -> None:
    """Three small tables."""
    st.table(_table("Key", "What it does", KEYS))
    st.caption("Letters alone work wherever no text is being typed. On a Mac Ctrl is Cmd.")
    st.table(_table("On a card of the board", "What it does", ON_THE_BOARD))
    st.table(_table("Part of a line", "For example", LINE))
    st.caption(
        "In any order. A small number before a word is a quantity: 40 chairs. A day without a year "
        "is the next one; a period stands for its last day."
    )


def _table(first: str, second: str, rows: dict[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame({first: list(rows), second: list(rows.values())})
    return frame.set_index(first)
