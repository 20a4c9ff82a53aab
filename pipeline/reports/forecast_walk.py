"""Walking forward over the past: at each cut every method says what it would have said then.

A cut lies a fixed number of weeks before the end of a period that is over. The log is read once for
all cuts; at each of them methods see, and learn from, only what was known by then. What is computed
is kept (`commands.StoreForecasts`) and not computed again, unless what was known at the cut is not
what it was: then a new version is made beside the old one.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeAlias

import pandas as pd

from pipeline.domain.calendar import Period
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.benchmarks import BENCHMARKS
from pipeline.metrics.forecast.known import Lives
from pipeline.metrics.forecast.method import METHODS
from pipeline.metrics.forecast.past import Past
from pipeline.metrics.forecast.walking import (
    REVISION,
    chances_given,
    fingerprints,
    last_won_days,
    won_by,
)
from pipeline.reports.forecast_past import all_lives
from pipeline.store import Session, forecasts, targets

HORIZONS = (13, 8, 4, 2, 1)
"""Weeks before the end of a period at which forecasts are compared."""
PERIODS = 12
"""So many quarters back a bake-off goes."""
DRAWS = 2_000
"""Enough for quantiles that are held against one outcome; a forecast of today draws more.

The ends of a range are off by 3 percent of its width at most, nineteen times in twenty."""
REACH = 16
"""So many periods before its own a method sees."""
ALL_METHODS = (*BENCHMARKS, *METHODS)
LOOKS_AT_CALLS = ("call",)
"""Methods that say what people called."""
KEY = ["method", "period_from", "period_to", "cut_on"]


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A day in the past on which a period is forecast."""

    period: Period
    weeks_before: int
    on: date


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """What a walk has to compute."""

    scope: Scope
    cuts: tuple[Cut, ...]
    """Every cut of the walk, the newest period first."""
    missing: tuple[tuple[Cut, tuple[str, ...]], ...]
    """The cuts at which something is to be computed, with the methods that are missing there."""
    kept: int
    """How many forecasts are there already."""

    @property
    def forecasts(self) -> int:
        """How many forecasts are to be computed."""
        return sum(len(methods) for _, methods in self.missing)


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """How far a walk is, and what is to be kept now (nothing, until a period is through)."""

    done: int
    total: int
    label: str
    """The period that is being forecast."""
    forecasts: pd.DataFrame = field(default_factory=pd.DataFrame)
    chances: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def is_to_be_kept(self) -> bool:
        """Whether there is anything to keep."""
        return not self.forecasts.empty


def whose(scope: Scope) -> str:
    """Whose forecast it is, as a key: the parts of a scope but its days; nothing for the company.

    >>> whose(Scope(as_of=date(2026, 1, 1), owners=("ANN",)))
    '{"owners": ["ANN"]}'
    """
    parts = {
        name: sorted(getattr(scope, name))
        for name in ("campaigns", "contacts", "cycles", "owners", "teams")
        if getattr(scope, name)
    }
    return json.dumps(parts, ensure_ascii=False) if parts else ""


def cuts(
    session: Session,
    scope: Scope,
    *,
    periods: int = PERIODS,
    horizons: Sequence[int] = HORIZONS,
) -> tuple[Cut, ...]:
    """Give the cuts of the last quarters that were over on the as-of day, the newest first.

    A cut before the first opportunity began is none: nothing was known.
    """
    begun = session.one("select min(valid_from) from transitions where retracted_at is null")
    if begun is None or begun[0] is None:
        return ()
    calendar = targets.calendar(session)
    running = calendar.quarter(scope.as_of + timedelta(days=1))
    return tuple(
        cut
        for period in reversed(calendar.past(running, periods))
        for weeks in sorted(horizons, reverse=True)
        if (cut := _cut(period, weeks)).on >= begun[0]
    )


def _cut(period: Period, weeks: int) -> Cut:
    return Cut(period=period, weeks_before=weeks, on=period.last - timedelta(weeks=weeks))


def plan(
    session: Session,
    scope: Scope,
    *,
    periods: int = PERIODS,
    horizons: Sequence[int] = HORIZONS,
    methods: Sequence[str] = ALL_METHODS,
) -> Plan:
    """Say what is missing, without computing anything: what no version is kept of.

    What was kept of another log than that of today is looked at by `walk`, not here.
    """
    every = cuts(session, scope, periods=periods, horizons=horizons)
    kept = _kept(session, scope)
    there = set(kept[KEY].itertuples(index=False, name=None))
    missing = [
        (cut, tuple(name for name in methods if _key(name, cut) not in there)) for cut in every
    ]
    return Plan(
        scope=scope,
        cuts=every,
        missing=tuple((cut, names) for cut, names in missing if names),
        kept=sum(len(methods) - len(names) for _, names in missing),
    )


def walk(
    session: Session,
    scope: Scope,
    *,
    periods: int = PERIODS,
    horizons: Sequence[int] = HORIZONS,
    methods: Sequence[str] = ALL_METHODS,
) -> Iterator[Step]:
    """Compute what is missing, the newest period first, a step for each cut.

    Whoever walks keeps the forecasts of a step with `StoreForecasts`; a walk that is left early
    goes on where it stopped. Where the log has grown, what was known at each cut is compared with
    what the kept forecasts were computed from. Days of the past need no clock: the same log gives
    the same numbers.
    """
    every = cuts(session, scope, periods=periods, horizons=horizons)
    newest = forecasts.newest_batch(session)
    kept = _kept(session, scope)
    if not every or _nothing_new(kept, every, methods, newest):
        return
    lives = all_lives(session, replace(scope, known_at=None), scope.as_of)
    walker = Walker(session=session, scope=scope, lives=lives, newest=newest)
    yield from walker.steps(walker.missing(every, methods))


Missing: TypeAlias = list[tuple[Cut, dict[str, int], str]]
"""Cuts, each with the next version of every method that is missing there, and its fingerprint."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Walker:
    """One walk: the log that was read, and from which batch."""

    session: Session
    scope: Scope
    lives: Lives
    newest: int

    def missing(self, every: Sequence[Cut], methods: Sequence[str]) -> Missing:
        """Give the cuts at which a method has no forecast of what was known then.

        Each with the number of the next version.
        """
        kept = _kept(self.session, self.scope)
        prints = fingerprints(self.lives.rows, [cut.on for cut in every])
        columns = [*KEY, "log_print", "version"]
        known = {
            tuple(key): (log_print, version)
            for *key, log_print, version in kept[columns].itertuples(index=False, name=None)
        }
        found = []
        for cut in every:
            latest = {name: known.get(_key(name, cut), ("", 0)) for name in methods}
            versions = {
                name: version + 1
                for name, (log_print, version) in latest.items()
                if log_print != prints[cut.on]
            }
            if versions:
                found.append((cut, versions, prints[cut.on]))
        return found

    def steps(self, todo: Missing) -> Iterator[Step]:
        """Forecast at each cut what is missing there; what is made is given once a period."""
        won = last_won_days(self.lives.rows)
        calendar = targets.calendar(self.session)
        rows: list[dict[str, object]] = []
        given: list[pd.DataFrame] = []
        for done, (cut, versions, log_print) in enumerate(todo, start=1):
            before = [(each.first, each.last) for each in calendar.past(cut.period, REACH)]
            came = won_by(won, cut.period.last)
            past = self.lives.at(cut.on, (cut.period.first, cut.period.last), before)
            for method, version in versions.items():
                key = self._key(method, cut, version)
                figures, chances = _forecast(method, past)
                rows.append(key | figures | self._origin(log_print))
                given.append(_keyed(chances_given(chances, came), key))
            is_last = done == len(todo) or todo[done][0].period != cut.period
            yield Step(
                done=done,
                total=len(todo),
                label=cut.period.label,
                forecasts=pd.DataFrame(rows) if is_last else pd.DataFrame(),
                chances=pd.concat(given, ignore_index=True) if is_last else pd.DataFrame(),
            )
            if is_last:
                rows, given = [], []

    def _key(self, method: str, cut: Cut, version: int) -> dict[str, object]:
        return {
            "scope": whose(self.scope),
            "method": method,
            "period_from": cut.period.first,
            "period_to": cut.period.last,
            "cut_on": cut.on,
            "version": version,
        }

    def _origin(self, log_print: str) -> dict[str, object]:
        return {"log_print": log_print, "log_batch_id": self.newest}


def _keyed(rows: pd.DataFrame, key: dict[str, object]) -> pd.DataFrame:
    """Give rows the key of the forecast they belong to."""
    return pd.concat(
        [rows, pd.DataFrame([key] * len(rows), index=rows.index, columns=list(key))], axis="columns"
    )


def _forecast(method: str, past: Past) -> tuple[dict[str, object], pd.DataFrame]:
    """Give the figures of a method, null where it has none, and the chances it gave."""
    if method in BENCHMARKS or (method in LOOKS_AT_CALLS and not _is_called(past)):
        amount = BENCHMARKS[method](past) if method in BENCHMARKS else None
        nothing = dict.fromkeys(("p10_amount", "p50_amount", "p90_amount"))
        return {"forecast_amount": amount} | nothing, pd.DataFrame()
    made = METHODS[method].forecast(past, draws=DRAWS)
    return {
        "forecast_amount": made.mean,
        "p10_amount": made.p10,
        "p50_amount": made.p50,
        "p90_amount": made.p90,
    }, made.chances


def _is_called(past: Past) -> bool:
    """Say whether anybody had called the period by the cut; else a call says nothing of its own."""
    calls = past.calls
    same = (calls["from_day"] == past.first_day) & (calls["to_day"] == past.last_day)
    return bool(same.any())


def _kept(session: Session, scope: Scope) -> pd.DataFrame:
    """The forecasts that are kept of a scope, days as days."""
    kept = session.frame("forecasts_kept", scope, whose=whose(scope))
    days = {name: pd.to_datetime(kept[name]).dt.date for name in KEY[1:]}
    return kept.assign(**days)


def _key(method: str, cut: Cut) -> tuple[str, date, date, date]:
    return (method, cut.period.first, cut.period.last, cut.on)


def _nothing_new(
    kept: pd.DataFrame, every: tuple[Cut, ...], methods: Sequence[str], newest: int
) -> bool:
    """Say whether every forecast is kept, computed from the log as it is by methods as they are."""
    is_current = kept["log_print"].str.startswith(f"{REVISION}:")
    current = kept[is_current & (kept["log_batch_id"] == newest)]
    there = set(current[KEY].itertuples(index=False, name=None))
    return all(_key(name, cut) in there for cut in every for name in methods)
