"""A scope that names what is not there, or runs backwards, is refused before a report is asked."""

from pipeline.domain.errors import PipelineError
from pipeline.domain.scope import Scope
from pipeline.store import Session, records


class PeriodBackwardsError(PipelineError):
    """The period ends before it begins."""

    field = "to_on"

    def __init__(self, scope: Scope) -> None:
        """Take the scope."""
        super().__init__(
            f"The period ends on {scope.to_on}, before it begins on {scope.from_on}. "
            "Exchange the two days."
        )


def check_scope(session: Session, scope: Scope) -> None:
    """Refuse a name that is nowhere in the store, so that a slip never reads as a zero.

    What is gone from the set-up but still stands in the log can be asked for. Raises
    `PeriodBackwardsError`, `UnknownSalesCycleError`, `UnknownSalespersonError`,
    `UnknownTeamError`, `UnknownContactError`, `UnknownCampaignError`.
    """
    if scope.from_on and scope.to_on and scope.to_on < scope.from_on:
        raise PeriodBackwardsError(scope)
    for code in scope.cycles:
        if not records.is_in_log(session, "cycle_code", code):
            records.sales_cycle(session, code)
    for code in scope.owners:
        if not records.is_in_log(session, "owner_code", code):
            records.salesperson(session, code)
    for code in scope.teams:
        records.check_team(session, code)
    for no in scope.contacts:
        if not records.is_in_log(session, "contact_no", no):
            records.contact(session, no)
    for no in scope.campaigns:
        records.campaign(session, no)
