"""Reports: contacts, salespeople and campaigns, counted as Business Central counts them."""

from dataclasses import replace

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import statistics as metric
from pipeline.reports.left_out import drafts, some, undated
from pipeline.reports.report import Drill, Report, Row, is_missing, number
from pipeline.store import Session

_COUNTED = (
    "number, estimated value and calculated current value of the newest entry of each opportunity, "
    "won and lost ones included: a lost one counts nothing as current value, a won one what it was "
    "won for. A period limits the expected close date, which of a closed one is the day it closed."
)
CONTACT_DEFINITION = (
    f"Business Central's contact statistics: {_COUNTED} A person has its own; a company has those "
    "of its persons besides, so the rows do not add up to a whole. Interactions are all of them up "
    "to the day, canceled ones left out, whatever the period; of contacts with opportunities only."
)
SALESPERSON_DEFINITION = f"Business Central's salesperson statistics: {_COUNTED}"
CAMPAIGN_DEFINITION = (
    f"Business Central's campaign statistics: {_COUNTED} The campaign is the one an opportunity "
    "has today."
)
TOTALS = ("opportunities", "in_progress", "won", "lost", "amount", "weighted_amount")
OPENS = ("opportunities", "in_progress", "won", "lost", "without_amount")
STATUSES = {"in_progress": ("in progress",), "won": ("won",), "lost": ("lost",)}
STARTED = ("in progress", "won", "lost")


def contact_statistics(session: Session, scope: Scope) -> Report:
    """Number and values per contact; see `metrics.statistics.contact_statistics`."""
    sums = session.frame("contact_statistics", scope, asked=list(scope.contacts) or None)
    frame = metric.with_interactions(
        metric.contact_statistics(sums), session.frame("interactions_of_contacts", scope)
    )
    return Report(
        name="contact-statistics",
        definition=CONTACT_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=_left_out(session, scope, sums, without="contact"),
        opens=OPENS,
        leads_to=lambda row, column: (
            replace(scope, contacts=(str(row["contact_no"]),)),
            _selection(scope, column),
        ),
    )


def salesperson_statistics(session: Session, scope: Scope) -> Report:
    """Number, values and their means per owner; see `metrics.statistics.salesperson_statistics`."""
    sums = session.frame("salesperson_statistics", scope)

    def lead(row: Row, column: str) -> Drill:
        selection = _selection(scope, column)
        if is_missing(row["owner_code"]):
            return scope, replace(selection, without_owner=True)
        return replace(scope, owners=(str(row["owner_code"]),)), selection

    frame = metric.salesperson_statistics(sums)
    return Report(
        name="salesperson-statistics",
        definition=SALESPERSON_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=_left_out(session, scope, sums),
        totals={name: number(frame[name].sum()) for name in TOTALS},
        opens=OPENS,
        leads_to=lead,
    )


def campaign_statistics(session: Session, scope: Scope) -> Report:
    """Number and values per campaign; see `metrics.statistics.campaign_statistics`."""
    sums = session.frame("campaign_statistics", scope)
    frame = metric.campaign_statistics(sums)
    return Report(
        name="campaign-statistics",
        definition=CAMPAIGN_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=_left_out(session, scope, sums, without="campaign"),
        totals={name: number(frame[name].sum()) for name in TOTALS},
        opens=OPENS,
        leads_to=lambda row, column: (
            replace(scope, campaigns=(str(row["campaign_no"]),)),
            _selection(scope, column),
        ),
    )


def _selection(scope: Scope, column: str) -> Selection:
    return Selection(
        statuses=STATUSES.get(column, STARTED),
        expected_from=scope.from_on,
        expected_to=scope.to_on,
        without_amount=column == "without_amount",
    )


def _left_out(
    session: Session, scope: Scope, sums: pd.DataFrame, *, without: str = ""
) -> dict[str, int]:
    """What no row counts, or adds nothing to the sums."""
    nobody = sums[sums[f"{without}_no"].isna()] if without else sums.iloc[:0]
    own = {f"without a {without}": int(nobody["opportunities"].sum())} if without else {}
    return some(
        {
            "that are not started": drafts(session, scope),
            **own,
            "without an amount, from the sums only": _without_amount(sums, nobody, without),
            "without an expected close date, outside every period": undated(session, scope),
        }
    )


def _without_amount(sums: pd.DataFrame, nobody: pd.DataFrame, without: str) -> int:
    """Count those without an amount once each; a company's row repeats those of its persons."""
    if without == "contact":
        return 0
    return int(sums["without_amount"].sum() - nobody["without_amount"].sum())
