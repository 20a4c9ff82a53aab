"""Set quotas, submit calls, and say from when to when somebody sells."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.commands.codes import chosen, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.calendar import Period, PeriodKind
from pipeline.domain.errors import (
    CallLockedError,
    CallUnchangedError,
    DaysActiveError,
    EffectiveDayError,
    MissingFieldError,
    PipelineError,
    QuotaRowError,
    UnknownQuotaError,
)
from pipeline.domain.figures import Figure, money, percent
from pipeline.domain.targets import Caller, Holder, Level, Measure
from pipeline.store import records, targets


def _holder(desk: Desk, level: str, code: str) -> Holder:
    """Give whose it is; a code that is not there is refused."""
    holder = Holder(level=chosen(Level, level, "The level", "level"), code=code.strip().upper())
    if holder.level is Level.OWNER:
        records.salesperson(desk.session, holder.code)
    if holder.level is Level.TEAM:
        records.check_team(desk.session, holder.code)
    return holder


def _period(desk: Desk, kind: str, on: date) -> Period:
    wanted = chosen(PeriodKind, kind, "The period", "kind")
    return targets.calendar(desk.session).period(wanted, on)


@dataclass(frozen=True, kw_only=True)
class SetQuota:
    """Set what is aimed at in a period, or revise it from a day on.

    `on` is any day of the period. The first quota of a period counts from its first day, a
    revision from today unless `effective_from` says otherwise; what was aimed at before stays
    readable for the days before.
    """

    on: date
    target: Figure
    level: str = Level.COMPANY.value
    code: str = ""
    kind: str = PeriodKind.QUARTER.value
    measure: str = Measure.WON_AMOUNT.value
    effective_from: date | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `ChoiceError`, `LevelCodeError`, `UnknownSalespersonError`, ….

        And `UnknownTeamError`, `FigureError`, `NegativeAmountError`, `EffectiveDayError`.
        """
        holder = _holder(desk, self.level, self.code)
        measure = chosen(Measure, self.measure, "The measure", "measure")
        period = _period(desk, self.kind, self.on)
        target = money(self.target, "The quota", "target") or Decimal(0)
        day = self._from(desk, holder, measure, period)
        known = targets.quota_in_force(desk.session, holder, measure, period, day)
        if known != target:
            targets.put_quota(
                desk.session,
                holder,
                measure,
                period,
                target=target,
                effective_from=day,
                stamp=desk.stamp,
            )
        return Recorded(what="quota", no=f"{holder} {period.label}")

    def _from(self, desk: Desk, holder: Holder, measure: Measure, period: Period) -> date:
        """The day it is in force from, inside the period."""
        wanted = self.effective_from
        if wanted is not None and wanted > period.last:
            raise EffectiveDayError(wanted, period.label, period.last)
        if wanted is None:
            revised = targets.has_quota(desk.session, holder, measure, period)
            wanted = min(desk.today, period.last) if revised else period.first
        return max(wanted, period.first)


@dataclass(frozen=True, kw_only=True)
class RemoveQuota:
    """Remove the quota of a period with its revisions, as if it had never been set."""

    on: date
    level: str = Level.COMPANY.value
    code: str = ""
    kind: str = PeriodKind.QUARTER.value
    measure: str = Measure.WON_AMOUNT.value

    def apply(self, desk: Desk) -> Recorded:
        """Raises `ChoiceError`, `LevelCodeError`, `UnknownQuotaError`."""
        level = chosen(Level, self.level, "The level", "level")
        holder = Holder(level=level, code=self.code.strip().upper())
        measure = chosen(Measure, self.measure, "The measure", "measure")
        period = _period(desk, self.kind, self.on)
        if not targets.has_quota(desk.session, holder, measure, period):
            raise UnknownQuotaError(str(holder), period.label)
        targets.remove_quota(desk.session, holder, measure, period)
        return Recorded(what="quota", no=f"{holder} {period.label}")


@dataclass(frozen=True, kw_only=True)
class ImportQuotas:
    """Set the quotas of a file, all of them or none; `rows` pairs each with its row there."""

    rows: tuple[tuple[int, SetQuota], ...]

    def apply(self, desk: Desk) -> Recorded:
        """Raises `QuotaRowError`, which says which row is refused and why."""
        for number, quota in self.rows:
            try:
                quota.apply(desk)
            except PipelineError as refusal:
                raise QuotaRowError(number, str(refusal)) from refusal
        return Recorded(what="quotas", no=str(len(self.rows)))


@dataclass(frozen=True, kw_only=True)
class SubmitCall:
    """Say what a period will come to, won so far included, and how sure that is.

    A new call never overwrites the one before: it is a version of its own. Behind the cut-off it
    is marked as late; once the period is over none is taken. Who calls for an owner's own
    opportunities is a seller, anybody else a manager.
    """

    on: date
    amount: Figure | None
    level: str = Level.COMPANY.value
    code: str = ""
    kind: str = PeriodKind.QUARTER.value
    measure: str = Measure.WON_AMOUNT.value
    confidence_percent: Figure | None = None
    note: str = ""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `FigureError`, `PercentRangeError`, `CallLockedError`, ….

        And `CallUnchangedError`, and what says whose it is is refused with.
        """
        call = self._call(desk)
        if desk.today > call.period.last:
            raise CallLockedError(call.period.label, call.period.last)
        version, said = targets.last_call(desk.session, call)
        if version and said == call.says:
            raise CallUnchangedError(call.period.label)
        targets.add_call(
            desk.session,
            call,
            version=version + 1,
            on=desk.today,
            is_late=desk.today > targets.call_cutoff(desk.session, call.period),
            stamp=desk.stamp,
        )
        return Recorded(what="call", no=f"{call.holder} {call.period.label}", nth=version + 1)

    def _call(self, desk: Desk) -> targets.Call:
        holder = _holder(desk, self.level, self.code)
        amount = money(self.amount, "The call", "amount")
        if amount is None:
            raise MissingFieldError("The call", "amount")
        own = holder.level is Level.OWNER and holder.code == desk.stamp.by
        return targets.Call(
            holder=holder,
            measure=chosen(Measure, self.measure, "The measure", "measure"),
            period=_period(desk, self.kind, self.on),
            caller=Caller.SELLER if own else Caller.MANAGER,
            amount=amount,
            confidence_percent=percent(
                self.confidence_percent, "The confidence", "confidence_percent"
            ),
            note=text(self.note, "The note", "note"),
        )


@dataclass(frozen=True, kw_only=True)
class SetDaysActive:
    """Say from when to when a salesperson sells; quotas are prorated by it. None: no such day."""

    code: str
    joined_on: date | None = None
    left_on: date | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSalespersonError`, `DaysActiveError`."""
        person = records.salesperson(desk.session, self.code)
        if self.joined_on and self.left_on and self.left_on < self.joined_on:
            raise DaysActiveError(self.joined_on, self.left_on)
        targets.put_days_active(desk.session, person.code, self.joined_on, self.left_on)
        return Recorded(what="salesperson", no=person.code)
