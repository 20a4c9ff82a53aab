"""Close dates in the browser: plain HTML, CSS and JavaScript beside this file, sent as they are.

The scripts are one module, cut into files by what they are about; the last of them is the one that
the page calls. What people typed reaches the browser as data only and is written there as text.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.components import browser

DRAGGED = "dragged"
"""Where a date was let go comes under this name, once each time: `id, day, asked`."""
_HERE = Path(__file__).parent
_SCRIPTS = ("words.js", "row.js", "drag.js", "close_dates.js")


_close_dates = st.components.v2.component(
    "close_dates",
    html=browser.text(_HERE, "close_dates.html"),
    css=browser.text(_HERE, "close_dates.css"),
    js=browser.script(_HERE, *_SCRIPTS),
)


def mount(key: str, data: Mapping[str, Any], on_dragged: Callable[[], None]) -> None:
    """Show the line; `on_dragged` is called when a date was let go; see `dragged`."""
    _close_dates(key=key, data=dict(data), on_dragged_change=on_dragged)


def dragged(key: str) -> Mapping[str, Any]:
    """Which date was let go where; empty when none was."""
    return browser.asked(key, DRAGGED)
