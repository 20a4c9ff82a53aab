"""Sales quotes and orders."""

from pipeline.domain.errors.refusal import PipelineError


class QuoteTakenError(PipelineError):
    """A quote belongs to one opportunity."""

    field = "quote_no"

    def __init__(self, quote_no: str, opportunity_no: str) -> None:
        """Take the quote and the opportunity that has it."""
        self.quote_no, self.opportunity_no = quote_no, opportunity_no
        super().__init__(
            f"Quote {quote_no} is already assigned to {opportunity_no}. Take it over from there, "
            "or choose another quote."
        )


class QuoteContactError(PipelineError):
    """The quote was made for another contact."""

    field = "quote_no"

    def __init__(self, quote_no: str, quote_contact_no: str, contact_no: str | None) -> None:
        """Take the quote, its contact and that of the opportunity."""
        super().__init__(
            f"Quote {quote_no} was made for contact {quote_contact_no}, not for "
            f"{contact_no or 'this opportunity'}."
        )


class SecondQuoteError(PipelineError):
    """The opportunity has a quote already."""

    field = "quote_no"

    def __init__(self, opportunity_no: str, quote_no: str) -> None:
        """Take the opportunity and the quote it has."""
        self.opportunity_no, self.quote_no = opportunity_no, quote_no
        super().__init__(
            f"Quote {quote_no} has already been assigned to {opportunity_no}. Change that one, or "
            "put the other in its place."
        )


class QuoteNotAssignedError(PipelineError):
    """There is no quote to show."""

    field = "quote_no"

    def __init__(self, opportunity_no: str) -> None:
        """Take the opportunity."""
        self.opportunity_no = opportunity_no
        super().__init__(
            f"No sales quote is assigned to {opportunity_no}. Create one there, or assign one."
        )


class OrderFixedError(PipelineError):
    """What was ordered is no quote any more."""

    field = "quote_no"

    def __init__(self, quote_no: str, order_no: str) -> None:
        """Take the quote and the order it became."""
        self.quote_no = quote_no
        super().__init__(
            f"Quote {quote_no} was turned into order {order_no} and stays as it is. "
            "Delete the order if it should not be."
        )


class CloseAtOrderError(PipelineError):
    """Making the order would close the opportunity, and nobody agreed to that."""

    field = "close"

    def __init__(self, quote_no: str, opportunity_no: str) -> None:
        """Take the quote and the opportunity that is still open."""
        self.quote_no, self.opportunity_no = quote_no, opportunity_no
        super().__init__(
            f"{opportunity_no} is still open and linked to quote {quote_no}: the order closes it "
            "as won. Agree to that, or the quote stays a quote."
        )


class WonOrderError(PipelineError):
    """Deleting the order would turn a win into a loss, and nobody agreed to that."""

    field = "lose"

    def __init__(self, order_no: str, opportunity_no: str) -> None:
        """Take the order and the opportunity that was won with it."""
        self.order_no, self.opportunity_no = order_no, opportunity_no
        super().__init__(
            f"{opportunity_no} was won with order {order_no}: without the order it becomes lost. "
            "Agree to that, or the order stays."
        )


class NotWonError(PipelineError):
    """Only a win can be lost with its order."""

    def __init__(self, opportunity_no: str, status: str) -> None:
        """Take the opportunity and its status."""
        super().__init__(
            f"{opportunity_no} is {status}; only a won one is lost when its order is deleted."
        )
