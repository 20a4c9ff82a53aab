"""Quotas in a grid: holders down, periods across; and from when to when somebody sells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.edit_grid import Delta, Grid
from dashboard.components.fields import Form
from pipeline import commands
from pipeline.domain.calendar import Period, PeriodKind
from pipeline.reports.quota_table import QuotaTable

_NAMED = 4
_INDENT = {"company": "", "team": "\u2003", "owner": "\u2003\u2003"}


@dataclass(frozen=True, eq=False)
class QuotaGrid:
    """The grid of one fiscal year and measure."""

    table: QuotaTable
    measure: str

    def draw(self, *, today: date) -> None:
        """The table, edited in place; a blank cell removes the quota.

        Under it, of the running period, whose quota is not what the members' come to.
        """
        form = Form(f"quotas-{self.table.year.label}-{self.measure}-{len(self.table.periods)}")
        frame = self.table.frame.assign(
            name=[
                _INDENT[holder] + name
                for holder, name in zip(
                    self.table.frame["holder"], self.table.frame["name"], strict=True
                )
            ]
        )
        grid = Grid(
            form=form,
            columns=self._columns(),
            fixed=("name",),
            wishes=self._wishes,
            effects=lambda delta: [*self._revised(delta, today), *self._effects(delta)],
            rows="fixed",
            by=("holder", "code"),
        )
        grid.draw(frame, save="Save quotas")
        running = [period.label for period in self.table.periods if period.holds(today)]
        for sentence in (said for label in running for said in over_assigned(frame, label)):
            st.caption(formats.escape_markdown(sentence))

    def _columns(self) -> dict[str, Any]:
        config = st.column_config
        wide = 78 if len(self.table.periods) > 4 else 120  # noqa: PLR2004  quarters have room
        return {"name": config.TextColumn("Of", width=150, pinned=True)} | {
            period.label: config.NumberColumn(
                _heading(period),
                help=f"{period.label}: {formats.day(period.first)} to {formats.day(period.last)}",
                min_value=0.0,
                format="localized",
                width=wide,
            )
            for period in self.table.periods
        }

    def _wishes(self, delta: Delta) -> Iterable[Any]:
        for change in delta.changed:
            row = change.after
            for period in self.table.periods:
                if not change.has(period.label):
                    continue
                about = {
                    "level": row["holder"],
                    "code": row["code"],
                    "on": period.first,
                    "kind": period.kind.value,
                    "measure": self.measure,
                }
                typed = row[period.label]
                yield (
                    commands.RemoveQuota(**about)
                    if formats.is_missing(typed)
                    else commands.SetQuota(**about, target=str(typed))
                )

    def _revised(self, delta: Delta, today: date) -> Iterable[str]:
        """Which quotas of a running period are revised: from today on, and not as if ever so."""
        for change in delta.changed:
            for period in self.table.periods:
                was, now = change.before[period.label], change.after[period.label]
                runs = period.holds(today) and today > period.first
                if runs and change.has(period.label) and None not in (was, now):
                    yield (
                        f"{period.label}: {str(change.after['name']).strip()} has {now:,.0f} from "
                        f"today on; until yesterday it stays at {was:,.0f}."
                    )

    def _effects(self, delta: Delta) -> Iterable[str]:
        """What members' quotas come to beside the one above them, once it is saved."""
        after = _edited(self.table.frame, delta, [p.label for p in self.table.periods])
        return [
            sentence
            for period in self.table.periods
            if any(change.has(period.label) for change in delta.changed)
            for sentence in over_assigned(after, period.label)
        ]


def _heading(period: Period) -> str:
    """What stands over a column: of a month without the year, which is chosen above.

    >>> from pipeline.domain.calendar import FiscalCalendar
    >>> _heading(FiscalCalendar().period(PeriodKind.MONTH, date(2026, 5, 1)))
    'May'
    """
    if period.kind is not PeriodKind.MONTH:
        return period.label
    return next(word for word in period.label.split() if word.isalpha() or word[0] == "P")


def _edited(frame: pd.DataFrame, delta: Delta, labels: list[str]) -> pd.DataFrame:
    after = frame.copy()
    for change in delta.changed:
        same = (after["holder"] == change.after["holder"]) & (after["code"] == change.after["code"])
        for label in labels:
            after.loc[same, label] = change.after[label]
    return after


def over_assigned(frame: pd.DataFrame, label: str) -> list[str]:
    """A sentence for each team whose quota is not what its owners' come to, and the company."""
    return [
        f"{label}: {name} has {own:,.0f}, its members together {members:,.0f}"
        f" ({members - own:+,.0f})."
        for name, own, members in _beside(frame, label)
        if members and own != members
    ]


def _beside(frame: pd.DataFrame, label: str) -> Iterable[tuple[str, float, float]]:
    """Each holder with a quota of its own, and what the members below it come to."""
    values = pd.to_numeric(frame[label]).fillna(0.0)
    group = (frame["holder"] == "team").cumsum()
    teams = frame["holder"] == "team"
    owners = frame["holder"] == "owner"
    sums = values[owners].groupby(group[owners]).sum()
    for place in frame.index[teams & (values > 0)]:
        yield (
            str(frame.loc[place, "name"]).strip(),
            float(values[place]),
            float(sums.get(group[place], 0.0)),
        )
    company = float(values[frame["holder"] == "company"].sum())
    if company:
        below = [
            float(values[teams & (group == n)].sum()) or float(sums.get(n, 0.0))
            for n in sorted(set(group))
        ]
        yield "the company", company, sum(below)


def nothing_whole(year: str, periods: Sequence[str]) -> str:
    """What is said where nobody aims at anything in all of a year: for what of it quotas are set.

    >>> nothing_whole("2025", ["2025 Q1"])
    'Of 2025 quotas are set for 2025 Q1 only: there is none of the whole year yet.'
    """
    if not periods:
        return f"No quota is set for {year} yet. Type one into the grid, or take them from a file."
    more = len(periods) - _NAMED
    named = ", ".join(periods[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"Of {year} quotas are set for {named} only: there is none of the whole year yet."


def left_over(days: Sequence[tuple[date, date]]) -> str:
    """That quotas of days that are no period any more count nowhere, and what to do."""
    more = len(days) - _NAMED
    named = ", ".join(
        f"{formats.day(first)} to {formats.day(last)}" for first, last in days[:_NAMED]
    )
    return (
        f"Quotas of {named}{f' and {more} more' if more > 0 else ''} do not count: they were set "
        "before the fiscal year was cut as it is now. Set them for the periods there are."
    )


def days_active(people: pd.DataFrame) -> None:
    """From when to when each salesperson sells; quotas are prorated by it."""
    config = st.column_config
    grid = Grid(
        form=Form("days-active"),
        columns={
            "owner_name": config.TextColumn("Name"),
            "team_name": config.TextColumn("Team", width=140),
            "joined_on": config.DateColumn("First day", format="YYYY-MM-DD", width=120),
            "left_on": config.DateColumn("Last day", format="YYYY-MM-DD", width=120),
        },
        fixed=("owner_name", "team_name"),
        wishes=_of_days,
        rows="fixed",
        by=("owner_code",),
    )
    grid.draw(
        people.assign(joined_on=_days(people["joined_on"]), left_on=_days(people["left_on"])),
        save="Save days",
    )


def _days(column: pd.Series) -> pd.Series:
    days = [None if pd.isna(day) else pd.Timestamp(day).date() for day in column]
    return pd.Series(days, index=column.index, dtype=object)


def _of_days(delta: Delta) -> Iterable[Any]:
    for change in delta.changed:
        yield commands.SetDaysActive(
            code=change.after["owner_code"],
            joined_on=_day(change.after["joined_on"]),
            left_on=_day(change.after["left_on"]),
        )


def _day(value: Any) -> date | None:  # noqa: ANN401  a day or the text the editor gives
    if value is None or value == "":
        return None
    return date.fromisoformat(str(value)[:10])
