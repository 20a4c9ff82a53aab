"""Between which two days a page of changes looks, and at which expected close dates."""

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import formats
from pipeline.domain.scope import Scope
from pipeline.reports.period import PERIODS, WINDOWS, with_period

ALL_OPEN = "All open"
BAR = "The days of the bar"


def period(scope: Scope) -> Scope:
    """The scope with two days: those of the bar, where it has any, else one of a few periods."""
    options = [BAR, *PERIODS] if scope.from_on or scope.to_on else list(PERIODS)
    chosen = _choice("Period", options, "period")
    if chosen == BAR:
        return with_period(scope)
    first, last = PERIODS[chosen](scope.as_of)
    return with_period(replace(scope, from_on=first, to_on=last))


def window(scope: Scope) -> dict[str, Any]:
    """The expected close dates that count, as a report takes them; none: all that is open."""
    chosen = _choice("Expected to close", [ALL_OPEN, *WINDOWS], "window")
    if chosen == ALL_OPEN:
        return {}
    first, last = WINDOWS[chosen](scope.as_of)
    return {"expected_from": first, "expected_to": last}


def in_words(scope: Scope, window: dict[str, Any]) -> str:
    """The period, and the window where there is one, as a page says it."""
    between = f"{formats.day(scope.from_on)} to {formats.day(scope.to_on)}"
    if not window:
        return between
    first, last = formats.day(window["expected_from"]), formats.day(window["expected_to"])
    return f"{between}, of what is expected to close {first} to {last}"


def _choice(label: str, options: list[str], key: str) -> str:
    chosen: str = st.selectbox(
        label, options, key=key, bind="query-params", label_visibility="collapsed", width=190
    )
    return chosen
