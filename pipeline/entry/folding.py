"""Text made comparable: one sign stays one sign, so that places in it can be pointed at."""

import re
import unicodedata
from collections.abc import Iterable

TAKEN = "\x1f"
"""Stands for every sign of a text that has been read already; it is neither word nor blank."""

_BLANK = re.compile(r"[\s\x00-\x1f\x7f\u200b\u2060\ufeff]+")


def tidy(typed: str) -> str:
    r"""Give a line with single blanks, composed letters and no control signs.

    >>> tidy("  Adatum\t40\n chairs ")
    'Adatum 40 chairs'
    """
    return _BLANK.sub(" ", unicodedata.normalize("NFC", typed)).strip()


def fold(text: str) -> str:
    """Give the text in lower case without accents, sign for sign.

    >>> fold("Déçu MÄRZ")
    'decu marz'
    """
    return "".join(_folded(sign) for sign in text)


def _folded(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)[0].lower()[0]


def mask(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Give the text with what has been read already blotted out, as long as before."""
    signs = list(text)
    for start, end in places:
        signs[start:end] = TAKEN * (end - start)
    return "".join(signs)
