"""Opportunities there are, in a sheet: many edited at once, saved together as one batch."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.several import CHOSEN
from dashboard.components.sheet.mount import asked, mount
from dashboard.components.sheet.rows import Rows
from dashboard.theme import palette
from pipeline.commands import ChangeSeveral
from pipeline.domain.errors import PipelineError, RowRefusedError
from pipeline.entry.sheet import pasted
from pipeline.entry.sheet_edits import FIELDS, LABELS, Edited, Standing, edited, standing
from pipeline.entry.understand import company_of
from pipeline.reports import look_ups
from pipeline.reports.chosen import for_change

KEY = "sheet-edit"
KEPT = "sheet-edit:rows"
SHOWN = "sheet-edit:shown"
MOST = 300
"""So many opportunities are edited in one sheet."""
_CELL_OF = {"owner_code": "owner", "forecast_category": "category", "reason": "category"}


def draw() -> None:
    """The sheet of those chosen in the list."""
    numbers: list[str] = st.session_state.get(CHOSEN, [])[:MOST]
    if not numbers:
        furniture.empty(
            "No opportunity is chosen.", "Tick some in the list: “Choose several” is above it."
        )
        st.page_link("app_pages/opportunities.py", label="Opportunities", icon=":material/list:")
        return
    _sheet(numbers)


@st.fragment
def _sheet(numbers: Sequence[str]) -> None:
    rows = _rows(numbers)
    read = _judged(rows)
    changed = [one for one in read.values() if one.is_changed]
    good = [one for one in changed if one.is_good]
    mount(
        KEY,
        {
            "turn": rows.turn,
            "columns": [
                {
                    "name": name,
                    "label": LABELS[name],
                    "wide": name == "description",
                    "readonly": name == "no",
                }
                for name in FIELDS
            ],
            "rows": [_row(name, cells, read[name], rows) for name, cells in rows.typed.items()],
            "said": rows.said or _summary(len(changed), len(good)),
            "wrong": palette(session.mode()).lost,
            "buttons": [
                {
                    "name": "save_all",
                    "label": f"Save {formats.counted(len(changed), 'change')}",
                    "primary": True,
                    "disabled": not changed or len(good) < len(changed),
                }
            ],
            "focus": True,
        },
        _heard,
    )


def _rows(numbers: Sequence[str]) -> Rows:
    """What stands in the sheet; chosen anew, it is read anew."""
    kept: tuple[list[str], Rows] | None = st.session_state.get(KEPT)
    if kept is None or kept[0] != list(numbers):
        return _read_anew(numbers, turn=kept[1].turn + 1 if kept else 0)
    return kept[1]


def _read_anew(numbers: Sequence[str], *, turn: int, said: str = "") -> Rows:
    with session.read() as reading:
        found = for_change(reading, numbers)
    records = [dict(zip(map(str, found), row, strict=True)) for row in found.to_numpy()]
    shown = {one.no: one for one in map(standing, records)}
    rows = Rows(columns=FIELDS, turn=turn, said=said)
    rows.typed = {no: dict(one.cells) for no, one in shown.items()}
    st.session_state[KEPT] = (list(numbers), rows)
    st.session_state[SHOWN] = shown
    return rows


def _judged(rows: Rows) -> dict[str, Edited]:
    shown: Mapping[str, Standing] = st.session_state[SHOWN]
    with session.read() as reading:
        company = company_of(reading, look_ups.names(reading), session.today())
    return {name: edited(shown[name], cells, company) for name, cells in rows.typed.items()}


def _row(name: str, cells: Mapping[str, str], read: Edited, rows: Rows) -> dict[str, Any]:
    problems = {one: cell.problem for one, cell in read.cells.items() if cell.problem}
    was = read.standing.cells
    hints = {
        one: f"was {was[one] or 'empty'}" for one, cell in read.cells.items() if not cell.problem
    }
    return {
        "id": name,
        "cells": dict(cells),
        "problems": problems | rows.refused.get(name, {}),
        "hints": hints,
    }


def _summary(changed: int, good: int) -> str:
    if not changed:
        return "Type or paste over what is to change; what was there stands below it."
    wrong = changed - good
    return f"{formats.opportunities(changed)} changed" + (f", {wrong} to mend." if wrong else ".")


def _heard() -> None:
    numbers, rows = st.session_state[KEPT]
    wish = asked(KEY)
    if not wish or not rows.heard(wish):
        return
    rows.said = ""
    if wish.get("kind") == "paste":
        _paste(rows, str(wish.get("text", "")), wish.get("at") or {})
    elif wish.get("kind") == "save_all":
        _save(numbers, rows)


def _paste(rows: Rows, text: str, at: Mapping[str, Any]) -> None:
    """Put what was pasted over the cells from one on, row by row."""
    names = list(rows.typed)
    start = names.index(str(at.get("id"))) if str(at.get("id")) in names else 0
    found = pasted(text, FIELDS[1:], first=str(at.get("column", "")))
    for name, cells in zip(names[start:], found, strict=False):
        rows.typed[name] |= cells
    rows.turn += 1


def _save(numbers: list[str], rows: Rows) -> None:
    changed = {name: one for name, one in _judged(rows).items() if one.is_changed}
    if not changed or not all(one.is_good for one in changed.values()):
        return
    try:
        session.record(ChangeSeveral(rows=tuple(one.wishes() for one in changed.values())))
    except RowRefusedError as refused:
        name = list(changed)[refused.place]
        about = _CELL_OF.get(refused.field or "", refused.field or "")
        column = about if about in changed[name].cells else next(iter(changed[name].cells))
        rows.refused[name] = {column: str(refused.refusal)}
        rows.said = "Nothing was saved: a row was refused."
    except PipelineError as refusal:
        rows.said = f"Nothing was saved. {refusal}"
    else:
        said = f"{formats.opportunities(len(changed))} changed and saved."
        _read_anew(numbers, turn=rows.turn + 1, said=said)
