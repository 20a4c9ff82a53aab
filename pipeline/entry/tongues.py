"""What a locale contributes: its month and weekday names, its marks in numbers, its order of days.

English is understood everywhere, beside the language of the company.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, localedata

from pipeline.entry.folding import fold

ENGLISH = "en"


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """How dates and numbers are written where the company is."""

    language: str
    """Such as `de`; the vocabulary of `words` goes by it."""
    months: Mapping[str, int]
    """Names and abbreviations, folded, without a point."""
    weekdays: Mapping[str, int]
    """The same; Monday is 0."""
    day_first: bool
    """Whether 3/4 is the third of April."""
    decimal: str
    group: str


@cache
def tongue(locale: str = ENGLISH) -> Tongue:
    """The ways of a locale such as `de_CH`; those of English where it is not known."""
    known = Locale.parse(locale if localedata.exists(locale) else ENGLISH)
    english = Locale.parse(ENGLISH)
    systems = known.number_symbols
    symbols = systems.get(known.default_numbering_system) or systems.get("latn") or {}
    pattern = known.date_formats["short"].pattern
    return Tongue(
        language=known.language,
        months=_names(english.months, known.months),
        weekdays=_names(english.days, known.days),
        day_first=pattern.find("d") < pattern.lower().find("m"),
        decimal=symbols.get("decimal", "."),
        group=symbols.get("group", ","),
    )


@cache
def locales() -> dict[str, str]:
    """The English name of every locale there is, by its identifier, in the order of the names."""
    named = {one: Locale.parse(one).english_name or one for one in localedata.locale_identifiers()}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def _names(*several: Mapping[str, Mapping[str, Mapping[int, str]]]) -> dict[str, int]:
    """Names of months or days of several languages; the later one goes first where they clash."""
    names = {"sept": 9} if 12 in several[0]["format"]["wide"] else {}  # noqa: PLR2004 (December)
    for one in several:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names |= {
                    fold(name).rstrip("."): number
                    for number, name in one[context][width].items()
                    if not name.isdecimal()
                }
    return names
