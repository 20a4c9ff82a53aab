"""One line of text as the parts of an opportunity.

    Adatum 40 swivel chairs 12.5k end of Sept OF

The parts may stand in any order. What is said aloud goes first: `contact:`, `new:`, `amount:`,
`close:`, `owner:`, `cycle:` before a word or a text in quotes; `@owner` and `#cycle`; a text in
quotes is the description as it stands. Then days, the amount, owner, cycle and contact are looked
for in what is left; the rest, in its order, is the description.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.entry.alike import MOST_OFFERED, words_of
from pipeline.entry.amounts import Money, read_amount, read_amounts
from pipeline.entry.codes import nearest_codes, read_code
from pipeline.entry.dates import read_date, read_dates
from pipeline.entry.days import Around
from pipeline.entry.folding import TAKEN, fold, mask, tidy
from pipeline.entry.names import new_name, read_contact
from pipeline.entry.parts import FIELDS, Company, Found, Known, Line, LookUp, Part, Sure, best
from pipeline.entry.words import words


def read(typed: str, company: Company, look_up: LookUp) -> Line:
    """Take a line apart. What cannot be read as anything else stays in the description."""
    reader = _Reader(tidy(typed), company, look_up)
    reader.said_aloud()
    reader.verbatim()
    reader.day()
    reader.money()
    reader.code("owner_code", company.owners, "@")
    reader.code("cycle_code", company.cycles, "#")
    reader.find_contact()
    reader.rest()
    return Line(
        text=reader.text,
        parts={name: reader.parts[name] for name in FIELDS if name in reader.parts},
        contact=reader.contact,
        contacts=reader.contacts,
    )


def written(line: Line) -> str:
    """The parts said aloud, as a line that is read as exactly them."""
    said = [
        f"{_KEYS[name]}:{_quoted(_plain(part.value))}"
        for name, part in line.parts.items()
        if name != "description"
    ]
    description = line.value("description")
    return " ".join([*said, *([_quoted(description)] if description else [])])


_KEYS = {
    "contact_no": "contact",
    "company_name": "new",
    "amount": "amount",
    "expected_close_on": "close",
    "owner_code": "owner",
    "cycle_code": "cycle",
}
_ALOUD = re.compile(
    r'(?<!\S)(contact|new|amount|close|owner|cycle):("(?:[^"]|"")*"|[^\s"]+)', re.IGNORECASE
)
_VERBATIM = re.compile(r'(?<!\S)"((?:[^"]|"")*)"(?!\S)')
_EDGES = " ,;:–—|·-"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _quoted(words_: str) -> str:
    doubled = words_.replace('"', '""')
    return f'"{doubled}"'


def _unquoted(written_: str) -> str:
    return written_[1:-1].replace('""', '"') if written_.startswith('"') else written_


def _numbers(found: Found[Known]) -> Found[str]:
    """The contacts that were found, by their numbers."""
    return Found(
        value=found.value.no,
        start=found.start,
        end=found.end,
        sure=found.sure,
        others=tuple(one.no for one in found.others),
        why=found.why,
    )


class _Reader:
    """A line on its way to its parts: what has been read is blotted out for what comes after."""

    def __init__(self, text: str, company: Company, look_up: LookUp) -> None:
        self.text = text
        self.left = text
        self.company = company
        self.look_up = look_up
        self.parts: dict[str, Part] = {}
        self.contact: Known | None = None
        self.contacts: tuple[Known, ...] = ()

    @property
    def around(self) -> Around:
        return self.company.around

    def take(self, name: str, found: Found[Any] | None) -> None:
        """Keep a part and blot out where it stood."""
        if found is None:
            return
        self.parts[name] = Part(
            field=name,
            value=found.value,
            sure=found.sure,
            said=self.text[found.start : found.end],
            why=found.why,
            others=found.others,
        )
        self.left = mask(self.left, [(found.start, found.end)])

    # --- said aloud ---

    def said_aloud(self) -> None:
        for match in _ALOUD.finditer(self.text):
            words_ = tidy(_unquoted(match[2]))
            found = self._aloud(match[1].lower(), words_) if words_ else None
            if found is not None and found[0] not in self.parts:
                name, one = found
                self.take(name, replace(one, start=match.start(), end=match.end()))

    def _aloud(self, key: str, words_: str) -> tuple[str, Found[Any]] | None:
        if key == "amount":
            money = read_amount(words_, self.around.tongue)
            return None if money is None else ("amount", self._amount(money))
        if key == "close":
            day = read_date(words_, self.around)
            return None if day is None else ("expected_close_on", day)
        if key == "new":
            return "company_name", Found(value=words_, start=0, end=0)
        if key == "contact":
            return self._contact_aloud(words_)
        return self._code_aloud(key, words_)

    def _contact_aloud(self, words_: str) -> tuple[str, Found[Any]] | None:
        known = self.look_up([words_, *(word.text for word in words_of(words_))])
        exact = next((one for one in known if fold(one.no) == fold(words_)), None)
        found = read_contact(words_, known)
        if exact is not None:
            self.contact = exact
            return "contact_no", Found(value=exact.no, start=0, end=0)
        if found is None:
            return None
        self.contact, self.contacts = found.value, found.others
        return "contact_no", _numbers(found)

    def _code_aloud(self, key: str, words_: str) -> tuple[str, Found[Any]] | None:
        known = self.company.owners if key == "owner" else self.company.cycles
        exact = [code for code in known if fold(code) == fold(words_)]
        near = exact or nearest_codes(words_, known)
        if not near:
            return None
        others = tuple(near[1 : MOST_OFFERED + 1])
        sure = Sure.EXACT if exact else Sure.NEARLY
        return f"{key}_code", Found(value=near[0], start=0, end=0, sure=sure, others=others)

    def verbatim(self) -> None:
        match = _VERBATIM.search(self.left)
        if match is not None and (words_ := tidy(match[1].replace('""', '"'))):
            self.take("description", Found(value=words_, start=match.start(), end=match.end()))

    # --- looked for ---

    def day(self) -> None:
        if "expected_close_on" not in self.parts:
            self.take("expected_close_on", best(read_dates(self.left, self.around)))

    def money(self) -> None:
        if "amount" in self.parts:
            return
        found = best(read_amounts(self._without_codes(), self.around.tongue))
        if found is not None:
            self.take("amount", self._amount(found))

    def _without_codes(self) -> str:
        """What is left without the code of an owner: "chairs 500 OF" ends in an amount."""
        said = read_code(self.left, {**self.company.owners, **self.company.cycles}, "@")
        sure = said is not None and said.sure is Sure.EXACT
        return mask(self.left, [(said.start, said.end)]) if said is not None and sure else self.left

    def _amount(self, found: Found[Money]) -> Found[Decimal]:
        """The number alone; one in another currency than the company's is not converted."""
        other = found.value.currency not in ("", self.company.currency)
        doubt = (
            f"{found.value.currency} is not converted" if other and self.company.currency else ""
        )
        return Found(
            value=found.value.amount,
            start=found.start,
            end=found.end,
            sure=Sure.NEARLY if doubt else found.sure,
            others=tuple(one.amount for one in found.others),
            why=doubt or found.why,
            rank=found.rank,
        )

    def code(self, name: str, known: Mapping[str, str], sign: str) -> None:
        if name not in self.parts:
            self.take(name, read_code(self.left, known, sign))

    def find_contact(self) -> None:
        if "contact_no" in self.parts or "company_name" in self.parts:
            return
        known = self.look_up([word.text for word in words_of(self.left)])
        found = read_contact(self.left, known)
        if self.company.contact_is_known and (found is None or found.sure is not Sure.EXACT):
            return
        if found is None:
            self.take("company_name", new_name(self.left))
            return
        self.contact, self.contacts = found.value, found.others
        self.take("contact_no", _numbers(found))

    def rest(self) -> None:
        """What is left is the description; small words that led to a part that is gone go too."""
        left = mask(self.left, self._small_words())
        rest = tidy(re.sub(f"{TAKEN}+", " ", left)).strip(_EDGES)
        verbatim = self.parts.get("description")
        words_ = " ".join([verbatim.value, *([rest] if rest else [])]) if verbatim else rest
        said_ = f"{verbatim.said} {rest}".strip() if verbatim else rest
        if words_:
            self.parts["description"] = Part(field="description", value=words_, said=said_)

    def _small_words(self) -> list[tuple[int, int]]:
        """Where words stand that led to a part that is gone: the "for" of "for Adatum"."""
        said = words(self.around.tongue.language)
        small = re.compile(rf"(?:^|(?<=[ {TAKEN}]))(?:{said.beside}|{said.worth}) ?(?={TAKEN})")
        return [match.span() for match in small.finditer(fold(self.left))]
