"""Sales quotes: made for a contact, assigned to an opportunity, turned into an order, deleted."""

from dataclasses import dataclass
from datetime import date

from pipeline.commands.codes import chosen, code, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.moves import CloseAsWon
from pipeline.commands.opportunities import EditOpportunity
from pipeline.commands.seen import read
from pipeline.domain.errors import (
    ChoiceError,
    CloseAtOrderError,
    MissingFieldError,
    NotPositiveError,
    QuoteContactError,
    QuoteTakenError,
    SecondQuoteError,
    WonOrderError,
)
from pipeline.domain.figures import Figure, money
from pipeline.domain.opportunities import Opportunity, Status
from pipeline.domain.quotes import OFFERED, QUOTE, Quote, QuoteStatus
from pipeline.store import quotes, records
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class DefineQuote:
    """Make a sales quote for a contact, or change one that is no order yet.

    Without a number the series gives one. Another contact of the same company takes the linked
    opportunity along.
    """

    no: str | None = None
    contact_no: str
    amount: Figure | None
    """The total in the company's currency, without VAT."""
    description: str | None = None
    """None leaves a quote that is there as it is; so do the fields below."""
    owner_code: str | None = None
    campaign_no: str | None = None
    quoted_on: date | None = None
    order_on: date | None = None
    status: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `Unknown…Error`, `NotPositiveError`, ….

        And `ChoiceError`, `OrderFixedError`, `OtherCompanyError`.
        """
        now = self._now(desk)
        if not self.contact_no:
            raise MissingFieldError("The contact", "contact_no")
        records.contact(desk.session, self.contact_no)
        amount = money(self.amount)
        if amount is None:
            raise MissingFieldError("The amount", "amount")
        if amount <= 0:
            raise NotPositiveError("The amount", "amount", amount)
        quote = Quote(
            no=now.no if now else self._number(desk),
            contact_no=self.contact_no,
            amount=amount,
            description=self._text(now),
            owner_code=self._owner(desk, now),
            campaign_no=self._campaign(desk, now),
            quoted_on=self.quoted_on or (now.quoted_on if now else desk.today),
            order_on=self.order_on or (now.order_on if now else None),
            status=self._status(now),
        )
        quotes.put(desk.session, quote)
        _contact_follows(desk, quote, now)
        return Recorded(what="quote", no=quote.no)

    def _now(self, desk: Desk) -> Quote | None:
        """Give the quote that is changed, None for a new one."""
        if not self.no or not self.no.strip():
            return None
        quote_no = code(self.no, "The number of the quote", "no")
        if not records.count(desk.session, "quotes", quote_no=quote_no):
            return None
        now = records.quote(desk.session, quote_no)
        now.check_is_quote()
        return now

    def _number(self, desk: Desk) -> str:
        if self.no and self.no.strip():
            return code(self.no, "The number of the quote", "no")
        return quotes.next_number(desk.session, "quote_series", "quote_no")

    def _text(self, now: Quote | None) -> str:
        typed = self.description
        if typed is None:
            return now.description if now else ""
        return text(typed, "The description", "description")

    def _owner(self, desk: Desk, now: Quote | None) -> str | None:
        if self.owner_code:
            return records.salesperson(desk.session, self.owner_code).code
        return now.owner_code if now else None

    def _campaign(self, desk: Desk, now: Quote | None) -> str | None:
        if self.campaign_no:
            return records.campaign(desk.session, self.campaign_no).no
        return now.campaign_no if now else None

    def _status(self, now: Quote | None) -> QuoteStatus:
        if self.status is None:
            return now.status if now else QuoteStatus.DRAFT
        status = chosen(QuoteStatus, self.status, "Status", "status")
        if status not in OFFERED:
            raise ChoiceError("Status", "status", self.status, [one.value for one in OFFERED])
        return status


def _contact_follows(desk: Desk, quote: Quote, now: Quote | None) -> None:
    """Let the opportunity of a quote follow it to another contact of the same company."""
    holder = records.quote_holder(desk.session, quote.no)
    if now is None or holder is None or now.contact_no == quote.contact_no:
        return
    if records.opportunity(desk.session, holder).contact_no != quote.contact_no:
        EditOpportunity(opportunity_no=holder, contact_no=quote.contact_no).apply(desk)


@dataclass(frozen=True, kw_only=True)
class CreateQuote:
    """Make a quote for an opportunity in progress and assign it."""

    opportunity_no: str
    amount: Figure | None = None
    """None takes the amount of the opportunity."""
    no: str | None = None
    description: str | None = None
    seen: int | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `SecondQuoteError`, `NotInProgressError`, `MissingFieldError`, ….

        And what `DefineQuote` raises. The order is expected on the expected close date.
        """
        opportunity = read(desk, self.opportunity_no, self.seen)
        if opportunity.quote is not None:
            raise SecondQuoteError(opportunity.no, opportunity.quote.shown_no)
        opportunity.check_in_progress("creating a quote")
        if opportunity.contact_no is None:
            raise MissingFieldError("The contact involved in the opportunity", "contact_no")
        last = opportunity.last
        made = DefineQuote(
            no=self.no,
            contact_no=opportunity.contact_no,
            amount=self.amount if self.amount is not None or last is None else last.amount,
            description=opportunity.description if self.description is None else self.description,
            owner_code=opportunity.owner_code,
            campaign_no=opportunity.campaign_no,
            order_on=last.expected_close_on if last else None,
        ).apply(desk)
        assign = AssignQuote(opportunity_no=opportunity.no, quote_no=made.no)
        assign.apply(desk)
        return made


@dataclass(frozen=True, kw_only=True)
class AssignQuote:
    """Give an opportunity in progress a sales quote, or take it away (None)."""

    opportunity_no: str
    quote_no: str | None
    take_over: bool = False
    """Take the quote from the opportunity in progress that has it."""
    replace: bool = True
    """Put it in the place of another quote that the opportunity has."""
    seen: int | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `NotInProgressError`, `UnknownQuoteError`, `QuoteTakenError`, ….

        And `QuoteContactError`, `SecondQuoteError`.
        """
        opportunity = read(desk, self.opportunity_no, self.seen)
        opportunity.check_in_progress("assigning a quote")
        if self.quote_no:
            self._check(desk, opportunity, self.quote_no)
        record.fields(desk.session, opportunity, quote_no=self.quote_no or None)
        return Recorded(what="opportunity", no=opportunity.no)

    def _check(self, desk: Desk, opportunity: Opportunity, quote_no: str) -> None:
        quote = records.quote(desk.session, quote_no)
        if quote.contact_no not in (opportunity.contact_no, opportunity.company_no):
            raise QuoteContactError(quote.no, quote.contact_no, opportunity.contact_no)
        own = opportunity.quote
        if own is not None and own.no != quote.no and not self.replace:
            raise SecondQuoteError(opportunity.no, own.shown_no)
        holder = records.quote_holder(desk.session, quote.no)
        if holder is not None and holder != opportunity.no:
            self._take(desk, quote, holder)

    def _take(self, desk: Desk, quote: Quote, holder_no: str) -> None:
        if not self.take_over:
            raise QuoteTakenError(quote.no, holder_no)
        holder = records.opportunity(desk.session, holder_no)
        holder.check_in_progress("giving its quote away")
        record.fields(desk.session, holder, quote_no=None)


@dataclass(frozen=True, kw_only=True)
class MakeOrder:
    """Turn a quote into an order; an opportunity in progress that has it is closed as won."""

    quote_no: str
    close: bool = False
    """Whether the person agreed to closing the opportunity."""
    close_reason_code: str | None = None
    on: date | None = None
    order_no: str | None = None
    seen: int | None = None
    """The version of the opportunity that the person looked at."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownQuoteError`, `OrderFixedError`, `CloseAtOrderError`.

        And what `CloseAsWon` raises. A lost opportunity loses the link.
        """
        quote = records.quote(desk.session, self.quote_no)
        quote.check_is_quote()
        holder_no = records.quote_holder(desk.session, quote.no)
        if holder_no is not None:
            self._settle(desk, quote, records.opportunity(desk.session, holder_no))
        order_no = self._number(desk)
        quotes.ordered(desk.session, quote, order_no, desk.today)
        return Recorded(what="order", no=order_no)

    def _settle(self, desk: Desk, quote: Quote, holder: Opportunity) -> None:
        """Close what is open with the quote; unlink what was lost."""
        if holder.status is Status.LOST:
            record.fields(desk.session, holder, quote_no=None)
        if holder.status is not Status.IN_PROGRESS:
            return
        if not self.close:
            raise CloseAtOrderError(quote.no, holder.no)
        CloseAsWon(
            opportunity_no=holder.no,
            close_reason_code=self.close_reason_code,
            on=self.on,
            note=f"quote {quote.no} became an order",
            seen=self.seen,
        ).apply(desk)

    def _number(self, desk: Desk) -> str:
        if self.order_no and self.order_no.strip():
            return code(self.order_no, "The number of the order", "order_no")
        return quotes.next_number(desk.session, "order_series", "order_no")


@dataclass(frozen=True, kw_only=True)
class RemoveQuote:
    """Delete a quote or an order.

    An opportunity that has the quote goes on without it. One that was won with the order becomes
    lost, on the work date.
    """

    quote_no: str
    lose: bool = False
    """Whether the person agreed to turning the win into a loss."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownQuoteError`, `WonOrderError`."""
        quote = records.quote(desk.session, self.quote_no)
        holder_no = records.quote_holder(desk.session, quote.no)
        if holder_no is not None:
            self._let_go(desk, quote, records.opportunity(desk.session, holder_no))
        record.remove(desk.session, "quotes", quote_no=quote.no)
        return Recorded(what=QUOTE, no=quote.shown_no)

    def _let_go(self, desk: Desk, quote: Quote, holder: Opportunity) -> None:
        if quote.is_order and holder.status is Status.WON:
            if not self.lose:
                raise WonOrderError(quote.shown_no, holder.no)
            row = holder.lose_order(desk.today, f"order {quote.shown_no} was deleted")
            record.transition(desk.session, holder, row, desk.stamp)
            holder = records.opportunity(desk.session, holder.no)
        record.fields(desk.session, holder, quote_no=None)
