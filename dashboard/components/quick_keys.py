"""The keys at hand: none is lost while a dialog opens, Enter asks to save, the focus comes back."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

KEY = "quick-keys"

_keys = st.components.v2.component(
    "quick_keys", js=(Path(__file__).parent / "quick_keys.js").read_text("utf-8")
)


def enter_saves(key: str, *, shown: str, on_enter: Callable[[], None]) -> None:
    """Let Enter in the input whose widget has this key ask to save; a new input gets the cursor.

    What was typed while the dialog was opening stands in it first. `shown` is the text whose parts
    are drawn with it.
    """
    _keys(key=KEY, data={"field": key, "shown": shown}, on_enter_change=on_enter)


def seen_by_enter() -> str | None:
    """The text whose parts were on the screen when Enter was pressed, for its callback."""
    said = getattr(st.session_state.get(KEY), "enter", None)
    return None if said is None else str(said["shown"])


def give_back(which: str, times: int) -> None:
    """Put the focus on the button of the dialog that was left, where nothing else has it."""
    _keys(key="give-back", data={"which": which, "times": times}, on_enter_change=lambda: None)


def enter_clicks(key: str, button: str) -> None:
    """Let Enter in one input press a button, such as that of a form the input stands above."""
    _keys(key=f"{key}-enter", data={"from": key, "clicks": button}, on_enter_change=lambda: None)
