"""Create, edit, reassign and delete opportunities, and give them a quote."""

from dataclasses import dataclass
from datetime import date

from pipeline.commands.codes import chosen, code, text
from pipeline.commands.contacts import DefineContact
from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.listed import list_for
from pipeline.commands.seen import read
from pipeline.commands.stage_tasks import follow_up, take_along
from pipeline.domain.comments import About
from pipeline.domain.contacts import Contact
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.errors import (
    BlockedSalesCycleError,
    ExpectedCloseError,
    MissingFieldError,
    NothingToChangeError,
    NotPositiveError,
    NumberTakenError,
    OtherCompanyError,
)
from pipeline.domain.figures import Figure, money, percent
from pipeline.domain.opportunities import Change, Opportunity, Priority, Status
from pipeline.domain.transitions import Action
from pipeline.store import comments, records
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class CreateOpportunity:
    """Enter an opportunity; with `activate` it also enters the first stage of its cycle.

    The creation date is the work date. Fields left None take the company's defaults; the owner is
    the campaign's, else the contact's, else the default one.
    """

    description: str = ""
    contact_no: str | None = None
    company_name: str = ""
    """A new company to make on the spot; it counts where no contact is given."""
    owner_code: str | None = None
    cycle_code: str | None = None
    campaign_no: str | None = None
    list_no: str | None = None
    """The list of contacts it is made for; None takes the only one of the campaign."""
    priority: str = Priority.NORMAL.value
    no: str | None = None
    activate: bool = False
    amount: Figure | None = None
    chances_percent: Figure | None = None
    expected_close_on: date | None = None
    source: str = "entry"
    external_id: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Check in Business Central's order: description, contact, owner, cycle, then estimates.

        Raises `MissingFieldError`, `Unknown…Error`, `Blocked…Error`, `CampaignDatesError`,
        `CampaignNotActivatedError`, `NotPositiveError`, `ExpectedCloseError`, `NumberTakenError`,
        `ManualNumberError`, `NumberSeriesMissingError`.
        """
        session = desk.session
        description = text(self.description, "The description", "description", required=True)
        contact = self._contact(desk)
        owner_code = self._owner(desk, contact)
        cycle = self._cycle(desk)
        if self.campaign_no:
            records.campaign(session, self.campaign_no).check_takes(desk.today)
        list_no = list_for(desk, self.list_no, self.campaign_no)
        change = self._first(desk, cycle) if self.activate else None
        new = Opportunity(
            id=record.next_id(session, "opportunity_id"),
            no=self._number(desk),
            description=description,
            contact_no=contact.no,
            company_no=contact.company_no,
            owner_code=owner_code,
            cycle_code=cycle.code,
            campaign_no=self.campaign_no,
            priority=chosen(Priority, self.priority, "Priority", "priority"),
            created_on=desk.today,
        )
        record.opportunity(
            session,
            new,
            desk.stamp,
            source=self.source,
            external_id=self.external_id,
            list_no=list_no,
        )
        if change is None:
            return Recorded(what="opportunity", no=new.no)
        first = new.activate(cycle, change, desk.today)
        nth = record.transition(session, new, first, desk.stamp)
        follow_up(desk, new, cycle, first)
        return Recorded(what="opportunity", no=new.no, nth=nth)

    def _contact(self, desk: Desk) -> Contact:
        number = self.contact_no
        if not number and self.company_name.strip():
            company = DefineContact(name=self.company_name, owner_code=self.owner_code)
            number = company.apply(desk).no
        if not number:
            raise MissingFieldError("The contact involved in the opportunity", "contact_no")
        return records.contact(desk.session, number)

    def _owner(self, desk: Desk, contact: Contact) -> str:
        session = desk.session
        campaign = records.campaign(session, self.campaign_no) if self.campaign_no else None
        owner_code = (
            self.owner_code
            or (campaign.owner_code if campaign else None)
            or contact.owner_code
            or records.setting(session, "default_owner")
        )
        if not owner_code:
            raise MissingFieldError("The owner", "owner_code")
        owner = records.salesperson(session, owner_code)
        owner.check_may_own()
        return owner.code

    def _cycle(self, desk: Desk) -> SalesCycle:
        cycle_code = self.cycle_code or records.setting(desk.session, "default_cycle")
        if not cycle_code:
            raise MissingFieldError("The sales cycle", "cycle_code")
        cycle = records.sales_cycle(desk.session, cycle_code)
        if cycle.blocked:
            raise BlockedSalesCycleError(cycle.code)
        return cycle

    def _first(self, desk: Desk, cycle: SalesCycle) -> Change:
        """Check the estimates that activating with the entry needs."""
        default = cycle.stages[0].chances_percent if cycle.stages else None
        typed = percent(self.chances_percent)
        chances = default if typed is None else typed
        amount = money(self.amount)
        if amount is None or amount <= 0:
            raise NotPositiveError("The amount", "amount", amount)
        if chances is not None and chances <= 0:
            raise NotPositiveError("Chances of success", "chances_percent", chances)
        if self.expected_close_on is None:
            raise MissingFieldError("The expected close date", "expected_close_on")
        if self.expected_close_on < desk.today:
            raise ExpectedCloseError(self.expected_close_on, desk.today)
        return Change(
            on=desk.today,
            amount=amount,
            chances_percent=chances,
            expected_close_on=self.expected_close_on,
        )

    def _number(self, desk: Desk) -> str:
        """Give the number: the one typed where the series allows it, else the next free one."""
        if self.no:
            number = code(self.no, "The number", "no")
            record.check_manual_number(desk.session, "opportunity_series")
            if _number_taken(desk, number):
                raise NumberTakenError(number)
            return number
        number = record.next_number(desk.session, "opportunity_series")
        while _number_taken(desk, number):
            number = record.next_number(desk.session, "opportunity_series")
        return number


def _number_taken(desk: Desk, number: str) -> bool:
    return records.count(desk.session, "opportunities", opportunity_no=number) > 0


@dataclass(frozen=True, kw_only=True)
class Reassign:
    """Give an opportunity to another owner; past owners keep their past."""

    opportunity_no: str
    owner_code: str
    on: date | None = None
    seen: int | None = None
    note: str = ""
    tasks_follow: bool = False
    """Whether its open tasks that the old owner has go along to the new one."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `UnknownSalespersonError`, `BlockedSalespersonError`, ….

        And what `Opportunity.reassign` raises.
        """
        opportunity = read(desk, self.opportunity_no, self.seen)
        if not self.owner_code:
            raise MissingFieldError("The owner", "owner_code")
        owner = records.salesperson(desk.session, self.owner_code)
        owner.check_may_own()
        change = Change(on=self.on or opportunity.latest(desk.today), note=self.note)
        row = opportunity.reassign(owner.code, change, desk.today)
        if self.tasks_follow:
            take_along(desk, opportunity, owner_code=owner.code)
        if row is None:
            record.fields(desk.session, opportunity, owner_code=owner.code)
            return Recorded(what="opportunity", no=opportunity.no)
        nth = record.transition(desk.session, opportunity, row, desk.stamp)
        return Recorded(what="opportunity", no=opportunity.no, nth=nth)


@dataclass(frozen=True, kw_only=True)
class EditOpportunity:
    """Change what is not part of a move; None leaves a field as it is, blank clears a campaign."""

    opportunity_no: str
    description: str | None = None
    contact_no: str | None = None
    campaign_no: str | None = None
    """Another campaign brings its only list of contacts along, or takes the list away."""
    list_no: str | None = None
    priority: str | None = None
    cycle_code: str | None = None
    tasks_follow: bool = False
    """Whether open tasks that name the old contact or campaign go along to the new one."""
    seen: int | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `ClosedError` (but for the description), `OtherCompanyError`, campaign refusals.

        Also `NothingToChangeError` when every field is as it was.
        """
        opportunity = read(desk, self.opportunity_no, self.seen)
        changed = self._changed(desk, opportunity)
        if not changed:
            raise NothingToChangeError(opportunity.no)
        if set(changed) != {"description"}:
            opportunity.check_open()
        nth = None
        if self.tasks_follow:
            take_along(desk, opportunity, **_of_tasks(changed))
        if opportunity.status is Status.IN_PROGRESS:
            nth = self._annotate(desk, opportunity, changed)
            opportunity = read(desk, opportunity.no, None)
        record.fields(desk.session, opportunity, **changed)
        if "contact_no" in changed:
            self._quote_follows(desk, opportunity)
        return Recorded(what="opportunity", no=opportunity.no, nth=nth)

    def _quote_follows(self, desk: Desk, opportunity: Opportunity) -> None:
        """Give the quote of an opportunity the new contact too."""
        if opportunity.quote is not None:
            record.put(
                desk.session,
                "quotes",
                ("quote_no",),
                quote_no=opportunity.quote.no,
                contact_no=self.contact_no,
            )

    def _annotate(self, desk: Desk, opportunity: Opportunity, changed: dict[str, object]) -> int:
        """Append a row that says in words what was edited."""
        change = Change(on=opportunity.latest(desk.today), note=_note(opportunity, changed))
        row = opportunity.annotate(
            Action.EDIT,
            change,
            desk.today,
            contact_no=_text(changed.get("contact_no")),
        )
        if row is None:
            raise NothingToChangeError(opportunity.no)
        return record.transition(desk.session, opportunity, row, desk.stamp)

    def _changed(self, desk: Desk, opportunity: Opportunity) -> dict[str, object]:
        """Give the fields that would change, each checked."""
        wanted: dict[str, object] = {}
        if self.description is not None:
            wanted["description"] = text(
                self.description, "The description", "description", required=True
            )
        if self.contact_no is not None:
            wanted |= self._contact(desk, opportunity)
        if self.campaign_no is not None:
            wanted["campaign_no"] = self._campaign(desk, opportunity)
        campaign_no = _text(wanted.get("campaign_no", opportunity.campaign_no))
        if self.list_no is not None or campaign_no != opportunity.campaign_no:
            wanted["list_no"] = list_for(desk, self.list_no, campaign_no)
        if self.priority is not None:
            wanted["priority"] = chosen(Priority, self.priority, "Priority", "priority").value
        if self.cycle_code is not None:
            wanted["cycle_code"] = self._cycle(desk, opportunity)
        return {
            name: value for name, value in wanted.items() if value != getattr(opportunity, name)
        }

    def _contact(self, desk: Desk, opportunity: Opportunity) -> dict[str, object]:
        if not self.contact_no:
            raise MissingFieldError("The contact involved in the opportunity", "contact_no")
        contact = records.contact(desk.session, self.contact_no)
        started = opportunity.status is not Status.NOT_STARTED
        if started and contact.company_no != opportunity.company_no:
            raise OtherCompanyError(contact.no, contact.company_no, opportunity.company_no)
        return {"contact_no": contact.no, "company_no": contact.company_no}

    def _campaign(self, desk: Desk, opportunity: Opportunity) -> str | None:
        if not self.campaign_no:
            return None
        records.campaign(desk.session, self.campaign_no).check_takes(opportunity.created_on)
        return self.campaign_no

    def _cycle(self, desk: Desk, opportunity: Opportunity) -> str:
        cycle = records.sales_cycle(desk.session, self.cycle_code or "")
        if cycle.code == opportunity.cycle_code:
            return cycle.code
        opportunity.check_not_started()
        if cycle.blocked:
            raise BlockedSalesCycleError(cycle.code)
        return cycle.code


def _of_tasks(changed: dict[str, object]) -> dict[str, str | None]:
    """Give what tasks name too, of what an edit changes."""
    named = ("contact_no", "campaign_no")
    return {name: _text(changed[name]) for name in named if name in changed}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _note(opportunity: Opportunity, changed: dict[str, object]) -> str:
    """Say in words what an edit changed: `priority: normal → high`."""
    labels = {"description": "description", "contact_no": "contact", "campaign_no": "campaign"}
    labels |= {"list_no": "list of contacts"}
    return "; ".join(
        f"{labels.get(name, name.replace('_', ' '))}: "
        f"{getattr(opportunity, name) or 'none'} → {value or 'none'}"
        for name, value in changed.items()
        if name != "company_no"
    )


@dataclass(frozen=True, kw_only=True)
class DeleteOpportunity:
    """Take an opportunity that is not in progress out; its past stays readable up to today."""

    opportunity_no: str
    seen: int | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `DeleteInProgressError`."""
        opportunity = read(desk, self.opportunity_no, self.seen)
        opportunity.check_deletable()
        record.deletion(desk.session, opportunity, desk.today, desk.stamp)
        comments.forget(desk.session, About.OPPORTUNITY, opportunity.no)
        return Recorded(what="opportunity", no=opportunity.no)
