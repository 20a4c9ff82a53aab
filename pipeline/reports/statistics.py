"""Reports: sales cycles and stages, counted as Business Central counts them."""

from dataclasses import replace
from functools import partial

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import statistics as metric
from pipeline.reports.left_out import drafts, some, undated
from pipeline.reports.report import Drill, Report, Row, number
from pipeline.reports.set_up import stages_of
from pipeline.store import Session

CYCLE_DEFINITION = (
    "Business Central's sales cycle statistics: number, estimated value and calculated current "
    "value of the opportunities whose newest entry is neither won nor lost. A period limits the "
    "expected close date."
)
STAGE_DEFINITION = (
    "Business Central's stage statistics: what stands in each stage, and the mean days of its "
    "entries that are over. An update ends an entry and begins the next, so that mean falls with "
    "every update; the mean stay beside it runs from entering the stage to leaving it. Entries "
    "ever made are the bars of Business Central's pipeline funnel."
)
SUMS = ("opportunities", "amount", "weighted_amount", "without_amount")


def cycle_statistics(session: Session, scope: Scope) -> Report:
    """Number, amount and weighted amount per cycle; see `metrics.statistics.cycle_statistics`."""
    frame = metric.cycle_statistics(
        session.frame("cycle_statistics", scope), stages_of(session, scope)
    )
    return Report(
        name="cycle-statistics",
        definition=CYCLE_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {
                "that are not started": drafts(session, scope),
                "without an amount, from the sums only": int(frame["without_amount"].sum()),
                "without an expected close date, outside every period": undated(session, scope),
            }
        ),
        totals={name: number(frame[name].sum()) for name in SUMS},
        opens=("opportunities", "without_amount"),
        leads_to=partial(_lead, scope),
    )


def stage_statistics(session: Session, scope: Scope) -> Report:
    """What stands in each stage and how long it takes; see `metrics.statistics.stage_statistics`.

    The history that counts is that of the opportunities in the scope, whoever owned them then.
    """
    sums = session.frame("stage_statistics", scope, narrowed=_is_narrowed(scope))
    frame = metric.stage_statistics(sums, stages_of(session, scope))
    return Report(
        name="stage-statistics",
        definition=STAGE_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {
                "that are not started": drafts(session, scope),
                "without an amount, from the sums only": int(frame["without_amount"].sum()),
            }
        ),
        totals={name: number(frame[name].sum()) for name in (*SUMS, "entries_ever")},
        opens=("opportunities", "without_amount"),
        leads_to=partial(_lead_by_stage, scope),
    )


def _is_narrowed(scope: Scope) -> bool:
    return any((scope.cycles, scope.owners, scope.teams, scope.contacts, scope.campaigns))


def _lead(scope: Scope, row: Row, column: str) -> Drill:
    selection = Selection(
        statuses=("in progress",),
        expected_from=scope.from_on,
        expected_to=scope.to_on,
        without_amount=column == "without_amount",
    )
    return replace(scope, cycles=(str(row["cycle_code"]),)), selection


def _lead_by_stage(scope: Scope, row: Row, column: str) -> Drill:
    selection = Selection(
        statuses=("in progress",),
        stages=(int(row["stage"]),),
        without_amount=column == "without_amount",
    )
    return replace(scope, cycles=(str(row["cycle_code"]),)), selection
