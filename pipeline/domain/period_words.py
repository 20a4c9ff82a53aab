"""A period of the fiscal calendar as people write it: `2026 Q1`, `Q1/2026`, `Jan 2026`, `FY26`."""

import re
from datetime import date

from pipeline.domain.calendar import (
    MONTH_NAMES,
    FiscalCalendar,
    FiscalPattern,
    Period,
    PeriodKind,
)
from pipeline.domain.errors import PeriodUnreadableError

_CENTURY = 2000
_SHORT_YEAR = 100
_LETTERS_OF_A_MONTH = 3
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})")
_YEAR = re.compile(r"(?:FY|F)?(\d{4}|\d{2})")
_PARTS = re.compile(
    r"(?:FY|F)?(\d{4}|\d{2})[\s/-]*([QP])(\d{1,2})|([QP])(\d{1,2})[\s/-]*(?:FY|F)?(\d{4}|\d{2})"
)


def period_of(
    calendar: FiscalCalendar, words: str, kind: PeriodKind = PeriodKind.QUARTER
) -> Period:
    """Give the period that words name; a day names the period of `kind` it lies in.

    Raises `PeriodUnreadableError`.

    >>> period_of(FiscalCalendar(), "q2/2026").label
    '2026 Q2'
    """
    text = words.strip().upper()
    found = (
        _of_day(calendar, text, kind)
        or _of_part(calendar, text)
        or _of_month(calendar, text)
        or _of_named_month(calendar, text)
        or _of_year(calendar, text)
    )
    if found is None:
        raise PeriodUnreadableError(words, _examples(calendar))
    return found


def _of_day(calendar: FiscalCalendar, text: str, kind: PeriodKind) -> Period | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return calendar.period(kind, date.fromisoformat(text))
    except ValueError:
        return None


def _of_part(calendar: FiscalCalendar, text: str) -> Period | None:
    """A quarter or, with P, a month by its place in the fiscal year."""
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    year, letter, place = match[1] or match[6], match[2] or match[4], match[3] or match[5]
    whole = _year(calendar, int(year))
    kind = PeriodKind.QUARTER if letter == "Q" else PeriodKind.MONTH
    parts = calendar.inside(kind, whole) if whole else []
    return parts[int(place) - 1] if 0 < int(place) <= len(parts) else None


def _of_month(calendar: FiscalCalendar, text: str) -> Period | None:
    match = _MONTH.fullmatch(text)
    if match is None or calendar.pattern is not FiscalPattern.MONTHS:
        return None
    return _month(calendar, int(match[1] or match[4]), int(match[2] or match[3]))


def _of_named_month(calendar: FiscalCalendar, text: str) -> Period | None:
    match = re.fullmatch(r"([A-Z]{3,9})[\s/-]*(\d{4})", text)
    if match is None or calendar.pattern is not FiscalPattern.MONTHS:
        return None
    numbers = [n for n, name in enumerate(MONTH_NAMES, 1) if name.upper().startswith(match[1])]
    return _month(calendar, int(match[2]), numbers[0]) if numbers else None


def _month(calendar: FiscalCalendar, year: int, month: int) -> Period | None:
    if not 1 <= month <= len(MONTH_NAMES):
        return None
    return calendar.period(PeriodKind.MONTH, date(year, month, 1))


def _of_year(calendar: FiscalCalendar, text: str) -> Period | None:
    match = _YEAR.fullmatch(text)
    return _year(calendar, int(match[1])) if match else None


def _year(calendar: FiscalCalendar, number: int) -> Period | None:
    """The fiscal year that bears a number."""
    year = number + _CENTURY if number < _SHORT_YEAR else number
    if not 1900 < year < 2200:  # noqa: PLR2004  what a calendar of people reaches to
        return None
    days = (date(near, month, 15) for near in (year - 1, year, year + 1) for month in (3, 9))
    near = (calendar.period(PeriodKind.YEAR, day) for day in days)
    return next((one for one in near if one.label.removeprefix("FY") == str(year)), None)


def _examples(calendar: FiscalCalendar) -> list[str]:
    year = calendar.period(PeriodKind.YEAR, date(2026, 6, 30))
    return [calendar.inside(kind, year)[0].label for kind in PeriodKind]
