"""What waits for somebody today: opportunities whose next stage asks for a quote."""

from pipeline.domain.scope import Scope
from pipeline.reports.report import Report, number
from pipeline.store import Session

WAITING_DEFINITION = (
    "In progress, without a quote, where the next stage of the sales cycle cannot be entered "
    "before one is assigned; the first to close stand first."
)


def waiting_for_quote(session: Session, scope: Scope, *, limit: int = 200) -> Report:
    """One row per opportunity that cannot go on without a quote, with where it would go.

    Columns: `opportunity_no, description, contact_name, owner_name, cycle_code, stage,
    next_stage_description, amount, weighted_amount, expected_close_on`; `totals` holds
    `opportunities` and `amount` of all, beyond `limit` too.
    """
    found = session.frame("waiting_for_quote", scope, limit=limit)
    first = found.iloc[0] if len(found) else None
    return Report(
        name="waiting-for-quote",
        definition=WAITING_DEFINITION,
        frame=found.drop(columns=["total_opportunities", "total_amount"]),
        scope=scope,
        totals={
            name: 0 if first is None else (number(first[f"total_{name}"]) or 0)
            for name in ("opportunities", "amount")
        },
    )
