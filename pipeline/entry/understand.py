"""A line understood in a company: read against its people, contacts, locale and day, then filled.

The only module here that knows the store. What the line does not say is assumed, and marked so.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from pipeline.domain.settings import SETTINGS
from pipeline.entry.days import Around
from pipeline.entry.line import read
from pipeline.entry.names import read_contact
from pipeline.entry.parts import Company, Known, Line, Part, Sure
from pipeline.entry.tongues import tongue
from pipeline.reports import entry, look_ups
from pipeline.reports.entry import Assumed, Context
from pipeline.reports.look_ups import Names
from pipeline.store import Session

END = "end"
"""The setting under which a fiscal year is named by the year it ends in."""


def understand(
    session: Session, typed: str, *, names: Names, context: Context, who: str, today: date
) -> Line:
    """The parts of a line, each read or assumed; those that neither gives are missing.

    Assumed are: the contact of the page; the owner and the cycle in the order of `reports.entry`;
    and a close date from how long the won ones of that cycle took.
    """
    company = company_of(session, names, today, contact_is_known=bool(context.contact_no))
    line = read(typed, company, _looking_up(session))
    return line.with_assumed(_assumed(session, line, names, context, who, today))


def company_of(
    session: Session, names: Names, today: date, *, contact_is_known: bool = False
) -> Company:
    """What lines and cells are read against: who may own, which cycles are open, the locale."""
    return Company(
        around=around(session, today),
        owners=names.active_owners,
        cycles=names.open_cycles,
        currency=_setting(session, "currency"),
        contact_is_known=contact_is_known,
    )


def around(session: Session, today: date) -> Around:
    """What days are read against: the company's locale and its fiscal year."""
    return Around(
        today=today,
        tongue=tongue(_setting(session, "locale")),
        year_starts=int(_setting(session, "fiscal_year_start")),
        named_by_end=_setting(session, "fiscal_year_label") == END,
    )


def _setting(session: Session, name: str) -> str:
    return look_ups.setting(session, name) or SETTINGS[name]


def missing(line: Line, *, activate: bool) -> list[str]:
    """The fields that are needed and that neither the line nor a default gives."""
    needed = ["description", "owner_code", "cycle_code"]
    needed += ["amount", "expected_close_on"] if activate else []
    has_contact = "contact_no" in line.parts or "company_name" in line.parts
    return [*([] if has_contact else ["contact_no"]), *(n for n in needed if n not in line.parts)]


def _looking_up(session: Session) -> Callable[[Sequence[str]], list[Known]]:
    def look_up(words: Sequence[str]) -> list[Known]:
        found = list(known_contacts(entry.contacts(session, words)))
        if read_contact(" ".join(words), found) is not None:
            return found
        return found + list(known_contacts(entry.contacts_nearly(session, words)))

    return look_up


def known_contacts(frame: object) -> Iterator[Known]:
    """The contacts of a frame with `contact_no, name, owner_code, company_name`."""
    for row in frame.itertuples():  # type: ignore[attr-defined]
        yield Known(
            no=str(row.contact_no),
            name=str(row.name),
            owner_code=row.owner_code if isinstance(row.owner_code, str) else None,
            company_name=row.company_name if isinstance(row.company_name, str) else "",
        )


def _assumed(
    session: Session, line: Line, names: Names, context: Context, who: str, today: date
) -> Iterator[Part]:
    says_contact = "contact_no" in line.parts or "company_name" in line.parts
    contact_owner = line.contact.owner_code if line.contact else None
    if context.contact_no and not says_contact:
        given = look_ups.contact(session, context.contact_no)
        contact_owner = given.owner_code
        yield _part("contact_no", Assumed(value=given.no, why="known from the page"))
    owner = entry.owner(session, context, contact_owner, who, list(names.active_owners))
    cycle = entry.cycle(session, context, list(names.open_cycles))
    code = line.value("cycle_code") or (cycle.value if cycle else None)
    close = entry.close_date(session, str(code), today) if code else None
    assumed = {"owner_code": owner, "cycle_code": cycle, "expected_close_on": close}
    yield from (_part(name, one) for name, one in assumed.items() if one is not None)


def _part(name: str, assumed: Assumed) -> Part:
    return Part(field=name, value=assumed.value, sure=Sure.ASSUMED, why=assumed.why)
