"""Words of a text and how alike they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

MOST_OFFERED = 4
"""Runner-ups beside the one that is taken."""
LIKE = 0.88
"""Jaro-Winkler likeness from which a mistyped name is taken for the one there is."""
SMALL = frozenset({
    "a", "am", "an", "and", "as", "at", "be", "by", "de", "der", "die", "do", "du", "el", "en",
    "er", "es", "et", "for", "go", "he", "i", "im", "in", "is", "it", "la", "le", "me", "mit",
    "my", "no", "of", "on", "or", "so", "to", "un", "up", "us", "we", "will", "per", "pro",
    "pour", "und", "via", "von", "zu", "zum", "ab",
})  # fmt: skip
"""Words that are never taken for a code in lower case, and alone name nobody."""

_WORD = re.compile(r"[^\W_]+(?:[&.'’\-][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Word:
    """A word of the line and where it stands."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text; signs between letters belong to them."""
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]


def pieces(text: str) -> list[str]:
    """The runs of letters and digits of a text."""
    return _PIECE.findall(text)


def likeness_of(said: Sequence[str], wanted: Sequence[str]) -> float:
    """The likeness of two runs of as many words: that of the pair least alike."""
    pairs = list(zip(said, wanted, strict=False))
    if not pairs or len(said) != len(wanted):
        return 0.0
    return min(float(JaroWinkler.similarity(one, other)) for one, other in pairs)
