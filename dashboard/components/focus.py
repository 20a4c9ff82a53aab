"""Put the cursor in the first field of a page or dialog, without taking it from anywhere else."""

import streamlit as st

# Once, when the page or dialog is opened: a page that is drawn anew leaves the cursor where it is,
# for whoever has left a dialog and presses the key of the next.
_SCRIPT = """
function focusOn(key, tries = 0) {
  const field = document.querySelector(`.st-key-${CSS.escape(key)} input`);
  if (!field && tries < 60) requestAnimationFrame(() => focusOn(key, tries + 1));
  else if (field && document.activeElement.matches("body, [role=dialog]")) field.focus();
}

export default function ({ data, parentElement }) {
  const mount = parentElement.host ?? parentElement;
  if (mount.focused === data.field) return;
  mount.focused = data.field;
  focusOn(data.field);
}
"""

_focus = st.components.v2.component("focus", js=_SCRIPT)


def first_field(key: str) -> None:
    """Focus the input whose widget has this key."""
    _focus(key=f"{key}-focus", data={"field": key})
