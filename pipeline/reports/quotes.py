"""What the pages of quotes show: the list, one quote, and what it can be assigned to."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipeline.domain.errors import QuoteNotAssignedError
from pipeline.domain.quotes import Quote
from pipeline.domain.scope import Scope
from pipeline.reports.report import Report, number
from pipeline.store import Session, records

DEFINITION = (
    "Sales quotes and the orders they became, as they are today; amounts are totals without VAT. "
    "The opportunity is the one a quote is assigned to."
)
_ANY_DAY = Scope(as_of=date.max)


def quotes(
    session: Session, scope: Scope, *, search: str = "", statuses: Sequence[str] = ()
) -> Report:
    """The quotes and orders, those of the scope's contacts where it names any, newest first.

    Columns: `quote_no, order_no, quote_description, quote_status, contact_no, contact_name,
    owner_name, quote_amount, quoted_on, order_on, ordered_on, opportunity_no`; totals: `quotes,
    quote_amount`.
    """
    frame = _found(session, search=search, statuses=statuses, contacts=scope.contacts)
    return Report(
        name="quotes",
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        totals={"quotes": len(frame), "quote_amount": number(frame["quote_amount"].sum())},
    )


def _found(
    session: Session, *, search: str, statuses: Sequence[str], contacts: Sequence[str]
) -> pd.DataFrame:
    return session.frame(
        "quotes",
        _ANY_DAY,
        search=search.strip(),
        statuses=list(statuses) or None,
        contacts=list(contacts) or None,
    )


def quotes_of_contact(session: Session, contact_no: str) -> dict[str, str]:
    """The quotes, not orders, of a contact and its company's contacts: a phrase for each number."""
    frame = _found(session, search="", statuses=("draft", "sent", "declined"), contacts=())
    own = records.contact(session, contact_no)
    fitting = frame[frame["contact_no"].isin([own.no, own.company_no])]
    holder = fitting["opportunity_no"].map(lambda no: f", of {no}", na_action="ignore").fillna("")
    words = (
        fitting["quote_no"]
        + " · "
        + fitting["quote_amount"].map("{:,.2f}".format)
        + fitting["quote_description"].map(lambda text: f" · {text}" if text else "")
        + holder
    )
    return dict(zip(fitting["quote_no"], words, strict=True))


def quote(session: Session, no: str) -> Quote:
    """One quote. Raises `UnknownQuoteError`."""
    return records.quote(session, no)


def quote_of(session: Session, opportunity_no: str) -> Quote:
    """The quote of an opportunity.

    Raises `UnknownOpportunityError`, `QuoteNotAssignedError`.
    """
    opportunity = records.opportunity(session, opportunity_no)
    if opportunity.quote is None:
        raise QuoteNotAssignedError(opportunity.no)
    return opportunity.quote


def holder(session: Session, quote_no: str) -> str | None:
    """The opportunity a quote is assigned to, None when it is free."""
    return records.quote_holder(session, quote_no)


def open_opportunities_of(session: Session, contact_no: str) -> pd.DataFrame:
    """The opportunities in progress that a quote of a contact can be assigned to.

    Columns: `opportunity_no, description, quote_no`.
    """
    return session.frame("open_opportunities_of", _ANY_DAY, contact_no=contact_no)
