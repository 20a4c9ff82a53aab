"""Put the cursor in the first field of a page, once, without taking it from anywhere else."""

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  const field = document.querySelector(`.st-key-${CSS.escape(data.field)} input`);
  if (field && document.activeElement === document.body) field.focus();
}
"""

_focus = st.components.v2.component("focus", js=_SCRIPT)


def first_field(key: str) -> None:
    """Focus the input whose widget has this key."""
    _focus(key="focus", data={"field": key})
