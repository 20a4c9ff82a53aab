"""The keys of the board, said on the page."""

import streamlit as st

KEYS = {
    "Tab": "from column to column",
    "← → ↑ ↓": "from card to card",
    "Alt + ← →": "move the card to the column beside",
    "M": "choose where to move it",
    "W, L": "close it as won, as lost",
    "Z": "take back what was just done here",
    "Enter": "open the card: next step, note, amount, close date",
    "Esc": "close the panel, or let a dragged card go back",
}
"""What each key does to the card that has the focus."""


def popover() -> None:
    """A button that says which keys there are."""
    with st.popover("Keys", icon=":material/keyboard:", width="content"):
        lines = [f"**{key}** – {what}" for key, what in KEYS.items()]
        st.markdown("  \n".join(lines))
        st.caption(
            "On a phone: hold a card to drag it, to the edge for the column beside; "
            "or use the button on it."
        )
