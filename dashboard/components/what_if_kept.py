"""What is supposed on the what-if page, kept by opportunity; table and line of dates share it.

It stays for the visit, whatever the page shows meanwhile, until it is recorded or put back. The
table shows what was supposed when it was last set up and holds what was typed into it since; with
every change from elsewhere it is set up anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.components.edit_grid import place
from dashboard.components.fields import Form
from dashboard.components.what_if_changes import EDITED, Supposed, Values, differing

FORM = Form("what-if")
_KEPT = "what-if:supposed"
_TABLE = "what-if:table"
_SET_UP = "what-if:tables"
"""How often a table was set up: no two have one name, what was typed into one stays its own."""
_BY = ("opportunity_id",)


@dataclass(frozen=True, kw_only=True)
class Table:
    """The table as it was set up."""

    place: str
    """Which records stand in it, in which order."""
    key: str | None
    """The name of its editor; None once it has to be set up anew."""
    rows: Sequence[Values]
    """What is recorded of them."""
    shown: Mapping[int, Supposed]
    """What was supposed when it was set up, and is shown in it."""


def kept() -> dict[int, Supposed]:
    """What is supposed, by opportunity."""
    found: dict[int, Supposed] = st.session_state.get(_KEPT, {})
    return dict(found)


def take_over() -> None:
    """Keep what was typed into the table since it was set up; it is said of its own rows only."""
    table: Table | None = st.session_state.get(_TABLE)
    if table is None or table.key is None or table.key not in st.session_state:
        return
    typed = st.session_state[table.key]
    found = kept()
    cells = {int(nth): values for nth, values in typed["edited_rows"].items()}
    for nth, row in enumerate(table.rows):
        before = table.shown.get(row["opportunity_id"])
        values = dict(before.cells if before else {}) | cells.get(nth, {})
        _keep(found, row, values)
    st.session_state[_KEPT] = found


def set_up(frame: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """The name of the editor for these rows, and what it shows: recorded, with what is supposed.

    Takes the rows as recorded, with their `opportunity_id, opportunity_no, description, version`.
    """
    rows: list[Values] = [
        {str(name): value for name, value in row.items()} for row in frame.to_dict("records")
    ]
    where = place(frame, _BY)
    table: Table | None = st.session_state.get(_TABLE)
    key = table.key if table and table.place == where else None
    shown = table.shown if table else {}
    if key is None or key not in st.session_state:
        number = st.session_state[_SET_UP] = st.session_state.get(_SET_UP, 0) + 1
        key, shown = FORM.key(f"{where}-{number}"), kept()
    st.session_state[_TABLE] = Table(place=where, key=key, rows=rows, shown=shown)
    return key, _with(frame, shown)


def _with(frame: pd.DataFrame, shown: Mapping[int, Supposed]) -> pd.DataFrame:
    """The rows with what is supposed of them."""
    supposed = [shown[each].cells if each in shown else {} for each in frame["opportunity_id"]]
    return frame.assign(
        **{
            name: pd.Series(
                [
                    values.get(name, recorded)
                    for values, recorded in zip(supposed, frame[name], strict=True)
                ],
                index=frame.index,
                dtype="object",
            )
            for name in EDITED
        }
    )


def move(opportunity_id: int, day: date | None) -> None:
    """Suppose another close date of a row of the table; None: as it is recorded."""
    take_over()
    table: Table | None = st.session_state.get(_TABLE)
    rows = {row["opportunity_id"]: row for row in table.rows} if table else {}
    if (row := rows.get(opportunity_id)) is None:
        return
    found = kept()
    values = dict(found[opportunity_id].cells) if opportunity_id in found else {}
    _keep(found, row, values | {"expected_close_on": day or row["expected_close_on"]})
    _anew(found)


def put_back(opportunities: Iterable[int]) -> None:
    """Suppose nothing of these any more."""
    take_over()
    gone = set(opportunities)
    _anew({one: supposed for one, supposed in kept().items() if one not in gone})


def confirm(opportunity_id: int, version: int) -> None:
    """Suppose the same of an opportunity that was changed meanwhile, as it stands now."""
    take_over()
    found = kept()
    if opportunity_id in found:
        found[opportunity_id] = replace(found[opportunity_id], version=version)
        _anew(found)


def _keep(found: dict[int, Supposed], row: Values, values: Values) -> None:
    """Keep of these values what is not as recorded."""
    one = row["opportunity_id"]
    before = found.pop(one, None)
    if other := differing(row, values):
        found[one] = Supposed(
            no=row["opportunity_no"],
            description=row["description"] or "",
            version=before.version if before else row["version"],
            cells=other,
        )


def _anew(found: dict[int, Supposed]) -> None:
    """Keep this, and let the table be set up anew with it: no editor has its name any more.

    Its rows stay known: the next drag may come before the page is drawn to its end.
    """
    st.session_state[_KEPT] = found
    table: Table | None = st.session_state.get(_TABLE)
    if table is not None:
        st.session_state[_TABLE] = replace(table, key=None)
