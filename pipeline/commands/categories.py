"""Set the forecast category of an opportunity, with a reason."""

from dataclasses import dataclass, replace

from pipeline.commands.codes import chosen, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.seen import read
from pipeline.domain.categories import CLOSED, ForecastCategory, noted
from pipeline.domain.errors import CategoryNotOpenError, NothingToChangeError
from pipeline.domain.opportunities import Change
from pipeline.domain.transitions import Action
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class SetCategory:
    """Say in which category an opportunity in progress is forecast, and why.

    It stays there, whatever its stage, until somebody sets another one or, with a blank category,
    leaves it to the stage again. The reason stands in the log.
    """

    opportunity_no: str
    category: str
    reason: str
    seen: int | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `NotInProgressError`, `ChoiceError`, `CategoryNotOpenError`, ….

        And `MissingFieldError` (the reason), `NothingToChangeError`, `ChangedMeanwhileError`.
        """
        opportunity = read(desk, self.opportunity_no, self.seen)
        opportunity.check_in_progress("setting a forecast category")
        wanted = self._wanted()
        reason = text(self.reason, "The reason", "reason", required=True)
        before = opportunity.last.forecast_category if opportunity.last else None
        if wanted == before:
            raise NothingToChangeError(opportunity.no)
        note = noted(before, wanted, reason)
        change = Change(on=opportunity.latest(desk.today), note=note)
        row = opportunity.annotate(Action.EDIT, change, desk.today)
        if row is None:
            raise NothingToChangeError(opportunity.no)
        nth = record.transition(
            desk.session, opportunity, replace(row, forecast_category=wanted), desk.stamp
        )
        return Recorded(what="opportunity", no=opportunity.no, nth=nth)

    def _wanted(self) -> str | None:
        if not self.category.strip():
            return None
        if self.category == CLOSED:
            raise CategoryNotOpenError(self.category)
        return chosen(ForecastCategory, self.category, "The category", "forecast_category").value
