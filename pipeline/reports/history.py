"""Reports: the pipeline over time, and what was known then beside what is known now."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.dates import add_formula
from pipeline.domain.scope import Scope
from pipeline.metrics import history as metric
from pipeline.metrics import then_and_now as beside
from pipeline.reports.left_out import drafts, some
from pipeline.reports.period import with_period
from pipeline.reports.report import Report, first_row, number
from pipeline.reports.set_up import stages_of
from pipeline.store import Session

Every: TypeAlias = Literal["month", "week"]

HISTORY_DEFINITION = (
    "The opportunities in progress at the end of each month or week, and at the end of the as-of "
    "day, by the stage they stood in then. Weighted amount is amount × probability as it was then."
)
THEN_DEFINITION = (
    "The opportunities of the scope at the end of the day, as known at a moment and as known now. "
    "Won counts with what it was won for. The difference is what was entered late, corrected, "
    "taken back or deleted since, opportunity by opportunity."
)
REACHES_BACK = {"month": "-24M", "week": "-26W"}
"""How far a history without a first day goes back, as a date formula."""
_UNIT = {"month": "CM", "week": "CW"}


def pipeline_history(session: Session, scope: Scope, *, by: Every = "month") -> Report:
    """The pipeline by stage at the end of every month or week; `metrics.history` has the frame.

    From the month or week of the period's first day, else two years or half a year back; the last
    day counted is the period's, at most the as-of day.
    """
    last = min(scope.to_on or scope.as_of, scope.as_of)
    first = min(scope.from_on or add_formula(last, REACHES_BACK[by]), last)
    scope = with_period(scope, first=first)
    ends = _ends(first, last, _UNIT[by])
    levels = session.frame("pipeline_history", scope, unit=by, first_unit=ends[0][0])
    frame = metric.pipeline_history(levels, stages_of(session, scope), ends)
    sums = metric.totals_by_day(frame)
    return Report(
        name="pipeline-history",
        definition=HISTORY_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {
                "that are not started": drafts(session, scope),
                "without an amount, from the sums only": int(sums["without_amount"][-1:].sum()),
            }
        ),
        totals=_first_and_newest(sums),
    )


def then_and_now(session: Session, scope: Scope) -> Report:
    """Number and amount by status as known then and now; the frame of `then_and_now.figures`.

    Then is the moment the scope is known at, else the end of the as-of day.
    """
    now = session.frame("standing_by_status", _now(scope))
    frame = beside.figures(now, _found(session, scope))
    return Report(
        name="then-and-now",
        definition=THEN_DEFINITION,
        frame=frame,
        scope=_then(scope),
        totals=first_row(frame.loc[frame["status"] == "in progress"].drop(columns="status")),
    )


def then_and_now_causes(session: Session, scope: Scope) -> Report:
    """The opportunities that are known otherwise now, and what was recorded since.

    The frame of `then_and_now.differences`; its sums by status are the differences of
    `then_and_now`.
    """
    return Report(
        name="then-and-now-causes",
        definition=THEN_DEFINITION,
        frame=beside.differences(_found(session, scope)),
        scope=_then(scope),
    )


def _found(session: Session, scope: Scope) -> pd.DataFrame:
    return session.frame("then_and_now", _now(scope), moment=_then(scope).known_at)


def _now(scope: Scope) -> Scope:
    return replace(scope, known_at=None)


def _then(scope: Scope) -> Scope:
    end_of_day = datetime.combine(scope.as_of, time.max)
    return replace(scope, known_at=scope.known_at or end_of_day)


def _ends(first: date, last: date, unit: str) -> list[tuple[date, date]]:
    """The first day of each month or week, with the day at whose end it is looked at."""
    begins = add_formula(first, f"-{unit}")
    ends: list[tuple[date, date]] = []
    while begins <= last:
        end = add_formula(begins, unit)
        ends.append((begins, min(end, last)))
        begins = end + timedelta(days=1)
    return ends


def _first_and_newest(sums: pd.DataFrame) -> dict[str, float | None]:
    """What stood on the first day that is counted, and on the newest; 0 where nothing ever did."""
    names = ["opportunities", "amount", "weighted_amount"]
    return {
        f"{side}_{name}": number(days[name].sum()) or 0
        for side, days in (("first", sums[:1]), ("newest", sums[-1:]))
        for name in names
    }
