"""Many new opportunities in a sheet: pasted or typed, judged cell by cell, saved together."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components.sheet.mount import asked, mount
from dashboard.components.sheet.rows import Rows
from dashboard.theme import palette
from pipeline.commands import CreateSeveral
from pipeline.domain.errors import PipelineError, RowRefusedError
from pipeline.entry.sheet import FIELDS, LABELS, MOST_ROWS, Row, pasted
from pipeline.entry.sheets import understood
from pipeline.reports import look_ups

KEY = "sheet"
KEPT = "sheet:rows"
BLANK = 6
WIDE = ("contact", "description")
_CELL_OF = {
    "contact_no": "contact",
    "company_name": "contact",
    "owner_code": "owner",
    "cycle_code": "cycle",
}
"""The column in which the field of a command stands, where it is not called the same."""


@st.fragment
def draw() -> None:
    """The sheet with its choices; only this part of the page runs while it is filled in."""
    rows = _rows()
    with st.container(horizontal=True, gap="medium", key="sheet-choices"):
        activate = st.toggle("Start them in their first stage", value=True, key="sheet-activate")
        may = st.toggle("Make contacts nobody has yet", value=True, key="sheet-contacts")
    read = _judged(rows, activate=activate, may_make_contacts=may)
    _mount(rows, read, _heard)


def judged() -> dict[str, Row]:
    """The rows that are filled in, read with the choices as they stand."""
    state = st.session_state
    return _judged(
        _rows(),
        activate=bool(state.get("sheet-activate", True)),
        may_make_contacts=bool(state.get("sheet-contacts", True)),
    )


def _rows() -> Rows:
    rows: Rows = st.session_state.setdefault(KEPT, Rows(columns=FIELDS))
    rows.blank(BLANK)
    return rows


def _judged(rows: Rows, *, activate: bool, may_make_contacts: bool) -> dict[str, Row]:
    filled = rows.filled
    with session.read() as reading:
        found = understood(
            reading,
            list(filled.values()),
            names=look_ups.names(reading),
            who=session.who(),
            today=session.today(),
            activate=activate,
            may_make_contacts=may_make_contacts,
        )
    return dict(zip(filled, found, strict=True))


def _mount(rows: Rows, read: Mapping[str, Row], on_asked: Any) -> None:  # noqa: ANN401 (a callback)
    good = [name for name, row in read.items() if row.is_good and name not in rows.refused]
    mount(
        KEY,
        {
            "turn": rows.turn,
            "columns": [
                {"name": name, "label": LABELS[name], "wide": name in WIDE} for name in FIELDS
            ],
            "rows": [_shown(name, cells, read, rows) for name, cells in rows.typed.items()],
            "said": rows.said or _summary(len(read), len(good)),
            "wrong": palette(session.mode()).lost,
            "buttons": _buttons(len(read), len(good)),
            "focus": True,
        },
        on_asked,
    )


def _shown(
    name: str, cells: Mapping[str, str], read: Mapping[str, Row], rows: Rows
) -> dict[str, Any]:
    row = read.get(name)
    problems = {one: cell.problem for one, cell in row.cells.items() if cell.problem} if row else {}
    hints = {one: cell.hint for one, cell in row.cells.items() if cell.hint} if row else {}
    return {
        "id": name,
        "cells": dict(cells),
        "problems": problems | rows.refused.get(name, {}),
        "hints": hints,
    }


def _summary(filled: int, good: int) -> str:
    if not filled:
        return "Paste a table from a spreadsheet into any cell, or type. Headings are understood."
    wrong = filled - good
    rest = f", {formats.counted(wrong, 'row')} to mend" if wrong else ""
    return f"{formats.counted(good, 'row')} ready{rest}."


def _buttons(filled: int, good: int) -> list[dict[str, Any]]:
    every = {
        "name": "save_all",
        "label": f"Save {formats.opportunities(filled)}" if filled else "Save",
        "primary": True,
        "disabled": not filled or good < filled,
    }
    some = {
        "name": "save_good",
        "label": f"Save the {formats.counted(good, 'good row')}",
        "primary": False,
        "disabled": not good,
    }
    clear = {"name": "clear", "label": "Clear", "primary": False, "disabled": not filled}
    return [every, *([some] if 0 < good < filled else []), clear]


# --- what the browser asks for -------------------------------------------------------------------


def _heard() -> None:
    wish, rows = asked(KEY), _rows()
    if not wish or not rows.heard(wish):
        return
    rows.said = ""
    match wish.get("kind"):
        case "paste":
            _paste(rows, str(wish.get("text", "")), wish.get("at") or {})
        case "save_all" | "save_good":
            save(rows, only_good=wish["kind"] == "save_good")
        case "clear":
            rows.drop(list(rows.typed))


def _paste(rows: Rows, text: str, at: Mapping[str, Any]) -> None:
    """Take over as many rows as the sheet holds, and say so where there were more."""
    found = pasted(text, first=str(at.get("column", "")))
    room = max(MOST_ROWS - len(rows.filled), 0)
    rows.add(found[:room], at=str(at.get("id", "")))
    if len(found) > room:
        rows.said = f"Only the first {formats.counted(room, 'row')} pasted were taken: the sheet "
        rows.said += f"holds {formats.count(MOST_ROWS)}. Save these first, or import a longer list "
        rows.said += "as a file."


def save(rows: Rows, *, only_good: bool) -> None:
    """Record the good rows as one batch; those that are refused stay, with the reason in place."""
    read = judged()
    if not only_good and not all(row.is_good for row in read.values()):
        return
    names = [name for name, row in read.items() if row.is_good and name not in rows.refused]
    activate = bool(st.session_state.get("sheet-activate", True))
    saved = _recorded(rows, names, read, activate=activate, only_good=only_good)
    if saved:
        rows.drop(saved)
        left = len(rows.filled)
        rest = f" {formats.counted(left, 'row')} left to mend." if left else ""
        rows.said = f"{formats.opportunities(len(saved))} saved.{rest}"


def _recorded(
    rows: Rows,
    names: Sequence[str],
    read: Mapping[str, Row],
    *,
    activate: bool,
    only_good: bool,
) -> list[str]:
    """The rows that were recorded: all of them; with `only_good` all but those refused."""
    left = list(names)
    while left:
        wishes = tuple(read[name].wish(activate=activate) for name in left)
        try:
            session.record(CreateSeveral(opportunities=wishes))
        except RowRefusedError as refused:
            rows.refused[left[refused.place]] = {_column(refused): str(refused.refusal)}
            if not only_good:
                rows.said = "Nothing was saved: a row was refused. Mend it, or save the good rows."
                return []
            del left[refused.place]
        except PipelineError as refusal:
            rows.said = f"Nothing was saved. {refusal}"
            return []
        else:
            return left
    return []


def _column(refused: RowRefusedError) -> str:
    name = _CELL_OF.get(refused.field or "", refused.field or "")
    return name if name in FIELDS else "description"
