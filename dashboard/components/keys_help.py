"""The keys there are, in one table: what cannot be found cannot be used."""

import pandas as pd
import streamlit as st

KEYS = {
    "N": "New opportunity, from one line",
    "Ctrl+K": "Find opportunities, contacts, pages and actions",
    "H": "This table",
    "Enter": "Save a form or a line; open what is chosen in the list of found ones",
    "Esc": "Leave a dialog; nothing is saved",
    "Tab": "To the next field; with Shift to the one before",
    "Arrow keys": "In lists and in what was found: up and down. On the board: from card to card",
    "Alt+Arrow": "On the board: move the card to another stage",
}
"""Single letters work wherever no text is being typed."""


def draw() -> None:
    """The table of keys."""
    rows = pd.DataFrame({"Key": list(KEYS), "What it does": list(KEYS.values())})
    st.table(rows.set_index("Key"))
    st.caption("Letters alone work wherever no text is being typed. On a Mac Ctrl is Cmd.")
