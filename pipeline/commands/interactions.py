"""Log what happened with a contact, and make an opportunity of it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pipeline.commands.codes import chosen, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.opportunities import CreateOpportunity
from pipeline.domain.comments import About, Comment
from pipeline.domain.contacts import Contact
from pipeline.domain.errors import (
    BelowZeroError,
    InteractionCompanyError,
    InteractionDateError,
    MissingFieldError,
    NegativeAmountError,
)
from pipeline.domain.figures import Figure, money
from pipeline.domain.interactions import Interaction, InteractionType
from pipeline.domain.opportunities import Opportunity
from pipeline.store import comments, interactions, records
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class LogInteraction:
    """Record a call, a mail, a meeting or a note with a contact; without a day it was today.

    One of an opportunity takes from it what is left None: contact, owner and campaign.
    """

    type: str = InteractionType.CALL.value
    description: str = ""
    happened_on: date | None = None
    contact_no: str | None = None
    owner_code: str | None = None
    campaign_no: str | None = None
    opportunity_no: str | None = None
    minutes: int | None = None
    cost: Figure | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `ChoiceError`, `FigureError`, `Unknown…Error`, ….

        And `InteractionDateError`, `InteractionCompanyError`, `NumberSeriesMissingError`.
        """
        kind = chosen(InteractionType, self.type, "Type", "type")
        about = self._opportunity(desk)
        contact = self._contact(desk, about)
        new = Interaction(
            no="",
            type=kind,
            happened_on=self._day(desk),
            description=text(self.description, "What it was about", "description", required=True),
            contact_no=contact.no,
            owner_code=_owner(desk, self.owner_code or (about.owner_code if about else None)),
            campaign_no=_campaign(desk, self.campaign_no or (about.campaign_no if about else None)),
            opportunity_id=about.id if about else None,
            opportunity_no=about.no if about else None,
            minutes=_not_negative(self.minutes),
            cost=_cost(self.cost),
        )
        numbered = replace(new, no=_number(desk))
        interactions.add(desk.session, numbered, desk.stamp)
        return Recorded(what="interaction", no=numbered.no)

    def _day(self, desk: Desk) -> date:
        happened_on = self.happened_on or desk.today
        if happened_on > desk.today:
            raise InteractionDateError(happened_on, desk.today)
        return happened_on

    def _opportunity(self, desk: Desk) -> Opportunity | None:
        return (
            records.opportunity(desk.session, self.opportunity_no) if self.opportunity_no else None
        )

    def _contact(self, desk: Desk, about: Opportunity | None) -> Contact:
        number = self.contact_no or (about.contact_no if about else None)
        if not number:
            raise MissingFieldError("The contact", "contact_no")
        contact = records.contact(desk.session, number)
        if about and not _is_theirs(about, contact):
            raise InteractionCompanyError(about.no, contact.no)
        return contact


@dataclass(frozen=True, kw_only=True)
class CancelInteraction:
    """Take an interaction out of every count; it stays readable."""

    interaction_no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownInteractionError`, `InteractionCanceledError`."""
        one = interactions.interaction(desk.session, self.interaction_no)
        one.check_not_canceled()
        interactions.change(desk.session, replace(one, canceled=True))
        return Recorded(what="interaction", no=one.no)


@dataclass(frozen=True, kw_only=True)
class CreateFromInteraction:
    """Make an opportunity of an interaction, not started: what it was about, with whom, whose.

    The campaign and the comments go along; the interaction belongs to the opportunity from then on.
    """

    interaction_no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `InteractionCanceledError`, `InteractionTakenError`, `UnknownInteractionError`, ….

        And what `CreateOpportunity` raises, but for the campaign: it is where the contact came
        from, whether or not it still takes opportunities.
        """
        one = interactions.interaction(desk.session, self.interaction_no)
        one.check_may_bring()
        made = CreateOpportunity(
            description=one.description, contact_no=one.contact_no, owner_code=one.owner_code
        ).apply(desk)
        opportunity = records.opportunity(desk.session, made.no)
        if one.campaign_no:
            record.fields(desk.session, opportunity, campaign_no=one.campaign_no)
        interactions.change(desk.session, replace(one, opportunity_id=opportunity.id))
        _copy_comments(desk, one, opportunity)
        return made


def _copy_comments(desk: Desk, one: Interaction, opportunity: Opportunity) -> None:
    for said in comments.about(desk.session, About.INTERACTION, one.no):
        copied = Comment(
            id=record.next_id(desk.session, "comment_id"),
            about=About.OPPORTUNITY,
            no=opportunity.no,
            text=said.text,
            said_on=said.said_on,
        )
        comments.add(desk.session, copied, desk.stamp)


def _is_theirs(opportunity: Opportunity, contact: Contact) -> bool:
    """Say whether an opportunity is the contact's own, or one of its company."""
    same_company = contact.company_no is not None and contact.company_no == opportunity.company_no
    return opportunity.contact_no == contact.no or same_company


def _owner(desk: Desk, code: str | None) -> str | None:
    return records.salesperson(desk.session, code).code if code else None


def _campaign(desk: Desk, no: str | None) -> str | None:
    return records.campaign(desk.session, no).no if no else None


def _not_negative(minutes: int | None) -> int | None:
    if minutes is not None and minutes < 0:
        raise BelowZeroError("The duration", "minutes", minutes)
    return minutes


def _cost(typed: Figure | None) -> Decimal | None:
    try:
        return money(typed, "The cost", "cost")
    except NegativeAmountError as error:
        raise BelowZeroError("The cost", "cost", typed) from error


def _number(desk: Desk) -> str:
    number = record.next_number(desk.session, "interaction_series")
    while records.count(desk.session, "interactions", interaction_no=number):
        number = record.next_number(desk.session, "interaction_series")
    return number
