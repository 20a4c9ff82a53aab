"""The printed lists of Business Central: opportunities, sales cycles, and what salespeople have."""

from dataclasses import replace
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.reports.left_out import some
from pipeline.reports.report import Report, number
from pipeline.reports.set_up import stages_of
from pipeline.reports.statistics import stage_statistics
from pipeline.store import Session

Which: TypeAlias = Literal["all", "open", "closed"]

MOST_ROWS = 2000
"""So many opportunities stand in a printed list; a longer one is no reading, but a file."""
_CLOSED = {"all": None, "open": False, "closed": True}
LIST = [
    "opportunity_no",
    "description",
    "cycle_code",
    "stage_description",
    "owner_code",
    "campaign_no",
    "contact_name",
    "probability_percent",
    "completed_percent",
    "status",
    "amount",
    "weighted_amount",
]
OF_OWNERS = [
    "owner_name",
    "opportunity_no",
    "contact_name",
    "created_on",
    "status",
    "priority",
    "probability_percent",
    "chances_percent",
    "completed_percent",
    "campaign_no",
    "closed_on",
    "description",
    "amount",
    "weighted_amount",
]
LIST_DEFINITION = (
    "Business Central's list of opportunities, in the order of their numbers; a period limits the "
    "day they were created. Of a won one the weighted amount is what it was won for."
)
OF_OWNERS_DEFINITION = (
    "Business Central's opportunities by salesperson, each salesperson with the sums; a period "
    "limits the day they were created."
)
ANALYSIS_DEFINITION = (
    "Business Central's analysis of sales cycles: what stands in each stage, what its stage gives "
    "to do, and the mean days of its entries that are over, beside the mean stay. Business Central "
    "adds the mean days up under a cycle; a sum of means says nothing and is left out."
)


def opportunity_list(
    session: Session, scope: Scope, *, which: Which = "all", limit: int | None = MOST_ROWS
) -> Report:
    """One row per opportunity, with the columns `LIST`; those behind the limit are counted."""
    return _register(
        session, scope, "opportunity-list", LIST_DEFINITION, LIST, which=which, limit=limit
    )


def salesperson_opportunities(
    session: Session, scope: Scope, *, which: Which = "all", limit: int | None = MOST_ROWS
) -> Report:
    """One row per opportunity by owner, with the columns `OF_OWNERS`; printed with sums."""
    report = _register(
        session,
        scope,
        "salesperson-opportunities",
        OF_OWNERS_DEFINITION,
        OF_OWNERS,
        which=which,
        limit=limit,
    )
    return replace(report, parts=("owner_name",))


def sales_cycle_analysis(session: Session, scope: Scope) -> Report:
    """One row per stage: what stands there, its activity, mean days; parts are the cycles."""
    counted = stage_statistics(session, scope)
    stages = stages_of(session, scope)[
        ["cycle_code", "cycle_description", "stage", "activity_code"]
    ]
    columns = ["cycle_code", "cycle_description", "stage", "stage_description", "activity_code"]
    figures = ["opportunities", "amount", "weighted_amount", "average_days", "average_stay_days"]
    frame = counted.frame.merge(stages, on=["cycle_code", "stage"], how="left")
    return replace(
        counted,
        name="sales-cycle-analysis",
        definition=ANALYSIS_DEFINITION,
        frame=frame[[*columns, *figures]],
        opens=("opportunities",),
        parts=("cycle_code", "cycle_description"),
    )


def _register(
    session: Session,
    scope: Scope,
    name: str,
    definition: str,
    columns: list[str],
    *,
    which: Which,
    limit: int | None,
) -> Report:
    found: pd.DataFrame = session.frame(
        "opportunity_register",
        scope,
        closed=_CLOSED[which],
        by_owner=columns is OF_OWNERS,
        limit=limit,
    )
    everything = int(found["found"].iloc[0]) if len(found) else 0
    return Report(
        name=name,
        definition=definition,
        frame=found[columns],
        scope=scope,
        excluded=some({"behind those listed": everything - len(found)}),
        totals={"opportunities": number(everything)},
    )
