"""Typed codes, texts and choices become what the store keeps, or are refused."""

from enum import StrEnum
from typing import TypeVar

from pipeline.domain.errors import ChoiceError, MissingFieldError, TooLongError

LONGEST_CODE = 20
LONGEST_TEXT = 250

Word = TypeVar("Word", bound=StrEnum)


def code(typed: str, label: str, field: str = "code") -> str:
    """Give a code: upper case, no spaces around. Raises `MissingFieldError`, `TooLongError`."""
    trimmed = typed.strip().upper()
    if not trimmed:
        raise MissingFieldError(label, field)
    if len(trimmed) > LONGEST_CODE:
        raise TooLongError(label, field, len(trimmed), LONGEST_CODE)
    return trimmed


def text(typed: str, label: str, field: str, *, required: bool = False) -> str:
    """Give a text of one line. Raises `MissingFieldError` (where required), `TooLongError`."""
    line = " ".join(typed.split())
    if required and not line:
        raise MissingFieldError(label, field)
    if len(line) > LONGEST_TEXT:
        raise TooLongError(label, field, len(line), LONGEST_TEXT)
    return line


def chosen(words: type[Word], typed: str, label: str, field: str) -> Word:
    """Give the word a person chose. Raises `ChoiceError`."""
    known = [word.value for word in words]
    if typed not in known:
        raise ChoiceError(label, field, typed, known)
    return words(typed)
