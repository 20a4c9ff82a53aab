"""What is done to many opportunities at once, all of them or none."""

from dataclasses import dataclass

from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.opportunities import DeleteOpportunity
from pipeline.domain.errors import DeleteNotClosedError, NothingChosenError
from pipeline.domain.transitions import CLOSES
from pipeline.store import records


@dataclass(frozen=True, kw_only=True)
class DeleteClosed:
    """Take won and lost opportunities out together; their past stays readable up to today."""

    opportunity_nos: tuple[str, ...]

    def apply(self, desk: Desk) -> Recorded:
        """Raises `NothingChosenError`, `UnknownOpportunityError`, `DeleteNotClosedError`."""
        if not self.opportunity_nos:
            raise NothingChosenError
        for no in self.opportunity_nos:
            opportunity = records.opportunity(desk.session, no)
            if opportunity.last is None or opportunity.last.action not in CLOSES:
                raise DeleteNotClosedError(no, opportunity.status)
            DeleteOpportunity(opportunity_no=no, seen=opportunity.version).apply(desk)
        return Recorded(what="opportunity", no=self.opportunity_nos[-1])
