"""Read the opportunity a command is about, and refuse when it is not what the person saw."""

from pipeline.commands.desk import Desk
from pipeline.domain.errors import ChangedMeanwhileError
from pipeline.domain.opportunities import Opportunity
from pipeline.store import records


def read(desk: Desk, opportunity_no: str, seen: int | None) -> Opportunity:
    """Give the opportunity as it stands; `seen` is the version a form or a board showed.

    Raises `UnknownOpportunityError`, `ChangedMeanwhileError` naming who did what since.
    """
    opportunity = records.opportunity(desk.session, opportunity_no)
    if seen is not None and seen != opportunity.version:
        changes = records.since(desk.session, opportunity.id, seen)
        raise ChangedMeanwhileError(opportunity.no, changes)
    return opportunity
