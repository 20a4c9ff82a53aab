"""Reports: the quotas as they are set, and what was attained of them."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeAlias

import pandas as pd

from pipeline.domain.calendar import PeriodKind
from pipeline.domain.scope import Scope, Selection
from pipeline.domain.targets import Holder, Level
from pipeline.metrics import targets as metric
from pipeline.reports.forecast_period import Asked, asked, holder_of
from pipeline.reports.report import Drill, Report, Row
from pipeline.store import Session

QUOTAS_NAME = "quotas"
QUOTAS_DEFINITION = (
    "What is aimed at, by company, team and owner, as it is in force on the as-of day, for every "
    "period that lies in the one that is looked at. A revision is in force from its day on."
)
NAME = "attainment"
DEFINITION = (
    "What was won in the period up to the as-of day, and the share of the quota that it is. An "
    "owner's quota is prorated by the days on which the owner sold. A team's quota need not be the "
    "sum of its members': both stand here, and what the members' go beyond it. Where no own quota "
    "is set, the members' is the target; without any, or with 0, there is no attainment."
)
MeasureName: TypeAlias = Literal["won amount", "won count", "created count"]
_ACHIEVED = {"won amount": "won_amount", "won count": "won", "created count": "created"}


def quotas(session: Session, scope: Scope) -> Report:
    """Every quota inside the period (the fiscal year, unless one is set), each as it is in force.

    Columns: `holder, code, name, measure, period, quota_from, quota_to, target, effective_from,
    set_by`.
    """
    wanted = scope
    if scope.from_on is None and scope.to_on is None:
        year = asked(session, scope).calendar.period(PeriodKind.YEAR, scope.as_of)
        wanted = replace(scope, from_on=year.first, to_on=year.last)
    rows = _set(session, wanted)
    people = session.frame("forecast_people", wanted)
    return Report(
        name=QUOTAS_NAME,
        definition=QUOTAS_DEFINITION,
        frame=_named(rows, people)[
            [
                *("level", "code", "name", "measure", "period", "starts_on", "ends_on"),
                *("target", "effective_from", "created_by"),
            ]
        ].rename(columns=_SHOWN),
        scope=wanted,
    )


_SHOWN = {
    "level": "holder",
    "starts_on": "quota_from",
    "ends_on": "quota_to",
    "created_by": "set_by",
}


def _set(session: Session, scope: Scope) -> pd.DataFrame:
    frame = session.frame("quotas_of", replace(scope, known_at=None), moment=scope.known_at)
    return frame.astype({"target": "float64"})


def _named(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    owners = dict(zip(people["owner_code"], people["owner_name"], strict=True))
    teams = dict(zip(people["team_code"], people["team_name"], strict=True))
    names = {"owner": owners, "team": teams, "company": {"": "Company"}}
    named = [
        names[level].get(code) or code
        for level, code in zip(rows["level"], rows["code"], strict=True)
    ]
    return rows.assign(name=pd.Series(named, index=rows.index, dtype="str"))


def attainment(session: Session, scope: Scope, *, measure: MeasureName = "won amount") -> Report:
    """Company, teams and owners with quota, members' quotas and attainment.

    The frame is that of `metrics.targets.by_holder`, without the rows that have neither a quota
    nor anything achieved; `totals` is the row of the whole scope.
    """
    looked = asked(session, scope)
    table = holders(session, looked, measure=measure)
    shown = table[(table["target"].notna()) | (table["achieved"] > 0)].reset_index(drop=True)
    shown = _achieved(shown, measure)
    target = target_of(session, looked, measure=measure, table=table)
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=shown.drop(columns=["team_code", "team_name"]).assign(measure=measure),
        scope=looked.scope,
        totals={
            "target": target.amount,
            _ACHIEVED[measure]: float(table.loc[table["holder"] == "company", "achieved"].iloc[0]),
            "attainment_rate": metric.attainment(
                float(table.loc[table["holder"] == "company", "achieved"].iloc[0]), target.amount
            ),
        },
        opens=("won",),
        leads_to=partial(_lead, looked),
    )


def _achieved(table: pd.DataFrame, measure: MeasureName) -> pd.DataFrame:
    """Name what was achieved for what it is; how many were won stands there in any case."""
    column = _ACHIEVED[measure]
    counted = {"won": "int64", "created": "int64"}
    kept = table.drop(columns="won") if column == "won" else table
    named = kept.rename(columns={"achieved": column})
    return named.astype({name: kind for name, kind in counted.items() if name in named})


def _lead(looked: Asked, row: Row, _column: str) -> Drill:
    day = min(looked.day, looked.period.last)
    won = Selection(statuses=("won",), closed_from=looked.period.first, closed_to=day)
    return narrowed(looked.scope, row), selection_of(row, won)


def narrowed(scope: Scope, row: Row) -> Scope:
    """The scope of a row of company, team or owner."""
    if row["holder"] == "team" and row["code"]:
        return replace(scope, teams=(str(row["code"]),))
    if row["holder"] == "owner" and row["code"]:
        return replace(scope, owners=(str(row["code"]),))
    return scope


def selection_of(row: Row, selection: Selection) -> Selection:
    """The selection of a row: those of nobody, and of no team, have no code to narrow by."""
    if row["holder"] == "team" and not row["code"]:
        return replace(selection, without_team=True)
    if row["holder"] == "owner" and not row["code"]:
        return replace(selection, without_owner=True)
    return selection


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a scope aims at in a period, and what that is made of."""

    amount: float | None
    """None: nothing was set, or what was set is 0."""
    basis: str
    """In words: the quota of team NORTH; the members' quotas together; no quota is set."""
    members: float | None = None
    """What the members' quotas come to, prorated."""


def holders(
    session: Session,
    looked: Asked,
    *,
    measure: MeasureName = "won amount",
    only_targets: bool = False,
) -> pd.DataFrame:
    """Company, teams and owners of the scope: the frame of `metrics.targets.by_holder`.

    With `only_targets` nothing is read of what was achieved: it stands at 0.
    """
    quotas_set = _set(session, looked.scope)
    everyone = session.frame("forecast_people", looked.scope)
    found = metric.of_period(quotas_set[quotas_set["measure"] == measure], looked.period, everyone)
    achieved = _nothing() if only_targets else _reached(session, looked, measure)
    people = _inside(everyone, looked.scope)
    return metric.by_holder(_of_scope(found, looked.scope), people, achieved, looked.period)


def _reached(session: Session, looked: Asked, measure: MeasureName) -> pd.DataFrame:
    """What each owner reached in the measure, and how many were won."""
    won = session.frame("won_by_owner", looked.scope, counts_created=measure == "created count")
    reached = won[_ACHIEVED[measure]].astype("float64")
    return won[["owner_code", "won"]].assign(achieved=reached)


def _nothing() -> pd.DataFrame:
    kinds = {"owner_code": "str", "won": "int64", "achieved": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _inside(people: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Those a scope is about."""
    kept = people
    if scope.teams:
        kept = kept[kept["team_code"].isin(scope.teams)]
    if scope.owners:
        kept = kept[kept["owner_code"].isin(scope.owners)]
    return kept.reset_index(drop=True)


def _of_scope(found: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The quotas that speak about all of a row: none of a team whose owners are picked."""
    if holder_of(scope) is None and (scope.cycles or scope.contacts or scope.campaigns):
        return found.iloc[:0]
    levels = {"owner", "team", "company"}
    if scope.owners:
        levels = {"owner"}
    elif scope.teams:
        levels = {"owner", "team"}
    return found[found["level"].isin(levels)]


def target_of(
    session: Session,
    looked: Asked,
    *,
    measure: MeasureName = "won amount",
    table: pd.DataFrame | None = None,
) -> Target:
    """What the scope aims at: its own quota where it is somebody's, else its members' together."""
    holder = holder_of(looked.scope)
    if looked.scope.cycles or looked.scope.contacts or looked.scope.campaigns:
        return Target(amount=None, basis="quotas know no sales cycles, contacts or campaigns")
    rows = table
    if rows is None:
        rows = holders(session, looked, measure=measure, only_targets=True)
    row = _row_of(rows, holder)
    if row is None or not _amount(row["target"]):
        return Target(amount=None, basis=f"no quota is set for {holder or 'this scope'}")
    own = _amount(row["quota"]) is not None
    return Target(
        amount=_amount(row["target"]),
        basis=f"the quota of {holder}" if own and holder else "the members' quotas together",
        members=_amount(row["members_quota"]),
    )


def _row_of(rows: pd.DataFrame, holder: Holder | None) -> "pd.Series[Any] | None":
    """The row of whoever the scope is; of several together the first, which holds them all."""
    level = holder.level if holder else Level.COMPANY
    code = holder.code if holder else ""
    found = rows[(rows["holder"] == level.value) & (rows["code"] == code)]
    return found.iloc[0] if len(found) else None


def _amount(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
