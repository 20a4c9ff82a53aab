"""What a report is: a table with its definition, its scope, and what it leaves out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.glossary import COLUMNS, Column

Row: TypeAlias = "Mapping[Any, Any] | pd.Series[Any]"
"""One row of a report's frame, by column."""
Drill: TypeAlias = tuple[Scope, Selection]
"""Where a number leads: the scope and the selection of the list behind it."""


def _leads_nowhere(_row: Row, column: str) -> Drill:
    raise KeyError(column)


@dataclass(frozen=True, kw_only=True)
class Report:
    """A table and what must be known to read it."""

    name: str
    """The name on the command line: `weighted-pipeline`."""
    definition: str
    """What the numbers mean, in a few sentences."""
    frame: pd.DataFrame
    scope: Scope
    excluded: dict[str, int] = field(default_factory=dict)
    """How many opportunities are left out, by reason; a reason follows the word "opportunities"."""
    totals: dict[str, float | None] = field(default_factory=dict)
    """The same figures over all rows; a rate without a denominator is None."""
    opens: tuple[str, ...] = ()
    """The columns whose numbers open to a list of opportunities."""
    leads_to: Callable[[Row, str], Drill] = _leads_nowhere
    parts: tuple[str, ...] = ()
    """The columns by whose values a printed page is divided, each part with its own sums."""
    columns: Mapping[str, Column] = field(default_factory=dict)
    """What the glossary does not know of the columns: those somebody named in a query."""

    def column(self, name: str) -> Column | None:
        """Give the label, format and definition of a column, None where nothing is known of it."""
        return self.columns.get(name) or COLUMNS.get(name)

    def behind(self, row: Row, column: str | None = None) -> Drill:
        """Give scope and selection of the opportunities behind a number of a row.

        `reports.opportunities` of them lists as many opportunities as the number says; without a
        column, the row's first that opens. Raises `KeyError` for a column that opens to none, and
        for a row whose number counts something else than opportunities.
        """
        column = column or (self.opens[0] if self.opens else "")
        if column not in self.opens:
            raise KeyError(column)
        return self.leads_to(row, column)

    def __str__(self) -> str:
        """Give the table as a terminal shows it, with its definition and what is left out."""
        from pipeline.reports.printing import as_table  # noqa: PLC0415  it prints reports

        return as_table(self)

    def _repr_html_(self) -> str:
        """Give the same as a notebook shows it; what people typed is escaped."""
        from pipeline.reports.printing import as_html  # noqa: PLC0415

        return as_html(self)


def is_missing(value: Any) -> bool:  # noqa: ANN401  whatever a frame holds
    """Say whether a cell holds nothing; a list is something, even an empty one."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def number(value: Any) -> float | None:  # noqa: ANN401  whatever a frame holds
    """Give a cell as a plain number, None where it is missing; whole numbers stay whole."""
    if is_missing(value):
        return None
    return (
        int(value) if float(value).is_integer() and not isinstance(value, float) else float(value)
    )


def first_row(frame: pd.DataFrame) -> dict[str, float | None]:
    """Give the first row of a frame of numbers as plain numbers."""
    return {str(name): number(frame[name].iloc[0]) for name in frame.columns}
