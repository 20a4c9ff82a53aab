"""A table of set-up records edited in place: what was typed waits until it is saved, all of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zlib import crc32

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from pipeline import commands

Values = dict[str, Any]
SHORT_ROWS = 20
TALLEST_PIXELS = 668
"""A table of more rows scrolls inside this height."""


@dataclass(frozen=True)
class Changed:
    """A row before and after it was edited, by column."""

    before: Values
    after: Values

    def has(self, column: str) -> bool:
        """Whether a column of the row was changed."""
        return bool(self.before[column] != self.after[column])


@dataclass(frozen=True)
class Delta:
    """What was done to a grid since it was drawn."""

    changed: list[Changed]
    removed: list[Values]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table and what its edits amount to."""

    form: Form
    columns: Mapping[str, Any]
    """The configuration of each column that is shown, in order."""
    fixed: Sequence[str]
    """The columns that are not edited: the code, and what is counted."""
    wishes: Callable[[Delta], Iterable[Any]]
    """The commands that edits amount to."""
    effects: Callable[[Delta], Iterable[str]] = lambda _: ()
    """What the edits would do beyond the table itself, in sentences to be read before saving."""
    rows: Literal["delete", "fixed"] = "delete"
    by: Sequence[str] = ()
    """Of fixed rows, the columns that say which record a row is: see `place`."""

    def draw(self, frame: pd.DataFrame, *, save: str) -> None:
        """The table, under it what saving would do, and the button that saves."""
        plain = without_missing(frame)
        grid = place(plain, self.by)
        st.data_editor(
            plain,
            key=self.form.key(grid),
            num_rows=self.rows,
            hide_index=True,
            height="content" if len(plain) <= SHORT_ROWS else TALLEST_PIXELS,
            disabled=list(self.fixed),
            column_order=list(self.columns),
            column_config=dict(self.columns),
            placeholder="",
        )
        edits = delta(plain, self.form.value(grid) or {})
        for sentence in self.effects(edits):
            st.caption(f":material/info: {formats.escape_markdown(sentence)}")
        self.form.complaint()
        st.button(
            save,
            key=f"save-{self.form.name}",
            disabled=not (edits.changed or edits.removed),
            on_click=self._save,
            args=(edits,),
        )

    def _save(self, edits: Delta) -> None:
        def carry_out() -> str:
            session.record(*self.wishes(edits))
            return "Saved."

        self.form.attempt(carry_out)


def place(frame: pd.DataFrame, by: Sequence[str]) -> str:
    """The name of the field in which these records stand, in this order; others have another.

    An editor of fixed rows keeps what was typed by the number of the row, whatever comes to stand
    there: it would be said of another record.
    """
    if not by:
        return "grid"
    records = repr(frame[list(by)].to_numpy().tolist())
    return f"grid-{crc32(records.encode()):08x}"


def named(names: Mapping[str, str]) -> Callable[[Any], str]:
    """What a column of codes shows: the name of each."""
    return lambda code: names.get(code, str(code))


def amended(change: Changed, define: Callable[[Values], Any]) -> commands.Amend:
    """The wish of a changed row: what the person left as shown keeps what stands there now."""
    return commands.Amend(wish=define(change.after), shown=define(change.before))


def without_missing(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with None for what is missing, so that a cell equals what it was."""
    return frame.astype(object).where(frame.notna(), None)


def delta(before: pd.DataFrame, edits: Mapping[str, Any]) -> Delta:
    """What the editor says was edited and deleted (by place in the table), as whole rows."""
    records: list[Values] = [
        {str(name): value for name, value in row.items()}
        for row in before.to_dict(orient="records")
    ]
    removed = {int(place) for place in edits.get("deleted_rows", [])}
    touched = {int(place): values for place, values in edits.get("edited_rows", {}).items()}
    changes = (Changed(records[n], records[n] | touched[n]) for n in touched if n not in removed)
    return Delta(
        changed=[change for change in changes if change.before != change.after],
        removed=[records[place] for place in sorted(removed)],
    )


def add_row(form: Form, label: str, fields: Sequence[Callable[[], None]], make: Any) -> None:  # noqa: ANN401 (gives a command)
    """A form in one line under a table; `make` gives the command that adds what was typed."""
    with st.form(form.name, border=False):
        *columns, last = st.columns([3] * len(fields) + [1], vertical_alignment="top")
        for column, draw in zip(columns, fields, strict=True):
            with column:
                draw()
        with last:
            st.space(12)
            st.form_submit_button(label, key=f"add-{form.name}", on_click=_add, args=(form, make))
        form.complaint()


def _add(form: Form, make: Callable[[], Any]) -> None:
    def carry_out() -> str:
        recorded = session.record(commands.AsNew(make()))[0]
        return f"{formats.escape_markdown(recorded.no)} is added."

    form.attempt(carry_out)
