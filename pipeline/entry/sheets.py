"""Sheets read in a company: against its contacts, people and cycles as they are in the store."""

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.entry.folding import fold
from pipeline.entry.parts import Known
from pipeline.entry.sheet import Contacts, Defaults, Row, Typed, contact_name, read
from pipeline.entry.understand import company_of, known_contacts
from pipeline.reports import entry
from pipeline.reports.entry import Assumed, Context
from pipeline.reports.look_ups import Names
from pipeline.store import Session

MOST_LOOKED_FOR = 40
"""So many names that nobody has are looked for with typing errors; the rest are plainly new."""


def understood(
    session: Session,
    rows: Sequence[Typed],
    *,
    names: Names,
    who: str,
    today: date,
    activate: bool,
    may_make_contacts: bool,
) -> list[Row]:
    """Every row read in the company of the store; `who` and its settings give the defaults."""
    context = Context()
    owner = entry.owner(session, context, None, who, list(names.active_owners))
    cycle = entry.cycle(session, context, list(names.open_cycles))
    defaults = Defaults(owner=_said(owner), cycle=_said(cycle), may_make_contacts=may_make_contacts)
    company = company_of(session, names, today)
    typed = [contact_name(row["contact"]) for row in rows if row.get("contact")]
    return read(rows, company, contacts_of(session, typed), defaults, activate=activate)


def contacts_of(session: Session, typed: Iterable[str]) -> Contacts:
    """The contacts that some cells name: exactly, and for names nobody has those that are near."""
    asked = list(dict.fromkeys(typed))
    found = _by_name(known_contacts(entry.contacts_named(session, asked)))
    unknown = [one for one in asked if fold(one) not in found][:MOST_LOOKED_FOR]
    for one in unknown:
        for near in known_contacts(entry.contacts_nearly(session, one.split())):
            of_name = found.setdefault(fold(near.name), [])
            if near not in of_name:
                of_name.append(near)
    return found


def _by_name(contacts: Iterable[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for one in contacts:
        for word in {fold(one.name), fold(one.no)}:
            found.setdefault(word, []).append(one)
    return found


def _said(assumed: Assumed | None) -> tuple[str, str] | None:
    return None if assumed is None else (str(assumed.value), assumed.why)
