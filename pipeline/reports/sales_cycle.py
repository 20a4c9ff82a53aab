"""Reports: how long it takes to be won or lost, and how many are won by which age."""

from dataclasses import replace
from functools import partial

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import sales_cycle as metric
from pipeline.reports.left_out import drafts, some
from pipeline.reports.report import Drill, Report, Row, number
from pipeline.store import Session

LENGTH_NAME = "sales-cycle-length"
LENGTH_DEFINITION = (
    "Days from creation to the final closing, of what was closed in the period; the active length "
    "leaves out the days between a closing and a reopening. What closed lately looks fast, because "
    "the slow ones of the same time are still open. The age by which half have come does not have "
    "that fault: it is read off the win curve of all opportunities, open ones counted for as long "
    "as they have been open."
)
CURVE_NAME = "win-curve"
CURVE_DEFINITION = (
    "By age, the shares that had been won, lost, and were still open; they add up to all. Open "
    "opportunities count for as long as they have been open (Aalen-Johansen), so a young cohort "
    "neither looks bad nor good. Each counts once, with its last closing. A period keeps what was "
    "created in it."
)

SHARES = ("won_by_age_rate", "lost_by_age_rate", "open_at_age_rate")


def sales_cycle_length(session: Session, scope: Scope) -> Report:
    """Length by cycle and outcome; the frame is `metrics.sales_cycle.sales_cycle_length`."""
    closed = session.frame("sales_cycle_length", scope)
    ages = session.frame("win_curve", replace(scope, from_on=None, to_on=None))
    frame = metric.sales_cycle_length(closed, ages)
    return Report(
        name=LENGTH_NAME,
        definition=LENGTH_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {
                "that are still open": int(ages.loc[ages["kind"] == "open", "number"].sum()),
                "that are not started": drafts(session, scope),
            }
        ),
        totals={"closed": number(frame["closed"].sum())},
        opens=("closed",),
        leads_to=partial(_lead, scope),
    )


def win_curve(session: Session, scope: Scope) -> Report:
    """Won, lost and open by age; the frame is `metrics.sales_cycle.win_curve`.

    `totals` holds the `opportunities` that were followed, those `won`, `lost` and `in_progress`,
    and the three shares at the last step.
    """
    ages = session.frame("win_curve", scope)
    frame = metric.win_curve(ages)
    by_kind = ages.groupby("kind")["number"].sum()
    last = frame[list(SHARES)].tail(1).to_dict("records") or [dict.fromkeys(SHARES)]
    return Report(
        name=CURVE_NAME,
        definition=CURVE_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        totals={
            "opportunities": int(by_kind.sum()),
            "won": int(by_kind.get("won", 0)),
            "lost": int(by_kind.get("lost", 0)),
            "in_progress": int(by_kind.get("open", 0)),
        }
        | {name: number(last[0][name]) for name in SHARES},
    )


def _lead(scope: Scope, row: Row, _column: str) -> Drill:
    selection = Selection(
        statuses=(str(row["outcome"]),), closed_from=scope.from_on, closed_to=scope.to_on
    )
    return replace(scope, cycles=(str(row["cycle_code"]),)), selection
