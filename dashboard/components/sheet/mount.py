"""The sheet in the browser: plain HTML, CSS and JavaScript beside this file, sent as they are."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.components import browser

ASKED = "asked"
_HERE = Path(__file__).parent


_sheet = st.components.v2.component(
    "sheet",
    html=browser.text(_HERE, "sheet.html"),
    css=browser.text(_HERE, "sheet.css"),
    js=browser.script(_HERE, "sheet.js"),
)


def mount(key: str, data: Mapping[str, Any], on_asked: Callable[[], None]) -> None:
    """Show a sheet; `on_asked` is called when the browser asks for something; see `asked`."""
    _sheet(key=key, data=dict(data), on_asked_change=on_asked)


def asked(key: str) -> Mapping[str, Any]:
    """What the browser asks for; empty when it asks for nothing."""
    return browser.asked(key, ASKED)
