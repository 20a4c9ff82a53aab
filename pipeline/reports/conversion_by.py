"""Report: stage conversion by owner, team, cycle, contact, campaign, source, size or month."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.domain.words import counted
from pipeline.metrics import shrinkage as metric
from pipeline.reports.left_out import drafts, some
from pipeline.reports.report import Drill, Report, Row, is_missing
from pipeline.store import Session

By: TypeAlias = Literal["owner", "team", "cycle", "contact", "campaign", "source", "size", "month"]

NAME = "conversion-by"
DEFINITION = (
    "Of the opportunities that reached the stage (without one: that entered any), the share that "
    "went on from it (without one: were won), by part. The shrunken rate is the part's own, drawn "
    "towards the rate of all as far as its number asks for it: (went on + k × rate of all) / (n + "
    "k), where k is the strength that makes the rates of all parts likeliest; evidence is n / (n + "
    "k), what the part itself has to say, and the shrunken interval holds 90 percent. Low and high "
    "are the Wilson interval of the part's own rate, 95 percent; where it overlaps that of all "
    "others together, there are too few to tell them apart."
)
AT_MOST = 100
"""Parts with a row of their own; the smaller ones stand together in the last row."""
SIZES = (0, 1_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000)
"""Where the bands of amounts begin, as in the query."""
COLUMNS = [
    "part",
    "part_name",
    "counted",
    "advanced",
    "advance_rate",
    "rate_low",
    "rate_high",
    "shrunken_rate",
    "shrunken_low",
    "shrunken_high",
    "evidence_share",
    "apart",
    "groups",
    "is_rest",
]
_NOTHING: dict[str, str] = {
    "owner": "No owner",
    "team": "No team",
    "contact": "No contact",
    "campaign": "No campaign",
    "size": "No amount",
}


def conversion_by(
    session: Session,
    scope: Scope,
    *,
    by: By = "owner",
    stage: int | None = None,
    at_most: int = AT_MOST,
) -> Report:
    """The rate of each part, its own and shrunken; the frame is `metrics.shrinkage.conversion_by`.

    `stage` is a stage that opportunities went on from; without one the rate is won of entered.
    `part` is a code, and `part_name` its words. `totals`: counted, advanced, the rate with its
    interval, and `prior_strength`, the k of the definition.
    """
    sums = session.frame(
        "conversion_by", scope, by=by, reached_stage=stage, at_most=at_most, needs_highs=True
    )
    rows = metric.conversion_by(sums)
    frame = rows.assign(part_name=_names(session, scope, by, rows))[COLUMNS]
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        totals=metric.totals(sums),
        opens=("counted", "advanced"),
        leads_to=partial(_lead, scope, by, stage),
    )


def _names(session: Session, scope: Scope, by: By, rows: pd.DataFrame) -> pd.Series:
    """Give every part its words; the last row those of all it stands for."""
    codes = rows["part"].astype("object")
    if by == "size":
        names = codes.map(_band, na_action="ignore")
    elif by == "month":
        names = codes.map(lambda month: str(month)[:7], na_action="ignore")
    else:
        known = session.frame("part_names", scope, by=by, codes=codes.dropna().tolist())
        named = codes.map(known.set_index("part")["name"])
        names = named.where(named.notna() & (named != ""), codes)
    others = rows["groups"].map(lambda number: counted(int(number), "other"))
    return names.fillna(_NOTHING.get(by, "None")).mask(rows["is_rest"].astype("bool"), others)


def _band(part: str) -> str:
    """The words of a band of amounts: "5,000 to 10,000"."""
    first, below = _bounds(part)
    if below is None:
        return f"{first:,} and more"
    return f"{first:,} to {below:,}" if first else f"below {below:,}"


def _bounds(part: str) -> tuple[int, int | None]:
    first = int(part)
    place = SIZES.index(first) + 1
    return first, SIZES[place] if place < len(SIZES) else None


def _lead(scope: Scope, by: By, stage: int | None, row: Row, column: str) -> Drill:
    if row["is_rest"]:
        raise KeyError(column)
    inside, selection = _INTO[by](scope, row["part"])
    if stage is None:
        statuses = ("won",) if column == "advanced" else ()
        return inside, replace(selection, entered=True, statuses=statuses)
    if column == "advanced":
        return inside, replace(selection, advanced_stage=stage)
    return inside, replace(selection, reached_stage=stage)


def _scoped(part: str, lacking: str) -> Callable[[Scope, object], Drill]:
    """Go into a part by the scope, or to those that have none."""

    def into(scope: Scope, code: object) -> Drill:
        if is_missing(code):
            return scope, replace(Selection(), **{lacking: True})  # type: ignore[arg-type]
        return replace(scope, **{part: (str(code),)}), Selection()  # type: ignore[arg-type]

    return into


def _source(scope: Scope, code: object) -> Drill:
    return scope, Selection(sources=(str(code),))


def _size(scope: Scope, code: object) -> Drill:
    if is_missing(code):
        return scope, Selection(without_amount=True)
    first, below = _bounds(str(code))
    # Below the first band there is nothing: amounts less than 0 belong to it.
    return scope, Selection(amount_from=first or None, amount_below=below)


def _month(scope: Scope, code: object) -> Drill:
    first = pd.Timestamp(str(code))
    last = (first + pd.offsets.MonthEnd(0)).date()
    return scope, Selection(created_from=first.date(), created_to=last)


_INTO: dict[str, Callable[[Scope, object], Drill]] = {
    "owner": _scoped("owners", "without_owner"),
    "team": _scoped("teams", "without_team"),
    "cycle": _scoped("cycles", "without_owner"),
    "contact": _scoped("contacts", "without_contact"),
    "campaign": _scoped("campaigns", "without_campaign"),
    "source": _source,
    "size": _size,
    "month": _month,
}
