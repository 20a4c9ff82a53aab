"""Report: the calls for a period, every version of them, and which one counts."""

from dataclasses import replace

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.domain.targets import Holder
from pipeline.reports.forecast_period import Asked, asked, holder_of
from pipeline.reports.report import Report
from pipeline.store import Session

NAME = "calls"
DEFINITION = (
    "What sellers and managers said the period will come to, won so far included: a call is a "
    "total and is never added to what is won. Every version stays. The latest counts now; locked "
    "is the last one that was in time, submitted on or before the cut-off."
)


def calls(session: Session, scope: Scope) -> Report:
    """Every version of every call for the period, the newest first.

    Columns: `holder, code, name, caller, version, called_amount, confidence_percent, call_note,
    submitted_on, called_by, is_late, is_latest, is_locked`.
    """
    looked = asked(session, scope)
    rows = calls_of(session, looked)
    newest = rows.sort_values(["created_at", "version"], ascending=False, kind="stable")
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=newest[list(_SHOWN)].rename(columns=_SHOWN).reset_index(drop=True),
        scope=looked.scope,
    )


_SHOWN = {
    "level": "holder",
    "code": "code",
    "name": "name",
    "caller": "caller",
    "version": "call_version",
    "amount": "called_amount",
    "confidence_percent": "confidence_percent",
    "note": "call_note",
    "submitted_on": "submitted_on",
    "created_by": "called_by",
    "is_late": "is_late",
    "is_latest": "is_latest",
    "is_locked": "is_locked",
}


def calls_of(session: Session, looked: Asked) -> pd.DataFrame:
    """The calls for exactly this period, of whoever the scope is about, each with the names."""
    scope = replace(looked.scope, known_at=None)
    rows = session.frame("calls_of", scope, moment=looked.scope.known_at)
    first, last = pd.to_datetime(rows["starts_on"]), pd.to_datetime(rows["ends_on"])
    exact = (first == pd.Timestamp(looked.period.first)) & (
        last == pd.Timestamp(looked.period.last)
    )
    people = session.frame("forecast_people", scope)
    rows = rows[exact].astype({"amount": "float64", "confidence_percent": "float64"})
    owners = dict(zip(people["owner_code"], people["owner_name"], strict=True))
    teams = dict(zip(people["team_code"], people["team_name"], strict=True))
    names = {"owner": owners, "team": teams, "company": {"": "Company"}}
    said = [
        names[level].get(code) or code
        for level, code in zip(rows["level"], rows["code"], strict=True)
    ]
    named = rows.assign(
        name=pd.Series(said, index=rows.index, dtype="str"),
        caller_name=rows["created_by"].map(lambda code: owners.get(code, code)).astype("str"),
    )
    return named[_inside(named, looked.scope, people)].reset_index(drop=True)


def _inside(rows: pd.DataFrame, scope: Scope, people: pd.DataFrame) -> pd.Series:
    """Those of a scope: of its owners, of its teams and their members, or all."""
    if not scope.teams and not scope.owners:
        return pd.Series(True, index=rows.index)  # noqa: FBT003  a column of it
    members = people.loc[people["team_code"].isin(scope.teams), "owner_code"]
    owners = scope.owners or tuple(members)
    of_owner = (rows["level"] == "owner") & rows["code"].isin(owners)
    of_team = (rows["level"] == "team") & rows["code"].isin(scope.teams)
    return of_owner | of_team


def latest_of(rows: pd.DataFrame, holder: Holder | None) -> pd.DataFrame:
    """The latest call of each caller for one holder; none where the scope is nobody's."""
    if holder is None:
        return rows.iloc[:0]
    own = (rows["level"] == holder.level.value) & (rows["code"] == holder.code)
    return rows[own & rows["is_latest"]].reset_index(drop=True)


def holder_calls(session: Session, looked: Asked) -> pd.DataFrame:
    """The latest calls for whoever the scope is."""
    return latest_of(calls_of(session, looked), holder_of(looked.scope))
