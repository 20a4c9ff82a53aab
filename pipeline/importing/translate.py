"""Words of a source to words of ours, a whole column at once."""

from collections.abc import Mapping

import pandas as pd


def translated(words: pd.Series, meanings: Mapping[str, str] | pd.Series) -> "pd.Series[str]":
    """Give each word its meaning; missing where it has none."""
    return words.map(meanings, na_action="ignore").astype("str")
