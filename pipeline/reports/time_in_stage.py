"""Reports: how long stays in each stage last and how they end, as a table and as curves."""

from dataclasses import replace
from functools import partial
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import time_in_stage as metric
from pipeline.metrics.stages import KEY, every_stage
from pipeline.metrics.statistics import stage_statistics
from pipeline.metrics.survival import in_words
from pipeline.reports.left_out import drafts, some
from pipeline.reports.narrowed import is_narrowed
from pipeline.reports.report import Drill, Report, Row, number
from pipeline.reports.set_up import stages_of
from pipeline.store import Session

Per: TypeAlias = Literal["stay", "opportunity"]

NAME = "time-in-stage"
CURVE_NAME = "time-in-stage-curve"
STAY = (
    "A stay runs from entering a stage to leaving it, forward, back, won or lost; updates do not "
    "split it, a reopening begins a new one. "
)
OPPORTUNITY = (
    "The time each opportunity spent in a stage altogether, from entering it to leaving it for the "
    "last time, without the time between. "
)
CENSORED = (
    "What still lasts counts for as long as it has lasted (Kaplan-Meier). "
    "A period keeps what began in it."
)
DEFINITION = (
    "The median is the first day by which half had left; ≥ means that half have not left yet, and "
    "gives the longest seen. The plain mean and median of what is over are too low: the slow ones "
    "are those still there. Business Central's average beside it counts entries, and every update "
    "ends one. "
)
CURVE_DEFINITION = (
    "The share still in the stage after so many days, with its 95 percent interval, and the shares "
    "that had gone forward, back, won and lost by then; they add up to all. "
)
_SUMS = ("stays", "stays_over", "stays_open")


def time_in_stage(session: Session, scope: Scope, *, by: Per = "stay") -> Report:
    """How long stays last and how they end, by cycle and stage; see `metrics.time_in_stage`.

    By opportunity, all stays of one opportunity in one stage are added up. Beside it stand
    `median_in_words`, `p75_in_words` and Business Central's `average_days`. `totals` holds
    `stays, stays_over, stays_open`. The history that counts is that of the opportunities in the
    scope, whoever owned them then.
    """
    stages = stages_of(session, scope)
    frame = metric.time_in_stage(stays_of(session, scope, by), stages)
    return Report(
        name=NAME,
        definition=_per(by) + CENSORED + " " + DEFINITION.strip(),
        frame=_beside(frame, session, scope, stages),
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        totals={name: number(frame[name].sum()) for name in _SUMS},
        opens=() if by == "opportunity" and _has_period(scope) else ("stays_open",),
        leads_to=partial(_lead, scope),
    )


def time_in_stage_curve(session: Session, scope: Scope, *, by: Per = "stay") -> Report:
    """The curve behind every median, a row per stage and day; see `metrics.time_in_stage.curve`."""
    stays = stays_of(session, scope, by)
    steps = metric.curve(stays)
    named = every_stage(stages_of(session, scope), steps)
    frame = named[named["days"].notna()].astype({"days": "int64"})
    return Report(
        name=CURVE_NAME,
        definition=_per(by) + CURVE_DEFINITION + CENSORED,
        frame=frame.sort_values(["cycle_code", "position", "stage", "days"], ignore_index=True)[
            metric.CURVE
        ],
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
    )


def stays_of(session: Session, scope: Scope, by: Per = "stay") -> pd.DataFrame:
    """The lengths of stays: `cycle_code, stage, days, kind, number`."""
    narrowed = is_narrowed(scope)
    stays = session.frame("time_in_stage", scope, narrowed=narrowed)
    if by == "stay":
        return stays
    return metric.with_returns(
        stays, session.frame("time_in_stage_again", scope, narrowed=narrowed)
    )


def _per(by: Per) -> str:
    return OPPORTUNITY if by == "opportunity" else STAY


def _has_period(scope: Scope) -> bool:
    return scope.from_on is not None or scope.to_on is not None


def _beside(
    frame: pd.DataFrame, session: Session, scope: Scope, stages: pd.DataFrame
) -> pd.DataFrame:
    """The table with Business Central's average days, and the quartiles as people read them."""
    sums = session.frame("stage_statistics", scope, narrowed=is_narrowed(scope))
    counted = stage_statistics(sums, stages)[[*KEY, "average_days"]]
    return frame.merge(counted, on=KEY, how="left").assign(
        median_in_words=in_words(frame["median_days"], frame["longest_days"]),
        p75_in_words=in_words(frame["p75_days"], frame["longest_days"]),
    )


def _lead(scope: Scope, row: Row, _column: str) -> Drill:
    selection = Selection(
        statuses=("in progress",),
        stages=(int(row["stage"]),),
        entered_from=scope.from_on,
        entered_to=scope.to_on,
    )
    return replace(scope, cycles=(str(row["cycle_code"]),)), selection
