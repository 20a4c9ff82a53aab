"""Report: what is in progress, and what its probabilities make of it."""

from dataclasses import replace
from functools import partial
from typing import Literal

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import weighted_pipeline as metric
from pipeline.reports.left_out import drafts, some, undated
from pipeline.reports.report import Drill, Report, Row, first_row, is_missing
from pipeline.reports.set_up import stages_of
from pipeline.store import Session

NAME = "weighted-pipeline"
DEFINITION = (
    "The opportunities in progress at the end of the day. Weighted amount is amount × probability, "
    "never rounded before it is summed; won opportunities are not in it. Overdue is what was "
    "expected to close before the day. A period limits the expected close date."
)
OPENS = ("opportunities", "without_amount", "overdue")


def weighted_pipeline(
    session: Session, scope: Scope, *, by: Literal["stage", "month"] = "stage"
) -> Report:
    """Number, amount, weighted amount, mean age and overdue, by cycle and stage or by month.

    By month, rows follow the month of the expected close date, "no date" (null) last. The period
    of the scope, where it has one, keeps what is expected to close inside it. The frames are those
    of `metrics.weighted_pipeline.by_stage` and `by_month`.
    """
    sums = session.frame("weighted_pipeline", scope)
    frame = (
        metric.by_month(sums) if by == "month" else metric.by_stage(sums, stages_of(session, scope))
    )
    totals = first_row(metric.totals(sums))
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {
                "that are not started": drafts(session, scope),
                "without an amount, from the sums only": int(totals["without_amount"] or 0),
                "without an expected close date, outside every period": undated(session, scope),
            }
        ),
        totals=totals,
        opens=OPENS,
        leads_to=partial(_lead, scope, by),
    )


def _lead(scope: Scope, by: str, row: Row, column: str) -> Drill:
    selection = Selection(
        statuses=("in progress",),
        expected_from=scope.from_on,
        expected_to=scope.to_on,
        overdue=column == "overdue",
        without_amount=column == "without_amount",
    )
    if by == "month":
        return scope, _in_month(selection, row["expected_month"])
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    return inside, replace(selection, stages=(int(row["stage"]),))


def _in_month(selection: Selection, month: object) -> Selection:
    if is_missing(month):
        return replace(selection, without_expected_close=True)
    return replace(selection, expected_month=pd.Timestamp(str(month)).date())
