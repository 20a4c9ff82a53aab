"""The period a forecast is about, those before it, and whose forecast a scope makes it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.domain.calendar import FiscalCalendar, Period, PeriodKind
from pipeline.domain.period_words import period_of
from pipeline.domain.scope import Scope
from pipeline.domain.targets import Holder, Level
from pipeline.store import Session, targets

PAST_PERIODS = 12
"""So many periods back, pacing and yields look."""
PERIODS_AHEAD = 4
PERIODS_BACK = 8


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A period with the scope that looks at it from the as-of day."""

    calendar: FiscalCalendar
    period: Period
    scope: Scope
    """Its first and last day are those of the period."""

    @property
    def day(self) -> date:
        """The as-of day."""
        return self.scope.as_of

    @property
    def week(self) -> int:
        """The week of the period that the as-of day lies in; its last once it is over."""
        return self.period.week(min(self.day, self.period.last))

    def past(self, count: int = PAST_PERIODS) -> list[Period]:
        """Give the periods before it, of its kind or as long as it is, the oldest first."""
        if self.calendar.period(self.period.kind, self.period.first) == self.period:
            return self.calendar.past(self.period, count)
        length = timedelta(days=self.period.days)
        starts = [self.period.first - length * back for back in range(count, 0, -1)]
        return [_custom(first, self.period) for first in starts]


def asked(session: Session, scope: Scope) -> Asked:
    """Give the period of a scope: the days it names, else the fiscal quarter of its day.

    Days that are a month, quarter or year of the fiscal calendar are that one, with its name.
    """
    calendar = targets.calendar(session)
    period = _period(calendar, scope)
    return Asked(
        calendar=calendar,
        period=period,
        scope=replace(scope, from_on=period.first, to_on=period.last),
    )


def _period(calendar: FiscalCalendar, scope: Scope) -> Period:
    if scope.from_on is None and scope.to_on is None:
        return calendar.quarter(scope.as_of)
    first = scope.from_on or calendar.quarter(scope.to_on or scope.as_of).first
    last = scope.to_on or calendar.quarter(first).last
    for kind in PeriodKind:
        period = calendar.period(kind, first)
        if (period.first, period.last) == (first, last):
            return period
    return Period(
        kind=PeriodKind.QUARTER, first=first, last=max(first, last), label=f"{first} – {last}"
    )


def _custom(first: date, like: Period) -> Period:
    last = first + timedelta(days=like.days - 1)
    return Period(kind=like.kind, first=first, last=last, label=f"{first} – {last}")


def choices(session: Session, day: date) -> dict[str, Period]:
    """Give the periods to choose from, by name: the quarters, months and years about a day."""
    calendar = targets.calendar(session)
    return {period.label: period for kind in _ORDER for period in _about(calendar, kind, day)}


_ORDER = (PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.YEAR)


def _about(calendar: FiscalCalendar, kind: PeriodKind, day: date) -> Sequence[Period]:
    """The current period first, then those to come, then those before, the nearest first."""
    now = calendar.period(kind, day)
    ahead = [now]
    for _ in range(PERIODS_AHEAD):
        ahead.append(calendar.after(ahead[-1]))
    return [*ahead, *calendar.past(now, PERIODS_BACK)[::-1]]


def named(session: Session, words: str, kind: PeriodKind = PeriodKind.QUARTER) -> Period:
    """Give the period that words name. Raises `PeriodUnreadableError`."""
    return period_of(targets.calendar(session), words, kind)


def holder_of(scope: Scope) -> Holder | None:
    """Whose forecast a scope is: the company's, one team's, one owner's; None: of no single one.

    A scope narrowed to cycles, contacts or campaigns is nobody's: quotas know nothing of them.
    """
    if scope.cycles or scope.contacts or scope.campaigns:
        return None
    if not scope.owners and not scope.teams:
        return Holder(level=Level.COMPANY)
    if len(scope.owners) == 1:
        return Holder(level=Level.OWNER, code=scope.owners[0])
    if len(scope.teams) == 1 and not scope.owners:
        return Holder(level=Level.TEAM, code=scope.teams[0])
    return None


def last_day_in_time(session: Session, period: Period) -> date:
    """Give the last day on which a call for a period is in time."""
    return targets.call_cutoff(session, period)
