"""What the pages of contacts show: a list of any length, one contact, who is like whom."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.domain.contacts import Contact, ContactType, Linked
from pipeline.domain.scope import Scope
from pipeline.reports import look_ups
from pipeline.store import Session, in_use

_ANY_DAY = Scope(as_of=date.max)


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of a list of contacts.

    `frame` has `contact_no, contact_name, contact_type, company_name, owner_name, is_customer,
    open_now`.
    """

    frame: pd.DataFrame
    total: int
    """How many there are in all."""
    are_near_only: bool
    """Nothing fits the words exactly; these nearly do."""


def contacts(
    session: Session,
    search: str = "",
    *,
    type_: ContactType | None = None,
    owner_code: str | None = None,
    limit: int = 25,
    offset: int = 0,
) -> Found:
    """The contacts that the words find, the likeliest first; all of them without words.

    Case and accents do not count. Where nothing
    fits, names with words nearly like them are given (Jaro-Winkler similarity of 0.9 or more).
    """

    def found(*, nearly: bool) -> Found:
        frame = session.frame(
            "contacts",
            _ANY_DAY,
            search=search.strip(),
            nearly=nearly,
            type=type_.value if type_ else None,
            owner_code=owner_code,
            limit=limit,
            offset=offset,
        )
        return Found(
            frame=frame[frame["contact_no"].notna()].drop(columns="total"),
            total=int(frame["total"].iloc[0]),
            are_near_only=nearly,
        )

    exactly = found(nearly=False)
    may_be_mistyped = len(search.strip()) >= look_ups.SHORTEST_MISTYPED
    return found(nearly=True) if may_be_mistyped and not exactly.total else exactly


def alike(session: Session, name: str, type_: ContactType, *, no: str = "") -> pd.DataFrame:
    """The contacts that may be the one named, at most five; `no` is left out.

    Names are compared without legal forms (Ltd, GmbH, …), signs, case and accents.
    Columns: `contact_no, name, company_name`.
    """
    return session.frame("contacts_alike", _ANY_DAY, name=name, type=type_.value, contact_no=no)


def persons(session: Session, company_no: str) -> pd.DataFrame:
    """The persons of a company. Columns: `contact_no, contact_name, owner_code, open_now`."""
    return session.frame("persons", _ANY_DAY, company_no=company_no)


def linked(session: Session, contact: Contact) -> Linked:
    """What is linked to a contact, and so in the way of removing it or changing its type."""
    return in_use.linked(session, contact)
