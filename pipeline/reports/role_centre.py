"""The figures and charts that Business Central's role centre for sales managers shows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, TypeAlias

from pipeline.domain.dates import add_formula
from pipeline.domain.scope import Scope, Selection
from pipeline.metrics.proportions import rate
from pipeline.reports.left_out import drafts, some
from pipeline.reports.opportunities import opportunities
from pipeline.reports.report import Drill, Report, Row, is_missing, number
from pipeline.reports.stage_conversion import stage_conversion
from pipeline.reports.statistics import stage_statistics
from pipeline.store import Session

Status: TypeAlias = Literal["not started", "in progress", "won", "lost"]
Span: TypeAlias = Literal["day", "week", "month", "quarter", "year"]

OPEN = ("not started", "in progress")
DUE_DAYS = 7
HEADLINE_DEFINITION = (
    "Business Central's role centre: open ones are not closed, those not started among them; due "
    "in 7 days are those in progress whose expected close date is the day or one of the seven "
    "after it; overdue ones had theirs before the day. Contacts, quotes, orders and campaigns are "
    "the company's, whatever the scope."
)
MEASURES_DEFINITION = (
    "The measures of Business Central's sales reports. All entries ever made are summed, so an "
    "opportunity counts as often as it was touched, and its means lean to what was touched often; "
    "the active figures beside them look at the newest entry of each alone."
)
BY_OWNER_DEFINITION = (
    "Business Central's opportunities chart: open ones that were created by the end of the period, "
    "won and lost ones that closed inside it, by owner; weeks begin on Monday."
)
FUNNEL_DEFINITION = (
    "Business Central's pipeline funnel counts every entry ever made in a stage, open or closed, "
    "so an update makes a bar longer. Beside it what stands in the stage now, and how many "
    "opportunities ever came to it or beyond."
)
TOP_DEFINITION = (
    "The opportunities that are not closed with the largest amounts. Business Central shows them "
    "in the order of their numbers; here the largest stands first."
)


def headline_figures(session: Session, scope: Scope) -> Report:
    """One row: `open_opportunities, closed_opportunities, due_in_7_days, overdue, won, lost, ...`.

    And `win_loss_rate`, contacts, quotes, orders and campaigns. Each count of opportunities opens.
    """
    frame = session.frame("headline_figures", scope)
    frame = frame.assign(win_loss_rate=rate(frame["won"], frame["won"] + frame["lost"]))
    return Report(
        name="headline-figures",
        definition=HEADLINE_DEFINITION,
        frame=frame,
        scope=scope,
        totals={str(name): number(frame[name].iloc[0]) for name in frame.columns},
        opens=("open_opportunities", "closed_opportunities", "due_in_7_days", "overdue"),
        leads_to=lambda _row, column: (scope, _behind_headline(scope.as_of, column)),
    )


def _behind_headline(day: date, column: str) -> Selection:
    return {
        "open_opportunities": Selection(statuses=OPEN),
        "closed_opportunities": Selection(statuses=("won", "lost")),
        "due_in_7_days": Selection(
            statuses=("in progress",),
            expected_from=day,
            expected_to=day + timedelta(days=DUE_DAYS),
        ),
        "overdue": Selection(statuses=("in progress",), overdue=True),
    }[column]


def entry_measures(session: Session, scope: Scope) -> Report:
    """One row: opportunities with entries, won, lost, and sums and means over entries."""
    frame = session.frame("entry_measures", scope)
    frame = frame.assign(win_loss_rate=rate(frame["won"], frame["won"] + frame["lost"]))
    return Report(
        name="entry-measures",
        definition=MEASURES_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        opens=("in_entries", "won", "lost"),
        leads_to=lambda _row, column: (
            scope,
            Selection(statuses=(column,) if column != "in_entries" else OPEN[1:] + CLOSED),
        ),
    )


CLOSED = ("won", "lost")


def opportunities_by_owner(
    session: Session, scope: Scope, *, status: Status = "won", by: Span = "month"
) -> Report:
    """One row per owner with `opportunities` and `amount`, the most first; owners without none.

    The period is the day, week, month, quarter or year that the as-of day lies in.
    """
    first, last = span_of(scope.as_of, by)
    frame = session.frame("opportunities_by_owner", scope, status=status, first=first, last=last)

    def lead(row: Row, _column: str) -> Drill:
        closed = status in CLOSED
        selection = Selection(
            statuses=(status,),
            expected_from=first if closed else None,
            expected_to=last if closed else None,
            created_to=None if closed else last,
        )
        if is_missing(row["owner_code"]):
            return scope, replace(selection, without_owner=True)
        return replace(scope, owners=(str(row["owner_code"]),)), selection

    return Report(
        name="opportunities-by-owner",
        definition=BY_OWNER_DEFINITION,
        frame=frame,
        scope=scope,
        totals={name: number(frame[name].sum()) for name in ("opportunities", "amount")},
        opens=("opportunities",),
        leads_to=lead,
    )


def span_of(day: date, by: Span) -> tuple[date, date]:
    """Give the first and last day of the period that a day lies in."""
    unit = {"day": "", "week": "CW", "month": "CM", "quarter": "CQ", "year": "CY"}[by]
    return (add_formula(day, f"-{unit}"), add_formula(day, unit)) if unit else (day, day)


def pipeline_funnel(session: Session, scope: Scope) -> Report:
    """One row per stage: `funnel_entries`, `opportunities` there now, and `reached_ever`."""
    counted = stage_statistics(session, scope)
    reached = stage_conversion(session, replace(scope, from_on=None, to_on=None)).frame
    frame = counted.frame.merge(
        reached[["cycle_code", "stage", "reached"]], on=["cycle_code", "stage"], how="left"
    )
    frame = frame.assign(
        funnel_entries=frame["entries_ever"],
        reached_ever=frame["reached"].fillna(0).astype("int64"),
    )
    columns = ["cycle_code", "stage", "stage_description", "funnel_entries", "opportunities"]
    return Report(
        name="pipeline-funnel",
        definition=FUNNEL_DEFINITION,
        frame=frame[[*columns, "reached_ever"]],
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        opens=("opportunities", "reached_ever"),
        leads_to=lambda row, column: _behind_funnel(scope, row, column),
    )


def _behind_funnel(scope: Scope, row: Row, column: str) -> Drill:
    stage = int(row["stage"])
    selection = (
        Selection(reached_stage=stage)
        if column == "reached_ever"
        else Selection(statuses=("in progress",), stages=(stage,))
    )
    return replace(scope, cycles=(str(row["cycle_code"]),)), selection


def top_opportunities(session: Session, scope: Scope, *, rows: int = 5) -> Report:
    """Give the open opportunities with the largest amounts, the largest first."""
    found = opportunities(
        session, scope, Selection(statuses=OPEN), order_by="amount", limit=max(1, rows)
    )
    return replace(found, name="top-opportunities", definition=TOP_DEFINITION)
