"""The readings of a day: what each shape of text means on a day, in a locale.

Every reading takes the match of its pattern in `dates`; a `ValueError` says that there is no such
day, and None that the text means none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.dates import add_formula, end_of_month
from pipeline.domain.errors import DateFormulaError
from pipeline.entry.tongues import Tongue
from pipeline.entry.words import words

FRIDAY = 4
SHORTEST_WEEKDAY = 4
"""Shorter names of weekdays, such as "sun", "di" or "so", are words too."""


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a day is read against: today, the locale, and the month in which a year begins."""

    today: date
    tongue: Tongue
    year_starts: int = 1
    named_by_end: bool = False
    """Whether a fiscal year that begins in another month is named by the year it ends in."""

    @property
    def shift(self) -> int:
        """How many calendar years before its name a fiscal year begins."""
        return 1 if self.named_by_end and self.year_starts > 1 else 0


@dataclass(frozen=True)
class Day:
    """One reading of a match."""

    on: date
    others: tuple[date, ...] = ()
    doubt: str = ""


def _get(match: re.Match[str], *names: str) -> str:
    """The first of several groups that took part in the match."""
    groups = match.groupdict()
    return next((groups[name] for name in names if groups.get(name)), "")


def _year(match: re.Match[str]) -> int | None:
    written = _get(match, "year", "short", "marked")
    if not written:
        return None
    return int(written) + (2000 if int(written) < 100 else 0)  # noqa: PLR2004 (two digits)


def _coming(today: date, month: int, day: int, year: int | None) -> date:
    """The day of the year given; else the next one, today included (29 February may take four)."""
    if year is not None:
        return date(year, month, day)
    for later in range(5):
        try:
            candidate = date(today.year + later, month, day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate
    raise ValueError(day)


def full(match: re.Match[str], around: Around) -> Day:
    """A day and a month in numbers."""
    month, day = int(match["m"]), int(match["d"])
    return Day(_coming(around.today, month, day, _year(match)))


def slashed(match: re.Match[str], around: Around) -> Day | None:
    """Two numbers, in the order of the locale or, where that is no day, in the other."""
    first, second = int(match["a"]), int(match["b"])
    orders = [(second, first), (first, second)]
    if not around.tongue.day_first:
        orders.reverse()
    days = []
    for month, day in orders:
        try:
            days.append(_coming(around.today, month, day, _year(match)))
        except ValueError:
            continue
    if not days:
        return None
    doubt = "day and month may be the other way round" if len(set(days)) > 1 else ""
    return Day(days[0], tuple(days[1:]), doubt)


def named(match: re.Match[str], around: Around) -> Day:
    """A day and the name of a month."""
    month = around.tongue.months[match["name"]]
    return Day(_coming(around.today, month, int(match["d"]), _year(match)))


def _at_edge(match: re.Match[str], first: date, last: date) -> date:
    """The first day of a period, its middle, or its last."""
    if _get(match, "start"):
        return first
    if _get(match, "middle"):
        is_month = (last - first).days < 31  # noqa: PLR2004 (days of a month)
        return first.replace(day=15) if is_month else first + (last - first) // 2
    return last


def _coming_edge(
    match: re.Match[str], around: Around, period: Callable[[int], tuple[date, date]]
) -> date:
    """The edge of a period that comes every year: in the year given, else the next one."""
    year = _year(match)
    years = [year] if year is not None else [around.today.year + later for later in range(-1, 4)]
    edges = [_at_edge(match, *period(each)) for each in years]
    return next((edge for edge in edges if year is not None or edge >= around.today), edges[-1])


def edge_of_month(match: re.Match[str], around: Around) -> Day:
    """A month, by its last day unless an edge is named."""
    month = around.tongue.months[_get(match, "name", "lonely")]

    def period(year: int) -> tuple[date, date]:
        first = date(year, month, 1)
        return first, end_of_month(first)

    doubt = "a month alone may be a name" if _get(match, "lonely") and not match["lead"] else ""
    return Day(_coming_edge(match, around, period), doubt=doubt)


def _months_from(year: int, month: int, count: int) -> tuple[date, date]:
    """So many months from the one given, which may lie beyond the twelfth."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last = month + count - 1
    return first, end_of_month(date(year + (last - 1) // 12, (last - 1) % 12 + 1, 1))


def quarter(match: re.Match[str], around: Around) -> Day:
    """A quarter of the fiscal year, by its edge."""
    number = int(_get(match, "q", "q2", "q3", "q4"))
    starts = around.year_starts + 3 * (number - 1)
    return Day(
        _coming_edge(match, around, lambda year: _months_from(year - around.shift, starts, 3))
    )


def half(match: re.Match[str], around: Around) -> Day:
    """A half of the fiscal year, by its edge."""
    starts = around.year_starts + 6 * (int(match["h"]) - 1)
    return Day(
        _coming_edge(match, around, lambda year: _months_from(year - around.shift, starts, 6))
    )


def week(match: re.Match[str], around: Around) -> Day:
    """The Friday of a numbered week, this year or, when it is over, the next."""
    number, year = int(match["w"]), _year(match)
    if year is not None:
        return Day(date.fromisocalendar(year, number, FRIDAY + 1))
    this = around.today.isocalendar().year
    fridays = [date.fromisocalendar(this + later, number, FRIDAY + 1) for later in (0, 1)]
    return Day(fridays[0] if fridays[0] >= around.today else fridays[1])


def bare_year(match: re.Match[str], around: Around) -> Day:
    """A fiscal year, by its edge."""
    return Day(
        _at_edge(match, *_months_from(int(match["bare"]) - around.shift, around.year_starts, 12))
    )


def period(match: re.Match[str], around: Around) -> Day:
    """This or the next week, month, quarter or year, by its edge."""
    ahead = 1 if _get(match, "next") else 0
    if _get(match, "day"):
        return Day(around.today + timedelta(days=ahead))
    if _get(match, "week"):
        monday = around.today + timedelta(days=7 * ahead - around.today.weekday())
        return Day(_at_edge_of_week(match, monday))
    if _get(match, "month"):
        first, last = _months_from(around.today.year, around.today.month + ahead, 1)
        return Day(_at_edge(match, first, last))
    length = 3 if _get(match, "quarter") else 12
    return Day(_at_edge(match, *_running(around, length, ahead, _year(match))))


def _at_edge_of_week(match: re.Match[str], monday: date) -> date:
    days = 0 if _get(match, "start") else 2 if _get(match, "middle") else FRIDAY
    return monday + timedelta(days=days)


def _running(around: Around, months: int, ahead: int, year: int | None) -> tuple[date, date]:
    """The quarter or year that today lies in, or the one after it, as the company counts them."""
    if year is not None:
        return _months_from(year - around.shift, around.year_starts, months)
    since = (around.today.month - around.year_starts) % 12
    start = around.today.month - since % months + months * ahead
    begun = around.today.year + (start - 1) // 12
    return _months_from(begun, (start - 1) % 12 + 1, months)


def within(match: re.Match[str], around: Around) -> Day:
    """So many days, weeks, months, quarters or years from today."""
    count = _count(match["n"], around.tongue)
    if _get(match, "day"):
        return Day(around.today + timedelta(days=count))
    letter = "W" if _get(match, "week") else "Q" if _get(match, "quarter") else "M"
    letter = "Y" if _get(match, "years") else letter
    return Day(add_formula(around.today, f"{count}{letter}"))


def _count(written: str, tongue: Tongue) -> int:
    if written.isdecimal():
        return int(written)
    spelled = words(tongue.language).numbers.split(",")
    return next(n for n, each in enumerate(spelled, 1) if re.fullmatch(each, written))


def formula(match: re.Match[str], around: Around) -> Day | None:
    """A date formula such as CM+10D, from today."""
    return _by_formula(around.today, match["formula"])


def distance(match: re.Match[str], around: Around) -> Day | None:
    """The distance of a formula, such as +6W, from today."""
    return _by_formula(around.today, match["distance"])


def _by_formula(today: date, formula: str) -> Day | None:
    try:
        return Day(add_formula(today, formula.upper()))
    except DateFormulaError:
        return None


def near(match: re.Match[str], around: Around) -> Day:
    """Today, tomorrow, or the day after."""
    names = ("today", "tomorrow", "overmorrow")
    days = next(n for n, name in enumerate(names) if _get(match, name))
    return Day(around.today + timedelta(days=days))


def weekday(match: re.Match[str], around: Around) -> Day | None:
    """The coming one; "next Friday" is that of next week, and the coming one is offered."""
    name = match["weekday"]
    told = match["lead"] or _get(match, "next", "this")
    if len(name) < SHORTEST_WEEKDAY and not told:
        return None
    ahead = (around.tongue.weekdays[name] - around.today.weekday() - 1) % 7 + 1
    coming = around.today + timedelta(days=ahead)
    if not _get(match, "next"):
        return Day(coming)
    monday = around.today + timedelta(days=7 - around.today.weekday())
    later = monday + timedelta(days=around.tongue.weekdays[name])
    doubt = "the coming one may be meant" if coming != later else ""
    return Day(later, (coming,), doubt)
