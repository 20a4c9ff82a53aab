"""An opportunity: where it stands, and what it decides or refuses.

Every decision takes what it needs as values and gives the next `Transition`; nothing is stored.
The rules and their order are those of Business Central's sales opportunities; the README lists
where this product departs from them.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.domain.closing import CloseReason, Outcome
from pipeline.domain.cycles import HUNDRED, NO_STAGE, Move, SalesCycle, Stage
from pipeline.domain.dates import add_formula
from pipeline.domain.errors import (
    AfterTodayError,
    AlreadyStartedError,
    BeforeLastChangeError,
    ClosedError,
    DeleteInProgressError,
    ExpectedCloseError,
    MissingFieldError,
    NoStagesError,
    NotClosedError,
    NothingToChangeError,
    NotInProgressError,
    NotPositiveError,
    NotStartedError,
    NotWonError,
    OutcomeMissingError,
    QuoteRequiredError,
)
from pipeline.domain.quotes import Quote
from pipeline.domain.transitions import CLOSES, STARTS_A_STAY, Action, Transition, lengthen

ZERO = Decimal(0)


class Status(StrEnum):
    """The state of an opportunity; the first two are open."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    WON = "won"
    LOST = "lost"


class Priority(StrEnum):
    """How urgent an opportunity is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a person asks for with a move; None takes what the move proposes."""

    on: date
    """The date of change."""
    stage: int | None = None
    amount: Decimal | None = None
    chances_percent: Decimal | None = None
    expected_close_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a form shows before the person types: the values that a move proposes."""

    stage: Stage
    amount: Decimal | None
    chances_percent: Decimal
    expected_close_on: date | None


@dataclass(frozen=True, kw_only=True)
class Opportunity:
    """A possible sale with its standing (`last`, None while not started)."""

    id: int
    no: str
    description: str
    contact_no: str | None
    company_no: str | None
    owner_code: str | None
    cycle_code: str
    created_on: date
    campaign_no: str | None = None
    priority: Priority = Priority.NORMAL
    quote: Quote | None = None
    last: Transition | None = None
    last_nth: int = 0
    version: int = 1
    list_no: str | None = None
    """The list of contacts it was made for."""

    @property
    def status(self) -> Status:
        """What the standing makes of the opportunity."""
        if self.last is None:
            return Status.NOT_STARTED
        if self.last.action in CLOSES:
            return Status(self.last.action.value)
        return Status.IN_PROGRESS

    @property
    def at(self) -> int | None:
        """The stage it stands in; None while not started, 0 once closed."""
        return self.last.stage if self.last else None

    def latest(self, today: date) -> date:
        """Give the proposed date of change: today, or the day of the last change when later."""
        return max(today, self.last.on) if self.last else today

    # --- moves ----------------------------------------------------------------------------------

    def activate(self, cycle: SalesCycle, change: Change, today: date) -> Transition:
        """Enter the first stage; without an amount it starts at 0, as Business Central starts it.

        Raises `AlreadyStartedError`, `NoStagesError`, `BeforeLastChangeError`, `AfterTodayError`,
        `ExpectedCloseError`.
        """
        if self.status is not Status.NOT_STARTED:
            raise AlreadyStartedError(self.no, self.status)
        if not cycle.stages:
            raise NoStagesError(cycle.code)
        self._check_day(change.on, today)
        stage = cycle.target(Move.FIRST, None, None)
        amount = ZERO if change.amount is None else change.amount
        _check_expected_close(change.expected_close_on, change.on)
        standing = self._standing(Action.FIRST, change, stage.stage)
        chances = change.chances_percent or stage.chances_percent
        return estimate(cycle, stage, standing, amount, chances, change.expected_close_on)

    def propose(
        self, cycle: SalesCycle, move: Move, on: date, stage: int | None = None
    ) -> Proposal:
        """Give what the form of a move shows before anything is typed.

        The amount is the assigned quote's, else the current one; the chance is the target
        stage's (on an update the current one, so that a typed chance lasts as long as the stage);
        the expected close date is the current one while it lies ahead, else the date of change
        plus the stage's date formula.
        """
        target = cycle.target(move, self.at, stage)
        amount = self.quote.amount if self.quote else (self.last.amount if self.last else None)
        chances = target.chances_percent
        if move is Move.UPDATE and self.last and self.last.chances_percent:
            chances = self.last.chances_percent
        expected = self.last.expected_close_on if self.last else None
        if expected is None or expected < on:
            expected = add_formula(on, target.date_formula) if target.date_formula else None
        return Proposal(
            stage=target, amount=amount, chances_percent=chances, expected_close_on=expected
        )

    def move(self, cycle: SalesCycle, move: Move, change: Change, today: date) -> Transition:
        """Go to the next, the previous, a skipped-to or an earlier stage, or update in place.

        Checks stand in Business Central's order. Raises `ClosedError`, `NotStartedError`,
        `NoStagesError`, `StageNotOfferedError`, `BeforeLastChangeError`, `AfterTodayError`,
        `QuoteRequiredError`, `NotPositiveError`, `MissingFieldError`, `ExpectedCloseError`.
        """
        self.check_open()
        if not cycle.stages:
            raise NoStagesError(cycle.code)
        if self.last is None:
            raise NotStartedError(self.no)
        cycle.target(move, self.at, None)
        self._check_day(change.on, today)
        proposal = self.propose(cycle, move, change.on, change.stage)
        action = _action(cycle, move, change.stage, self.at)
        self._check_quote(action, proposal.stage)
        amount, chances, expected = _chosen(change, proposal, move)
        _check_estimates(amount, chances, expected, change.on)
        standing = self._standing(action, change, proposal.stage.stage)
        if move in (Move.SKIP, Move.JUMP):
            chances = proposal.stage.chances_percent or chances
        return estimate(cycle, proposal.stage, standing, amount, chances, expected)

    def _check_quote(self, action: Action, stage: Stage) -> None:
        enters = action in (Action.NEXT, Action.SKIP)
        has_quote = self.quote is not None and not self.quote.is_order
        if enters and stage.quote_required and not has_quote:
            raise QuoteRequiredError(self.no, stage.stage, stage.description)

    # --- closing and reopening ------------------------------------------------------------------

    def close(
        self,
        outcome: Outcome | None,
        reason: CloseReason | None,
        change: Change,
        today: date,
    ) -> Transition:
        """Close as won (for the quote's amount, else `change.amount`) or lost, started or not.

        Raises `ClosedError`, `OutcomeMissingError`, `MissingFieldError`,
        `CloseReasonOutcomeError`, `BeforeLastChangeError`, `AfterTodayError`, `NotPositiveError`.
        """
        self.check_open()
        if outcome is None:
            raise OutcomeMissingError
        if reason is None:
            raise MissingFieldError("The close reason", "close_reason_code")
        reason.check_fits(outcome)
        self._check_day(change.on, today)
        won_amount = self.won_amount(change.amount) if outcome is Outcome.WON else ZERO
        if outcome is Outcome.WON and (won_amount is None or won_amount <= 0):
            raise NotPositiveError("The sales amount", "sales_amount", won_amount)
        share = HUNDRED if outcome is Outcome.WON else ZERO
        return replace(
            self._standing(Action(outcome.value), change, NO_STAGE),
            amount=self.last.amount if self.last else ZERO,
            chances_percent=share,
            completed_percent=HUNDRED,
            probability_percent=share,
            weighted_amount=won_amount,
            expected_close_on=change.on,
            close_reason_code=reason.code,
        )

    def won_amount(self, typed: Decimal | None) -> Decimal | None:
        """Give what a win brings: the quote's amount, else the typed one, else the estimate."""
        if self.quote is not None:
            return self.quote.amount
        if typed is not None:
            return typed
        return self.last.amount if self.last else None

    def lose_order(self, today: date, note: str) -> Transition:
        """Turn a win into a loss because its order is deleted; only the estimate stays.

        The row has no close reason. Raises `NotWonError`.
        """
        if self.last is None or self.last.action is not Action.WON:
            raise NotWonError(self.no, self.status)
        on = self.latest(today)
        return replace(
            self._standing(Action.LOST, Change(on=on, note=note), NO_STAGE),
            amount=self.last.amount,
            completed_percent=HUNDRED,
            weighted_amount=ZERO,
            expected_close_on=on,
        )

    def reopen(self, cycle: SalesCycle, change: Change, today: date) -> Transition:
        """Take a closed opportunity back into the stage it was closed from, or the one given.

        Raises `NotClosedError`, `MissingFieldError` (the reason, in `note`), `NoStagesError`,
        `UnknownStageError`, `BeforeLastChangeError`, `AfterTodayError`, `ExpectedCloseError`.
        """
        if self.last is None or self.last.action not in CLOSES:
            raise NotClosedError(self.no, self.status)
        if not change.note.strip():
            raise MissingFieldError("The reason for reopening", "note")
        stage = self.reopens_in(cycle, change.stage)
        self._check_day(change.on, today)
        _check_expected_close(change.expected_close_on, change.on)
        standing = self._standing(Action.REOPEN, change, stage.stage)
        amount = self.last.amount if change.amount is None else change.amount
        chances = change.chances_percent or stage.chances_percent
        return estimate(cycle, stage, standing, amount, chances, change.expected_close_on)

    def reopens_in(self, cycle: SalesCycle, wanted: int | None = None) -> Stage:
        """Give the stage a reopening leads to. Raises `NoStagesError`, `UnknownStageError`."""
        if not cycle.stages:
            raise NoStagesError(cycle.code)
        if wanted is not None:
            return cycle.stage(wanted)
        last_stay = self.last.path.split(" ")[-1] if self.last else ""
        stages = {str(stage.stage): stage for stage in cycle.stages}
        return stages.get(last_stay, cycle.stages[0])

    # --- owner and edits ------------------------------------------------------------------------

    def reassign(self, owner_code: str, change: Change, today: date) -> Transition | None:
        """Give the opportunity to another owner; None when it is not started and so has no log yet.

        Raises `ClosedError`, `NothingToChangeError`, `BeforeLastChangeError`, `AfterTodayError`.
        """
        self.check_open()
        if owner_code == self.owner_code:
            raise NothingToChangeError(self.no)
        return self.annotate(Action.REASSIGN, change, today, owner_code=owner_code)

    def annotate(
        self,
        action: Action,
        change: Change,
        today: date,
        *,
        owner_code: str | None = None,
        contact_no: str | None = None,
    ) -> Transition | None:
        """Give the row of a change that leaves stage and figures alone; None when not started."""
        if self.last is None:
            return None
        self._check_day(change.on, today)
        return replace(
            self.last,
            action=action,
            on=change.on,
            from_stage=self.last.stage,
            owner_code=owner_code or self.last.owner_code,
            contact_no=contact_no or self.last.contact_no,
            note=change.note,
        )

    # --- checks ---------------------------------------------------------------------------------

    def check_deletable(self) -> None:
        """Refuse to delete what is in progress. Raises `DeleteInProgressError`."""
        if self.status is Status.IN_PROGRESS:
            raise DeleteInProgressError(self.no)

    def check_in_progress(self, wish: str) -> None:
        """Refuse what needs an opportunity in progress. Raises `NotInProgressError`."""
        if self.status is not Status.IN_PROGRESS:
            raise NotInProgressError(self.no, self.status, wish)

    def check_not_started(self) -> None:
        """Refuse what only one not started may change. Raises `AlreadyStartedError`."""
        if self.last is not None:
            raise AlreadyStartedError(self.no, self.status)

    def check_open(self) -> None:
        """Refuse to change what is closed. Raises `ClosedError`."""
        if self.last is not None and self.last.action in CLOSES:
            raise ClosedError(self.no, self.status, self.last.on)

    def _check_day(self, on: date, today: date) -> None:
        earliest = self.last.on if self.last else self.created_on
        if on < earliest:
            raise BeforeLastChangeError(on, earliest)
        if on > max(today, earliest):
            raise AfterTodayError(on, today)

    def _standing(self, action: Action, change: Change, stage: int) -> Transition:
        """Start the next row: what stays as it was, the new stage, no figures yet."""
        last = self.last
        path = last.path if last else ""
        return Transition(
            action=action,
            on=change.on,
            cycle_code=self.cycle_code,
            stage=stage,
            from_stage=last.stage if last else NO_STAGE,
            path=lengthen(path, stage) if action in STARTS_A_STAY else path,
            amount=None,
            chances_percent=ZERO,
            completed_percent=ZERO,
            probability_percent=ZERO,
            weighted_amount=None,
            expected_close_on=None,
            owner_code=self.owner_code,
            contact_no=self.contact_no,
            forecast_category=last.forecast_category if last else None,
            note=change.note,
        )


def estimate(
    cycle: SalesCycle,
    stage: Stage,
    standing: Transition,
    amount: Decimal | None,
    chances: Decimal,
    expected_close_on: date | None,
) -> Transition:
    """Fill in what the cycle makes of an amount and a chance at a stage; nothing is rounded.

    A chance of 0 becomes the stage's own; an expected close date that is blank or equals the date
    of change becomes that date plus the stage's date formula.
    """
    chances = chances or stage.chances_percent
    probability = cycle.method.probability(chances, stage.completed_percent)
    if expected_close_on is None or expected_close_on == standing.on:
        expected_close_on = add_formula(standing.on, stage.date_formula)
    return replace(
        standing,
        amount=amount,
        chances_percent=chances,
        completed_percent=stage.completed_percent,
        probability_percent=probability,
        weighted_amount=None if amount is None else amount * probability / HUNDRED,
        expected_close_on=expected_close_on,
    )


def _action(cycle: SalesCycle, move: Move, chosen: int | None, at: int | None) -> Action:
    """Give the action a move is recorded as: a skip to the very next stage is a next, and so on."""
    for plain, special in ((Move.NEXT, Move.SKIP), (Move.PREVIOUS, Move.JUMP)):
        if move is special and chosen in [s.stage for s in cycle.offered(plain, at)]:
            return Action(plain.value)
    return Action(move.value)


def _chosen(
    change: Change, proposal: Proposal, move: Move
) -> tuple[Decimal | None, Decimal, date | None]:
    """Give amount, chance and expected close date: what was typed, else what was proposed."""
    amount = proposal.amount if change.amount is None else change.amount
    chances = change.chances_percent
    if chances is None or move in (Move.SKIP, Move.JUMP):
        chances = proposal.chances_percent or chances or ZERO
    return amount, chances, change.expected_close_on or proposal.expected_close_on


def _check_estimates(
    amount: Decimal | None, chances: Decimal, expected_close_on: date | None, on: date
) -> None:
    if amount is None or amount <= 0:
        raise NotPositiveError("The amount", "amount", amount)
    if chances <= 0:
        raise NotPositiveError("Chances of success", "chances_percent", chances)
    if expected_close_on is None:
        raise MissingFieldError("The expected close date", "expected_close_on")
    _check_expected_close(expected_close_on, on)


def _check_expected_close(expected_close_on: date | None, on: date) -> None:
    if expected_close_on is not None and expected_close_on < on:
        raise ExpectedCloseError(expected_close_on, on)
