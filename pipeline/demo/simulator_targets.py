"""What the simulated company aimed at and what its people called, made from its own past.

A quota is what the owner won in the four quarters before, in the mean, and a little more; that of
a team is a little less than its owners' together, that of the company a little less than its
teams'. Calls miss what came of the quarter as people miss it: everyone has a habit of calling too
much or too little, sellers miss by more than those they report to. All of it is drawn apart from
the opportunities, which are the same with it and without.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd

from pipeline.commands.desk import Desk, Recorded
from pipeline.demo.simulator_company import TEAMS
from pipeline.demo.simulator_people import Sellers
from pipeline.domain.calendar import Period
from pipeline.domain.targets import Caller, Holder, Level, Measure
from pipeline.store import Session, targets

QUARTERS_BACK = 8
"""So many quarters that are over have quotas, and the one that runs."""
QUARTERS_CALLED = 4
"""So many of them were called, and the one that runs."""
CALLED_WEEKS_BEFORE = 4
YEAR = 4
STRETCH = 1.1
"""What is aimed at, of the mean of the year before."""
OVER_ASSIGNED = {Level.TEAM: 1.06, Level.COMPANY: 1.03}
"""What the quotas of its owners, of its teams, come to, of that of a team, of the company."""
CALLING = ("NORTH", "KEY")
"""In these teams the sellers who manage call for themselves, and for their teams."""
HABIT, SELLER_MISS, MANAGER_MISS = 0.12, 0.2, 0.1
"""How far people lie off for good, and how far a seller and a manager miss besides: as logs."""
_TARGETS = 1 << 31
"""Keeps the draws apart from those of the blocks."""
NOTES = ("", "One large order hangs on the budget", "Most of it is signed", "Two may slip")


@dataclass(frozen=True, kw_only=True, eq=False)
class RecordTargets:
    """Record the quotas and the calls of a simulated company that has been recorded."""

    sellers: Sellers
    seed: int

    def apply(self, desk: Desk) -> Recorded:
        """Read what was won, set quotas by it, and have the quarters called."""
        calendar = targets.calendar(desk.session)
        now = calendar.quarter(desk.today - timedelta(days=1))
        quarters = sorted(
            [*calendar.past(now, QUARTERS_BACK + YEAR), now], key=lambda one: one.first
        )
        won = won_by_quarter(desk.session, quarters)
        quotas = quotas_of(won, self._teams())
        for holder, amounts in quotas.items():
            _set(desk, holder, dict(zip(quarters, amounts, strict=True)))
        for call in self._calls(won, quarters, quotas, desk.today):
            call.submit(desk)
        return Recorded(what="quotas", no=str(len(quotas)))

    def _teams(self) -> dict[str, str]:
        """Give the team of each owner."""
        numbers = zip(self.sellers.codes, self.sellers.team, strict=True)
        return {code: TEAMS[number].code for code, number in numbers}

    def _calls(
        self,
        won: pd.DataFrame,
        quarters: list[Period],
        quotas: dict[Holder, np.ndarray],
        today: date,
    ) -> Iterator["Called"]:
        """Give a call of each holder that calls, for each quarter."""
        rng = np.random.default_rng([self.seed, _TARGETS])
        for holder, by in self._holders():
            came = of_holder(won, self._teams(), holder)
            habit = rng.normal(0, HABIT)
            miss = SELLER_MISS if holder.level is Level.OWNER else MANAGER_MISS
            for at in range(len(quarters) - QUARTERS_CALLED - 1, len(quarters)):
                off, sure, note = (
                    np.exp(rng.normal(habit, miss)),
                    rng.integers(11, 19),
                    rng.integers(4),
                )
                day = min(quarters[at].last - timedelta(weeks=CALLED_WEEKS_BEFORE), today)
                over = quarters[at].last < today
                likely = came[at] if over else max(came[at], quotas.get(holder, came)[at])
                if likely > 0 and day >= quarters[at].first:
                    yield Called(
                        holder=holder,
                        period=quarters[at],
                        by=by,
                        on=min(day, today - timedelta(days=1)),
                        amount=_rounded(likely * off),
                        confidence_percent=Decimal(int(sure) * 5),
                        note=NOTES[note],
                    )

    def _holders(self) -> Iterator[tuple[Holder, str]]:
        """Give who is called for, and by whom: sellers, their teams, the company."""
        managers = {
            TEAMS[number].code: code
            for code, number in reversed(
                list(zip(self.sellers.codes, self.sellers.team, strict=True))
            )
        }
        for team in CALLING:
            yield Holder(level=Level.OWNER, code=managers[team]), managers[team]
            yield Holder(level=Level.TEAM, code=team), managers[team]
        yield Holder(level=Level.COMPANY, code=""), managers[CALLING[-1]]


@dataclass(frozen=True, kw_only=True)
class Called:
    """A call on a day of the past."""

    holder: Holder
    period: Period
    by: str
    on: date
    amount: Decimal
    confidence_percent: Decimal
    note: str

    def submit(self, desk: Desk) -> None:
        """Record it as submitted on its day by whoever made it."""
        is_own = self.holder.level is Level.OWNER and self.holder.code == self.by
        call = targets.Call(
            holder=self.holder,
            measure=Measure.WON_AMOUNT,
            period=self.period,
            caller=Caller.SELLER if is_own else Caller.MANAGER,
            amount=self.amount,
            confidence_percent=self.confidence_percent,
            note=self.note,
        )
        stamp = replace(desk.stamp, at=datetime.combine(self.on, time(17)), by=self.by)
        targets.add_call(desk.session, call, version=1, on=self.on, is_late=False, stamp=stamp)


def won_by_quarter(session: Session, quarters: list[Period]) -> pd.DataFrame:
    """Give what stands as won: a row an owner, a column a quarter, in their order."""
    rows = session.rows(
        "select owner_code, valid_from, sum(weighted_amount) from transitions "
        "where retracted_at is null and stage = 0 and probability_percent > 0 "
        "and valid_to is null group by all"
    )
    won = pd.DataFrame(rows, columns=["owner_code", "day", "amount"])
    starts = np.array([one.first for one in quarters], "datetime64[D]")
    days = won["day"].to_numpy("datetime64[D]")
    won["quarter"] = np.searchsorted(starts, days, side="right") - 1
    inside = won[won["quarter"] >= 0].astype({"amount": "float64"})
    table = inside.pivot_table(
        index="owner_code", columns="quarter", values="amount", aggfunc="sum", fill_value=0.0
    )
    return table.reindex(columns=range(len(quarters)), fill_value=0.0)


def of_holder(won: pd.DataFrame, teams: dict[str, str], holder: Holder) -> np.ndarray:
    """Give what a holder won in each quarter."""
    if holder.level is Level.OWNER:
        own = won[won.index == holder.code]
    elif holder.level is Level.TEAM:
        own = won[won.index.map(teams) == holder.code]
    else:
        own = won
    return np.asarray(own.sum().to_numpy("float64"))


def quotas_of(won: pd.DataFrame, teams: dict[str, str]) -> dict[Holder, np.ndarray]:
    """Give the quota of each holder in each quarter, 0 where the year before tells nothing."""
    past = won.T.rolling(YEAR).mean().shift(1).fillna(0.0).T
    owners = (past * STRETCH / 1000).round() * 1000
    of_teams = owners.groupby(owners.index.map(teams)).sum() / OVER_ASSIGNED[Level.TEAM]
    of_teams = (of_teams / 1000).round() * 1000
    whole = (of_teams.sum() / OVER_ASSIGNED[Level.COMPANY] / 1000).round() * 1000
    return {
        **{Holder(level=Level.OWNER, code=str(code)): row for code, row in _rows(owners)},
        **{Holder(level=Level.TEAM, code=str(code)): row for code, row in _rows(of_teams)},
        Holder(level=Level.COMPANY, code=""): whole.to_numpy("float64"),
    }


def _rows(table: pd.DataFrame) -> Iterator[tuple[object, np.ndarray]]:
    return zip(table.index, table.to_numpy("float64"), strict=True)


def _set(desk: Desk, holder: Holder, amounts: dict[Period, float]) -> None:
    """Set the quotas of a holder, each from the first day of its quarter."""
    for period, amount in amounts.items():
        if amount > 0:
            targets.put_quota(
                desk.session,
                holder,
                Measure.WON_AMOUNT,
                period,
                target=Decimal(round(amount)),
                effective_from=period.first,
                stamp=desk.stamp,
            )


def _rounded(amount: float) -> Decimal:
    """Round as people do who call: to thousands, at least one."""
    return Decimal(max(1, round(amount / 1000)) * 1000)
