"""The sheet in the browser: plain HTML, CSS and JavaScript beside this file, sent as they are."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

ASKED = "asked"
_HERE = Path(__file__).parent


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_sheet = st.components.v2.component(
    "sheet", html=_text("sheet.html"), css=_text("sheet.css"), js=_text("sheet.js")
)


def mount(key: str, data: Mapping[str, Any], on_asked: Callable[[], None]) -> None:
    """Show a sheet; `on_asked` is called when the browser asks for something; see `asked`."""
    _sheet(key=key, data=dict(data), on_asked_change=on_asked)


def asked(key: str) -> Mapping[str, Any]:
    """What the browser asks for; empty when it asks for nothing."""
    state = st.session_state.get(key)
    found = getattr(state, ASKED, None) if state is not None else None
    return found if isinstance(found, Mapping) else {}
