"""Report: why, in which stage and for how much money opportunities were lost."""

from dataclasses import replace
from functools import partial

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import loss_reasons as metric
from pipeline.reports.left_out import some
from pipeline.reports.report import Drill, Report, Row, is_missing
from pipeline.reports.set_up import no_decision_codes, places_of, stages_of
from pipeline.store import Session

DEFINITION = (
    "Why the opportunities lost in the period were lost, by the stage they were in before: each "
    "with its outcome as of the day, when it was closed for the last time. The share is that among "
    "all losses of the stage, the range its Wilson interval, 95 percent; the money is the last "
    "open amount. Every reason counts, those outside the win rate too. No decision means that the "
    "customer bought nothing from anyone."
)


def loss_reasons(session: Session, scope: Scope) -> Report:
    """Number, share and amount by stage and reason; the frame is `metrics.loss_reasons`.

    `totals`: opportunities, amount, and the part of no decision in both.
    """
    frame = metric.loss_reasons(
        session.frame("loss_reasons", scope),
        stages_of(session, scope),
        places_of(session, scope),
        no_decision_codes(session),
    )
    undecided = frame[frame["is_no_decision"]]
    number, amount = int(frame["opportunities"].sum()), float(frame["amount"].sum())
    lost_here = int(undecided["opportunities"].sum())
    return Report(
        name="loss-reasons",
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {"without an amount, from the sums only": int(frame["without_amount"].sum())}
        ),
        totals={
            "opportunities": number,
            "amount": amount,
            "no_decision": lost_here,
            "no_decision_rate": lost_here / number if number else None,
            "no_decision_amount": float(undecided["amount"].sum()),
        },
        opens=("opportunities",),
        leads_to=partial(_lead, scope),
    )


def _lead(scope: Scope, row: Row, _column: str) -> Drill:
    selection = Selection(
        statuses=("lost",),
        last_stage=int(row["stage"]),
        closed_from=scope.from_on,
        closed_to=scope.to_on,
    )
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    if is_missing(row["close_reason_code"]):
        return inside, replace(selection, without_close_reason=True)
    return inside, replace(selection, close_reasons=(str(row["close_reason_code"]),))
