"""Number series: the human numbers of opportunities and contacts."""

import re
from dataclasses import dataclass, replace

from pipeline.domain.errors import (
    ManualNumberError,
    NumberSeriesEndedError,
    NumberSeriesOrderError,
)

_DIGITS = re.compile(r"(\d+)(\D*)$")


@dataclass(frozen=True, kw_only=True)
class NumberSeries:
    """Numbers such as OP000001 to OP999999, given out one after another."""

    code: str
    description: str
    starting_no: str
    ending_no: str
    last_no: str | None = None
    step: int = 1
    manual_allowed: bool = True

    def next(self) -> "NumberSeries":
        """Give the series after one more number, which is its `last_no`.

        Raises `NumberSeriesEndedError`.
        """
        number = self.starting_no if self.last_no is None else add(self.last_no, self.step)
        if _value(number) > _value(self.ending_no):
            raise NumberSeriesEndedError(self.code, self.ending_no)
        return replace(self, last_no=number)

    def check_order(self) -> None:
        """Refuse numbers that do not follow each other. Raises `NumberSeriesOrderError`."""
        if self.step < 1:
            raise NumberSeriesOrderError(self.code, "its step must be at least 1", "step")
        first, end = _value(self.starting_no), _value(self.ending_no)
        if end < first:
            why = f"it would end at {self.ending_no}, before it begins at {self.starting_no}"
            raise NumberSeriesOrderError(self.code, why, "ending_no")
        if self.last_no is not None and not first <= _value(self.last_no) <= end:
            why = (
                f"its last number {self.last_no} lies outside {self.starting_no} to "
                f"{self.ending_no}"
            )
            raise NumberSeriesOrderError(self.code, why, "last_no")

    def check_manual(self) -> None:
        """Refuse a typed number where the series gives them all. Raises `ManualNumberError`."""
        if not self.manual_allowed:
            raise ManualNumberError(self.code)


def add(number: str, step: int) -> str:
    """Give the number some steps on; it keeps its letters and its width.

    >>> add("OP000041", 1)
    'OP000042'
    """
    match = _DIGITS.search(number)
    if match is None:
        return f"{number}{step}"
    digits = str(int(match[1]) + step).zfill(len(match[1]))
    return number[: match.start()] + digits + match[2]


def _value(number: str) -> int:
    match = _DIGITS.search(number)
    return int(match[1]) if match else 0
