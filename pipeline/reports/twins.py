"""Likely twins: of what is being entered, and among everything that is open."""

from datetime import date

import pandas as pd

from pipeline.domain.contacts import ContactType
from pipeline.domain.errors import UnknownOpportunityError
from pipeline.domain.figures import Figure
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.scope import Scope
from pipeline.metrics import twins as metric
from pipeline.reports.left_out import some
from pipeline.reports.report import Report
from pipeline.store import Session, merging, records
from pipeline.store.merging import Merge

NAME = "likely-twins"
MOST = 1_000
DEFINITION = (
    "Open opportunities of one company that are probably the same one entered twice: likeness is "
    "65 parts words (without the company's name; other numbers count against), 25 parts amount (0 "
    f"from a quarter apart on), 10 parts the same contact; shown from {metric.LIKELY} on. Pairs of "
    "which somebody said that they are two are not shown."
)
_ANY_DAY = Scope(as_of=date.max)
_SHOWN = [
    "opportunity_no",
    "description",
    "twin_no",
    "twin_description",
    "company_name",
    "amount",
    "twin_amount",
    "owner_code",
    "likeness",
    "reasons",
]


def likely_twins(
    session: Session,
    contact_no: str | None,
    description: str,
    amount: Figure | None = None,
    *,
    company_name: str = "",
    but: Opportunity | None = None,
    at_most: int = 5,
) -> pd.DataFrame:
    """The open opportunities that one which is being entered is probably again, likeliest first.

    It is compared with those of the contact's company, or of companies that are called nearly like
    `company_name` where the company is new. `but` is an opportunity that is there already: it is
    no twin of its own, nor is any of which somebody said so.

    Columns: `twin_no, twin_description, twin_amount, twin_contact_no, company_name, contact_name,
    owner_name, stage_description, expected_close_on, created_on, likeness, reasons`.
    """
    candidates = session.frame(
        "twin_candidates",
        _ANY_DAY,
        contact_no=contact_no or "",
        alike=_alike(session, company_name) if not contact_no else [],
        but_id=but.id if but else None,
    )
    typed = float(amount) if amount not in (None, "") else None
    pairs = candidates.assign(description=description, amount=typed, contact_no=contact_no)
    return (
        metric.likeness(pairs)
        .head(at_most)
        .drop(columns=["description", "amount", "contact_no"])
        .reset_index(drop=True)
    )


def _alike(session: Session, company_name: str) -> list[str]:
    if not company_name.strip():
        return []
    alike = session.frame(
        "contacts_alike",
        _ANY_DAY,
        name=company_name,
        type=ContactType.COMPANY.value,
        contact_no="",
    )
    return [str(number) for number in alike["contact_no"]]


def all_likely_twins(session: Session, scope: Scope) -> Report:
    """Pairs of open opportunities that are probably the same one, the likeliest first.

    Columns: `opportunity_no, description, twin_no, twin_description, company_name, amount,
    twin_amount, owner_code, likeness, reasons`; at most 1,000 pairs. `totals` has `twins`, the
    number of all pairs.
    """
    pairs = metric.likeness(session.frame("twin_pairs", scope))
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=pairs[_SHOWN].head(MOST),
        scope=scope,
        excluded=some({"in further pairs, less alike": max(0, len(pairs) - MOST)}),
        totals={"twins": len(pairs)},
    )


def merged_into(session: Session, no: str) -> Merge | None:
    """The merge in which an opportunity went into another one; None when it did not."""
    return merging.into(session, no)


def swallowed(session: Session, no: str) -> list[Merge]:
    """The merges in which others went into an opportunity, the newest first."""
    return merging.swallowed(session, no)


def gone(session: Session, no: str) -> Opportunity | None:
    """An opportunity that was merged or deleted, as it stood at last; None when there is none."""
    try:
        return records.opportunity(session, no, removed=True)
    except UnknownOpportunityError:
        return None


def taken_over(survivor: Opportunity, loser: Opportunity) -> dict[str, object]:
    """What the survivor of a merge would take over, by field."""
    return merging.taken_over(survivor, loser)
