"""Faults: what is wrong in which row of which file, why, what to do, and what became of the row."""

from collections.abc import Iterable
from enum import StrEnum

import pandas as pd


class Effect(StrEnum):
    """What a fault did to its row."""

    REFUSED = "refused"
    """The row was not taken; mend it and feed it again."""
    SET_ASIDE = "set aside"
    """The row is of history only, or says nothing; the opportunity was taken without it."""
    MENDED = "mended"
    """The row was taken with a change that the reason states."""


COLUMNS = ("file", "row", "column", "text", "reason", "remedy", "effect")
_LONGEST_TEXT = 200
_NONE = pd.DataFrame(
    {name: pd.Series(dtype="int64" if name == "row" else "str") for name in COLUMNS}
)


def none() -> pd.DataFrame:
    """Give an empty table of faults.

    ====== === ====== ==== ====== ====== =======
    file   row column text reason remedy effect
    ====== === ====== ==== ====== ====== =======
    """
    return _NONE


def faults(
    file: str,
    texts: "pd.Series[str]",
    *,
    column: str,
    reason: str | pd.Series,
    remedy: str,
    effect: Effect = Effect.REFUSED,
) -> pd.DataFrame:
    """Give one fault for each text; its index holds the row numbers of the file."""
    if texts.empty:
        return none()
    return pd.DataFrame(
        {
            "file": file,
            "row": texts.index.astype("int64"),
            "column": column,
            "text": texts.fillna("").astype("str").str.slice(0, _LONGEST_TEXT).to_numpy(),
            "reason": reason if isinstance(reason, str) else reason.to_numpy(),
            "remedy": remedy,
            "effect": effect.value,
        }
    ).astype({name: "str" for name in COLUMNS if name != "row"})


def together(several: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Give tables of faults as one, by file and row."""
    filled = [table for table in several if not table.empty]
    if not filled:
        return none()
    return pd.concat(filled, ignore_index=True).sort_values(["file", "row"], kind="stable")


def of_rows(
    rows: pd.DataFrame,
    texts: pd.Series,
    *,
    column: str,
    reason: str | pd.Series,
    remedy: str,
    effect: Effect = Effect.REFUSED,
) -> pd.DataFrame:
    """Give one fault for each row; the rows carry the `file` and `row` they were read from."""
    whole = faults(
        "",
        pd.Series(texts.to_numpy(), index=pd.Index(rows["row"]), dtype="str"),
        column=column,
        reason=reason,
        remedy=remedy,
        effect=effect,
    )
    return whole.assign(file=rows["file"].to_numpy()) if len(rows) else whole
