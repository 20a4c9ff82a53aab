"""Amounts as people type them: 12k, 12.5k, 1,5 Mio, EUR 3'000, € 3'000.-, 3 500, 1.2m.

What is an amount and what is a quantity:

1. A number with a currency or a scale (k, m, Mio, Tsd, ...) is an amount, before all others.
2. So is a number with marks between its thousands, with two decimals, or of 1,000 and more; a word
   right behind it makes it only nearly sure, for "5000 chairs" may be a quantity.
3. A small bare number, or one that may be a year, is an amount only where no word follows it, and
   then nearly: "Adatum chairs 500".
4. A small bare number with a word behind it is a quantity: "40 swivel chairs". So is what carries
   a unit or a percent sign.

The decimal mark: of two marks the last; a single one with other than three digits behind it. With
three digits it is taken for thousands, for money has no thousandths; before a scale the locale
decides, and the other reading is offered: "1.250m".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.entry.folding import fold, tidy
from pipeline.entry.parts import Found, Sure
from pipeline.entry.tongues import Tongue
from pipeline.entry.words import words

LARGEST = Decimal(10) ** 16
"""The store keeps amounts below this."""
CENTS = 2
_THOUSAND = 1000
_THREE = 3
_YEARS = range(1900, 2200)

EXPLICIT, LIKELY, LAST_RESORT = 3, 2, 1
"""The ranks of rules 1 to 3 above."""

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "us$": "USD", "chf": "CHF"} | {
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "usd": "USD",
    "gbp": "GBP",
    "fr": "CHF",
    "fr.": "CHF",
    "sfr": "CHF",
    "sfr.": "CHF",
    "franken": "CHF",
    "francs": "CHF",
    "dollar": "USD",
    "dollars": "USD",
}
_CODES = frozenset({
    "jpy", "cad", "aud", "nzd", "sek", "nok", "dkk", "pln", "czk", "huf", "ron", "bgn", "inr",
    "cny", "sgd", "hkd", "zar", "brl", "mxn", "krw", "ils", "thb", "aed", "sar",
})  # fmt: skip
"""Currencies that may not stand in lower case: some of them are words."""
_SCALES = {
    "k": 3, "t": 3, "tsd": 3, "thousand": 3, "tausend": 3, "mille": 3,
    "m": 6, "mn": 6, "mln": 6, "mio": 6, "million": 6, "millions": 6, "millionen": 6,
    "bn": 9, "mrd": 9, "billion": 9, "billions": 9, "milliarde": 9, "milliarden": 9, "milliards": 9,
}  # fmt: skip

_GROUPS = r"[ .,'’_\u00a0\u202f\u2009]"
_NUMBER = (
    rf"(?P<number>\d{{1,3}}(?P<mark>{_GROUPS})\d{{3}}(?:(?P=mark)\d{{3}})*(?:[.,]\d{{1,2}})?(?!\d)"
    r"|\d+(?:[.,]\d+)?)"
)
_LETTERS = "|".join(sorted(map(re.escape, [*_SIGNS, *_CODES]), key=len, reverse=True))
_WORDS = "|".join(sorted((one for one in _SCALES if len(one) > 1), key=len, reverse=True))
_SCALE = (
    rf"(?:(?P<letter>[km])|(?: ?(?P<word>{_WORDS})\.?)| (?P<k>k)| ?(?P<before>[ktm])(?={_LETTERS}))"
)
_AMOUNT = (
    rf"(?<![\w.,'’+\-/#@:])(?:(?P<pre>{_LETTERS}) ?)?(?<!\d){_NUMBER}(?P<dash>[.,][-–—]+)?"
    rf"{_SCALE}?(?: ?(?P<post>{_LETTERS}))?(?![\w'’]|[.,:/\-–]\d| ?%)"
)
_NEXT_WORD = re.compile(r"\s*[^\W\d_]")


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount, and the currency that stands beside it, if one does."""

    amount: Decimal
    currency: str = ""


def read_amounts(text: str, tongue: Tongue) -> list[Found[Money]]:
    """Every amount of a tidy text, in its order; what is blotted out in it is passed over."""
    folded = fold(text)
    lead = re.compile(rf"(?:^|(?<=[\s\x1f]))(?:{words(tongue.language).worth})\.? $")
    found = (_found(match, text, folded, tongue, lead) for match in _matches(text, folded))
    return [one for one in found if one is not None]


def read_amount(typed: str, tongue: Tongue) -> Found[Money] | None:
    """The amount that a whole text is, as in the cell of a sheet; None when it is none."""
    text = tidy(typed)
    whole = [one for one in read_amounts(text, tongue) if (one.start, one.end) == (0, len(text))]
    if whole and whole[0].rank == LAST_RESORT:  # with nothing around it, a bare number is one
        return replace(whole[0], sure=Sure.EXACT, why="")
    return whole[0] if whole else None


def _matches(text: str, folded: str) -> Iterable[re.Match[str]]:
    at = 0
    while match := re.compile(_AMOUNT).search(folded, at):
        if match["letter"] and (match["mark"] or "").isspace():
            at = match.end("mark")  # "12 300k" is twelve of something, and 300k
        elif _upper_where_needed(match, text):
            yield match
            at = match.end()
        else:
            at = match.end("number")


def _upper_where_needed(match: re.Match[str], text: str) -> bool:
    sides = [side for side in ("pre", "post") if match[side] in _CODES]
    return all(text[slice(*match.span(side))].isupper() for side in sides)


def _found(
    match: re.Match[str], text: str, folded: str, tongue: Tongue, lead: re.Pattern[str]
) -> Found[Money] | None:
    scale = next((match[one] for one in ("letter", "word", "k", "before") if match[one]), "")
    sizes = _sizes(match, scale, tongue)
    currency = match["pre"] or match["post"] or ""
    rank = _rank(match, sizes, is_explicit=bool(scale or currency or match["dash"]))
    followed = _NEXT_WORD.match(text, match.end()) is not None
    if not sizes or (rank == LAST_RESORT and followed):
        return None
    doubt = _doubt(match, sizes, scale, rank, tongue, followed=followed)
    led = lead.search(folded[: match.start()])
    moneys = [Money(amount=size, currency=_named(currency)) for size in sizes]
    return Found(
        value=moneys[0],
        start=led.start() if led else match.start(),
        end=match.end(),
        sure=Sure.NEARLY if doubt else Sure.EXACT,
        others=tuple(moneys[1:]),
        why=doubt,
        rank=rank,
    )


def _named(currency: str) -> str:
    return _SIGNS.get(currency, currency.upper())


def _doubt(
    match: re.Match[str],
    sizes: list[Decimal],
    scale: str,
    rank: int,
    tongue: Tongue,
    *,
    followed: bool,
) -> str:
    """Say why an amount is only nearly sure; nothing where it is sure."""
    if len(sizes) > 1:
        return "the mark may be read either way"
    if rank == LAST_RESORT:
        return "a bare number with nothing behind it"
    if rank == LIKELY and followed:
        return "it may be a quantity"
    if not scale and re.fullmatch(rf"\d{{1,3}}\{tongue.decimal}\d{{3}}", match["number"]):
        return "the mark is taken for thousands"
    return ""


def _rank(match: re.Match[str], sizes: list[Decimal], *, is_explicit: bool) -> int:
    if is_explicit:
        return EXPLICIT
    number = match["number"]
    has_marks = not number.isdecimal() and (
        match["mark"] is not None or re.fullmatch(r"\d+[.,]\d\d", number) is not None
    )
    is_large = bool(sizes) and sizes[0] >= _THOUSAND and int(sizes[0]) not in _YEARS
    return LIKELY if has_marks or is_large else LAST_RESORT


def _sizes(match: re.Match[str], scale: str, tongue: Tongue) -> list[Decimal]:
    """What the number may be, the likeliest first; none where it is below a cent or too big."""
    power = Decimal(10) ** _SCALES.get(scale, 0)
    sizes = [Decimal(written) * power for written in _written(match["number"], scale, tongue)]
    return [_plain(size) for size in sizes if size < LARGEST and _is_whole_cents(size)]


def _is_whole_cents(size: Decimal) -> bool:
    return size * 100 == (size * 100).to_integral_value()


def _plain(size: Decimal) -> Decimal:
    """The same without an exponent or idle decimals."""
    return size.quantize(Decimal(1)) if size == size.to_integral_value() else size.normalize()


def _written(number: str, scale: str, tongue: Tongue) -> list[str]:
    """The number with a point for decimals and no marks between thousands, read in each way."""
    marks = [sign for sign in number if not sign.isdecimal()]
    bare = re.sub(r"\D", "", number)
    if not marks:
        return [bare]
    last = marks[-1]
    behind = len(number) - number.rindex(last) - 1
    as_decimal = f"{bare[:-behind]}.{bare[-behind:]}"
    if behind != _THREE or number.startswith("0"):
        return [as_decimal] if last in ".," else []
    if len(marks) > 1 or last not in ".," or not scale:
        return [bare]
    return [as_decimal, bare] if last == tongue.decimal else [bare, as_decimal]
