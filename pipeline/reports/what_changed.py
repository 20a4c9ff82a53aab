"""Reports: why the pipeline is not what it was, event by event, and what caused each bar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.metrics import waterfall as metric
from pipeline.reports.left_out import drafts, some
from pipeline.reports.period import eve, with_period
from pipeline.reports.printing import written
from pipeline.reports.report import Report, number
from pipeline.store import Session

NAME = "what-changed"
DEFINITION = (
    "The amount of the opportunities in progress at the end of the day before the period, every "
    "change to it in the period, and the amount at the period's end. Each transition counts in one "
    "bucket per thing it changed: owner, amount, expected close date, then stage or outcome. Won "
    "is what it was won for, lost the amount just before. A window limits the expected close date; "
    "no date lies after every window. Compared is what two snapshots would show: each opportunity "
    "once, under its leading cause; hidden is what they do not show."
)
CAUSES_DEFINITION = (
    "The transitions that caused one bar of what changed, the largest first, with what they "
    "changed; at the ends of the period the opportunities that count there."
)
HIDDEN_DEFINITION = (
    "Opportunities that gained and lost pipeline inside the period, so that a comparison of its "
    "two ends shows less than what happened. Hidden is the smaller of what came and what went."
)
BUCKETS = metric.NAMES
"""The bars, by name, in their order."""
COLUMNS = [
    "opportunity_no",
    "description",
    "owner_name",
    "nth",
    "action",
    "changed_on",
    "before",
    "after",
    "change_amount",
]


@dataclass(frozen=True, kw_only=True)
class Window:
    """The expected close dates that count, both ends included; none: all, dated or not."""

    expected_from: date | None = None
    expected_to: date | None = None


def what_changed(
    session: Session,
    scope: Scope,
    *,
    expected_from: date | None = None,
    expected_to: date | None = None,
) -> Report:
    """The way from one day's pipeline to another's; the frame of `metrics.waterfall.waterfall`.

    The period is the scope's, else the quarter of the as-of day up to that day. Owner, team,
    cycle, contact and campaign are those each opportunity has on each day; a change that leads
    into the scope or out of it is a transfer.
    """
    scope = with_period(scope)
    window = Window(expected_from=expected_from, expected_to=expected_to)
    sums = session.frame("what_changed", scope, **vars(window))
    frame = metric.waterfall(sums)
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=_left_out(session, scope, window),
        totals=_totals(frame, metric.hidden_flow(sums)),
    )


def what_changed_causes(
    session: Session,
    scope: Scope,
    *,
    bucket: metric.Name = "starting",
    expected_from: date | None = None,
    expected_to: date | None = None,
    limit: int | None = 50,
    offset: int = 0,
) -> Report:
    """The transitions behind one bucket, the largest first; their number and sum are the bucket's.

    Columns: `opportunity_no, description, owner_name, nth, action, changed_on, before, after,
    change_amount`; totals: `transitions, change_amount`. Raises `ValueError` for a bucket that
    does not exist.
    """
    scope = with_period(scope)
    kind = metric.bucket(bucket)
    found = session.frame(
        "what_changed_causes",
        scope,
        step=kind.step,
        way=kind.way,
        side=kind.side,
        stood_on=eve(scope) if kind.step == "start" else scope.to_on,
        expected_from=expected_from,
        expected_to=expected_to,
        limit=limit,
        offset=offset,
    )
    return Report(
        name="what-changed-causes",
        definition=CAUSES_DEFINITION,
        frame=_causes(found, kind),
        scope=scope,
        totals={
            "transitions": number(found["total_transitions"].iloc[0]) or 0,
            "change_amount": number(found["total_change_amount"].iloc[0]) or 0,
        },
    )


def hidden_flow(
    session: Session,
    scope: Scope,
    *,
    expected_from: date | None = None,
    expected_to: date | None = None,
) -> Report:
    """The opportunities whose coming and going the two ends of the period do not show.

    Columns: `opportunity_no, description, flow, start_amount, came_amount, went_amount,
    end_amount, hidden_amount`.
    """
    scope = with_period(scope)
    found = session.frame(
        "hidden_flow", scope, expected_from=expected_from, expected_to=expected_to
    )
    flow = found.pop("passed_through").map({True: "passed through", False: "back and forth"})
    found.insert(2, "flow", flow.astype("str"))
    return Report(
        name="hidden-flow",
        definition=HIDDEN_DEFINITION,
        frame=found,
        scope=scope,
        totals={
            "opportunities": len(found),
            "hidden_amount": round(float(found["hidden_amount"].sum()), 2),
        },
    )


def _left_out(session: Session, scope: Scope, window: Window) -> dict[str, int]:
    counts = session.frame("what_changed_left_out", scope, **vars(window)).iloc[0]
    windowed = window != Window()
    return some(
        {
            "that are not started": drafts(session, scope),
            "without an amount, from the sums only": int(counts["without_amount"]),
            "without an expected close date, outside every window": int(
                counts["undated"] if windowed else 0
            ),
        }
    )


def _totals(frame: pd.DataFrame, hidden: pd.DataFrame) -> dict[str, float | None]:
    change = frame.set_index("bucket")["change_amount"]
    return {
        "starting_amount": float(change["starting"]),
        "ending_amount": float(change["ending"]),
        "change_amount": round(float(change["ending"] - change["starting"]), 2),
        "hidden_opportunities": int(hidden["opportunities"].sum()),
        "hidden_amount": round(float(hidden["hidden_amount"].sum()), 2),
    }


def _causes(found: pd.DataFrame, kind: metric.Bucket) -> pd.DataFrame:
    """The rows of the page in words: what each was before its transition, and after."""
    rows = found[found["opportunity_no"].notna()]
    before, after = _BEFORE_AND_AFTER.get(kind.step, ("before_state", "state"))
    worded = rows.assign(
        state=_states(rows, ""),
        before_state=_states(rows, "before_"),
        last_amount=rows["amount"].mask(_is_won(rows, ""), rows["weighted_amount"]),
    )
    return worded.assign(
        nth=rows["nth"].astype("int64"),
        before=worded[before].map(_in_words),
        after="removed" if kind.step == "removed" else worded[after].map(_in_words),
        change_amount=rows["delta"],
    )[COLUMNS].reset_index(drop=True)


_BEFORE_AND_AFTER: Mapping[str, tuple[str, str]] = {
    "amount": ("before_amount", "last_amount"),
    "date": ("before_expected_close_on", "expected_close_on"),
    "owner": ("before_owner_name", "owner_name"),
    "removed": ("state", "state"),
}
"""The columns that say what a kind of step changed; the others changed the stage or the outcome."""


def _is_won(rows: pd.DataFrame, when: str) -> pd.Series:
    return (rows[f"{when}stage"] == 0) & (rows[f"{when}probability_percent"] > 0)


def _states(rows: pd.DataFrame, when: str) -> pd.Series:
    """Where the opportunity stood: the name of the stage, won or lost; blank before it began."""
    number_of_stage = rows[f"{when}stage"].astype("Int64").astype("str")
    named = rows[f"{when}stage_description"].astype("object")
    words = named.where(named.notna() & (named != ""), "Stage " + number_of_stage)
    closed = rows[f"{when}stage"] == 0
    outcome = _is_won(rows, when).map({True: "won", False: "lost"})
    return words.mask(closed, outcome).where(rows[f"{when}stage"].notna(), "")


def _in_words(value: object) -> str:
    if isinstance(value, str):
        return value
    return written(value, "money" if isinstance(value, float) else "day")
