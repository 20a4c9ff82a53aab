"""Report: the money a pipeline brings per day, and which of its four factors changed it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import velocity as metric
from pipeline.reports.left_out import some
from pipeline.reports.report import Drill, Report, Row, first_row
from pipeline.store import Session

NAME = "velocity"
DEFINITION = (
    "Open opportunities on the last day × mean won amount × win rate / mean days from creation to "
    "winning, in money per day; the last three of what was closed in the period, and counted in "
    "the win rate. The changes against the period before are natural logarithms: the parts of the "
    "four factors add up to that of the velocity, and a longer cycle counts against it."
)
YEAR = timedelta(days=365)
OPENS = ("open_at_end", "won", "lost")


def velocity(session: Session, scope: Scope) -> Report:
    """Velocity of the period and of the one as long before it; see `metrics.velocity.velocity`.

    The period of the scope, or the 365 days up to its day. `totals` is the row of that period.
    """
    first, last = _period(scope)
    before = first - (last - first) - timedelta(days=1), first - timedelta(days=1)
    sums = pd.concat(
        [_sums(session, scope, *days) for days in (before, (first, last))], ignore_index=True
    )
    frame = metric.velocity(sums)
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {
                "closed for a reason that does not count in the win rate": int(
                    sums["outside_win_rate"].iloc[-1]
                ),
                "won without an amount, from the mean amount only": int(
                    sums["won"].iloc[-1] - sums["won_with_amount"].iloc[-1]
                ),
            }
        ),
        totals=first_row(frame.drop(columns=["from_on", "to_on"]).tail(1)),
        opens=OPENS,
        leads_to=partial(_lead, scope),
    )


def _period(scope: Scope) -> tuple[date, date]:
    last = min(scope.to_on or scope.as_of, scope.as_of)
    return min(scope.from_on or last - YEAR + timedelta(days=1), last), last


def _sums(session: Session, scope: Scope, first: date, last: date) -> pd.DataFrame:
    found = session.frame("velocity", replace(scope, as_of=last, from_on=first, to_on=last))
    return found.assign(from_on=pd.Timestamp(first), to_on=pd.Timestamp(last))


def _lead(scope: Scope, row: Row, column: str) -> Drill:
    first, last = (pd.Timestamp(row[end]).date() for end in ("from_on", "to_on"))
    then = replace(scope, as_of=last)
    if column == "open_at_end":
        return then, Selection(statuses=("in progress",))
    closed = Selection(statuses=(column,), closed_from=first, closed_to=last, in_win_rate=True)
    return then, closed
