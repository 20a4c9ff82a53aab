"""Report: the agenda of the weekly review of the forecast, in sentences, to print."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import pandas as pd

from pipeline.domain.categories import FORECAST
from pipeline.domain.percentages import chance
from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import agenda as metric
from pipeline.metrics.agenda import CALLS, CHANGED, KEYS, LATE, PARTS, QUESTIONS, STEPLESS
from pipeline.reports.calls import calls_of
from pipeline.reports.health import rotting_limits
from pipeline.reports.landing import Landing, land, left_out
from pipeline.reports.left_out import some
from pipeline.reports.report import Drill, Report
from pipeline.reports.swing import of_landing as swings_of
from pipeline.reports.what_changed import what_changed
from pipeline.reports.what_if import Ground, ground
from pipeline.store import Session

__all__ = [
    "CALLS",
    "CHANGED",
    "KEYS",
    "LATE",
    "PARTS",
    "QUESTIONS",
    "STEPLESS",
    "calls_behind",
    "lists",
    "of_ground",
    "review_agenda",
    "team_scopes",
    "week",
]

NAME = "review-agenda"
DEFINITION = (
    "What a review of the forecast should talk about: what changed in the last seven days, in what "
    "is expected to close in the period, and the landing then and now; the opportunities that move "
    "the chance most; what is overdue or rotting and still in the number; what is in commit "
    "without a next step; calls that are missing or more than a quarter off what the model "
    "expects; and what else should be asked. Of each part the largest."
)
WEEK = timedelta(days=7)
NO_TEAM = "Without a team"
AT_MOST = 8
LEAST_SWING = 0.01
"""A smaller difference to the chance is within what the draws leave open, and not talked about."""
_COUNTED = ("late_items", "stepless_items", "call_items", "question_items")
READ = 2_000
"""So many opportunities, the largest, are asked about."""


def review_agenda(
    session: Session,
    scope: Scope,
    *,
    by: Literal["team"] | None = None,
    method: str | None = None,
    limit: int = AT_MOST,
) -> Report:
    """The agenda of the scope, or one for each of its teams, each part with its largest items.

    By team, owners of something open who are in no team have an agenda together.

    Columns: `agenda_part, opportunity_no, description, contact_name, owner_name, agenda_amount,
    expected_close_on, agenda_said`, and what an item without an opportunity is about: `bucket` (of
    what changed), `owner_code`; by team behind `team_name`. Raises `UnknownMethodError`.
    """
    on = ground(session, scope, method=method)
    whole = of_ground(session, on, limit=limit)
    if by is None:
        return whole
    frames = {
        name: of_ground(session, ground(session, part, method=method), limit=limit).frame
        for name, part in team_scopes(session, on).items()
    }
    empty = whole.frame.head(0).assign(team_name=pd.Series(dtype="str"))
    teams = [frame.assign(team_name=name) for name, frame in frames.items()]
    frame = pd.concat([empty, *teams], ignore_index=True)[["team_name", *metric.ITEM, *metric.KEYS]]
    ownerless = 0 if on.landing.looked.scope.teams else int(_owners(on).isna().sum())
    return replace(
        whole,
        frame=frame,
        totals=whole.totals | {"agenda_items": float(len(frame))},
        excluded=whole.excluded
        | some({"that are open without an owner, in the agenda of no team": ownerless}),
        parts=("team_name", "agenda_part"),
    )


def of_ground(session: Session, on: Ground, *, limit: int = AT_MOST) -> Report:
    """The agenda of a landing that is there already."""
    found = on.landing
    looked, day = found.looked, found.looked.day
    rows = _opportunities(session, on)
    parts = [
        _changed(session, found),
        metric.swinging(_moving(swings_of(session, found, limit=limit).frame)),
        metric.late(rows, day),
        metric.stepless(rows),
        _calls(session, on, rows),
        metric.questions(rows, day),
    ]
    shown = [parts[0], *(metric.shortened(part, limit) for part in parts[1:])]
    frame = pd.concat(shown, ignore_index=True)
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame[metric.ITEM + metric.KEYS],
        scope=looked.scope,
        excluded=left_out(session, found),
        totals={
            "agenda_items": float(sum(map(len, parts))),
            **dict(zip(_COUNTED, (float(len(part)) for part in parts[2:]), strict=True)),
            "mean_amount": found.expected,
            "target": found.target.amount,
            "hit_chance_rate": found.chance,
            "gap_amount": found.gap,
        },
        parts=("agenda_part",),
    )


def lists(found: Landing) -> dict[str, dict[str, Drill]]:
    """The lists behind the parts of an agenda that are about many, by part and by their words."""
    scope, period = found.looked.scope, found.looked.period
    wide = replace(scope, from_on=None, to_on=None)
    inside = Selection(statuses=("in progress",), expected_to=period.last)
    commit = replace(inside, categories=("commit",), without_next_step=True)
    return {
        LATE: {"Everything overdue": (wide, replace(inside, overdue=True))},
        STEPLESS: {"All in commit without a next step": (wide, commit)},
        QUESTIONS: {
            "Everything pushed three times": (wide, replace(inside, pushed=metric.MANY_PUSHES))
        },
    }


def week(found: Landing) -> tuple[Scope, dict[str, Any]]:
    """The days and the expected close dates that the bars of what changed are about."""
    looked = found.looked
    days = replace(looked.scope, from_on=looked.day - WEEK + timedelta(days=1), to_on=looked.day)
    return days, {"expected_from": looked.period.first, "expected_to": looked.period.last}


def calls_behind(found: Landing, owner_code: str) -> Drill:
    """The list behind what is said of an owner's call: what the owner has open in the number."""
    scope = replace(found.looked.scope, from_on=None, to_on=None, owners=(owner_code,))
    open_ones = Selection(
        statuses=("in progress",), expected_to=found.looked.period.last, categories=FORECAST
    )
    return scope, open_ones


def team_scopes(session: Session, on: Ground) -> dict[str, Scope]:
    """The scope of each team by its name, and of the owners of something open without a team."""
    scope = on.landing.looked.scope
    people = session.frame("forecast_people", replace(scope, known_at=None))
    parts = {name: replace(scope, teams=(code,)) for code, name in _teams(people, scope).items()}
    in_teams = people.loc[people["team_code"].notna(), "owner_code"]
    owners = _owners(on).dropna()
    teamless = tuple(sorted(set(owners[~owners.isin(in_teams)])))
    if teamless and not scope.teams:
        parts[NO_TEAM] = replace(scope, owners=teamless)
    return parts


def _owners(on: Ground) -> pd.Series:
    """The owner of each open opportunity that is forecast, missing where it has none."""
    owners = on.past.open["owner_code"]
    return owners.mask(owners == "")


def _teams(people: pd.DataFrame, scope: Scope) -> dict[str, str]:
    """The teams of the scope, by code, with their names."""
    inside = people[people["team_code"].notna()]
    if scope.teams:
        inside = inside[inside["team_code"].isin(scope.teams)]
    if scope.owners:
        inside = inside[inside["owner_code"].isin(scope.owners)]
    named = inside.drop_duplicates("team_code").sort_values("team_code")
    names = named["team_name"].where(named["team_name"].fillna("") != "", named["team_code"])
    return dict(zip(named["team_code"], names, strict=True))


def _opportunities(session: Session, on: Ground) -> pd.DataFrame:
    """What a review asks about: everything in the number, with the chance the method gives it."""
    looked = on.landing.looked
    scope = replace(looked.scope, from_on=None)
    learned = rotting_limits(session, scope).dropna()
    rows = session.frame(
        "agenda_opportunities",
        scope,
        is_now=False,
        pushed_from=None,
        pushed_to=None,
        limit_cycles=[str(code) for code in learned["cycle_code"]],
        limit_stages=[int(stage) for stage in learned["stage"]],
        limit_days=[int(days) for days in learned["limit_days"]],
        limit=READ,
    )
    chances = on.landing.forecast.chances.set_index("opportunity_id")["win_chance"]
    chance = rows["opportunity_id"].map(chances).astype("float64")
    return rows.astype({"amount": "float64"}).assign(win_chance=chance)


def _changed(session: Session, found: Landing) -> pd.DataFrame:
    """The landing then and now, and each bar of the waterfall of the week."""
    looked = found.looked
    before = looked.day - WEEK
    # the landing of the week before is asked by name, so that both are the same method's
    then = land(session, looked.scope.on(before), method=found.method.name)
    days, window = week(found)
    report = what_changed(session, days, **window)
    bars = report.frame[~report.frame["bucket"].isin(("starting", "ending"))]
    happened = bars[bars["transitions"] > 0]
    sentences: list[tuple[str, float | None, str | None]] = [
        (_landing(then, found), found.expected, None),
        (_sure(then, found), None, None),
    ]
    for bucket, number, amount in zip(
        happened["bucket"], happened["transitions"], happened["change_amount"], strict=True
    ):
        times = "1 change" if number == 1 else f"{int(number)} changes"
        words = f"{str(bucket).capitalize()}: {times} since {before}."
        sentences.append((words, float(amount), str(bucket)))
    return metric.said(metric.CHANGED, sentences)


def _landing(then: Landing, now: Landing) -> str:
    moved = now.expected - then.expected
    sign = "up" if moved > 0 else "down"
    change = (
        f"{sign} {metric.money(abs(moved))} from {metric.money(then.expected)} on"
        if abs(moved) >= 1
        else "as much as on"
    )
    return (
        f"{now.looked.period.label} is expected to bring {metric.money(now.expected)}, {change} "
        f"{then.looked.day}."
    )


def _sure(then: Landing, now: Landing) -> str:
    low, high = metric.money(now.forecast.p10), metric.money(now.forecast.p90)
    words = f"In 8 of 10 cases {low} to {high}"
    if now.chance is None or then.chance is None:
        return f"{words}. No quota is set."
    hit, before = chance(now.chance), chance(then.chance)
    return f"{words}; {hit} chance to reach the quota, a week ago {before}."


def _moving(swings: pd.DataFrame) -> pd.DataFrame:
    """Those that move the chance at all: a quota that is reached either way hangs on none."""
    return swings[swings["swing_rate"] >= LEAST_SWING]


def _calls(session: Session, on: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Who has not called, and whose call is far from the model."""
    looked = on.landing.looked
    latest = calls_of(session, looked)
    latest = latest[latest["is_latest"]]
    of_owners = latest[(latest["level"] == "owner")].sort_values("created_at")
    owners = of_owners.drop_duplicates("code", keep="last")[["code", "amount"]]
    return metric.calls(
        _people(session, on, rows), owners, looked.period.label, anybody=bool(len(latest))
    )


def _people(session: Session, on: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """The owners with something in the number, and what the model expects of each in all."""
    looked = on.landing.looked
    won = session.frame("won_by_owner", looked.scope, counts_created=False)
    won_amount = won.set_index("owner_code")["won_amount"].astype("float64")
    chances = on.landing.forecast.chances
    expected = (chances["amount"] * chances["win_chance"]).fillna(0)
    owners = pd.Series(on.past.open["owner_code"].to_numpy(), index=on.past.ids)
    owner = chances["opportunity_id"].map(owners.to_dict())
    from_open = expected.groupby(owner).sum()
    people = rows.groupby(["owner_code", "owner_name"], as_index=False).agg(
        opportunities=("opportunity_id", "size"), amount=("amount", "sum")
    )
    both = people["owner_code"].map(from_open).fillna(0) + people["owner_code"].map(
        won_amount
    ).fillna(0)
    return people.assign(expected_amount=both.astype("float64"))
