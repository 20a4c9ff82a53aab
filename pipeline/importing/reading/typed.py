"""Typed values of workbooks, JSON and Parquet as texts that a column cannot misread."""

import math
from datetime import date, datetime, time
from decimal import Decimal

_THOUSANDTHS = 3
_EXACT = 10**15


def text_of(value: object) -> str:
    """Write a value so that its column is read as what it is.

    >>> text_of(1234.0), text_of(1.234), text_of(True), text_of(None)
    ('1234', '1.2340', 'true', '')

    A number with three decimals gets a fourth, for `1.234` could be a thousand and more.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() | Decimal():
            return _number(value)
        case datetime():
            return _moment(value)
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: float | Decimal) -> str:
    if not math.isfinite(value):
        return ""
    if value == int(value) and -_EXACT < value < _EXACT:
        return str(int(value))
    text = f"{value:.10f}".rstrip("0")
    return f"{text}0" if len(text.partition(".")[2]) == _THOUSANDTHS else text


def _moment(value: datetime) -> str:
    """Write a moment; midnight without a zone is a day."""
    if value.tzinfo is None and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ")
