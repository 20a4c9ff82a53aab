"""Sales quotes, as far as an opportunity needs them: an amount, and whether one is assigned."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Quote:
    """An offer to a contact; its amount is the total in the company's currency without VAT."""

    no: str
    contact_no: str
    amount: Decimal
    kind: str = "quote"
