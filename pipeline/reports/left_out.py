"""What reports leave out, counted: nothing disappears without being said."""

from datetime import date

from pipeline.domain.scope import Scope
from pipeline.store import Session


def drafts(
    session: Session,
    scope: Scope,
    *,
    created_from: date | None = None,
    created_to: date | None = None,
) -> int:
    """Count the opportunities that are not started, all or those created in a period."""
    found = session.frame("drafts", scope, created_from=created_from, created_to=created_to)
    return int(found["drafts"].iloc[0])


def undated(session: Session, scope: Scope) -> int:
    """Count what a period leaves out because no expected close date is set; 0 without a period."""
    if scope.from_on is None and scope.to_on is None:
        return 0
    return int(session.frame("undated", scope)["undated"].iloc[0])


def some(counts: dict[str, int]) -> dict[str, int]:
    """Give the reasons that leave anything out."""
    return {reason: number for reason, number in counts.items() if number}
