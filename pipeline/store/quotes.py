"""Write quotes and orders."""

from dataclasses import asdict
from datetime import date

from pipeline.domain.quotes import ORDER, Quote, QuoteStatus
from pipeline.store import recording as record
from pipeline.store import records
from pipeline.store.connection import Session


def put(session: Session, quote: Quote) -> None:
    """Record a quote as it stands now."""
    values = asdict(quote) | {"status": quote.status.value}
    record.put(session, "quotes", ("quote_no",), quote_no=values.pop("no"), **values)


def ordered(session: Session, quote: Quote, order_no: str, on: date) -> None:
    """Record that a quote became an order."""
    record.put(
        session,
        "quotes",
        ("quote_no",),
        quote_no=quote.no,
        kind=ORDER,
        status=QuoteStatus.ORDERED.value,
        order_no=order_no,
        ordered_on=on,
    )


def next_number(session: Session, setting: str, column: str) -> str:
    """Give the next number of a series that no quote or order has; see `record.next_number`."""
    number = record.next_number(session, setting)
    while records.count(session, "quotes", **{column: number}):
        number = record.next_number(session, setting)
    return number
