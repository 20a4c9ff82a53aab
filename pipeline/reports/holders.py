"""Reports: contacts, salespeople and campaigns, counted as Business Central counts them."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import statistics as metric
from pipeline.reports.left_out import drafts, some, undated
from pipeline.reports.report import Drill, Report, Row, is_missing, number
from pipeline.store import Session

Action: TypeAlias = Literal[
    "first", "next", "previous", "skip", "jump", "update", "won", "lost", "reopen"
]
"""What made the newest entry of an opportunity; another owner and an edit make none."""

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


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the newest entry must be to count, percents with both ends; nothing asked: any."""

    action: Action | None = None
    stage: int | None = None
    probability_from: float | None = None
    probability_to: float | None = None
    completed_from: float | None = None
    completed_to: float | None = None

    @property
    def parameters(self) -> dict[str, object]:
        """The parameters of the query."""
        return vars(self) | {"actions": [self.action] if self.action else None}

    def behind(self, scope: Scope, column: str) -> Selection:
        """The opportunities that a column counts."""
        return Selection(
            statuses=STATUSES.get(column, STARTED),
            expected_from=scope.from_on,
            expected_to=scope.to_on,
            without_amount=column == "without_amount",
            actions=(self.action,) if self.action else (),
            stages=() if self.stage is None else (self.stage,),
            probability_from=self.probability_from,
            probability_to=self.probability_to,
            completed_from=self.completed_from,
            completed_to=self.completed_to,
        )


def contact_statistics(session: Session, scope: Scope, *, action: Action | None = None) -> Report:
    """Number and values per contact; see `metrics.statistics.contact_statistics`.

    With `action`, of those whose newest entry was made by it.
    """
    filters = Filters(action=action)
    asked = list(scope.contacts) or None
    sums = session.frame("contact_statistics", scope, asked=asked, **filters.parameters)
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
            filters.behind(scope, column),
        ),
    )


def salesperson_statistics(
    session: Session,
    scope: Scope,
    *,
    action: Action | None = None,
    stage: int | None = None,
    probability_from: float | None = None,
    probability_to: float | None = None,
    completed_from: float | None = None,
    completed_to: float | None = None,
) -> Report:
    """Number, values and their means per owner; see `metrics.statistics.salesperson_statistics`.

    Of those whose newest entry was made by `action`, is at `stage`, and has a probability and a
    completion (percent) from one number to another.
    """
    filters = Filters(
        action=action,
        stage=stage,
        probability_from=probability_from,
        probability_to=probability_to,
        completed_from=completed_from,
        completed_to=completed_to,
    )
    sums = session.frame("salesperson_statistics", scope, **filters.parameters)

    def lead(row: Row, column: str) -> Drill:
        selection = filters.behind(scope, column)
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
            Filters().behind(scope, column),
        ),
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
