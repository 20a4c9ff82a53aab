"""What is at hand on every page: a new opportunity, the palette, the keys; a key opens each."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.components import keys_help, palette, quick_entry, quick_interaction
from dashboard.components.quick_keys import give_back
from pipeline.domain.errors import PipelineError
from pipeline.reports import look_ups
from pipeline.reports.entry import Context

OPEN = "at hand"
"""Where the session keeps which dialog is open, and on which page."""
LEFT = "at hand:left"
"""Which dialog was left last, and how many were: its button gets the focus back."""

ANEW = "at hand:anew"
"""Whether the page below is to be drawn anew, with what was recorded."""

HANDS = {
    "entry": ("New", "add", "N", "New opportunity from one line"),
    "palette": ("Find", "search", "Ctrl+K", "Opportunities, contacts, pages, actions"),
    "keys": ("Help", "keyboard", "H", "The keys, and how a line is read"),
}
"""What each button opens: its label, its icon, its key, and what it is for."""

_PLACED = """<style>
.st-key-at-hand { position: fixed; top: 0.75rem; right: 0.6rem; z-index: 99; width: auto; }
.st-key-at-hand button { width: 3.9rem; padding: 0.35rem 0; }
.st-key-at-hand button div, .st-key-at-hand button span { flex-direction: column; gap: 0; }
.st-key-at-hand kbd, .st-key-at-hand [data-testid=stShortcut] { display: none; }
@media (max-width: 900px) {
  /* A bar of its own below the page, in reach of a thumb: nothing is ever behind it. */
  [data-testid=stMain] { height: calc(100dvh - 4.4rem); max-height: calc(100dvh - 4.4rem); }
  .st-key-at-hand {
    top: auto; bottom: 0; left: 0; right: 0; width: 100%; height: 4.4rem; padding: 0 0.75rem;
    flex-direction: row; justify-content: flex-end; align-items: center;
    border-top: 1px solid rgba(128, 138, 150, 0.4);
  }
  .st-key-at-hand button { width: 4.6rem; min-height: 3.4rem; }
}
@media (hover: none) { .st-key-keys-open { display: none; } }
@media print { .st-key-at-hand { display: none; } }
</style>"""


def bar(pages: Mapping[str, st.Page], here: str) -> None:
    """Draw the three buttons at the edge of the page, and the dialog that is open."""
    place = f"{here}?{st.query_params.get('no', '')}"
    _hand(pages, place, here)


@st.fragment
def _hand(pages: Mapping[str, st.Page], place: str, here: str) -> None:
    if st.session_state.pop(ANEW, False):
        st.rerun()
    st.html(_PLACED)
    with st.container(key="at-hand", gap="xsmall"):
        for name, (label, icon, key, purpose) in HANDS.items():
            st.button(
                label,
                icon=f":material/{icon}:",
                key=f"{name}-open",
                shortcut=key,
                help=f"{purpose} ({key})",
                on_click=_open,
                args=(name, place),
            )
    give_back(*st.session_state.get(LEFT, ("", 0)))
    which, where = st.session_state.get(OPEN, ("", ""))
    dialogs: dict[str, Callable[[], None]] = {
        "entry": lambda: _entry(_context(here)),
        "palette": lambda: _palette(pages, place),
        "keys": _keys,
        "interaction": _interaction,
    }
    if which in dialogs and where == place:
        dialogs[which]()


def _open(which: str, place: str) -> None:
    st.session_state[OPEN] = (which, place)


def close(which: str) -> None:
    """Leave a dialog; the page below is drawn anew with what was recorded.

    The key of the next one may have been pressed before this is heard: that one stays open.
    """
    if st.session_state.get(OPEN, ("", ""))[0] == which:
        del st.session_state[OPEN]
    _, times = st.session_state.get(LEFT, ("", 0))
    st.session_state[LEFT] = (which, times + 1)
    if st.session_state.pop(quick_entry.SAVED, None) is not None:
        # A dialog that is left runs these buttons again, not the page below them.
        st.session_state[ANEW] = True


@st.dialog("New opportunity", width="large", on_dismiss=partial(close, "entry"))
def _entry(context: Context) -> None:
    quick_entry.draw(context)


@st.dialog("Find", on_dismiss=partial(close, "palette"))
def _palette(pages: Mapping[str, st.Page], place: str) -> None:
    palette.draw(pages, place)


@st.dialog("Log an interaction", on_dismiss=partial(close, "interaction"))
def _interaction() -> None:
    quick_interaction.draw(partial(close, "interaction"))


@st.dialog("Keys, and how a line is read", width="large", on_dismiss=partial(close, "keys"))
def _keys() -> None:
    keys_help.draw()


def _context(here: str) -> Context:
    """What the page that is open knows: its contact, the one owner or cycle it shows."""
    asked = st.query_params
    return Context(
        contact_no=_contact(here),
        owner_code=_only("owner"),
        cycle_code=_chosen_cycle(here) or _only("cycle"),
        campaign_no=asked.get("campaign", "") if here == "new_opportunity" else "",
    )


def _contact(here: str) -> str:
    """The contact of the page, or that of the opportunity that is open."""
    no = st.query_params.get("contact" if here == "new_opportunity" else "no", "")
    if here in ("contact", "new_opportunity"):
        return no
    if here != "opportunity":
        return ""
    with session.read() as reading, suppress(PipelineError):
        return look_ups.opportunity(reading, no).contact_no or ""
    return ""


def _only(name: str) -> str:
    """The one value of a filter; nothing where it has none or several."""
    several = st.query_params.get_all(name)
    return several[0] if len(several) == 1 else ""


def _chosen_cycle(here: str) -> str:
    """The cycle that is looked at on the page of the sales cycles."""
    return str(st.session_state.get("edit") or "") if here == "sales_cycles" else ""
