"""What components that are written for the browser share: their files, and what they ask for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


def text(folder: Path, name: str) -> str:
    """A file of a component, as it is."""
    return (folder / name).read_text(encoding="utf-8")


def script(folder: Path, *names: str) -> str:
    """The scripts of a component as one module; the page calls what the last of them exports."""
    return "\n".join([text(_HERE, "build.js"), *(text(folder, name) for name in names)])


def asked(key: str, trigger: str) -> Mapping[str, Any]:
    """What the browser asks for under the name of a trigger; empty when it asks for nothing."""
    state = st.session_state.get(key)
    found = getattr(state, trigger, None) if state is not None else None
    return found if isinstance(found, Mapping) else {}
