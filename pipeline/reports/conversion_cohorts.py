"""Report: stage conversion of those that began in the same month or quarter."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.dates import add_formula
from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import conversion_cohorts as metric
from pipeline.metrics.stage_conversion import with_high_water
from pipeline.metrics.stages import KEY
from pipeline.reports.exits import exits_of
from pipeline.reports.left_out import drafts, some
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.set_up import places_of, stages_of
from pipeline.store import Session

Begins: TypeAlias = Literal["created", "reached", "period"]
Unit: TypeAlias = Literal["month", "quarter"]
Weigh: TypeAlias = Literal["opportunities", "amount"]

NAME = "conversion-cohorts"
DEFINITIONS: dict[Begins, str] = {
    "created": (
        "Of the opportunities created in the same month or quarter that reached a stage (high "
        "water), the share that went on from it by the day. By amount, each with the amount it had "
        "on the day it reached the stage."
    ),
    "reached": (
        "Of the opportunities that first reached the stage, or went beyond it, in the same month "
        "or quarter, the share that went on from it by the day. By amount, each with the amount it "
        "had on that day."
    ),
    "period": (
        "Of the exits from a stage in the same month or quarter, the share that led forward or was "
        "won, whenever the opportunity began (rule R5); one that left twice counts twice. By "
        "amount, with the amount on the day of leaving."
    ),
}
YOUNG = (
    " A cohort is young, and shown grey, while its youngest members are younger than the age by "
    "which three quarters are won or lost (open ones counted): its rates will still rise. The "
    "range is the Wilson interval, 95 percent."
)
_LENGTHS: dict[Unit, str] = {"month": "CM", "quarter": "CQ"}


def conversion_cohorts(
    session: Session,
    scope: Scope,
    *,
    cohort: Begins = "created",
    by: Unit = "month",
    stage: int | None = None,
    weigh: Weigh = "opportunities",
) -> Report:
    """Reached, advanced and the rate by cohort and stage; the frames of `conversion_cohorts`.

    A cohort is those created in the same month or quarter (`by`), those that first reached a stage
    in it (`cohort="reached"`, of `stage`, else of the first stage of each cycle), or what left its
    stage in it (`cohort="period"`). The period of the scope limits these days. `weigh="amount"`
    adds the rates by amount to cohorts of creation; the others always have them.
    """
    stages, places = stages_of(session, scope), places_of(session, scope)
    rows = _rows(session, scope, cohort, by, stage, weigh, stages, places)
    return Report(
        name=NAME,
        definition=DEFINITIONS[cohort] + YOUNG,
        frame=_ripened(session, scope, rows, cohort, by),
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        opens=() if cohort == "period" else ("counted", "advanced"),
        leads_to=partial(_lead, scope, cohort, by),
    )


def _rows(
    session: Session,
    scope: Scope,
    cohort: Begins,
    by: Unit,
    stage: int | None,
    weigh: Weigh,
    stages: pd.DataFrame,
    places: pd.DataFrame,
) -> pd.DataFrame:
    if cohort == "period":
        return metric.of_exits(exits_of(session, scope, places, unit=by), stages)
    if cohort == "reached":
        return _reached(session, scope, by, stage, stages, places)
    if weigh == "amount":
        crossings = session.frame("conversion_cohorts_amount", scope, unit=by, needs_highs=True)
        return metric.by_amount(crossings, stages)
    sums = session.frame(
        "conversion_cohorts", scope, unit=by, crossed_stage=None, needs_highs=False
    )
    return metric.by_count(with_high_water(sums, places), stages)


def _reached(
    session: Session,
    scope: Scope,
    by: Unit,
    stage: int | None,
    stages: pd.DataFrame,
    places: pd.DataFrame,
) -> pd.DataFrame:
    """The cohorts of one stage, or of the first stage of each cycle."""
    first = stages.sort_values("position").drop_duplicates("cycle_code")
    asked = (first if stage is None else stages[stages["stage"] == stage])[KEY]
    parts = [
        metric.beside_stage(
            with_high_water(_that_crossed(session, scope, by, each), places), stages, each
        ).merge(asked, on=KEY)
        for each in asked["stage"].unique().tolist() or [0]
    ]
    return metric.weighed(pd.concat(parts), stages)


def _that_crossed(session: Session, scope: Scope, by: Unit, stage: int) -> pd.DataFrame:
    return session.frame(
        "conversion_cohorts", scope, unit=by, crossed_stage=stage, needs_highs=True
    )


def _ripened(
    session: Session, scope: Scope, rows: pd.DataFrame, cohort: Begins, by: Unit
) -> pd.DataFrame:
    if cohort == "period":
        return rows
    ages = session.frame("win_curve", replace(scope, from_on=None, to_on=None))
    ends = pd.tseries.offsets.MonthEnd(0) if by == "month" else pd.offsets.QuarterEnd(0)
    last_day = pd.to_datetime(rows["cohort_on"]) + ends
    return metric.with_ripeness(
        rows, metric.ripening_days(ages), pd.Timestamp(scope.as_of), last_day
    )


def _lead(scope: Scope, cohort: Begins, by: Unit, row: Row, column: str) -> Drill:
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    stage = int(row["stage"])
    first, last = _days(scope, pd.Timestamp(str(row["cohort_on"])).date(), by)
    advanced = column == "advanced"
    selection = Selection(advanced_stage=stage) if advanced else Selection(reached_stage=stage)
    if cohort == "created":
        return inside, replace(selection, created_from=first, created_to=last)
    return inside, replace(selection, crossed_stage=stage, crossed_from=first, crossed_to=last)


def _days(scope: Scope, first: date, by: Unit) -> tuple[date, date]:
    """The days of a month or quarter that the period of the scope leaves."""
    last = min(add_formula(first, _LENGTHS[by]), scope.to_on or date.max)
    return max(first, scope.from_on or first), last
