"""Percentages and chances as sentences, tables and marks write them, on every layer."""

from decimal import Decimal

from pipeline.domain.figures import half_up

NO_BREAK = "\u00a0"
"""Stands between a number and its sign, which never come to stand on two lines."""
_ALMOST = Decimal("0.99")
"""A chance above it is not told more exactly, nor one that lies as near to none."""


def percentage(number: Decimal | float, places: int = 0) -> str:
    """Give a number from 0 to 100 with its sign, which stays beside it.

    >>> percentage(63.15, 1).replace(NO_BREAK, " ")
    '63.2 %'
    """
    return f"{half_up(number, places):,}{NO_BREAK}%"


def share(rate: Decimal | float, places: int = 0) -> str:
    """Give a share from 0 to 1 as a percentage.

    >>> share(0.6315).replace(NO_BREAK, " ")
    '63 %'
    """
    return percentage(_exact(rate) * 100, places)


def chance(rate: Decimal | float) -> str:
    """Give a chance in words that promise nothing: no draw that missed is not the same as sure.

    >>> [chance(each).replace(NO_BREAK, " ") for each in (0.634, 1.0, 0.004)]
    ['63 %', 'more than 99 %', 'less than 1 %']
    """
    return _bounded(rate, "more than ", "less than ")


def chance_short(rate: Decimal | float) -> str:
    """Give a chance at a glance, as tiles and marks show it: 63 %, > 99 %, < 1 %."""
    return _bounded(rate, "> ", "< ")


def _bounded(rate: Decimal | float, above: str, below: str) -> str:
    exact, least = _exact(rate), 1 - _ALMOST
    if exact > _ALMOST:
        return f"{above}{share(_ALMOST)}"
    return f"{below}{share(least)}" if exact < least else share(exact)


def _exact(value: Decimal | float) -> Decimal:
    """The number as a decimal, read from its shortest writing so that 0.1 is a tenth."""
    return value if isinstance(value, Decimal) else Decimal(str(value))
