"""What the settings of the forecast must be: the fiscal calendar, the cut-off, the thresholds."""

from collections.abc import Callable
from enum import StrEnum

from pipeline.commands.codes import chosen
from pipeline.commands.desk import Desk
from pipeline.domain.calendar import MONTHS_OF_A_YEAR, FiscalPattern, Weekday, YearLabel
from pipeline.domain.errors import FigureError
from pipeline.domain.errors.targets import MonthNumberError
from pipeline.domain.figures import percent

_LONGEST_CUTOFF_DAYS = 92


def _month(_: Desk, value: str) -> str:
    if not value.isdecimal() or not 1 <= int(value) <= MONTHS_OF_A_YEAR:
        raise MonthNumberError(value)
    return str(int(value))


def _word(words: type[StrEnum], label: str) -> Callable[[Desk, str], str]:
    return lambda _, value: chosen(words, value, label, "value").value


def _percent(label: str) -> Callable[[Desk, str], str]:
    return lambda _, value: f"{percent(value, label, 'value'):f}"


def _days(_: Desk, value: str) -> str:
    if not value.isdecimal() or int(value) > _LONGEST_CUTOFF_DAYS:
        raise FigureError("The number of days", "value", value, 0)
    return str(int(value))


CHECKS: dict[str, Callable[[Desk, str], str]] = {
    "fiscal_year_start": _month,
    "fiscal_pattern": _word(FiscalPattern, "The months of the fiscal year"),
    "fiscal_week_start": _word(Weekday, "The first day of the week"),
    "fiscal_year_label": _word(YearLabel, "The name of the fiscal year"),
    "call_cutoff_days": _days,
    "category_commit_from": _percent("The threshold of commit"),
    "category_likely_from": _percent("The threshold of most likely"),
    "category_best_from": _percent("The threshold of best case"),
}
"""What a setting's value must be: each check gives it as it is kept, or refuses it."""
