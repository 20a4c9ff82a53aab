"""What the readers of columns share: cells without padding, and the words that mean nothing."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

NULL_WORDS = frozenset(
    {
        "",
        "null",
        "(null)",
        "<null>",
        "none",
        "nil",
        "nan",
        "n/a",
        "#n/a",
        "na",
        "\\n",
        "-",
        "--",
        "–",
    }
)
"""What stands in a cell of numbers, dates or truths when there is none; compared in lower case."""
NULL_TEXTS = frozenset({"", "null", "(null)", "<null>", "#n/a", "\\n"})
"""The same for cells of text, where “None” and “NA” may be somebody's name."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PADDING = " \t\r\n\u00a0\u202f\u2007\ufeff\u200b\u200e\u200f"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column that was read: its values, and which of its cells made no sense."""

    taken: pd.Series
    """The values; missing where the cell is blank or wrong."""
    wrong: "pd.Series[bool]"
    how: str = ""
    """The way all cells were read, in words: `day before month`, `decimal comma`."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the cells of a column say about the way they are to be read."""

    deciding: dict[str, int]
    """For each way the number of different cells that can only be read in it."""
    examples: dict[str, str]
    """Such a cell for each of these ways."""
    open_example: str
    """A cell that can be read in two ways with different results; blank when there is none."""


def distinct_texts(cells: "pd.Series[str]") -> "pd.Index[str]":
    """Give the different texts of a column, null words left out."""
    texts: pd.Index[str] = pd.Index(stripped(cells, NULL_WORDS).dropna().unique(), dtype="str")
    return texts


def stripped(cells: "pd.Series[str]", null_words: Collection[str]) -> "pd.Series[str]":
    """Give the cells without blanks around them; null words become missing."""
    bare = cells.str.strip(_PADDING)
    return bare.mask(bare.isna() | bare.str.lower().isin(list(null_words)))


def unguarded(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Give texts without the apostrophe that exports put before a formula sign."""
    guarded = cells.str.match(r"'[=+\-@]").fillna(value=False).astype(bool)
    return cells.where(~guarded, cells.str.slice(1))


def unescaped(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Give texts with signs in place of their numbers, as names in XML spell them.

    >>> unescaped(pd.Series(["In_x0020_Progress"])).tolist()
    ['In Progress']
    """
    return cells.str.replace(_ESCAPED, lambda hit: chr(int(hit[1], 16)), regex=True)


def by_unique(cells: "pd.Series[str]", distinct: pd.Index, values: pd.Series) -> pd.Series:
    """Give each cell the value that its text has among the distinct texts."""
    places = distinct.get_indexer(pd.Index(cells))
    taken = values.reset_index(drop=True).reindex(places)
    return taken.set_axis(cells.index)
