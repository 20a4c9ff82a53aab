"""Salesforce's keys: 15 characters in reports, where case counts, and 18 elsewhere."""

import pandas as pd

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHORT = r"[a-zA-Z0-9]{15}"
_PART = 5


def lengthened(keys: "pd.Series[str]") -> "pd.Series[str]":
    """Give short keys their long form, so that a report and an export speak of the same record.

    The last three characters say which letters before are capitals.

    >>> lengthened(pd.Series(["006bm00000LKJNN"]))[0]
    '006bm00000LKJNNAA5'
    """
    short = keys.str.fullmatch(_SHORT).fillna(value=False).astype(bool)
    if not short.any():
        return keys
    distinct = keys[short].drop_duplicates()
    long = {key: f"{key}{_suffix(key)}" for key in distinct}
    return keys.mask(short, keys.map(long, na_action="ignore").astype("str"))


def _suffix(key: str) -> str:
    parts = (key[start : start + _PART] for start in range(0, len(key), _PART))
    return "".join(
        _ALPHABET[sum(letter.isupper() << place for place, letter in enumerate(part))]
        for part in parts
    )
