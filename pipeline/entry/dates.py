"""Days as people type them: 30.9., Q3, end of Sept, next month, in 6 weeks, CM+10D, tomorrow.

A day without a year is the next one there is, today included. A period stands for its last day,
a week for its Friday, the middle of a month for its 15th: a sale is expected by then. 3/4 is read
in the order of the locale; where both readings are days it is only nearly sure, and the other one
is offered. 30.9. is a day, 30.9 is one only behind a word that leads to it ("by 30.9"), for it may
be an amount. The name of a month alone is nearly sure, for it may be a word or a first name.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from pipeline.entry import days
from pipeline.entry.days import Around, Day
from pipeline.entry.folding import fold, tidy
from pipeline.entry.parts import Found, Sure, best
from pipeline.entry.tongues import Tongue
from pipeline.entry.words import Words, words

LED = 1
"""The rank of a day that a word leads to: of two days in a line "by 30.9." is the one meant."""
_MAY_BE_WORDS = ("may", "mar", "march", "mars", "jan", "mai", "dec", "set", "gen", "mag", "ago")
"""Months that in lower case are words, or may be."""


_Reader = Callable[[re.Match[str], Around], Day | None]


def read_dates(text: str, around: Around) -> list[Found[date]]:
    """Every day of a tidy text, in its order; of readings that overlap the longest counts."""
    folded = fold(text)
    found = sorted(_all(text, folded, around), key=lambda one: (one.start - one.end, one.start))
    kept: list[Found[date]] = []
    for one in found:
        if not any(other.overlaps(one.start, one.end) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def read_date(typed: str, around: Around) -> Found[date] | None:
    """The day that a whole text is, as in the cell of a sheet; None when it is none."""
    text = tidy(typed)
    return best([one for one in _all(text, fold(text), around) if one.end - one.start == len(text)])


def _all(text: str, folded: str, around: Around) -> Iterator[Found[date]]:
    for pattern, read, needs_lead in _patterns(around.tongue):
        for match in pattern.finditer(folded):
            if needs_lead and not match["lead"]:
                continue
            try:
                day = read(match, around)
            except (ValueError, OverflowError):
                continue
            if day is not None and _is_meant(match, text):
                yield _found(match, day)


def _found(match: re.Match[str], day: Day) -> Found[date]:
    return Found(
        value=day.on,
        start=match.start(),
        end=match.end(),
        sure=Sure.NEARLY if day.doubt else Sure.EXACT,
        others=tuple(other for other in day.others if other != day.on),
        why=day.doubt,
        rank=LED if match["lead"] else 0,
    )


def _is_meant(match: re.Match[str], text: str) -> bool:
    """Formulas such as CM stand in capitals; a lonely month that may be a word does too."""
    groups = match.groupdict()
    if groups.get("formula"):
        return text[slice(*match.span("formula"))].isupper()
    if groups.get("lonely") and not match["lead"]:
        name = text[slice(*match.span("lonely"))]
        begins_a_name = match.start() == 0 and text[match.end() :].lstrip()[:2].istitle()
        return not begins_a_name and not (name.islower() and fold(name) in _MAY_BE_WORDS)
    return True


# --- the patterns ---------------------------------------------------------------------------------


def _names(names: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _patterns(tongue: Tongue) -> list[tuple[re.Pattern[str], _Reader, bool]]:
    return _compiled(tongue.language, tuple(tongue.months), tuple(tongue.weekdays))


@cache
def _compiled(
    language: str, months: tuple[str, ...], weekdays: tuple[str, ...]
) -> list[tuple[re.Pattern[str], _Reader, bool]]:
    said = words(language)
    month, weekday = _names(months), _names(weekdays)
    return [
        (re.compile(_bounded(pattern, said)), read, needs_lead)
        for pattern, read, needs_lead in _grammar(said, month, weekday)
    ]


def _bounded(pattern: str, said: Words) -> str:
    """Begin and end a pattern where a word does, and let a word lead to it."""
    return (
        rf"(?<![\w.,'’/+\-])(?:(?P<lead>{said.lead})(?: |:\s?))?(?:{pattern})(?![\w%'’]|[.,/\-:]\d)"
    )


_DOTTED = r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\."
_YEAR = r"(?P<year>20\d\d|\d\d)"
_FORMULA = r"(?P<formula>(?:c[dwmqy]|\d{1,3}[dwmqy](?=[+-]))(?:[+-]\d{1,3}[dwmqy]){0,2})"
_WITH_YEAR = r"(?:,? (?P<year>20[2-9]\d)|['’/-](?P<short>20\d\d|\d\d)| ['’](?P<marked>\d\d))"
_LATER_YEAR = f"{_WITH_YEAR}?"


def _grammar(said: Words, month: str, weekday: str) -> list[tuple[str, _Reader, bool]]:
    """Each shape of a day, how it is read, and whether only a leading word makes it one."""
    edge = rf"(?:(?P<end>{said.end})|(?P<middle>{said.middle})|(?P<start>{said.start})) ?"
    unit = (
        rf"(?:(?P<week>{said.week})|(?P<month>{said.month})|(?P<quarter>{said.quarter})"
        rf"|(?P<years>{said.year})|(?P<day>{said.day}))"
    )
    which = rf"(?:(?P<next>{said.next})|(?P<this>{said.this})) "
    amount = rf"(?P<n>\d{{1,3}}|{said.numbers.replace(',', '|')})"
    name = rf"(?P<name>{month})\.?"
    quarter = (
        rf"(?:[qt](?P<q>[1-4])|(?P<q2>[1-4])q|(?:{said.quarter}) (?P<q3>[1-4])"
        rf"|(?P<q4>[1-4])(?:st|nd|rd|th|\.|er|e)? (?:{said.quarter}))"
    )
    return [
        (r"(?P<year>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})", days.full, False),
        (rf"{_DOTTED}(?: ?(?P<year>20\d\d)|(?P<short>\d\d))?", days.full, False),
        (r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})", days.full, True),
        (r"(?!24/7)(?P<a>\d{1,2})/(?P<b>\d{1,2})", days.slashed, False),
        (rf"(?P<a>\d{{1,2}})(?P<sep>[/-])(?P<b>\d{{1,2}})(?P=sep){_YEAR}", days.slashed, False),
        (
            rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: of| de)?[ -]?{name}{_LATER_YEAR}",
            days.named,
            False,
        ),
        (rf"{name}[ -](?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_LATER_YEAR}", days.named, False),
        (rf"{edge}{name}{_LATER_YEAR}", days.edge_of_month, False),
        (rf"(?P<lonely>{month})\.?", days.edge_of_month, False),
        (rf"{name}{_WITH_YEAR}", days.edge_of_month, False),
        (rf"(?:{edge})?{quarter}{_LATER_YEAR}", days.quarter, False),
        (rf"(?P<year>20\d\d)[ -]?{quarter}", days.quarter, False),
        (rf"(?:{edge})?h(?P<h>[12]){_LATER_YEAR}", days.half, False),
        (rf"(?:{said.week_no}) ?(?P<w>\d{{1,2}}){_LATER_YEAR}", days.week, False),
        (rf"(?:{edge})?{which}{unit}", days.period, False),
        (rf"(?:{edge})?{unit} (?P<next>{said.next_after})", days.period, False),
        (rf"{edge}{unit}", days.period, False),
        (rf"(?P<month>{said.end_of_month})", days.period, False),
        (rf"(?P<quarter>{said.end_of_quarter})", days.period, False),
        (rf"(?P<years>{said.end_of_year})(?: (?P<year>20\d\d))?", days.period, False),
        (rf"(?:{edge})?(?P<bare>20\d\d)", days.bare_year, True),
        (rf"{edge}(?P<bare>20\d\d)", days.bare_year, False),
        (rf"(?:{said.within}) {amount} {unit}", days.within, False),
        (rf"{amount} {unit} from (?:now|today)", days.within, False),
        (_FORMULA, days.formula, False),
        (r"\+(?P<distance>\d{1,3} ?[dwmqy])", days.distance, False),
        (rf"(?P<today>{said.today})", days.near, False),
        (rf"(?P<tomorrow>{said.tomorrow})", days.near, False),
        (rf"(?P<overmorrow>{said.overmorrow})", days.near, False),
        (rf"(?:{which})?(?P<weekday>{weekday})\.?", days.weekday, False),
    ]  # fmt: skip
