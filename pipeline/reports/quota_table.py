"""What the page of quotas shows: holders by period, and the salespeople's days active."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from pipeline.domain.calendar import FiscalCalendar, Period, PeriodKind
from pipeline.domain.scope import Scope
from pipeline.reports.quotas import MeasureName
from pipeline.store import Session, targets

ROW = ["holder", "code", "name"]


@dataclass(frozen=True, eq=False, kw_only=True)
class QuotaTable:
    """The quotas of a fiscal year."""

    year: Period
    periods: list[Period]
    frame: pd.DataFrame
    """A row a holder, the company first, then teams each with its owners: `holder, code, name`, and
    a column for each period by its label; nothing where no quota is set."""


def quota_table(
    session: Session, scope: Scope, *, kind: PeriodKind, measure: MeasureName
) -> QuotaTable:
    """The quotas of the fiscal year of the day, by period of a kind, as they are in force."""
    calendar = targets.calendar(session)
    year = calendar.period(PeriodKind.YEAR, scope.as_of)
    periods = calendar.inside(kind, year)
    days = Scope(as_of=scope.as_of, from_on=year.first, to_on=year.last)
    rows = session.frame("quotas_of", days, moment=None).astype({"target": "float64"})
    rows = rows[rows["measure"] == measure]
    everyone = _holders(session.frame("forecast_people", days))
    columns: dict[str, Any] = {period.label: _column(rows, period, everyone) for period in periods}
    return QuotaTable(year=year, periods=periods, frame=everyone.assign(**columns))


def _column(rows: pd.DataFrame, period: Period, holders: pd.DataFrame) -> list[float | None]:
    first, last = pd.to_datetime(rows["starts_on"]), pd.to_datetime(rows["ends_on"])
    of_it = rows[(first == pd.Timestamp(period.first)) & (last == pd.Timestamp(period.last))]
    found = {
        (level, code): float(target)
        for level, code, target in zip(of_it["level"], of_it["code"], of_it["target"], strict=True)
    }
    pairs = zip(holders["holder"], holders["code"], strict=True)
    return [found.get((holder, code)) for holder, code in pairs]


def _holders(people: pd.DataFrame) -> pd.DataFrame:
    """The company, then each team followed by its owners, by name; those of no team last."""
    people = people.sort_values(["team_name", "team_code", "owner_name"], kind="stable")
    company = pd.DataFrame({"holder": ["company"], "code": [""], "name": ["Company"]})
    parts = [company]
    for code, members in people.groupby("team_code", dropna=False, sort=False):
        if isinstance(code, str):
            name = members["team_name"].iloc[0] or code
            parts.append(pd.DataFrame({"holder": ["team"], "code": [code], "name": [name]}))
        named = members.rename(columns={"owner_code": "code", "owner_name": "name"})
        parts.append(named[["code", "name"]].assign(holder="owner")[ROW])
    return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True, kw_only=True)
class SetFor:
    """For what of a fiscal year quotas of a measure are set, by whomever."""

    periods: list[Period]
    """Those of the fiscal calendar, the longest kind first."""
    others: list[tuple[date, date]]
    """First and last days inside the year that are no period of the calendar: it was cut otherwise
    when their quotas were set, and they count nowhere."""


def set_for(session: Session, day: date, *, measure: MeasureName) -> SetFor:
    """For which periods of the fiscal year of a day anybody has a quota."""
    year = year_of(session, day)
    known = {
        (period.first, period.last): period
        for kind in reversed(PeriodKind)
        for period in calendar(session).inside(kind, year)
    }
    days = Scope(as_of=day, from_on=year.first, to_on=year.last)
    rows = session.frame("quotas_of", days, moment=None)
    of_it = rows.loc[rows["measure"] == measure, ["starts_on", "ends_on"]].drop_duplicates()
    there = {
        (pd.Timestamp(first).date(), pd.Timestamp(last).date())
        for first, last in of_it.itertuples(index=False)
    }
    return SetFor(
        periods=[period for cut, period in known.items() if cut in there],
        others=sorted(there - known.keys()),
    )


def days_active(session: Session) -> pd.DataFrame:
    """The salespeople with the days between which they sell.

    Columns: `owner_code, owner_name, team_name, joined_on, left_on`.
    """
    people = session.frame("forecast_people", Scope(as_of=date.max))
    return people[["owner_code", "owner_name", "team_name", "joined_on", "left_on"]]


def calendar(session: Session) -> FiscalCalendar:
    """The fiscal calendar of the company."""
    return targets.calendar(session)


def year_of(session: Session, day: date) -> Period:
    """The fiscal year that a day lies in."""
    return targets.calendar(session).period(PeriodKind.YEAR, day)


def years(session: Session, today: date) -> dict[str, date]:
    """The fiscal years to choose from, this one first: each with the day it is looked at from.

    That is today in the running one; of the others their last day.
    """
    cut = targets.calendar(session)
    now = cut.period(PeriodKind.YEAR, today)
    ahead, behind = cut.after(now), cut.past(now, 2)[::-1]
    return {now.label: today, ahead.label: ahead.last} | {one.label: one.last for one in behind}
