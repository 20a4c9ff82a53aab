"""The file of refused rows: as they were, with their number and the reason; mended, fed again."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pipeline.importing.errors import FileUnreadableError
from pipeline.importing.plan import ImportPlan

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_refused(plan: ImportPlan, target: Path) -> Iterator[tuple[Path, int]]:
    """Write the refused rows of a plan; gives each file written with its number of rows.

    Rows of a second table go into a file of their own beside the first, named for the table.
    Raises `FileUnreadableError` when the place cannot be written to.
    """
    for name, rows in plan.refused_rows().items():
        path = target if len(plan.tables) == 1 else _beside(target, name)
        try:
            harmless(rows).to_csv(path, index=False, lineterminator="\n")
        except OSError as error:
            raise FileUnreadableError(
                str(path), error.strerror or "it cannot be written"
            ) from error
        yield path, len(rows)


def harmless(rows: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before texts a spreadsheet would run; the import takes it off again."""
    return rows.apply(_without_formulas)


def _without_formulas(cells: pd.Series) -> pd.Series:
    number = pd.to_numeric(cells.str.replace(r"[.,%\s]", "", regex=True), errors="coerce").notna()
    risky = cells.str.startswith(_FORMULA_STARTS) & ~number
    return cells.mask(risky.fillna(value=False), "'" + cells)


def _beside(target: Path, table: str) -> Path:
    stem = Path(table).stem
    return target.with_name(f"{target.stem}-{stem}{target.suffix or '.csv'}")
