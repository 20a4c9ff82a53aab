"""A sheet of new opportunities, pasted from a spreadsheet or typed: each cell read or marked.

Nothing is guessed: a cell that is read in one way only is taken, one that is empty takes a default
that is said, and every other is marked with what is wrong and what may be meant. Rows are judged
one by one, so that good ones can be saved while the others wait.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import Any

from rapidfuzz import fuzz, process

from pipeline.commands import CreateOpportunity
from pipeline.entry.amounts import read_amount
from pipeline.entry.codes import nearest_codes
from pipeline.entry.dates import read_date
from pipeline.entry.folding import fold, tidy
from pipeline.entry.parts import Company, Found, Known
from pipeline.entry.wishes import wish

FIELDS = ("contact", "description", "amount", "expected_close_on", "owner", "cycle")
"""The columns of a sheet, in the order they have where nothing is said above them."""
LABELS = {
    "contact": "Contact",
    "description": "Description",
    "amount": "Amount",
    "expected_close_on": "Expected close",
    "owner": "Owner",
    "cycle": "Sales cycle",
}
_HEADINGS = {
    "contact": "contact company customer account client name kontakt firma kunde compte société",
    "description": "description what subject title opportunity deal name beschreibung betreff",
    "amount": "amount value estimated_value sum price revenue betrag wert summe montant",
    "expected_close_on": "expected_close close_date closing_date date close estimated_closing_date "
    "abschluss abschlussdatum datum date_de_clôture",
    "owner": "owner salesperson salesperson_code seller rep verkäufer vendeur",
    "cycle": "sales_cycle cycle process pipeline sales_cycle_code verkaufsprozess",
}
"""What a column may be headed with, blanks written as _."""
LIKE_HEADING = 86
"""The likeness, of a hundred, from which a word is taken for a heading; likewise a name."""
LIKE_NAME = 84
NEW = "new:"
"""Before a name: that of another company, however like it is to one that is known."""
MOST_ROWS = 1000
"""So many rows are filled in at once; a longer list is a file to import."""

Typed = Mapping[str, str]
"""A row as it was typed: the text of each of `FIELDS` that has any."""
Contacts = Mapping[str, Sequence[Known]]
"""The contacts by folded name and folded number."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell, read."""

    value: Any = None
    problem: str = ""
    """Why it cannot be taken, and what to do; empty where it can."""
    hint: str = ""
    """How it was read or what it took, where that does not go without saying."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row, read cell by cell."""

    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether every cell can be taken."""
        return not any(cell.problem for cell in self.cells.values())

    def wish(self, *, activate: bool) -> CreateOpportunity:
        """The command that records it as it was shown."""
        contact = self.cells["contact"].value
        known = isinstance(contact, Known)
        values = {
            "description": self.cells["description"].value,
            "contact_no": contact.no if known else None,
            "company_name": "" if known else contact,
            "owner_code": self.cells["owner"].value,
            "cycle_code": self.cells["cycle"].value,
            "amount": self.cells["amount"].value,
            "expected_close_on": self.cells["expected_close_on"].value,
        }
        return wish(values, activate=activate)


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What empty cells take: codes, and the words that say why."""

    owner: tuple[str, str] | None = None
    cycle: tuple[str, str] | None = None
    may_make_contacts: bool = True


def pasted(
    text: str, fields: Sequence[str] = FIELDS, *, first: str | None = None
) -> list[dict[str, str]]:
    """The rows of a table as a spreadsheet puts it on the clipboard, or as CSV.

    A first row of headings tells the columns; without one they are those of `fields` in their
    order, from `first` on. Empty rows are left out. Of a table longer than `MOST_ROWS` one or two
    rows more than these are given, which tells that it is longer.
    """
    tidied = ([tidy(cell) for cell in line] for line in _cells(text))
    lines = list(islice(filter(any, tidied), MOST_ROWS + 2))
    if not lines:
        return []
    headed = {at: name for at, name in (headings(lines[0]) or {}).items() if name in fields}
    start = fields.index(first) if first in fields else 0
    columns = headed or dict(enumerate(fields[start:]))
    return [
        {name: line[at] for at, name in columns.items() if at < len(line) and line[at]}
        for line in (lines[1:] if headed else lines)
    ]


def headings(cells: Sequence[str]) -> dict[int, str] | None:
    """The column that each heading names, by its place; None where the row is no heading.

    >>> headings(["Customer", "Deal", "Value"])
    {0: 'contact', 1: 'description', 2: 'amount'}
    """
    found: dict[int, str] = {}
    for at, cell in enumerate(cells):
        name = _named(cell, taken=set(found.values()))
        if name:
            found[at] = name
    said = sum(1 for cell in cells if cell)
    return found if found and len(found) * 2 > said else None


def read(
    rows: Sequence[Typed],
    company: Company,
    contacts: Contacts,
    defaults: Defaults,
    *,
    activate: bool,
) -> list[Row]:
    """Read every cell of every row; see `Cell`. With `activate` amount and date are needed."""
    return [_row(typed, company, contacts, defaults, activate=activate) for typed in rows]


def _row(
    typed: Typed, company: Company, contacts: Contacts, defaults: Defaults, *, activate: bool
) -> Row:
    contact = _contact(typed.get("contact", ""), contacts, defaults)
    return Row(
        cells={
            "contact": contact,
            "description": _needed(typed.get("description", ""), "what it is about"),
            "amount": read_amount_cell(typed.get("amount", ""), company, needed=activate),
            "expected_close_on": read_day_cell(
                typed.get("expected_close_on", ""), company, needed=activate
            ),
            "owner": _owner(typed.get("owner", ""), company, contact, defaults),
            "cycle": read_code_cell(
                typed.get("cycle", ""), company.cycles, defaults.cycle, "sales cycle"
            ),
        }
    )


def _needed(typed: str, what: str) -> Cell:
    return Cell(value=typed) if typed else Cell(problem=f"Say {what}.")


def _contact(typed: str, contacts: Contacts, defaults: Defaults) -> Cell:
    """The one contact of that name or number; a name nobody has is that of a new company.

    A name that is nearly another's is asked about, unless `NEW` stands before it.
    """
    name = contact_name(typed)
    if not name:
        return Cell(problem="Name the contact or the company.")
    found = contacts.get(fold(name), ())
    if len(found) == 1:
        return Cell(value=found[0], hint=found[0].name if fold(found[0].name) != fold(name) else "")
    if found:
        numbers = ", ".join(one.no for one in found[:3])
        return Cell(problem=f"{len(found)} contacts have this name. Write a number: {numbers}.")
    near = _nearest(name, contacts) if name == typed else ""
    if near:
        return Cell(
            problem=f"There is no “{name}”. Did you mean {near}? Write it so; if it is another "
            f"company, {NEW} {name}."
        )
    if not defaults.may_make_contacts:
        return Cell(problem="No contact has this name. Make it first, or allow new ones.")
    return Cell(value=name, hint="new contact")


def contact_name(typed: str) -> str:
    """The name or number in the cell of a contact, without `NEW`.

    >>> contact_name("New: Adatum"), contact_name("Newton")
    ('Adatum', 'Newton')
    """
    return typed[len(NEW) :].strip() if typed.lower().startswith(NEW) else typed


def _nearest(typed: str, contacts: Contacts) -> str:
    """The name of a contact that this is nearly."""
    names = {fold(one.name): one.name for several in contacts.values() for one in several}
    near = process.extractOne(fold(typed), list(names), scorer=fuzz.ratio, score_cutoff=LIKE_NAME)
    return names[near[0]] if near else ""


def read_amount_cell(typed: str, company: Company, *, needed: bool) -> Cell:
    """The amount of a cell; `needed`: there must be one, and more than 0."""
    if not typed:
        return Cell(problem="Say how much.") if needed else Cell()
    found = read_amount(typed, company.around.tongue)
    if found is None or not _is_whole(found, typed):
        return Cell(problem="This is no amount. Write it like 12500, 12.5k or 1,5 Mio.")
    if found.value.currency not in ("", company.currency):
        return Cell(
            problem=f"{found.value.currency} is not converted. Write it in {company.currency}."
        )
    amount = found.value.amount
    if needed and amount <= 0:
        return Cell(problem="The amount must be greater than 0.")
    return Cell(value=amount, hint=f"{amount:,.2f}" if found.others else "")


def read_day_cell(typed: str, company: Company, *, needed: bool) -> Cell:
    """The day of a cell; `needed`: there must be one that has not gone by."""
    if not typed:
        return Cell(problem="Say by when it should close.") if needed else Cell()
    found = read_date(typed, company.around)
    if found is None or not _is_whole(found, typed):
        return Cell(problem="This is no day. Write it like 30.9., end of Sept or 2026-09-30.")
    if needed and found.value < company.around.today:
        return Cell(problem=f"{found.value} has gone by. Choose a later day.")
    return Cell(value=found.value, hint=str(found.value) if str(found.value) != typed else "")


def _is_whole(found: Found[Any], typed: str) -> bool:
    """Whether all of a cell was read, and nothing left over."""
    return not (typed[: found.start] + typed[found.end :]).strip()


def _owner(typed: str, company: Company, contact: Cell, defaults: Defaults) -> Cell:
    """Whom the cell names; empty, the contact's owner, else the default."""
    own = contact.value.owner_code if isinstance(contact.value, Known) else None
    default = (own, "the contact’s owner") if own in company.owners else defaults.owner
    return read_code_cell(typed, company.owners, default, "owner")  # type: ignore[arg-type]


def read_code_cell(
    typed: str, known: Mapping[str, str], default: tuple[str, str] | None, noun: str
) -> Cell:
    """The code a cell names, by code or name; empty, the default, which is a code and why."""
    if not typed:
        if default is None:
            return Cell(problem=f"Name the {noun}.")
        return Cell(value=default[0], hint=f"{default[0]}: {default[1]}")
    wanted = fold(typed)
    exact = [code for code, name in known.items() if wanted in (fold(code), fold(name))]
    if len(exact) == 1:
        return Cell(value=exact[0], hint="" if exact[0] == typed else exact[0])
    near = exact or nearest_codes(typed, known)
    meant = f" Did you mean {near[0]} ({known[near[0]]})?" if near else ""
    return Cell(problem=f"There is no {noun} “{typed}”.{meant}")


def _named(cell: str, taken: set[str]) -> str:
    wanted = fold(cell).replace(" ", "_")
    if not wanted:
        return ""
    for name, words in _HEADINGS.items():
        if name not in taken and wanted in map(fold, words.split()):
            return name
    free = {
        fold(word): name
        for name, words in _HEADINGS.items()
        if name not in taken
        for word in words.split()
    }
    near = process.extractOne(wanted, list(free), scorer=fuzz.ratio, score_cutoff=LIKE_HEADING)
    return free[near[0]] if near else ""


def _cells(text: str) -> list[list[str]]:
    """The cells of a text, by whichever of tab, semicolon and comma divides it."""
    plain = text.replace("\0", "")
    delimiter = "\t" if "\t" in plain else max(";,", key=plain[:4000].count)
    try:
        return list(csv.reader(StringIO(plain, newline=""), delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in plain.splitlines()]
