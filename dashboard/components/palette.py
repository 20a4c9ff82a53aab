"""The palette: type a few letters, choose with the arrow keys, Enter goes there.

It finds opportunities by number, description and contact; contacts; the pages; and actions. The
list lives in a small component of its own, for the arrow keys; what it finds comes from here.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from rapidfuzz import fuzz

from dashboard import formats, session
from dashboard.components import quick_interaction, undo
from dashboard.components.drill import GO_TO
from dashboard.session import Session
from pipeline.reports import entry, look_ups

KEY = "palette"
GOES = "palette:goes"
INTERACTIONS = "Interactions"
"""The view of a contact or an opportunity where interactions are logged."""
OPEN = "at hand"
MOST_PAGES = 6
LIKE = 80.0
"""The likeness, of a hundred, from which a page or an action is found by mistyped words."""
HIDDEN = ("opportunity", "contact", "quote", "contact_list")
"""Pages of one record: they are reached through the record."""

Item = dict[str, str]

UNDO = "Undo the last change"
"""The action that is done at once; what it takes back stands beside it."""
ACTIONS: dict[str, tuple[str, str]] = {
    "New opportunity from one line": ("entry", "create add enter deal"),
    "New opportunity, every field": ("new_opportunity", "create add form"),
    "New contact": ("new_contact", "create add company person"),
    UNDO: ("undo", "take back mistake"),
    "Log an interaction": ("interaction", "call visit mail meeting note phone contact"),
    "Show the keys": ("keys", "shortcuts help keyboard"),
}
"""What can be done from anywhere: the dialog or page it leads to, and other words for it."""
ALSO = {"recent_changes": "undo redo take back mistake"}
"""Other words for a page."""
DIALOGS = ("entry", "keys", "interaction")

_finder = st.components.v2.component(
    "palette",
    html='<div class="finder"></div>',
    css=(Path(__file__).parent / "palette_look.css").read_text("utf-8"),
    js=(Path(__file__).parent / "palette_list.js").read_text("utf-8"),
)


def draw(pages: Mapping[str, st.Page], place: str) -> None:
    """The search and what it finds; choosing goes there."""
    if st.session_state.pop(GOES, False):
        st.rerun()
    query = str(_state("query") or "")
    with session.read() as reading:
        items = list(found(reading, query, pages))
    _finder(
        key=KEY,
        data={"items": items, "query": query},
        on_query_change=lambda: None,
        on_chosen_change=lambda: chosen(_state("chosen"), place),
    )


def found(reading: Session, query: str, pages: Mapping[str, Any]) -> Iterator[Item]:
    """What a search finds, the records first; without words, what can be done and where to go."""
    words = query.strip()
    if words:
        yield from _opportunities(reading, words)
        yield from _contacts(reading, words)
    yield from _actions(words, pages)
    titles = {
        name: (page.title, ALSO.get(name, "")) for name, page in pages.items() if name not in HIDDEN
    }
    yield from _named("Page", titles, words)


def _actions(words: str, pages: Mapping[str, Any]) -> Iterator[Item]:
    """What can be done now; beside undoing stands what would be undone."""
    last = undo.last_change()
    possible = {
        key: (key, also)
        for key, (leads, also) in ACTIONS.items()
        if leads in DIALOGS or leads in pages or (key == UNDO and last is not None)
    }
    for item in _named("Action", possible, words):
        yield item | {"note": last.words} if item["id"] == UNDO and last is not None else item


def _opportunities(reading: Session, words: str) -> Iterator[Item]:
    for row in formats.rows(entry.opportunities(reading, words)):
        contact = "" if formats.is_missing(row.contact_name) else f"{row.contact_name} · "
        note = f"{row.opportunity_no} · {contact}{row.status}"
        yield _item("Opportunity", row.opportunity_no, row.description, note)


def _contacts(reading: Session, words: str) -> Iterator[Item]:
    for row in formats.rows(look_ups.contacts(reading, words, at_most=5)):
        own = formats.is_missing(row.company_name) or row.company_name == row.name
        note = row.contact_no if own else f"{row.contact_no} · {row.company_name}"
        yield _item("Contact", row.contact_no, row.name, note)


def _named(kind: str, named: Mapping[str, tuple[str, str]], words: str) -> Iterable[Item]:
    """Pages or actions whose words hold those that were typed, or nearly."""
    scored = {
        key: _likeness(words.lower(), f"{title} {also}".lower())
        for key, (title, also) in named.items()
    }
    near = sorted((key for key in named if scored[key] >= LIKE), key=lambda key: -scored[key])
    kept = near[:MOST_PAGES] if words else near
    return [_item(kind, key, named[key][0], "") for key in kept]


def _likeness(typed: str, words: str) -> float:
    if not typed or all(each in words for each in typed.split()):
        return 100.0
    return float(fuzz.partial_ratio(typed, words)) if len(typed) > 3 else 0.0  # noqa: PLR2004


def _item(kind: str, key: object, label: object, note: object) -> Item:
    return {"kind": kind, "id": str(key), "label": str(label), "note": str(note)}


def chosen(item: Mapping[str, str] | None, place: str) -> None:
    """Go where a found item leads: a record, a page, or the dialog of an action."""
    if not item:
        return
    kind, key = item["kind"], item["id"]
    st.session_state.pop(OPEN, None)
    if kind in ("Opportunity", "Contact"):
        st.session_state[GO_TO] = (kind.lower(), {"no": key})
    elif kind == "Page":
        st.session_state[GO_TO] = (key, {})
    else:
        _act(key, ACTIONS[key][0], place)
    st.session_state[GOES] = True


def _act(action: str, leads: str, place: str) -> None:
    """Do what an action says, open its dialog, or lead to where it is done."""
    if action == UNDO:
        undo.take_back_last()
    elif leads == "interaction" and quick_interaction.is_there(place):
        st.session_state["show"] = INTERACTIONS
    elif leads in DIALOGS:
        st.session_state[OPEN] = (leads, place)
    else:
        st.session_state[GO_TO] = (leads, {})


def _state(name: str) -> Any:  # noqa: ANN401 (what the component says)
    held = st.session_state.get(KEY)
    return None if held is None else dict(held).get(name)
