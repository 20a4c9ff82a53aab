"""The board in the browser: plain HTML, CSS and JavaScript beside this file, sent as they are.

The scripts are one module, cut into files by what they are about; the last of them is the one that
the page calls. What people typed reaches the browser as data only and is written there as text.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.components import browser

KEY = "board"
ASKED = "asked"
"""What the browser asks for comes under this name, once each time."""

_HERE = Path(__file__).parent
_SCRIPTS = ("say.js", "columns.js", "panel.js", "drag.js", "keys.js", "board.js")


_board = st.components.v2.component(
    "board",
    html=browser.text(_HERE, "board.html"),
    css=browser.text(_HERE, "board.css"),
    js=browser.script(_HERE, *_SCRIPTS),
)


def mount(data: Mapping[str, Any], on_asked: Callable[[], None]) -> None:
    """Show the board; `on_asked` is called with what was asked for under `KEY` in the session."""
    _board(key=KEY, data=dict(data), on_asked_change=on_asked)


def asked() -> Mapping[str, Any]:
    """What the browser asks for; empty when it asks for nothing."""
    return browser.asked(KEY, ASKED)
