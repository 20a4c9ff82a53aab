"""The stages of a sales cycle as a grid: what was changed in it becomes commands; no Streamlit."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard import formats
from pipeline import commands

EDITABLE = {
    "place": "Place",
    "description": "Description",
    "completed_percent": "Completed %",
    "chances_percent": "Chances %",
    "allow_skip": "Allow skip",
    "quote_required": "Quote required",
    "date_formula": "Time to close",
    "activity_code": "Activity",
    "forecast_category": "Forecast",
}
_FLAGS = ("allow_skip", "quote_required", "ever_used")
"""A row that is added has none of these yet, so they may be missing."""
SHOWN = [*EDITABLE, "open_opportunities", "ever_used"]


def grid(stages: pd.DataFrame) -> pd.DataFrame:
    """The stages as the grid shows them, `place` from 1, indexed by the number of the stage."""
    return (
        stages.assign(place=range(1, len(stages) + 1))
        .set_index("stage")[SHOWN]
        .astype({"place": float, "open_opportunities": "Int64", **dict.fromkeys(_FLAGS, "boolean")})
    )


def changes(cycle_code: str, before: pd.DataFrame, delta: Mapping[str, Any]) -> list[Any]:
    """The commands that a grid's edits amount to, in an order that can be carried out.

    `before` is the grid as it was, `delta` what Streamlit's editor says was edited, added, deleted
    (`edited_rows` and `deleted_rows` by place in `before`).
    """
    rows = _rows(before, delta)
    removed = [int(before.index[place]) for place in delta.get("deleted_rows", [])]
    touched = [row for row in rows if row["touched"]]
    if not (removed or touched):
        return []
    order = [row["stage"] for row in sorted(rows, key=_by_place)]
    moved = order != [row["stage"] for row in rows]
    return [
        *[commands.RemoveStage(cycle_code=cycle_code, stage=stage) for stage in removed],
        *[_amended(cycle_code, before, row) for row in touched],
        *[commands.ReorderStages(cycle_code=cycle_code, stages=tuple(order))] * moved,
    ]


def _amended(cycle_code: str, before: pd.DataFrame, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 (a command)
    """A new stage as it is; of one that was there, only what was changed in it."""
    wish = _define(cycle_code, row)
    if row["stage"] not in before.index:
        return wish
    was = {str(name): value for name, value in before.loc[row["stage"]].items()}
    return commands.Amend(wish=wish, shown=_define(cycle_code, {**was, "stage": row["stage"]}))


def _rows(before: pd.DataFrame, delta: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every stage there will be, with its values and whether they were touched."""
    edited = {int(place): values for place, values in delta.get("edited_rows", {}).items()}
    kept = [
        {"stage": int(stage), "touched": place in edited, "was": place}
        | dict(zip(before.columns, values, strict=True))
        | edited.get(place, {})
        for place, (stage, *values) in enumerate(formats.rows(before))
        if place not in delta.get("deleted_rows", [])
    ]
    highest = int(before.index.max()) if len(before) else 0
    added = [
        {"stage": highest + nth, "touched": True, "was": len(before) + nth - 1} | values
        for nth, values in enumerate(delta.get("added_rows", []), start=1)
    ]
    return kept + added


def _by_place(row: Mapping[str, Any]) -> tuple[float, int]:
    """Sort by the place typed; one moved up stands before, one moved down behind who had it."""
    own = float(row["was"] + 1)
    typed = row.get("place")
    place = own if typed is None or pd.isna(typed) else float(typed)
    moved_up, moved_down = place < own, place > own
    return place, -1 if moved_up else 1 if moved_down else 0


def _define(cycle_code: str, row: Mapping[str, Any]) -> commands.DefineStage:
    return commands.DefineStage(
        cycle_code=cycle_code,
        stage=row["stage"],
        description=row.get("description") or "",
        completed_percent=_figure(row.get("completed_percent")),
        chances_percent=_figure(row.get("chances_percent")),
        allow_skip=bool(row.get("allow_skip") or False),
        quote_required=bool(row.get("quote_required") or False),
        activity_code=row.get("activity_code") or None,
        date_formula=row.get("date_formula") or "",
        forecast_category=row.get("forecast_category") or "",
    )


def _figure(value: object) -> Decimal:
    return Decimal(0) if value is None or pd.isna(value) else Decimal(str(value))  # type: ignore[call-overload]


def oddities(stages: pd.DataFrame) -> list[str]:
    """What is unusual about a cycle and probably not meant."""
    if stages.empty:
        return ["This cycle has no stages yet; opportunities in it cannot be started."]
    return [
        *_falling(stages, "chances_percent", "the chances of success"),
        *_falling(stages, "completed_percent", "the completed percentage"),
        *[
            f"“{row.description or row.stage}” has no chance of success; nothing in it is expected."
            for row in formats.rows(stages)
            if row.chances_percent == 0
        ],
    ]


def _falling(stages: pd.DataFrame, column: str, what: str) -> list[str]:
    """A sentence for each stage where a percentage is lower than in the stage before."""
    falls = stages[column].diff() < 0
    return [
        f"In “{row.description or row.stage}” {what} is lower than in the stage before."
        for row in formats.rows(stages[falls])
    ]
