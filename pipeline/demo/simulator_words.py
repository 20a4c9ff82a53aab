"""Names for the simulated company, made of the words in `simulator_words.toml`."""

import tomllib
from importlib.resources import files

from pipeline.demo.simulator_company import SEGMENTS

_WORDS = tomllib.loads((files("pipeline.demo") / "simulator_words.toml").read_text("utf-8"))

FIRST_NAMES: list[str] = _WORDS["first_names"]
LAST_NAMES: list[str] = _WORDS["last_names"]
OCCASIONS: list[str] = _WORDS["occasions"]
REOPENINGS: list[str] = _WORDS["reopenings"]
"""Reasons for reopening."""
PRODUCTS: dict[str, list[str]] = _WORDS["products"]
"""Sales cycle -> what is sold in it."""
_PARTS: list[list[str]] = [_WORDS[part] for part in ("codas", "middles", "onsets", "trades")]


def company_name(segment: int, number: int) -> str:
    """Give the name of the company with a number inside its segment; no two are the same.

    >>> company_name(2, 123456)
    'Nordiford Farms Group'
    """
    words = []
    for part in _PARTS:
        number, word = divmod(number, len(part))
        words.append(part[word])
    coda, middle, onset, trade = words
    return f"{onset}{middle}{coda} {trade} {SEGMENTS[segment].endings[number]}"


def company_names(segment: int) -> int:
    """Give how many companies of a segment can be told apart by name."""
    names = len(SEGMENTS[segment].endings)
    for part in _PARTS:
        names *= len(part)
    return names
