"""Sales quotes and the orders they become, as far as an opportunity needs them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.domain.errors import OrderFixedError

QUOTE = "quote"
ORDER = "order"


class QuoteStatus(StrEnum):
    """How far an offer is; a declined one can be sent again, an ordered one stays."""

    DRAFT = "draft"
    SENT = "sent"
    DECLINED = "declined"
    ORDERED = "ordered"


OFFERED = (QuoteStatus.DRAFT, QuoteStatus.SENT, QuoteStatus.DECLINED)
"""What a person can set; only making an order makes a quote ordered."""


@dataclass(frozen=True, kw_only=True)
class Quote:
    """An offer to a contact; its amount is the total in the company's currency without VAT."""

    no: str
    contact_no: str
    amount: Decimal
    kind: str = QUOTE
    """`quote`, or `order` once it was turned into one."""
    description: str = ""
    owner_code: str | None = None
    campaign_no: str | None = None
    quoted_on: date | None = None
    order_on: date | None = None
    """The day the order is expected."""
    status: QuoteStatus = QuoteStatus.DRAFT
    order_no: str | None = None
    ordered_on: date | None = None

    @property
    def is_order(self) -> bool:
        """Whether it was turned into an order."""
        return self.kind == ORDER

    @property
    def shown_no(self) -> str:
        """The number people know it by now: the order's, else the quote's."""
        return self.order_no or self.no

    def check_is_quote(self) -> None:
        """Refuse to change what is ordered, or to order it twice. Raises `OrderFixedError`."""
        if self.is_order:
            raise OrderFixedError(self.no, self.order_no or self.no)
