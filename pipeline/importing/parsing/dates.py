"""Dates and times as exports write them, their order decided from all cells of a file.

The families: ISO (`2024-03-09T14:22:05.000Z`), numbers in an order to be found (`03/09/24 8:55 PM`,
`9.3.2024`), month names in six languages (`9 Mar 2024`, `März 9, 2024`), and counts (Excel's day
number, seconds or milliseconds since 1970). Moments come out in UTC, days as they are written.
"""

import calendar
import re
from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from pipeline.importing.parsing.cells import (
    NULL_WORDS,
    Column,
    Evidence,
    by_unique,
    distinct_texts,
    stripped,
)

ORDERS = {"dmy": "day before month", "mdy": "month before day", "ymd": "year before month"}

_TIME = (
    r"(?:[T ,]+(?:at |um |à )?(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))(?:[:.](?P<second>\d{2})"
    r"(?:[.,](?P<fraction>\d{1,9}))?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?"
)
_WORD = r"[^\W\d_]{3,12}"
_SHAPES = {
    "iso": r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    "compact": r"(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)",
    "numbers": r"(?P<one>\d{1,2})(?P<mark>[-/. ])(?P<two>\d{1,2})(?P=mark)(?P<three>\d{4}|\d{2})",
    "day name": rf"(?:{_WORD}\.?,? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[-/ ]?(?:de )?"
    rf"(?P<word>{_WORD})\.?,?[-/ ]?(?:de )?(?P<year>\d{{4}}|\d{{2}})",
    "name day": rf"(?:{_WORD}\.?,? )?(?P<word>{_WORD})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?"
    r" (?P<year>\d{4})",
}
_NO_DATES = ("0001-01-01", "0000-00-00", "1753-01-01", "1900-01-00", "9999-12-31", "1899-12-30")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_YEARS = [str(year) for year in range(_FIRST_YEAR, _LAST_YEAR + 1)]
_ISO_DATE = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?"
_CENTURY_TURNS = 70
_MONTHS = (
    "jan january januar janvier enero gennaio januari janv ene gen",
    "feb february februar février fevrier febrero febbraio februari fév févr",
    "mar march märz marz maerz mars marzo maart mär mrz mrt",
    "apr april avril abril aprile avr abr",
    "may mai mayo maggio mei mag",
    "jun june juni juin junio giugno giu",
    "jul july juli juillet julio luglio juil lug",
    "aug august août aout agosto augustus ago",
    "sep sept september septembre septiembre settembre set",
    "oct october oktober octobre octubre ottobre okt ott",
    "nov november novembre noviembre",
    "dec december dezember décembre decembre diciembre dicembre dez déc dic",
)
_MONTH_OF_WORD = {word: n for n, words in enumerate(_MONTHS, 1) for word in words.split()}


def evidence(cells: "pd.Series[str]") -> Evidence:
    """Say what the cells of a column decide about the order of day, month and year."""
    distinct = distinct_texts(cells)
    distinct = distinct[distinct.str.match(r"\d{1,2}[-/. ]").astype(bool)]
    parts = _parts(distinct, "numbers")
    one, two, three = (pd.to_numeric(parts[name]) for name in ("one", "two", "three"))
    fits = {
        "dmy": one.between(1, 31) & two.between(1, 12),
        "mdy": two.between(1, 31) & one.between(1, 12),
        "ymd": two.between(1, 12) & three.between(1, 31) & (parts["three"].str.len() == 2),  # noqa: PLR2004
    }
    likely = fits["dmy"] | fits["mdy"]
    only = {
        "dmy": fits["dmy"] & ~fits["mdy"],
        "mdy": fits["mdy"] & ~fits["dmy"],
        "ymd": fits["ymd"] & ~likely & (one > 31),  # noqa: PLR2004
    }
    examples = {order: str(distinct[mask][0]) for order, mask in only.items() if mask.any()}
    both = fits["dmy"] & fits["mdy"] & (one != two)
    return Evidence(
        deciding={order: int(mask.sum()) for order, mask in only.items() if mask.any()},
        examples=examples,
        open_example=str(distinct[both][0]) if both.any() else "",
    )


def readings(cell: str) -> list[str]:
    """Give both readings of a cell, in words.

    >>> readings("03/04/2024")
    ['03/04/2024 as 3 April 2024', '03/04/2024 as 4 March 2024']
    """
    both = (read_dates(pd.Series([cell]), order).taken.iloc[0] for order in ("dmy", "mdy"))
    return [f"{cell} as {day.day} {calendar.month_name[day.month]} {day.year}" for day in both]


def read_dates(cells: "pd.Series[str]", order: str = "dmy", zone: str = "UTC") -> Column:
    """Read a column as moments in UTC; a date alone is its midnight, without any shift.

    `order` reads the family of numbers; `zone` is where times without an offset were lived.
    """
    bare = stripped(cells, NULL_WORDS)
    distinct = distinct_texts(bare)
    values = _iso_in_utc(distinct) if zone == "UTC" else _unread(distinct)
    for shape in _SHAPES:
        rest = values.isna().to_numpy()
        if rest.any() and distinct[rest].str.fullmatch(_pattern(shape)).any():
            values[rest] = _moments(_parts(distinct[rest], shape), order, zone).to_numpy()
    rest = values.isna().to_numpy()
    if rest.any():
        values[rest] = _counts(distinct[rest]).to_numpy()
    values = values.where(values.dt.year.between(_FIRST_YEAR, _LAST_YEAR))
    no_date = distinct.str.startswith(_NO_DATES).astype(bool)
    read = by_unique(bare, distinct, values)
    meant = bare.notna() & ~bare.isin(distinct[no_date])
    return Column(taken=read.where(meant), wrong=read.isna() & meant, how=ORDERS[order])


def _unread(texts: pd.Index) -> "pd.Series[pd.Timestamp]":
    return pd.Series(pd.NaT, index=range(len(texts)), dtype="datetime64[us]")


def _iso_in_utc(texts: pd.Index) -> "pd.Series[pd.Timestamp]":
    """Read the commonest family the fast way: whole ISO dates, with a time or without."""
    plain = texts.str.fullmatch(_ISO_DATE) & texts.str.slice(0, 4).isin(_YEARS)
    values = _unread(texts)
    if plain.any():
        read = pd.to_datetime(texts[plain], format="ISO8601", utc=True, errors="coerce")
        values[plain] = read.tz_localize(None).as_unit("us")
    return values


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(rf"^{_SHAPES[shape]}{_TIME}$")


def _parts(texts: pd.Index, shape: str) -> pd.DataFrame:
    """Give the named parts of each text, missing where the text has another shape."""
    return texts.str.extract(_pattern(shape)).reset_index(drop=True)


def _moments(parts: pd.DataFrame, order: str, zone: str) -> "pd.Series[pd.Timestamp]":
    days = _days(_ordered(parts, order))
    if parts["hour"].isna().all():
        return days
    moments = days + _time_of_day(parts)
    return _in_utc(moments, parts, zone)


def _ordered(parts: pd.DataFrame, order: str) -> pd.DataFrame:
    """Give year, month and day as numbers, whatever the family calls them."""
    if "one" in parts:
        names = {"d": "day", "m": "month", "y": "year"}
        parts = parts.rename(
            columns={
                place: names[letter]
                for place, letter in zip(("one", "two", "three"), order, strict=True)
            }
        )
    if "word" in parts:
        parts = parts.assign(month=parts["word"].str.lower().map(_MONTH_OF_WORD))
    numbers: pd.DataFrame = parts[["year", "month", "day"]].apply(pd.to_numeric)
    short = parts["year"].str.len() == 2  # noqa: PLR2004
    century = np.where(numbers["year"] < _CENTURY_TURNS, 2000, 1900)
    return numbers.assign(year=numbers["year"] + np.where(short, century, 0))


def _days(numbers: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    sound = (
        numbers["year"].between(_FIRST_YEAR, _LAST_YEAR)
        & numbers["month"].between(1, 12)
        & numbers["day"].between(1, 31)
    )
    days = pd.to_datetime(numbers.where(sound), errors="coerce")
    return days.astype("datetime64[us]")


def _time_of_day(parts: pd.DataFrame) -> "pd.Series[pd.Timedelta]":
    """Give the time since midnight; missing when there is no such time, zero when none is given."""
    hour = pd.to_numeric(parts["hour"])
    afternoon = parts["half"].str.lower().str.startswith("p")
    morning = parts["half"].str.lower().str.startswith("a")
    hour = hour.where(parts["half"].isna() | hour.between(1, 12))
    hour = (hour % 12).where(afternoon.eq(True) | morning.eq(True), hour) + 12 * afternoon.eq(True)  # noqa: FBT003
    minute, second = (pd.to_numeric(parts[name]).fillna(0) for name in ("minute", "second"))
    fraction = pd.to_numeric("0." + parts["fraction"]).fillna(0)
    sound = hour.between(0, 23) & minute.between(0, 59) & second.between(0, 59)
    total = (hour * 3600 + minute * 60 + second + fraction).where(sound)
    micros = (total.where(parts["hour"].notna(), 0) * 1_000_000).round()
    return pd.to_timedelta(micros, unit="us").astype("timedelta64[us]")


def _in_utc(
    moments: "pd.Series[pd.Timestamp]", parts: pd.DataFrame, zone: str
) -> "pd.Series[pd.Timestamp]":
    offset = parts["zone"].str.replace(":", "").str.extract(r"([+-])(\d{2})(\d{2})?")
    minutes = pd.to_numeric(offset[1]) * 60 + pd.to_numeric(offset[2]).fillna(0)
    shift = (minutes * offset[0].map({"+": 1, "-": -1})).fillna(0)
    moments = moments - pd.to_timedelta(shift, unit="m").astype("timedelta64[us]")
    local = parts["zone"].isna() & parts["hour"].notna()
    if zone == "UTC" or not local.any():
        return moments
    there = moments[local].dt.tz_localize(zone, ambiguous=False, nonexistent="shift_forward")
    moments[local] = there.dt.tz_convert("UTC").dt.tz_localize(None)
    return moments


def _counts(texts: pd.Index) -> "pd.Series[pd.Timestamp]":
    """Read what counts days since 1900 (Excel) or seconds or milliseconds since 1970."""
    as_text = pd.Series(texts)
    number = pd.to_numeric(as_text.where(as_text.str.fullmatch(r"\d{5}(\.\d+)?|\d{10}|\d{13}")))
    micros = _first_known(
        [
            ((number - 25_569) * 86_400_000_000).where(number < 10**5),
            (number * 1_000_000).where(number.between(10**9, 10**10)),
            (number * 1_000).where(number >= 10**12),
        ]
    )
    return pd.to_datetime(micros.round(-3), unit="us", errors="coerce").astype("datetime64[us]")


def _first_known(several: Iterable[pd.Series]) -> pd.Series:
    first, *others = several
    for other in others:
        first = first.fillna(other)
    return first
