"""The grid of close reasons: what edits amount to, and what they would do to the win rate."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.edit_grid import Delta, Grid, Values, add_row, amended
from dashboard.components.fields import Form
from pipeline import commands
from pipeline.domain.closing import Outcome

OUTCOMES = [outcome.value for outcome in Outcome]


def reasons(frame: pd.DataFrame) -> None:
    """The reasons: changed and removed in the grid, added in the line below."""
    config = st.column_config
    grid = Grid(
        form=Form("reasons"),
        columns={
            "close_reason_code": config.TextColumn("Code", width=130),
            "description": config.TextColumn("Reason", max_chars=250),
            "outcome": config.SelectboxColumn(
                "Outcome", options=OUTCOMES, required=True, width=100
            ),
            "in_win_rate": config.CheckboxColumn(
                "In win rate", width=105, help="A duplicate, for one, is no defeat."
            ),
            "used": config.NumberColumn("Used by", width=90, help="Opportunities closed for it."),
        },
        fixed=("close_reason_code", "used"),
        wishes=_wishes,
        effects=effects,
    )
    if len(frame):
        grid.draw(frame, save="Save reasons")
    form = Form("reason-new")
    add_row(
        form,
        "Add",
        [
            lambda: form.text("code", "Code", placeholder="PRICE", max_chars=20),
            lambda: form.text("description", "Reason", placeholder="Too expensive", max_chars=250),
            lambda: form.choice("outcome", "Outcome", OUTCOMES, Outcome.LOST.value),
            lambda: form.choice(
                "in_win_rate", "In win rate", {True: "yes", False: "no"}, value=True
            ),
        ],
        lambda: commands.DefineCloseReason(
            code=form.words("code"),
            description=form.words("description"),
            outcome=form.value("outcome") or "",
            in_win_rate=form.value("in_win_rate") is not False,
        ),
    )


def _wishes(delta: Delta) -> Iterable[Any]:
    yield from (commands.RemoveCloseReason(code=row["close_reason_code"]) for row in delta.removed)
    yield from (amended(change, _reason) for change in delta.changed)


def _reason(row: Values) -> commands.DefineCloseReason:
    return commands.DefineCloseReason(
        code=row["close_reason_code"],
        description=row["description"] or "",
        outcome=row["outcome"] or "",
        in_win_rate=bool(row["in_win_rate"]),
    )


def effects(delta: Delta) -> Iterable[str]:
    """What edits of reasons would do to the win rate, which looks at reasons as they are today."""
    for change in delta.changed:
        used = int(change.before["used"])
        if used and change.has("in_win_rate"):
            counts = "count" if change.after["in_win_rate"] else "no longer count"
            yield (
                f"{formats.opportunities(used)} closed for “{change.after['description']}” will "
                f"{counts} in the win rate, in past periods too."
            )
