"""What is odd about a sales cycle, and what edits of its stages would do; no Streamlit."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from dashboard import formats
from pipeline.domain.closing import Outcome


def unreached(stages: pd.DataFrame) -> list[str]:
    """The last stage, where others were entered and it never was."""
    if len(stages) < 2 or not stages["ever_used"].iloc[:-1].all():  # noqa: PLR2004 (a stage before it)
        return []
    last = stages.iloc[-1]
    if last["ever_used"]:
        return []
    name = last["description"] or last["stage"]
    return [f"Nobody ever reached “{name}”, the last stage: it may not be needed."]


def without_reason(reasons: Mapping[Outcome, Mapping[str, str]]) -> list[str]:
    """The outcomes that no opportunity can be closed with, for lack of a reason."""
    return [
        f"There is no close reason for {outcome.value} ones, so nothing can be closed as "
        f"{outcome.value}. Define one on the page of close reasons."
        for outcome in Outcome
        if not reasons.get(outcome)
    ]


def effects(before: pd.DataFrame, delta: Mapping[str, Any]) -> list[str]:
    """What edits of a grid of stages would do beyond the grid, to be read before saving.

    `before` is the grid as `stage_grid.grid` gives it, `delta` what the editor says was done.
    """
    removed = [int(place) for place in delta.get("deleted_rows", [])]
    edited = {int(place): values for place, values in delta.get("edited_rows", {}).items()}
    return [
        *(_of_removal(before.iloc[place]) for place in removed),
        *(
            sentence
            for place, values in edited.items()
            if place not in removed
            for sentence in _of_edit(before.iloc[place], values)
        ),
    ]


def _of_removal(row: "pd.Series[Any]") -> str:
    open_now = int(row["open_opportunities"])
    if open_now:
        are = "is" if open_now == 1 else "are"
        return (
            f"{_open_ones(open_now)} {are} in “{_name(row)}” and in the way of removing it: "
            "move them on first."
        )
    if row["ever_used"]:
        return (
            f"“{_name(row)}” stays in history; the company page says which stage it counts as "
            "from then on."
        )
    return f"“{_name(row)}” was never entered and leaves nothing behind."


def _of_edit(row: "pd.Series[Any]", values: Mapping[str, Any]) -> Iterator[str]:
    name, open_now = _name(row), int(row["open_opportunities"])
    here = f"{_open_ones(open_now)} {'is' if open_now == 1 else 'are'} in this stage"
    if open_now and {"chances_percent", "completed_percent"} & values.keys():
        yield f"“{name}”: {here}; the probability there is stays until the next move."
    if open_now and {"date_formula", "activity_code"} & values.keys():
        yield f"“{name}”: {here}; what is dated and planned already stays."
    if open_now and "forecast_category" in values:
        yield f"“{name}”: {here}; the forecast counts in the new category at once."
    if values.get("quote_required"):
        yield f"“{name}” is entered by next or skip only with a quote from then on."
    if values.get("allow_skip") is False:
        yield f"“{name}” must be passed through from then on; what skipped it before, did."
    if "place" in values:
        yield f"“{name}” gets another place: reports read the past in the new order, too."
    if "description" in values and row["ever_used"]:
        yield f"“{name}” is called otherwise in past reports, too."


def _open_ones(number: int) -> str:
    return formats.counted(number, "open opportunity", "open opportunities")


def _name(row: "pd.Series[Any]") -> str:
    return str(row["description"] or f"stage {row.name}")
