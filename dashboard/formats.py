"""How numbers, days and other people's words are written on a page."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

import pandas as pd

from pipeline.domain import percentages
from pipeline.domain.figures import half_up

NOTHING = "–"
"""What stands where there is no value; never a nought."""

Row: TypeAlias = Any
"""A row of a table, with its columns as attributes."""

MILLION = Decimal(1_000_000)
THOUSAND = Decimal(1_000)

_BLANKS = re.compile(r"[^\S\u00a0]+")
"""Blanks and ends of lines; a space that holds a number and its sign together is none of them."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&/])")
_ADDRESS = re.compile(r":(?=//)|@|www(?=\.)", re.IGNORECASE)
_JOINER = "\u2060"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def is_missing(value: object) -> bool:
    """Say whether a cell holds nothing: None, NaN or NaT."""
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]


def _exact(value: object) -> Decimal:
    """The number as a decimal, read from its shortest writing so that 0.1 is a tenth."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def fixed(value: object, places: int) -> str:
    """A number with thousands separators and a fixed count of decimal places.

    >>> fixed(9.999, 2)
    '10.00'
    """
    return NOTHING if is_missing(value) else f"{half_up(_exact(value), places):,}"


def money(value: object) -> str:
    """An amount to the cent, as tables show it.

    >>> money(20500)
    '20,500.00'
    """
    return fixed(value, 2)


def money_short(value: object) -> str:
    """An amount at a glance, as tiles and answer lines show it.

    >>> money_short(1_838_000), money_short(303_480_000), money_short(411_800), money_short(950.4)
    ('1.84 M', '303 M', '412 k', '950')
    """
    if is_missing(value):
        return NOTHING
    exact = _exact(value)
    if half_up(exact / THOUSAND, 0).copy_abs() >= THOUSAND:
        return f"{_three_digits(exact / MILLION)} M"
    if half_up(exact, 0).copy_abs() >= 10 * THOUSAND:
        return f"{half_up(exact / THOUSAND, 0):,} k"
    return f"{half_up(exact, 0):,}"


def _three_digits(value: Decimal) -> str:
    """As many decimal places as make three digits: 1.84, 30.3, 303, 1,403."""
    whole_digits = len(str(int(value.copy_abs())))
    return f"{half_up(value, max(0, 3 - whole_digits)):,}"


def signed_money_short(value: object) -> str:
    """A change at a glance, its sign always there.

    >>> signed_money_short(83_000), signed_money_short(-29_000)
    ('+83 k', '−29 k')
    """
    if is_missing(value) or not _exact(value):
        return money_short(value)
    exact = _exact(value)
    return f"{'+' if exact > 0 else '−'}{money_short(exact.copy_abs())}"


def count(value: object) -> str:
    """How many, without decimals: 8,800."""
    return fixed(value, 0)


def percent(value: object, places: int = 0) -> str:
    """A number from 0 to 100 with its sign: 63 %."""
    return NOTHING if is_missing(value) else percentages.percentage(_exact(value), places)


def rate(value: object, places: int = 1) -> str:
    r"""A share from 0 to 1 as a percentage.

    >>> rate(0.6315)
    '63.2\xa0%'
    """
    return NOTHING if is_missing(value) else percentages.share(_exact(value), places)


def chance(value: object) -> str:
    """A chance in words that promise nothing: 63 %, more than 99 %, less than 1 %."""
    return NOTHING if is_missing(value) else percentages.chance(_exact(value))


def chance_short(value: object) -> str:
    """A chance at a glance, as tiles and marks show it: 63 %, > 99 %, < 1 %."""
    return NOTHING if is_missing(value) else percentages.chance_short(_exact(value))


def interval(low: object, high: object) -> str:
    """The range a rate may well lie in: 62.0–64.3 %."""
    if is_missing(low) or is_missing(high):
        return NOTHING
    return f"{fixed(_exact(low) * 100, 1)}–{rate(high)}"


def days(value: object) -> str:
    """A length of time: 1 day, 42 days."""
    if is_missing(value):
        return NOTHING
    whole = fixed(value, 0)
    return f"{whole} day" if whole == "1" else f"{whole} days"


def day(value: object) -> str:
    """A date that reads the same everywhere.

    >>> day("2026-01-28")
    '28 Jan 2026'
    """
    if is_missing(value):
        return NOTHING
    stamp = pd.Timestamp(value)  # type: ignore[arg-type]
    return f"{stamp.day} {stamp:%b %Y}"


def month(value: object) -> str:
    """A calendar month: Jan 2026."""
    return NOTHING if is_missing(value) else f"{pd.Timestamp(value):%b %Y}"  # type: ignore[arg-type]


def moment(value: object) -> str:
    """A point in time to the minute (UTC): 28 Jan 2026, 14:05."""
    if is_missing(value):
        return NOTHING
    return f"{day(value)}, {pd.Timestamp(value):%H:%M}"  # type: ignore[arg-type]


def yes_no(value: object) -> str:
    """A flag in words."""
    return NOTHING if is_missing(value) else "yes" if value else "no"


def text(value: object) -> str:
    """Other people's words as they are, or the sign for nothing."""
    return NOTHING if is_missing(value) or value == "" else str(value)


FORMATS: dict[str, Callable[[Any], str]] = {
    "money": money,
    "count": count,
    "percent": lambda value: percent(value, 1),
    "rate": rate,
    "decimal": lambda value: fixed(value, 3),
    "days": lambda value: fixed(value, 0),
    "average_days": lambda value: fixed(value, 1),
    "tenths": lambda value: fixed(value, 1),
    "day": day,
    "date": day,
    "month": month,
    "moment": moment,
    "flag": yes_no,
    "text": text,
}
"""The writer of each format a glossary column may name."""

NUMERIC_FORMATS = frozenset(
    {"money", "count", "percent", "rate", "decimal", "tenths", "days", "average_days"}
)
"""The formats that stand right-aligned in a table."""


def writer(name: str) -> Callable[[Any], str]:
    """Give the function that writes a glossary format; an unknown one is plain text."""
    return FORMATS.get(name, text)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "opportunity", "opportunities"), counted(214, "opportunity", "opportunities")
    ('1 opportunity', '214 opportunities')
    """
    return f"{count(number)} {noun if number == 1 else plural or noun + 's'}"


def opportunities(number: int) -> str:
    """How many opportunities, in words."""
    return counted(number, "opportunity", "opportunities")


def escape_markdown(words: object) -> str:
    r"""Write somebody's words so that Markdown shows them as they are.

    Streamlit loads remote images that stand in Markdown, so every name that lands in a label, a
    heading, a message or a metric passes here. An invisible joiner keeps an address in it from
    becoming a link.

    >>> print(escape_markdown("![x](evil/x.png)"))
    \!\[x\]\(evil\/x\.png\)
    """
    plain = _ADDRESS.sub(f"\\g<0>{_JOINER}", _BLANKS.sub(" ", str(words)).strip())
    return _MARKDOWN.sub(r"\\\1", plain)


def escape_html(words: object) -> str:
    """Write somebody's words so that a Plotly label shows them as they are."""
    plain = _BLANKS.sub(" ", str(words)).strip()
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table, each with its columns as attributes."""
    return list(frame.itertuples())


def shortened(words: object, length: int = 28) -> str:
    """Cut a long name for an axis; the table beside it has it in full."""
    plain = " ".join(str(words).split())
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"


def without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    words = frame.select_dtypes(include=["object", "string"]).columns
    return frame.assign(**{name: frame[name].map(_harmless) for name in words})


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def csv(frame: pd.DataFrame) -> bytes:
    """The table as a CSV file that opens in a spreadsheet without running anything."""
    written: str = without_formulas(frame).to_csv(index=False, date_format="%Y-%m-%d")
    return written.encode("utf-8-sig")
