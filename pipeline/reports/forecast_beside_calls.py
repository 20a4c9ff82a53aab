"""What the model said on the days people made their calls, so that both can be compared.

A call is about an owner, a team or the company, and for each of them the model is asked anew, from
what was known at the end of the day of the call. The log is read once for all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from pipeline.domain.calendar import Period, PeriodKind
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.known import Lives
from pipeline.reports.forecast_default import default_method
from pipeline.reports.forecast_kept import company
from pipeline.reports.forecast_past import all_lives
from pipeline.reports.forecast_walk import (
    LOOKS_AT_CALLS,
    PERIODS,
    Cut,
    Missing,
    Step,
    Walker,
    walk,
)
from pipeline.store import Session, forecasts, targets


@dataclass(frozen=True, kw_only=True, order=True)
class Held:
    """Whose call it is: the level, and the code of an owner or a team."""

    level: str
    code: str

    def scope(self, scope: Scope) -> Scope:
        """Give the scope of what the call is about, on the same day."""
        whole = company(scope)
        if self.level == "owner":
            return replace(whole, owners=(self.code,))
        return replace(whole, teams=(self.code,)) if self.level == "team" else whole

    def rows(self, lives: Lives) -> Lives:
        """Give the company's log with what the call is about as its inside."""
        shared = replace(lives, company=lives.rows)
        if self.level == "company":
            return shared
        column = "owner_code" if self.level == "owner" else "team_code"
        return replace(shared, rows=lives.rows.assign(is_inside=lives.rows[column] == self.code))


def standing_calls(session: Session, scope: Scope) -> pd.DataFrame:
    """Give the call that stood of each holder and caller for each period that is over.

    The last in time, else the last of all: `level, code, caller, period_from, period_to,
    called_on, person_code, after_amount, is_late`; those of the scope's owners and teams only,
    where it names any.
    """
    calls = session.frame("calls_of_periods", replace(scope, known_at=None))
    if scope.owners:
        calls = calls[(calls["level"] == "owner") & calls["code"].isin(scope.owners)]
    if scope.teams:
        people = session.frame("salespeople", scope)
        of_teams = people.loc[people["team_code"].isin(scope.teams), "owner_code"]
        calls = calls[
            ((calls["level"] == "team") & calls["code"].isin(scope.teams))
            | ((calls["level"] == "owner") & calls["code"].isin(of_teams))
        ]
    return calls.reset_index(drop=True)


def bake_off(session: Session, scope: Scope, *, periods: int = PERIODS) -> Iterator[Step]:
    """Compute all that is missing: every method at every cut, then the default one beside calls.

    Keep the forecasts of each step with `StoreForecasts` before asking for the next one: the
    default method is chosen from those that are kept.
    """
    yield from walk(session, scope, periods=periods)
    yield from beside_calls(session, scope, method=model(session, scope))


def model(session: Session, scope: Scope) -> str:
    """Give the method that calls are held against: the best of those that look at no call."""
    return default_method(session, scope, without=LOOKS_AT_CALLS).name


def beside_calls(session: Session, scope: Scope, *, method: str) -> Iterator[Step]:
    """Compute what the method would have said beside each call, where it is not kept yet.

    Day by day: what is learned of the whole company is learned once a day, whoever called then.
    Keep the forecasts of the steps with `StoreForecasts`.
    """
    calls = standing_calls(session, scope)
    if calls.empty:
        return
    lives = all_lives(session, company(scope), scope.as_of)
    newest = forecasts.newest_batch(session)
    todo: list[tuple[Walker, Cut, Missing]] = []
    for (level, code), part in calls.groupby(["level", "code"]):
        held = Held(level=str(level), code=str(code))
        walker = Walker(
            session=session, scope=held.scope(scope), lives=held.rows(lives), newest=newest
        )
        lacking = walker.missing(_cuts(session, part), (method,))
        todo += [(walker, one[0], [one]) for one in lacking]
    todo.sort(key=lambda one: (one[1].on, one[1].period.first, one[1].period.last), reverse=True)
    for done, (walker, _, missing) in enumerate(todo, start=1):
        for step in walker.steps(missing):
            yield replace(step, done=done, total=len(todo))


def _cuts(session: Session, calls: pd.DataFrame) -> list[Cut]:
    """A cut for each day on which a period was called, the newest period first."""
    calendar = targets.calendar(session)
    days = {
        (_day(row.period_from), _day(row.period_to), _day(row.called_on))
        for row in calls.itertuples()
    }
    return [
        Cut(period=_period(calendar.quarter(first), first, last), weeks_before=0, on=on)
        for first, last, on in sorted(days, reverse=True)
    ]


def _period(quarter: Period, first: date, last: date) -> Period:
    """The period as it was when it was called, whatever the calendar is now."""
    if (quarter.first, quarter.last) == (first, last):
        return quarter
    days = (last - first).days
    kind = PeriodKind.MONTH if days < 40 else PeriodKind.QUARTER if days < 120 else PeriodKind.YEAR  # noqa: PLR2004  lengths
    return Period(kind=kind, first=first, last=last, label=f"{first} to {last}")


def _day(value: object) -> date:
    return pd.Timestamp(str(value)).date()
