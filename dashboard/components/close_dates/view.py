"""The line of close dates in the page: the rows that are shown, and what becomes of a drag."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components.close_dates.days import around
from dashboard.components.close_dates.mount import dragged, mount
from dashboard.theme import palette
from pipeline.domain.calendar import Period

_HEARD = ":heard"
"""Ends the name under which the session keeps the number of the last drag of a line."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One opportunity on the line."""

    opportunity_id: int
    no: str
    name: str
    amount: float | None
    """What is supposed."""
    outcome: str
    """What is supposed: `as is`, `won` or `dropped`."""
    day: date | None
    """When it is supposed to close."""
    was: date | None
    """When it is expected to close as recorded."""


Moved = Callable[[int, date | None], None]
"""What is done with a date that was let go: the opportunity, and the day; None puts it back."""


def draw(key: str, lines: Sequence[Line], period: Period, today: date, moved: Moved) -> None:
    """Draw a line of days with a row for each opportunity."""
    days = around(period, today)
    colors = palette(session.mode())
    mount(
        key,
        {
            "rows": [_row(line) for line in lines],
            "first": days.first.isoformat(),
            "last": days.last.isoformat(),
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "today": today.isoformat(),
            "label": period.label,
            "heard": st.session_state.get(f"{key}{_HEARD}", 0),
            "colors": {
                "recorded": colors.context,
                "supposed": colors.forecast,
                "is-won": colors.won,
                "is-lost": colors.lost,
            },
        },
        lambda: _heard(key, moved),
    )


def _row(line: Line) -> dict[str, Any]:
    return {
        "id": line.opportunity_id,
        "no": line.no,
        "amount": formats.count(line.amount),
        "name": line.name,
        "outcome": line.outcome,
        "day": _iso(line.day),
        "was": _iso(line.was),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _heard(key: str, moved: Moved) -> None:
    """Take over what was let go in the browser, once, before the page is drawn again."""
    wish = dragged(key)
    asked = int(wish.get("asked", 0))
    if asked <= st.session_state.get(f"{key}{_HEARD}", 0):
        return
    st.session_state[f"{key}{_HEARD}"] = asked
    day = wish.get("day")
    moved(int(wish["id"]), None if day is None else date.fromisoformat(str(day)))
