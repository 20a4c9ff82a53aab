"""The list of opportunities: what is behind a number, a page at a time, with its totals."""

from datetime import date, timedelta

import pandas as pd

from pipeline.domain.errors import PipelineError
from pipeline.domain.scope import Scope, Selection
from pipeline.reports.journeys import asks_for_journeys, journeys_that
from pipeline.reports.report import Report, number
from pipeline.store import Session

NAME = "opportunities"
DEFINITION = (
    "The opportunities of the scope as they stood at the end of the day: not started, in progress, "
    "won and lost. Of a won one the weighted amount is what it was won for. Those without an "
    "amount count, but add nothing to the sums."
)
ORDERS = (
    "opportunity_no",
    "description",
    "contact_name",
    "owner_name",
    "cycle_code",
    "stage_description",
    "status",
    "amount",
    "probability_percent",
    "weighted_amount",
    "expected_close_on",
    "closed_on",
    "created_on",
    "age_days",
    "standing_since",
)
"""The columns a list can be sorted by; missing values stand last, equal ones by age of entry."""


class UnknownOrderError(PipelineError, ValueError):
    """A list cannot be sorted by what was asked for."""

    def __init__(self, order_by: str) -> None:
        """Take the column that was asked for."""
        super().__init__(
            f"Opportunities cannot be sorted by {order_by}; choose one of {', '.join(ORDERS)}."
        )


def opportunities(
    session: Session,
    scope: Scope,
    selection: Selection | None = None,
    *,
    order_by: str = "weighted_amount",
    descending: bool = True,
    limit: int | None = 50,
    offset: int = 0,
) -> Report:
    """One page of the opportunities that a scope and a selection leave, and the totals of all.

    The period of the scope plays no part; the selection has its own. Columns: `opportunity_no,
    description, contact_no, contact_name, owner_code, owner_name, cycle_code, stage,
    stage_description, status, amount, probability_percent, weighted_amount, expected_close_on,
    closed_on, close_reason_code, created_on, age_days, standing_since`; totals: `opportunities,
    amount, weighted_amount, without_amount`. Raises `UnknownOrderError`.
    """
    if order_by not in ORDERS:
        raise UnknownOrderError(order_by)
    selection = selection or Selection()
    found = session.frame(
        "opportunities",
        scope,
        **_wanted(selection),
        **_needs(selection, order_by),
        journeys=_journeys(session, scope, selection),
        order_by=order_by,
        descending=descending,
        limit=limit,
        offset=offset,
    )
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=_rows(found),
        scope=scope,
        totals=_totals(found),
    )


def _wanted(selection: Selection) -> dict[str, object]:
    """The conditions of a selection, each as the parameter of the query that bears its name."""
    first, last = _expected(selection)
    return {
        "statuses": list(selection.statuses) or None,
        "stages": list(selection.stages) or None,
        "expected_from": first,
        "expected_to": last,
        "without_expected_close": selection.without_expected_close,
        "overdue": selection.overdue,
        "without_amount": selection.without_amount,
        "closed_from": selection.closed_from,
        "closed_to": selection.closed_to,
        "created_from": selection.created_from,
        "created_to": selection.created_to,
        "close_reasons": list(selection.close_reasons) or None,
        "without_close_reason": selection.without_close_reason,
        "in_win_rate": selection.in_win_rate,
        "sources": list(selection.sources) or None,
        "lists": list(selection.lists) or None,
        "categories": list(selection.categories) or None,
        "actions": list(selection.actions) or None,
        "probability_from": selection.probability_from,
        "probability_to": selection.probability_to,
        "completed_from": selection.completed_from,
        "completed_to": selection.completed_to,
        "amount_from": selection.amount_from,
        "amount_below": selection.amount_below,
        "without_campaign": selection.without_campaign,
        "without_team": selection.without_team,
        "crossed_stage": selection.crossed_stage,
        "crossed_from": selection.crossed_from,
        "crossed_to": selection.crossed_to,
        "without_owner": selection.without_owner,
        "without_contact": selection.without_contact,
        "entered_from": selection.entered_from,
        "entered_to": selection.entered_to,
        "without_next_step": selection.without_next_step,
        "unplanned_to": selection.unplanned_to,
        "pushed": selection.pushed,
        "pushed_from": selection.pushed_from,
        "pushed_to": selection.pushed_to,
        "search": selection.search.strip(),
    }


def _expected(selection: Selection) -> tuple[date | None, date | None]:
    """The expected close dates that month and period leave together."""
    month = selection.expected_month
    if month is None:
        return selection.expected_from, selection.expected_to
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return (
        max(first, selection.expected_from or first),
        min(last, selection.expected_to or last),
    )


def _needs(selection: Selection, order_by: str) -> dict[str, bool]:
    """Which other tables take part in choosing and sorting; what is not needed is not read."""
    searches = bool(selection.search.strip())
    created = selection.created_from is not None or selection.created_to is not None
    created = created or bool(selection.sources or selection.lists) or selection.without_campaign
    by_details = order_by in ("opportunity_no", "description", "created_on", "age_days")
    return {
        "needs_details": searches or created or by_details,
        "needs_details_that_match": searches and not (created or by_details),
        "needs_contacts": searches or order_by == "contact_name",
        "needs_contacts_that_match": searches and order_by != "contact_name",
        "needs_owners": searches or order_by == "owner_name",
        "needs_highs": selection.crossed_stage is not None,
        "needs_places": order_by == "stage_description",
    }


def _journeys(session: Session, scope: Scope, selection: Selection) -> list[str] | None:
    return journeys_that(session, scope, selection) if asks_for_journeys(selection) else None


def _rows(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of the page; beside an empty one the totals stand alone."""
    page = found[found["opportunity_no"].notna()].drop(columns=found.filter(like="total_").columns)
    return page.assign(stage=page["stage"].where(page["stage"] > 0).astype("Int64"))


def _totals(found: pd.DataFrame) -> dict[str, float | None]:
    """The totals; a sum over nothing is 0."""
    first = found.iloc[0]
    return {
        name: number(first[f"total_{name}"]) or 0
        for name in ("opportunities", "amount", "weighted_amount", "without_amount")
    }
