"""Amounts and percentages as exports write them, the decimal mark decided from all cells."""

import re
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from pipeline.importing.parsing.cells import (
    NULL_WORDS,
    Column,
    Evidence,
    by_unique,
    distinct_texts,
    stripped,
)

MARKS = {".": "decimal point", ",": "decimal comma"}

_SPACES = r"[\s\u00a0\u202f\u2007'’_]"
_BODY = re.compile(
    r"^(?P<minus>-)?(?P<digits>[\d.,]*\d)[.,]?(?P<scale>k|m|mn|mio|bn)?(?P<after>-)?$"
)
_PLAIN_POINT = r"-?\d+\.\d{1,2}"
"""The commonest figure by far: it decides for the point, and needs no closer look."""
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "bn": 1e9}
_CURRENCY = re.compile(
    r"[$€£¥₹₽₺₩₪฿₫₴₦¢]|\b(?:usd|eur|gbp|chf|jpy|cny|inr|aud|cad|nzd|sek|nok|dkk|pln|czk|huf|ron|brl|"
    r"mxn|zar|sgd|hkd|ils|try|thb|us|ca|au|nz|hk|kr|zł|kč|ft|r|fr|rs)\b\.?"
)
_MOST = 10.0**15


def evidence(cells: "pd.Series[str]") -> Evidence:
    """Say what the cells of a column decide about the decimal mark.

    With both marks in a cell the last is the decimal one; a mark that comes twice is not; a mark
    before other than three digits, or after a leading zero or four digits, is.
    """
    distinct = distinct_texts(cells)
    plain = _true(distinct.str.fullmatch(_PLAIN_POINT))
    certain = distinct[plain]
    distinct = distinct[~plain & ~_true(distinct.str.fullmatch(r"-?\d+"))]
    body = _bodies(distinct)["digits"]
    point = body.str.contains(r",.*\.|^[^,]*\.\d*$", regex=True) & ~_grouped(body, ".")
    comma = body.str.contains(r"\..*,|^[^.]*,\d*$", regex=True) & ~_grouped(body, ",")
    two_points, two_commas = (body.str.count(re.escape(mark)) > 1 for mark in ".,")
    only = {
        ".": (point | two_commas) & ~two_points,
        ",": (comma | two_points) & ~two_commas,
    }
    deciding = {mark: int(hit.sum()) for mark, hit in only.items() if hit.any()}
    examples = {mark: str(distinct[_true(hit)][0]) for mark, hit in only.items() if hit.any()}
    if len(certain):
        deciding["."] = deciding.get(".", 0) + len(certain)
        examples.setdefault(".", str(certain[0]))
    undecided = _true(body.str.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}"))
    return Evidence(
        deciding=deciding,
        examples=examples,
        open_example=str(distinct[undecided][0]) if undecided.any() else "",
    )


def readings(cell: str) -> list[str]:
    """Give both readings of a cell, in words.

    >>> readings("1.234")
    ['1.234 as 1.234', '1.234 as 1,234']
    """
    both = (read_numbers(pd.Series([cell]), mark).taken.iloc[0] for mark in ".,")
    return [f"{cell} as {value:,.10g}" for value in both]


def read_numbers(
    cells: "pd.Series[str]", decimal: str = ".", null_words: Collection[str] = NULL_WORDS
) -> Column:
    """Read a column of figures: currency signs, grouping, `(500)`, `500-` and `250k` included."""
    bare = stripped(cells, null_words)
    distinct = pd.Index(bare.dropna().unique(), dtype="str")
    size = _sizes(distinct, decimal)
    read = by_unique(bare, distinct, size.where(size.abs() < _MOST)).astype("float64")
    return Column(taken=read, wrong=read.isna() & bare.notna(), how=MARKS[decimal])


def _sizes(distinct: pd.Index, decimal: str) -> "pd.Series[float]":
    """Give the figure of each text; bare digits, the commonest, the fast way."""
    bare = rf"-?\d{{1,15}}({re.escape(decimal)}\d*)?"
    simple = _true(distinct.str.fullmatch(bare))
    sizes = pd.Series(float("nan"), index=range(len(distinct)))
    sizes[simple] = pd.to_numeric(
        distinct[simple].str.replace(decimal, ".", regex=False)
    ).to_numpy()
    if not simple.all():
        sizes[~simple] = _dressed_sizes(distinct[~simple], decimal).to_numpy()
    return sizes


def _dressed_sizes(distinct: pd.Index, decimal: str) -> "pd.Series[float]":
    """Give the figure of each text that carries signs, letters or marks between thousands."""
    parts = _bodies(distinct)
    group = "," if decimal == "." else "."
    whole = rf"\d+|\d{{1,3}}(?:{re.escape(group)}\d{{2,3}})*{re.escape(group)}\d{{3}}"
    sound = parts["digits"].str.fullmatch(rf"(?:{whole})?(?:{re.escape(decimal)}\d*)?")
    plain = parts["digits"].str.replace(group, "").str.replace(decimal, ".")
    size = pd.to_numeric(plain.where(_true(sound)), errors="coerce")
    size = size * parts["scale"].map(_SCALES).fillna(1.0)
    return size.where(~(parts["minus"] | parts["after"] | parts["bracketed"]), -size)


def read_percents(cells: "pd.Series[str]", decimal: str, *, of_one: bool) -> Column:
    """Read a column of percentages to 0-100; `of_one` says that the source writes 0 to 1."""
    bare = stripped(cells, NULL_WORDS)
    read = read_numbers(bare.str.replace("%", ""), decimal)
    signed = bare.str.contains("%").eq(True)  # noqa: FBT003
    values = read.taken.where(signed, read.taken * (100.0 if of_one else 1.0)).round(2)
    outside = values.notna() & ~values.between(0, 100)
    return Column(taken=values.mask(outside), wrong=read.wrong | outside, how=read.how)


def _bodies(texts: pd.Index) -> pd.DataFrame:
    """Give sign, digits with their marks, and scale of each text; no digits if it is none."""
    lowered = pd.Series(texts).str.lower().str.replace(_CURRENCY, "", regex=True)
    bare = lowered.str.replace(_SPACES, "", regex=True).str.replace("−", "-").str.replace("%", "")
    bracketed = bare.str.fullmatch(r"\(.*\)")
    parts = bare.str.strip("()").str.lstrip("+").str.extract(_BODY)
    return parts.assign(
        minus=parts["minus"].notna(),
        after=parts["after"].notna(),
        bracketed=_true(bracketed),
    )


def _grouped(body: "pd.Series[str]", mark: str) -> "pd.Series[bool]":
    """Say where the last mark stands before three digits as a mark between thousands would."""
    other = "," if mark == "." else "."
    return body.str.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}") & ~body.str.contains(
        re.escape(other)
    )


def _true(mask: Any) -> Any:  # noqa: ANN401 - a mask is a Series or an array, as its texts were
    """Give a mask without missing values."""
    if isinstance(mask, pd.Series):
        return mask.eq(True).fillna(value=False).astype(bool)  # noqa: FBT003
    return np.asarray(mask) == True  # noqa: E712
