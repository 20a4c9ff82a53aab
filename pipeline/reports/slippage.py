"""Reports: expected close dates that were moved, how often again, and whose can be relied on."""

from dataclasses import replace
from functools import partial
from typing import Literal

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import slippage as metric
from pipeline.reports.left_out import drafts, some
from pipeline.reports.period import with_period
from pipeline.reports.report import Drill, Report, Row, first_row, is_missing
from pipeline.store import Session

NAME = "slippage"
DEFINITION = (
    "Expected close dates moved in the period (the quarter, unless another one is set): a push "
    "moves one later, a pull earlier; the date given at a reopening is neither. Pushed out is what "
    "was to close in the period and, when it ends, is expected behind it: of what stood in the "
    "period at its start, and of everything that ever stood in it."
)
REPEAT_NAME = "repeat-slip"
REPEAT_DEFINITION = (
    "Of the opportunities whose expected close date was pushed so many times, the share that was "
    "pushed again, over their whole life; the last row holds three pushes or more. Those in "
    "progress may still be pushed, so the shares are a little low; the range is the Wilson "
    "interval, 95 percent."
)
RELIABILITY_NAME = "close-date-reliability"
RELIABILITY_DEFINITION = (
    "Of what was closed in the period, won or lost, the share that closed on or before the date "
    "that was stated {days} days earlier; only what was in progress with a date on that day is "
    "judged. The owner is that of the day. The range is the Wilson interval, 95 percent."
)
DAYS_BEFORE = 30


def slippage(session: Session, scope: Scope, *, by: Literal["owner"] | None = None) -> Report:
    """Pushes, days pushed and pulls of the period; see `metrics.slippage.slippage`.

    Undivided, the columns of `metrics.slippage.push_out` stand in the same row. By owner, it is
    the owner at the time of the push. `totals` is the undivided row.
    """
    inside = with_period(scope)
    whole = _undivided(session, inside)
    frame = whole if by is None else _by_owner(_redated(session, inside, by))
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame,
        scope=inside,
        excluded=some({"that are not started": drafts(session, inside)}),
        totals=first_row(whole),
        opens=("pushed",) if by is None else (),
        leads_to=partial(_lead_to_pushed, inside),
    )


def repeat_slip(session: Session, scope: Scope) -> Report:
    """How often what was pushed is pushed again; the frame is `metrics.slippage.repeat_slip`."""
    counts = session.frame("repeat_slip", scope, pushed_from=None, pushed_to=None)
    frame = metric.repeat_slip(counts)
    return Report(
        name=REPEAT_NAME,
        definition=REPEAT_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        opens=("pushed_so_often", "pushed_again"),
        leads_to=partial(_lead_to_pushed_again, scope),
    )


def close_date_reliability(session: Session, scope: Scope) -> Report:
    """Whose close dates hold; the frame is `metrics.slippage.close_date_reliability`, named."""
    closed = session.frame("close_date_reliability", scope, days_before=DAYS_BEFORE)
    frame = metric.close_date_reliability(closed)
    owners = session.frame("salespeople", scope).set_index("owner_code")["name"]
    frame.insert(1, "owner_name", frame["owner_code"].map(owners))
    unjudged = int(frame["closed"].sum() - frame["stated"].sum())
    return Report(
        name=RELIABILITY_NAME,
        definition=RELIABILITY_DEFINITION.format(days=DAYS_BEFORE),
        frame=frame,
        scope=scope,
        excluded=some({f"not in progress with a date {DAYS_BEFORE} days earlier": unjudged}),
        totals=_of_all(closed),
        opens=("closed",),
        leads_to=partial(_lead_to_closed, scope),
    )


def _of_all(closed: pd.DataFrame) -> dict[str, float | None]:
    """The same figures over all owners; none where nothing was closed."""
    whole = metric.close_date_reliability(closed.assign(owner_code=""))
    return first_row(whole.drop(columns="owner_code")) if len(whole) else {}


def _redated(session: Session, scope: Scope, by: str | None) -> pd.DataFrame:
    found = session.frame(
        "slippage", scope, by=by, pushed_from=scope.from_on, pushed_to=scope.to_on
    )
    return metric.slippage(found)


def _undivided(session: Session, scope: Scope) -> pd.DataFrame:
    """The one row; noughts where nothing was moved."""
    redated = _redated(session, scope, None).drop(columns="part")
    if redated.empty:
        redated = pd.DataFrame([dict.fromkeys(redated.columns, 0)])
        redated["average_days_pushed"] = float("nan")
    return redated.join(metric.push_out(session.frame("push_out", scope)))


def _by_owner(rows: pd.DataFrame) -> pd.DataFrame:
    named = rows.rename(columns={"part": "owner_code"})
    return named.sort_values("owner_code", ignore_index=True)


def _lead_to_pushed(scope: Scope, _row: Row, _column: str) -> Drill:
    return scope, Selection(pushed=1, pushed_from=scope.from_on, pushed_to=scope.to_on)


def _lead_to_pushed_again(scope: Scope, row: Row, column: str) -> Drill:
    times = int(row["pushes"]) + (column == "pushed_again")
    every = ("in progress", "won", "lost")
    return scope, Selection(statuses=every, pushed=times or None)


def _lead_to_closed(scope: Scope, row: Row, _column: str) -> Drill:
    selection = Selection(
        statuses=("won", "lost"), closed_from=scope.from_on, closed_to=scope.to_on
    )
    if is_missing(row["owner_code"]):
        return scope, replace(selection, without_owner=True)
    return replace(scope, owners=(str(row["owner_code"]),)), selection
