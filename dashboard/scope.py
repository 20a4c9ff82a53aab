"""The scope bar: which opportunities, as of which day; its widgets are bound to the URL.

The frame (`app.py`) draws the bar before the page runs, so one bar serves every report, moving
between pages keeps it, and the address of a page is a link to exactly this view.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import streamlit as st

from dashboard import formats
from pipeline.domain.scope import Scope
from pipeline.reports.look_ups import Names

DATES = "YYYY-MM-DD"
_EARLIEST = date(1990, 1, 1)
_LATEST = date(2199, 12, 31)


def bar(names: Names, *, today: date, period: bool) -> Scope:
    """Draw the bar and give its scope; `period` adds the days between which a report looks."""
    for sentence in _not_understood(names):
        st.warning(sentence, icon=":material/link_off:")
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="scope"):
        _day("as_of", "As of", today)
        if period:
            with st.popover(_period_in_words(), width="content"):
                _day("from", "From", None)
                _day("to", "To", None)
        for name, noun in (("cycle", "cycles"), ("owner", "owners"), ("team", "teams")):
            _several(name, noun, _labels(_of(names, name)))
        with st.popover("More", width="content"):
            _day("known_by", "As known by", None)
            st.caption("Only what had been recorded by the end of that day (UTC) is looked at.")
    st.session_state["scope"] = _scope(names, today=today, period=period)
    return current()


def of_its_own(chosen: Scope) -> None:
    """Let a page without the bar look through a scope of its own."""
    st.session_state["scope"] = chosen


def current() -> Scope:
    """The scope of the page that runs."""
    scope: Scope = st.session_state["scope"]
    return scope


def _scope(names: Names, *, today: date, period: bool) -> Scope:
    """What the bar stands at; a period it does not show does not narrow it."""
    state = st.session_state
    return Scope(
        as_of=state.get("as_of") or today,
        known_at=_end_of(state.get("known_by")),
        from_on=state.get("from") if period else None,
        to_on=state.get("to") if period else None,
        cycles=_codes(names.cycles, state.get("cycle") or []),
        owners=_codes(names.owners, state.get("owner") or []),
        teams=_codes(names.teams, state.get("team") or []),
    )


def narrow(names: Names, to: Scope) -> None:
    """Let the bar stand at the owners and teams of a scope, before it is drawn the next time."""
    for name in ("owner", "team"):
        labels = {code: label for label, code in _labels(_of(names, name)).items()}
        codes = getattr(to, f"{name}s")
        st.session_state[name] = [labels[code] for code in codes if code in labels]


def _period_in_words() -> str:
    """What the button of the period says: the days it stands at."""
    begins, ends = (st.session_state.get(end) or _asked_day(end) for end in ("from", "to"))
    if begins and ends:
        return f"{formats.day(begins)} – {formats.day(ends)}"
    if begins or ends:
        return f"From {formats.day(begins)}" if begins else f"Until {formats.day(ends)}"
    return "Any day"


def _asked_day(key: str) -> date | None:
    """The day a link asks for, which its widget has not read yet."""
    try:
        return date.fromisoformat(st.query_params.get(key, ""))
    except ValueError:
        return None


def _end_of(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.max)


def _of(names: Names, name: str) -> Mapping[str, str]:
    named: Mapping[str, str] = getattr(names, f"{name}s")
    return named


def _day(key: str, label: str, value: date | None) -> None:
    """One date of the bar behind its label; the two stay together where the bar wraps."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", width="content"):
        st.caption(label)
        st.date_input(
            label,
            value,
            min_value=_EARLIEST,
            max_value=_LATEST,
            format=DATES,
            key=key,
            label_visibility="collapsed",
            bind="query-params",
            persist_state="session",
            width=162,
        )


def _several(key: str, noun: str, labels: Mapping[str, str]) -> None:
    st.multiselect(
        noun.capitalize(),
        list(labels),
        key=key,
        placeholder=f"All {noun}",
        label_visibility="collapsed",
        bind="query-params",
        persist_state="session",
        width=162,
    )


def _labels(named: Mapping[str, str]) -> dict[str, str]:
    """The label of each code, by label: its name, with the code behind it where two share one."""
    times = Counter(named.values())
    return {f"{name} ({code})" if times[name] > 1 else name: code for code, name in named.items()}


def _codes(named: Mapping[str, str], chosen: list[str]) -> tuple[str, ...]:
    labels = _labels(named)
    return tuple(labels[label] for label in chosen if label in labels)


def _not_understood(names: Names) -> list[str]:
    """Say which names of a link are not in this store, so that no filter is dropped silently."""
    backwards = _backwards()
    return backwards + [
        f"This link asks for the {name} “{formats.escape_markdown(label)}”, which is not here; "
        f"it is shown for all {name}s."
        for name in ("cycle", "owner", "team")
        for label in _asked(name)
        if label not in _labels(_of(names, name))
    ]


def _backwards() -> list[str]:
    """Say when the period ends before it begins, and which days of a link are none."""
    begins, ends = (st.session_state.get(end) or _asked_day(end) for end in ("from", "to"))
    said = [
        f"“{formats.escape_markdown(word)}” is no day this bar can look at; it is left out."
        for key in ("as_of", "from", "to", "known_by")
        if (word := st.query_params.get(key))
        and not _EARLIEST <= (_asked_day(key) or date.min) <= _LATEST
    ]
    if begins and ends and ends < begins:
        said.append("The period ends before it begins. Exchange its two days.")
    return said


def _asked(name: str) -> list[Any]:
    return list(st.query_params.get_all(name))
