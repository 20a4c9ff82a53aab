"""A sheet of opportunities there are: what a person changed in it becomes commands.

A cell that stands as it was shown changes nothing. What was changed is read as in a sheet of new
ones, and marked where it cannot be taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.commands import (
    Command,
    EditOpportunity,
    Reassign,
    SetCategory,
    UpdateOpportunity,
)
from pipeline.domain.categories import ForecastCategory
from pipeline.entry.parts import Company
from pipeline.entry.sheet import Cell, Typed, read_amount_cell, read_code_cell, read_day_cell

FIELDS = ("no", "description", "amount", "expected_close_on", "owner", "category")
"""The columns; the first tells the opportunity and cannot be changed."""
LABELS = {
    "no": "No.",
    "description": "Description",
    "amount": "Amount",
    "expected_close_on": "Expected close",
    "owner": "Owner",
    "category": "Category",
}
REASON = "edited in a sheet"
"""Why a category was set, where a sheet has no room for more."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An opportunity as the sheet showed it."""

    no: str
    version: int
    cells: Mapping[str, str]
    """The text of each cell."""


@dataclass(frozen=True, kw_only=True)
class Edited:
    """One row, read: the cells that were changed and what becomes of them."""

    standing: Standing
    cells: Mapping[str, Cell] = field(default_factory=dict)
    """The changed ones only."""

    @property
    def is_changed(self) -> bool:
        """Whether anything was changed."""
        return bool(self.cells)

    @property
    def is_good(self) -> bool:
        """Whether everything that was changed can be taken."""
        return not any(cell.problem for cell in self.cells.values())

    def wishes(self) -> tuple[Command, ...]:
        """The commands that record the changes, in the order the log keeps inside a day.

        The first carries the version that was seen.
        """
        no, value = self.standing.no, {name: cell.value for name, cell in self.cells.items()}
        seen: dict[str, Any] = {"seen": self.standing.version}
        commands: list[Command] = []

        def add(made: type[Any], **fields: Any) -> None:  # noqa: ANN401 (fields of a command)
            commands.append(made(opportunity_no=no, **fields, **seen))
            seen.clear()

        if "owner" in value:
            add(Reassign, owner_code=value["owner"])
        if "amount" in value or "expected_close_on" in value:
            add(
                UpdateOpportunity,
                amount=value.get("amount"),
                expected_close_on=value.get("expected_close_on"),
            )
        if "category" in value:
            add(SetCategory, category=value["category"], reason=REASON)
        if "description" in value:
            add(EditOpportunity, description=value["description"])
        return tuple(commands)


def standing(row: Mapping[str, Any]) -> Standing:
    """An opportunity as a sheet shows it; `row` is one of `reports.chosen.for_change`."""
    amount, day = row["amount"], row["expected_close_on"]
    return Standing(
        no=str(row["opportunity_no"]),
        version=int(row["version"]),
        cells={
            "no": str(row["opportunity_no"]),
            "description": str(row["description"]),
            "amount": "" if _is_nothing(amount) else f"{amount:.2f}",
            "expected_close_on": "" if _is_nothing(day) else str(day)[:10],
            "owner": "" if _is_nothing(row["owner_code"]) else str(row["owner_code"]),
            "category": ""
            if _is_nothing(row["forecast_category"])
            else str(row["forecast_category"]),
        },
    )


def edited(shown: Standing, typed: Typed, company: Company) -> Edited:
    """Read the cells of a row that are not as they were shown."""
    changed = {
        name: typed.get(name, "")
        for name in FIELDS[1:]
        if typed.get(name, "") != shown.cells.get(name, "")
    }
    return Edited(
        standing=shown,
        cells={name: _cell(name, text, company) for name, text in changed.items()},
    )


def _cell(name: str, typed: str, company: Company) -> Cell:
    match name:
        case "description":
            return Cell(value=typed) if typed else Cell(problem="Say what it is about.")
        case "amount":
            return read_amount_cell(typed, company, needed=True)
        case "expected_close_on":
            return read_day_cell(typed, company, needed=True)
        case "owner":
            return read_code_cell(typed, company.owners, None, "owner")
        case _:
            return _category(typed)


def _category(typed: str) -> Cell:
    known = {one.value: one.value for one in ForecastCategory}
    if not typed:
        return Cell(value="", hint="by its stage")
    return read_code_cell(typed, known, None, "forecast category")


def _is_nothing(value: object) -> bool:
    return value is None or value != value or str(value) in ("NaT", "<NA>")  # noqa: PLR0124 (NaN)
