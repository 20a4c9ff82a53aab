"""Reports: what flowed through the stages in a period, and between the forecast categories."""

from datetime import date

from pipeline.domain.scope import Scope
from pipeline.metrics import flows as metric
from pipeline.reports.left_out import drafts, some
from pipeline.reports.period import with_period
from pipeline.reports.report import Report
from pipeline.reports.set_up import stages_of
from pipeline.store import Session

STAGE_DEFINITION = (
    "Where the opportunities of each stage came from and went in the period. Every stage balances: "
    "at the start + entries = moved on + moved back + won + lost + transferred + removed + at the "
    "end. Entering twice counts twice. On and back are as the stages stand in their cycle today."
)
CATEGORY_DEFINITION = (
    "From where each opportunity stood at the start of the period to where it stands at its end, "
    "once, by forecast category: the one that was set, else that of its stage. What was not there "
    "before comes from its cause, what is there no more goes to its cause. A window limits the "
    "expected close date. What came and went inside the period is not in it."
)


def stage_flow(session: Session, scope: Scope) -> Report:
    """Stood, entered, left and stands, by cycle and stage; the frame of `flows.stage_flow`.

    The period is the scope's, else the quarter of the as-of day up to that day.
    """
    scope = with_period(scope)
    frame = metric.stage_flow(session.frame("stage_flow", scope), stages_of(session, scope))
    return Report(
        name="stage-flow",
        definition=STAGE_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        totals={name: int(frame[name].sum()) for name in metric.FLOWS},
    )


def category_flow(
    session: Session,
    scope: Scope,
    *,
    expected_from: date | None = None,
    expected_to: date | None = None,
) -> Report:
    """From the categories at the start to those at the end; the frame of `flows.category_flow`."""
    scope = with_period(scope)
    sums = session.frame(
        "category_flow", scope, expected_from=expected_from, expected_to=expected_to
    )
    return Report(
        name="category-flow",
        definition=CATEGORY_DEFINITION,
        frame=metric.category_flow(sums),
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
    )
