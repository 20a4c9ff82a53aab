"""Take an opportunity through its sales cycle, close it, reopen it, retract its last transition."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.seen import read
from pipeline.commands.stage_tasks import cancel_open, cancel_planned, follow_up
from pipeline.domain.closing import CloseReason, Outcome
from pipeline.domain.contacts import Contact, ContactType
from pipeline.domain.cycles import Move
from pipeline.domain.errors import (
    CompanyMissingError,
    MissingFieldError,
    NothingToRetractError,
    UnknownContactError,
)
from pipeline.domain.figures import Figure, money, percent
from pipeline.domain.opportunities import Change, Opportunity
from pipeline.store import recording as record
from pipeline.store import records


@dataclass(frozen=True, kw_only=True)
class _Step:
    """What every move may carry; None takes what the move proposes (`Opportunity.propose`)."""

    opportunity_no: str
    on: date | None = None
    amount: Figure | None = None
    chances_percent: Figure | None = None
    expected_close_on: date | None = None
    note: str = ""
    cancel_old_tasks: bool = False
    """Whether the tasks that are open now are called off; what the new stage plans is not."""
    seen: int | None = None
    """The version of the opportunity that the person looked at."""

    def _change(self, opportunity: Opportunity, desk: Desk, stage: int | None = None) -> Change:
        return Change(
            on=self.on or opportunity.latest(desk.today),
            stage=stage,
            amount=money(self.amount),
            chances_percent=percent(self.chances_percent),
            expected_close_on=self.expected_close_on,
            note=self.note.strip(),
        )


@dataclass(frozen=True, kw_only=True)
class ActivateFirstStage(_Step):
    """Start an opportunity: enter the first stage of its cycle."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises what `Opportunity.activate` and numbering its tasks raise."""
        opportunity = read(desk, self.opportunity_no, self.seen)
        cycle = records.sales_cycle(desk.session, opportunity.cycle_code)
        row = opportunity.activate(cycle, self._change(opportunity, desk), desk.today)
        nth = record.transition(desk.session, opportunity, row, desk.stamp)
        follow_up(desk, opportunity, cycle, row, cancel_old=self.cancel_old_tasks)
        return Recorded(what="opportunity", no=opportunity.no, nth=nth)


@dataclass(frozen=True, kw_only=True)
class _Move(_Step):
    """A move inside the cycle."""

    move: ClassVar[Move]

    def apply(self, desk: Desk) -> Recorded:
        """Raises what `Opportunity.move` raises."""
        return self._go(desk, None)

    def _go(self, desk: Desk, stage: int | None) -> Recorded:
        opportunity = read(desk, self.opportunity_no, self.seen)
        cycle = records.sales_cycle(desk.session, opportunity.cycle_code)
        change = self._change(opportunity, desk, stage)
        row = opportunity.move(cycle, self.move, change, desk.today)
        nth = record.transition(desk.session, opportunity, row, desk.stamp)
        follow_up(desk, opportunity, cycle, row, cancel_old=self.cancel_old_tasks)
        return Recorded(what="opportunity", no=opportunity.no, nth=nth)


@dataclass(frozen=True, kw_only=True)
class MoveToNextStage(_Move):
    """Go to the stage after the current one."""

    move = Move.NEXT


@dataclass(frozen=True, kw_only=True)
class MoveToPreviousStage(_Move):
    """Go back to the stage before the current one."""

    move = Move.PREVIOUS


@dataclass(frozen=True, kw_only=True)
class UpdateOpportunity(_Move):
    """Change amount, chance or expected close date without leaving the stage."""

    move = Move.UPDATE


@dataclass(frozen=True, kw_only=True)
class SkipToStage(_Move):
    """Go forward over stages that may be skipped."""

    move = Move.SKIP
    stage: int | None = None
    """The stage to land on; None takes the first offered."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises what `Opportunity.move` raises."""
        return self._go(desk, self.stage)


@dataclass(frozen=True, kw_only=True)
class JumpToStage(_Move):
    """Go back to any earlier stage."""

    move = Move.JUMP
    stage: int | None = None
    """The stage to land on; None takes the previous one."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises what `Opportunity.move` raises."""
        return self._go(desk, self.stage)


@dataclass(frozen=True, kw_only=True)
class _Close:
    """What both closings carry."""

    opportunity_no: str
    close_reason_code: str | None = None
    """None takes the only reason of the outcome, where there is just one."""
    on: date | None = None
    note: str = ""
    cancel_old_tasks: bool = True
    """Whether the tasks that are still open are called off; closing plans none."""
    seen: int | None = None

    def _reason(self, desk: Desk, outcome: Outcome) -> CloseReason | None:
        if self.close_reason_code:
            return records.close_reason(desk.session, self.close_reason_code)
        return records.only_close_reason(desk.session, outcome)

    def _close(self, desk: Desk, outcome: Outcome, sales_amount: Figure | None) -> Recorded:
        opportunity = read(desk, self.opportunity_no, self.seen)
        change = Change(
            on=self.on or opportunity.latest(desk.today),
            amount=money(sales_amount, "The sales amount", "sales_amount"),
            note=self.note.strip(),
        )
        reason = self._reason(desk, outcome)
        row = opportunity.close(outcome, reason, change, desk.today)
        if outcome is Outcome.WON:
            _make_customer(desk, opportunity)
        nth = record.transition(desk.session, opportunity, row, desk.stamp)
        if self.cancel_old_tasks:
            cancel_open(desk, opportunity)
        return Recorded(what="opportunity", no=opportunity.no, nth=nth)


@dataclass(frozen=True, kw_only=True)
class CloseAsWon(_Close):
    """Close as won; an assigned quote's amount goes before the one typed."""

    sales_amount: Figure | None = None
    """What the sale brings; None takes the quote's amount, else the estimate."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises what `Opportunity.close` raises, `CompanyMissingError`, `MissingFieldError`."""
        return self._close(desk, Outcome.WON, self.sales_amount)


@dataclass(frozen=True, kw_only=True)
class CloseAsLost(_Close):
    """Close as lost; the estimate stays to be read."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises what `Opportunity.close` raises."""
        return self._close(desk, Outcome.LOST, None)


def _make_customer(desk: Desk, opportunity: Opportunity) -> None:
    """Mark the contact, or the company of a person, as a customer: a win needs one.

    Raises `MissingFieldError`, `UnknownContactError`, `CompanyMissingError`.
    """
    if opportunity.contact_no is None:
        raise MissingFieldError("The contact involved in the opportunity", "contact_no")
    contact = records.contact(desk.session, opportunity.contact_no)
    if contact.type is ContactType.PERSON and contact.company_no:
        contact = _company(desk, contact.no, contact.company_no)
    if not contact.is_customer:
        record.customer(desk.session, contact.no)


def _company(desk: Desk, contact_no: str, company_no: str) -> Contact:
    try:
        return records.contact(desk.session, company_no)
    except UnknownContactError as error:
        raise CompanyMissingError(contact_no, company_no) from error


@dataclass(frozen=True, kw_only=True)
class Reopen(_Step):
    """Take a closed opportunity back into its cycle; `note` says why."""

    stage: int | None = None
    """The stage to reopen in; None takes the one it was closed from."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises what `Opportunity.reopen` raises."""
        opportunity = read(desk, self.opportunity_no, self.seen)
        cycle = records.sales_cycle(desk.session, opportunity.cycle_code)
        change = self._change(opportunity, desk, self.stage)
        row = opportunity.reopen(cycle, change, desk.today)
        nth = record.transition(desk.session, opportunity, row, desk.stamp)
        follow_up(desk, opportunity, cycle, row, cancel_old=self.cancel_old_tasks)
        return Recorded(what="opportunity", no=opportunity.no, nth=nth)


@dataclass(frozen=True, kw_only=True)
class RetractLastTransition:
    """Take the newest transition back; the one before stands again, and both stay readable.

    The open tasks that it planned on entering its stage are called off with it.
    """

    opportunity_no: str
    seen: int | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `NothingToRetractError`."""
        opportunity = read(desk, self.opportunity_no, self.seen)
        if opportunity.last is None:
            raise NothingToRetractError(opportunity.no)
        rows = records.live_transitions(desk.session, opportunity.id, newest=2)
        before = rows[1] if len(rows) > 1 else None
        record.retraction(desk.session, opportunity, before, desk.stamp)
        cancel_planned(desk, opportunity, opportunity.last.nth)
        return Recorded(what="opportunity", no=opportunity.no, nth=opportunity.last.nth)
