"""Typed figures become exact decimals, or are refused."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeAlias

from pipeline.domain.errors import FigureError, NegativeAmountError, PercentRangeError

Figure: TypeAlias = Decimal | int | float | str

_CENTS = Decimal("0.01")
_LARGEST = Decimal(10) ** 16


def money(value: Figure | None, label: str = "The amount", field: str = "amount") -> Decimal | None:
    """Give an amount with two decimals; None stays None.

    Raises `FigureError` (no number, more than two decimals, too large), `NegativeAmountError`.

    >>> money("12.5")
    Decimal('12.50')
    """
    if value is None:
        return None
    number = _decimal(value, label, field)
    if number < 0:
        raise NegativeAmountError(number)
    return number


def percent(
    value: Figure | None,
    label: str = "Chances of success",
    field: str = "chances_percent",
) -> Decimal | None:
    """Give a percentage from 0 to 100; None stays None.

    Raises `FigureError`, `PercentRangeError`.
    """
    if value is None:
        return None
    number = _decimal(value, label, field)
    if not 0 <= number <= 100:  # noqa: PLR2004  a percentage
        raise PercentRangeError(label, field, number)
    return number


def _decimal(value: Figure, label: str, field: str) -> Decimal:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise FigureError(label, field, value, 2) from error
    if not number.is_finite() or abs(number) >= _LARGEST or number != number.quantize(_CENTS):
        raise FigureError(label, field, value, 2)
    return number.quantize(_CENTS)


def half_up(value: Decimal | float, places: int) -> Decimal:
    """Round a figure for showing, half up: the one rule for every page, table and file.

    >>> half_up(1489.125, 2)
    Decimal('1489.13')
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
