"""Date formulas such as `1M+10D` or `CM`, as sales cycles use them to propose closing dates."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.errors import DateFormulaError

LONGEST_FORMULA = 20
_TERMS_AT_MOST = 3
_TERM = re.compile(
    r"(?P<sign>[+-]?)(?:(?P<number>\d{1,4})(?P<unit>[DWMQY])"
    r"|C(?P<current>[DWMQY])|(?P<next>WD|D|W|M|Q|Y)(?P<nth>\d{1,4}))"
)


@dataclass(frozen=True)
class Term:
    """One step of a formula: a distance (`1M`), an end of period (`CM`) or a next one (`D15`)."""

    kind: str
    """`distance`, `current` or `next`."""
    unit: str
    number: int
    sign: int


def parse_formula(text: str) -> tuple[Term, ...]:
    """Read a date formula; blank gives no terms.

    Raises `DateFormulaError` when a part cannot be read, naming it.
    """
    compact = text.replace(" ", "").upper()
    if len(compact) > LONGEST_FORMULA:
        raise DateFormulaError(text, f"it is longer than {LONGEST_FORMULA} characters")
    terms: list[Term] = []
    at = 0
    while at < len(compact):
        match = _TERM.match(compact, at)
        if match is None or (terms and not match["sign"]):
            raise DateFormulaError(text, f"the part “{compact[at:]}” cannot be read")
        terms.append(_term(match, text))
        at = match.end()
    if len(terms) > _TERMS_AT_MOST:
        raise DateFormulaError(text, f"it has more than {_TERMS_AT_MOST} parts")
    return tuple(terms)


def add_formula(day: date, text: str) -> date:
    """Give the day that a formula makes of another; a blank formula leaves it as it is.

    Weeks run Monday to Sunday; months are clamped (31 January + 1M is the last of February).

    >>> add_formula(date(1996, 5, 21), "CQ+1M-10D")
    datetime.date(1996, 7, 20)
    """
    for term in parse_formula(text):
        try:
            day = _STEPS[term.kind](day, term)
        except (ValueError, OverflowError) as error:
            raise DateFormulaError(text, "it leads outside the calendar") from error
    return day


def end_of_month(day: date) -> date:
    """Give the last day of the month a day lies in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _term(match: re.Match[str], text: str) -> Term:
    sign = -1 if match["sign"] == "-" else 1
    if match["current"]:
        return Term("current", match["current"], 0, sign)
    if match["next"]:
        number = int(match["nth"])
        _check_next(match["next"], number, text)
        return Term("next", match["next"], number, sign)
    return Term("distance", match["unit"], int(match["number"]), sign)


def _check_next(unit: str, number: int, text: str) -> None:
    most = {"WD": 7, "D": 31, "W": 53, "M": 12, "Q": 4, "Y": 9999}[unit]
    if not 1 <= number <= most:
        raise DateFormulaError(text, f"{unit} takes a number from 1 to {most}")


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _distance(day: date, term: Term) -> date:
    number = term.sign * term.number
    if term.unit in "DW":
        return day + timedelta(days=number * (7 if term.unit == "W" else 1))
    return _add_months(day, number * {"M": 1, "Q": 3, "Y": 12}[term.unit])


def _current(day: date, term: Term) -> date:
    start, end = _period(day, term.unit)
    return end if term.sign > 0 else start


def _period(day: date, unit: str) -> tuple[date, date]:
    if unit == "D":
        return day, day
    if unit == "W":
        start = day - timedelta(days=day.weekday())
        return start, start + timedelta(days=6)
    first_month = {"M": day.month, "Q": (day.month - 1) // 3 * 3 + 1, "Y": 1}[unit]
    start = date(day.year, first_month, 1)
    months = {"M": 1, "Q": 3, "Y": 12}[unit]
    return start, end_of_month(_add_months(start, months - 1))


def _next(day: date, term: Term) -> date:
    """Step to the next (with minus the last) day that carries the number, never the day itself."""
    step = timedelta(days=term.sign)
    candidate = day + step
    while not _carries(candidate, term.unit, term.number):
        candidate += step
    return candidate


def _carries(day: date, unit: str, number: int) -> bool:
    if unit == "WD":
        return day.isoweekday() == number
    if unit == "W":
        return day.isoweekday() == 1 and day.isocalendar().week == number
    if unit == "D":
        return day.day == number
    first = {"M": number, "Q": number * 3 - 2, "Y": 1}[unit]
    matches_year = unit != "Y" or day.year == number
    return day.day == 1 and day.month == first and matches_year


_STEPS = {"distance": _distance, "current": _current, "next": _next}
