"""Reading kept forecasts: each beside what came of it, and the chances it gave."""

from dataclasses import replace
from datetime import date

import pandas as pd

from pipeline.domain.calendar import FiscalCalendar, PeriodKind
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast import benchmarks
from pipeline.metrics.forecast.method import METHODS
from pipeline.reports.forecast_walk import ALL_METHODS, HORIZONS, whose
from pipeline.store import Session, targets

_A_WEEK_DAYS = 7
_TITLES = {
    benchmarks.LAST_PERIOD: "Last quarter again",
    benchmarks.SAME_PERIOD_LAST_YEAR: "Same quarter last year",
}


def title(method: str) -> str:
    """Give a method as people read it."""
    return _TITLES.get(method) or (METHODS[method].title if method in METHODS else method)


def scored(session: Session, scope: Scope) -> pd.DataFrame:
    """Give each kept forecast of a period that is over beside what stands as won in it.

    `method, period_from, period_to, period_label, cut_on, weeks_before, version, versions,
    forecast_amount, p10_amount, p50_amount, p90_amount, won, actual_amount`, the oldest period
    first. With `horizons`, those at the horizons of the bake-off only.
    """
    kept = _of_periods(session.frame("forecasts_kept", scope, whose=whose(scope)), scope)
    kept = kept[_is_quarter(session, kept)]
    kept = kept[kept["forecast_amount"].notna() & kept["method"].isin(ALL_METHODS)]
    kept = kept[kept["weeks_before"].isin(HORIZONS)]
    return kept.merge(actuals(session, scope, kept), on=["period_from", "period_to"]).sort_values(
        ["period_from", "cut_on", "method"], ignore_index=True
    )


def cases(session: Session, scope: Scope) -> pd.DataFrame:
    """Give the chances of the kept forecasts: `method, weeks_before, probability, cases, happened`.

    A row for each method, period and horizon; a case is an opportunity that was open at the cut,
    and it happened when that was won by the end of the period.
    """
    given = _of_periods(session.frame("forecast_cases", scope, whose=whose(scope)), scope)
    given = given[_is_quarter(session, given)]
    return given[given["weeks_before"].isin(HORIZONS) & given["method"].isin(ALL_METHODS)]


def company(scope: Scope) -> Scope:
    """Give the scope of the whole company on the same day."""
    return Scope(as_of=scope.as_of, known_at=scope.known_at)


def label(calendar: FiscalCalendar, first: date, last: date) -> str:
    """Give the name of a period: that of the quarter, month or year it is, else its days."""
    for kind in (PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.YEAR):
        period = calendar.period(kind, first)
        if (period.first, period.last) == (first, last):
            return period.label
    return f"{first} to {last}"


def _of_periods(kept: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Keep the periods that were over on the as-of day and lie in the scope's own period."""
    days = {name: pd.to_datetime(kept[name]) for name in ("period_from", "period_to", "cut_on")}
    dated = kept.assign(**days)
    inside = dated["period_to"] <= pd.Timestamp(scope.as_of)
    if scope.from_on:
        inside &= dated["period_from"] >= pd.Timestamp(scope.from_on)
    if scope.to_on:
        inside &= dated["period_to"] <= pd.Timestamp(scope.to_on)
    away = (dated["period_to"] - dated["cut_on"]).dt.days
    weeks = (away // _A_WEEK_DAYS).where(away % _A_WEEK_DAYS == 0, -1)
    return dated.assign(weeks_before=weeks.astype("int64"))[inside]


def _is_quarter(session: Session, kept: pd.DataFrame) -> pd.Series:
    """Say which rows are about a quarter of the fiscal calendar as it is now."""
    calendar = targets.calendar(session)
    quarters = {
        start: pd.Timestamp(calendar.quarter(start.date()).last)
        if calendar.quarter(start.date()).first == start.date()
        else pd.NaT
        for start in kept["period_from"].unique()
    }
    return kept["period_from"].map(quarters) == kept["period_to"]


def actuals(session: Session, scope: Scope, kept: pd.DataFrame) -> pd.DataFrame:
    """Give what stands as won in each of the periods: `won, actual_amount, period_label`."""
    periods = kept[["period_from", "period_to"]].drop_duplicates()
    starts, ends = ([_day(day) for day in periods[name]] for name in ("period_from", "period_to"))
    anytime = replace(scope, from_on=None, to_on=None)
    came = session.frame("forecast_actuals", anytime, starts=starts, ends=ends)
    days = {name: pd.to_datetime(came[name]) for name in ("period_from", "period_to")}
    dated = came.assign(**days)
    calendar = targets.calendar(session)
    names = [
        label(calendar, _day(row.period_from), _day(row.period_to)) for row in dated.itertuples()
    ]
    return dated.assign(period_label=pd.Series(names, dated.index, dtype="str"))


def _day(value: object) -> date:
    return pd.Timestamp(str(value)).date()
