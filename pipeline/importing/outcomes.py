"""Open, won or lost: from flags, else from words somebody has confirmed, never from a guess."""

from collections.abc import Mapping

import pandas as pd

from pipeline.importing.translate import translated


def outcomes_of(
    frame: pd.DataFrame, stages: Mapping[str, str], statuses: Mapping[str, str]
) -> "pd.Series[str]":
    """Give the outcome of each row; missing where nothing says one.

    In order: the flags closed, won and lost; the word of the status; the word of the stage.
    The words are in casefold, as the profile, the stage table or the person gave them.
    """
    said = _from_flags(frame)
    if "status" in frame:
        said = said.fillna(translated(frame["status"].str.casefold(), {**stages, **statuses}))
    return said.fillna(translated(frame["stage"].str.casefold(), stages))


def _from_flags(frame: pd.DataFrame) -> "pd.Series[str]":
    said = pd.Series(None, index=frame.index, dtype="str")
    if not {"is_closed", "is_won", "is_lost"} <= set(frame.columns):
        return said
    closed, won, lost = (frame[name] for name in ("is_closed", "is_won", "is_lost"))
    said[_yes(won)] = "won"
    said[_yes(lost) | (_yes(closed) & _no(won))] = "lost"
    said[_no(closed) | (_no(won) & _no(lost))] = "open"
    return said


def _yes(flags: pd.Series) -> pd.Series:
    return flags.fillna(value=False).astype(bool)


def _no(flags: pd.Series) -> pd.Series:
    return (~flags).fillna(value=False).astype(bool)
