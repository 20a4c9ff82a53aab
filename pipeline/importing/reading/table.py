"""A table as it was read: texts only, every row with its number in the file."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa

from pipeline.domain.words import agreeing
from pipeline.importing import faults
from pipeline.importing.errors import EmptyFileError, NotATableError
from pipeline.importing.headers import plain

MOST_COLUMNS = 2_000
_SEARCHED_FOR_HEADER = 40
_LEAST_COLUMNS = 2
_TEXT = {pa.large_string(): pd.StringDtype(na_value=float("nan"))}

Record = tuple[int, list[str]]
"""The number of a row in its file, and its cells."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of one file. The frame holds texts; its index is the row number of the file."""

    name: str
    """The file, or file and sheet, as a person would call it."""
    frame: pd.DataFrame
    unfit: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Rows longer than the header, their surplus joined to the last cell; not in the frame."""
    notes: tuple[str, ...] = ()
    """What was found on the way: encoding, delimiter, lines left out."""

    @property
    def headers(self) -> list[str]:
        """The columns as the file names them."""
        return [str(name) for name in self.frame.columns]


@dataclass
class Columns:
    """The cells of a table by column, filled in portions so that a large file stays small."""

    headers: list[str]
    name: str
    portion: int = 50_000
    rows: list[int] = field(default_factory=list)
    unfit: dict[int, list[str]] = field(default_factory=dict)
    _waiting: list[list[str]] = field(default_factory=list)
    _frames: list[pd.DataFrame] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def add_all(self, records: Iterable[Record]) -> None:
        """Take rows; one that is longer than the header does not fit, a shorter one is filled."""
        width = len(self.headers)
        for row, cells in records:
            if len(cells) == width or self._fitted(row, cells, width):
                self._waiting.append(cells)
                self._numbers.append(row)
                if len(self._waiting) == self.portion:
                    self._flush()

    def _fitted(self, row: int, cells: list[str], width: int) -> bool:
        """Fit a row to the header, blank cells at its end being nobody's fault; say if it fits."""
        if any(cell.strip() for cell in cells[width:]):
            self.unfit[row] = [*cells[: width - 1], " ".join(cells[width - 1 :])]
            return False
        cells[:] = (cells + [""] * width)[:width]
        return True

    def frame(self) -> pd.DataFrame:
        """Give everything that was added as one frame of texts."""
        self._flush()
        return pd.concat(self._frames)

    def _flush(self) -> None:
        if self._waiting or not self._frames:
            index = pd.Index(self._numbers, name="row", dtype="int64")
            columns = (
                zip(*self._waiting, strict=True) if self._waiting else [()] * len(self.headers)
            )
            cells = {
                header: texts(column) for header, column in zip(self.headers, columns, strict=True)
            }
            self._frames.append(pd.DataFrame(cells).set_axis(index))
            self._waiting, self._numbers = [], []


def texts(cells: Iterable[str]) -> "pd.Series[str]":
    """Give cells as a column of texts, by way of Arrow, which is much faster."""
    column: pd.Series[str] = pa.array(cells, pa.large_string()).to_pandas(types_mapper=_TEXT.get)
    return column


def find_header(records: Sequence[Record], known: Collection[str]) -> int:
    """Give the place of the header among the first records.

    Exports may begin with a title or instructions. The header is the record with the most names
    that some profile knows (at least two); failing that the first as wide as most records are.
    """
    head = records[:_SEARCHED_FOR_HEADER]
    scores = [sum(plain(cell) in known for cell in cells if cell.strip()) for _, cells in head]
    if max(scores, default=0) >= _LEAST_COLUMNS:
        return scores.index(max(scores))
    widths = Counter(len(cells) for _, cells in head)
    usual = widths.most_common(1)[0][0]
    likely = (place for place, (_, cells) in enumerate(head) if _names(cells, usual))
    return next(likely, 0)


def _names(cells: Sequence[str], usual: int) -> bool:
    """Say whether a record may be a header: as wide as most, and filled for the better part."""
    filled = sum(bool(cell.strip()) for cell in cells)
    return len(cells) >= usual and filled >= max(_LEAST_COLUMNS, usual / 2)


def named(cells: Iterable[str], file: str) -> list[str]:
    """Give header cells as distinct column names; a blank one is called by its place."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"column {place}"
        copies = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({copies + 1})" if copies else name)
    while names and re.fullmatch(r"column \d+", names[-1]):
        names.pop()
    if len(names) < _LEAST_COLUMNS:
        raise NotATableError(file, "it has fewer than two named columns")
    if len(names) > MOST_COLUMNS:
        raise NotATableError(file, f"it has more than {MOST_COLUMNS:,} columns")
    return names


def without_footer(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Give the frame without the lines under it that fill only their first cell, and their number.

    Report exports end with their title, a confidentiality line and the time of the run.
    """
    if frame.shape[1] <= _LEAST_COLUMNS or frame.empty:
        return frame, 0
    tail = frame.tail(20)
    lone = (tail.iloc[:, 1:] == "").all(axis=1) & (tail.iloc[:, 0] != "")
    footer = int(lone[::-1].cumprod().sum())
    return (frame.iloc[: len(frame) - footer], footer) if footer < len(frame) else (frame, 0)


def finish(columns: Columns, notes: Iterable[str]) -> Table:
    """Give the table of the cells collected. Raises `EmptyFileError` when there are no rows."""
    frame, footer = without_footer(columns.frame())
    if frame.empty and not columns.unfit:
        raise EmptyFileError(columns.name, "there is a header and nothing under it")
    said = list(notes)
    if footer:
        said.append(f"{agreeing(footer, 'line', 'lines')} under the table left out")
    unfit = pd.DataFrame.from_dict(
        columns.unfit, orient="index", columns=columns.headers, dtype="str"
    )
    return Table(name=columns.name, frame=frame, unfit=unfit, notes=tuple(said))


def unfit_faults(table: Table) -> pd.DataFrame:
    """Give the faults of the rows that are longer than the header."""
    if table.unfit.empty:
        return faults.none()
    return faults.faults(
        table.name,
        table.unfit.agg(" | ".join, axis=1),
        column="",
        reason="The row has more cells than the header.",
        remedy="Put a text that contains the delimiter in quotation marks.",
    )
