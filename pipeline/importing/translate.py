"""Words of a source to words of ours, a whole column at once."""

from collections.abc import Iterable, Mapping

import pandas as pd


def translated(words: pd.Series, meanings: Mapping[str, str] | pd.Series) -> "pd.Series[str]":
    """Give each word its meaning; missing where it has none."""
    return words.map(meanings, na_action="ignore").astype("str")


def looked_up(keys: pd.Series, table: pd.Series) -> pd.Series:
    """Give what a table (its index: keys, each once) holds for each key; its type stays."""
    found = table.reindex(pd.Index(keys))
    return found.set_axis(keys.index)


def among(keys: pd.Series, others: Iterable[str]) -> "pd.Series[bool]":
    """Say which keys are among others; many of them, for which `isin` of texts is slow."""
    known = pd.Index(pd.Series(list(others), dtype="object").dropna().unique())
    found = known.get_indexer(pd.Index(keys.astype("object"))) >= 0
    return pd.Series(found, index=keys.index)
