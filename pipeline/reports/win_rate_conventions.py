"""Report: the win rate in every convention people use, side by side."""

from dataclasses import replace
from functools import partial

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import win_rate_conventions as metric
from pipeline.metrics.sales_cycle import win_curve
from pipeline.reports.left_out import drafts, some
from pipeline.reports.narrowed import is_narrowed
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.set_up import no_decision_codes
from pipeline.store import Session

DEFINITION = (
    "One company, as many win rates as conventions. Closed in the period, each opportunity with "
    "its last closing, is the headline; every closing counts again what was reopened. Of those "
    "created in the period: won of created, and won of decided. All: won of everything there ever "
    "was. Won by age is read off the win curve, open ones counted for as long as they have been "
    "open; use it to look ahead. The range is the Wilson interval, 95 percent. What was closed for "
    "a reason that does not count in the win rate is in none of them. There is no rate by amount "
    "where of the won, or of the others, no amount is known."
)
_OF_DECIDED = ("closed", "created_decided")
_OF_CREATED = ("created", "created_decided")


def win_rate_conventions(session: Session, scope: Scope) -> Report:
    """The rate by count and amount in each convention, with its bias.

    The frame is `metrics.win_rate_conventions`; without a period it is all of the past. `totals`
    holds `won_by_age_rate`, the win curve at the greatest age at which anything was closed
    (`days`), of the opportunities that were `followed`.
    """
    sums = session.frame("win_rate_conventions", scope, narrowed=is_narrowed(scope))
    frame = metric.win_rate_conventions(sums, no_decision_codes(session))
    standing = sums[(sums["population"] == "standing") & ~sums["in_win_rate"]]
    return Report(
        name="win-rate-conventions",
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {
                "closed for a reason that does not count in the win rate": int(
                    standing["opportunities"].sum()
                ),
                "that are not started": drafts(session, scope),
            }
        ),
        totals=_by_age(session, scope),
        opens=("counted", "won", "lost", "in_progress"),
        leads_to=partial(_lead, scope),
    )


def _by_age(session: Session, scope: Scope) -> dict[str, float | None]:
    """The win curve of all opportunities at its last step."""
    whole = replace(scope, from_on=None, to_on=None)
    ages = session.frame("win_curve", whole)
    curve = win_curve(ages)
    if curve.empty:
        return {"won_by_age_rate": None, "days": None, "followed": int(ages["number"].sum())}
    last = curve.iloc[-1]
    return {
        "won_by_age_rate": float(last["won_by_age_rate"]),
        "days": int(last["days"]),
        "followed": int(ages["number"].sum()),
    }


def _lead(scope: Scope, row: Row, column: str) -> Drill:
    """Go to the opportunities of a convention; closings and reasons left out are no list."""
    convention = str(row["convention"])
    if convention in ("events", "competitive"):
        raise KeyError(column)
    decided = ("won", "lost")
    looked_at = decided if convention in _OF_DECIDED else (*decided, "in progress")
    one = "in progress" if column == "in_progress" else column
    if column != "counted" and one not in looked_at:
        raise KeyError(column)
    statuses = looked_at if column == "counted" else (one,)
    return scope, _bounded(Selection(statuses=statuses, in_win_rate=True), scope, convention)


def _bounded(selection: Selection, scope: Scope, convention: str) -> Selection:
    """Narrow a selection to the days its convention looks at."""
    if convention == "closed":
        return replace(selection, closed_from=scope.from_on, closed_to=scope.to_on)
    if convention in _OF_CREATED:
        return replace(selection, created_from=scope.from_on, created_to=scope.to_on)
    return selection
