"""Set up sales cycles, their stages, and the reasons for closing."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.commands.codes import chosen, code, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.categories import ForecastCategory
from pipeline.domain.closing import Outcome
from pipeline.domain.comments import About
from pipeline.domain.cycles import ProbabilityMethod
from pipeline.domain.dates import parse_formula
from pipeline.domain.errors import (
    CloseReasonInUseError,
    CloseReasonOutcomeFixedError,
    FigureError,
    SalesCycleInUseError,
    StageInUseError,
    StageOrderError,
)
from pipeline.domain.figures import Figure, percent
from pipeline.store import activities, comments, records
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class DefineSalesCycle:
    """Make a sales cycle, or change its description and method; the log keeps what it has."""

    code: str
    description: str = ""
    probability_method: str = ProbabilityMethod.MULTIPLY.value

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `ChoiceError`."""
        method = chosen(ProbabilityMethod, self.probability_method, "Method", "probability_method")
        cycle_code = code(self.code, "The code of the sales cycle")
        known = records.count(desk.session, "sales_cycles", cycle_code=cycle_code)
        record.put(
            desk.session,
            "sales_cycles",
            ("cycle_code",),
            cycle_code=cycle_code,
            description=text(self.description, "The description", "description"),
            probability_method=method.value,
            **({} if known else {"blocked": False}),
        )
        return Recorded(what="sales cycle", no=cycle_code)


@dataclass(frozen=True, kw_only=True)
class BlockSalesCycle:
    """Block a sales cycle for new opportunities, or let it be used again."""

    code: str
    blocked: bool = True

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSalesCycleError`."""
        cycle = records.sales_cycle(desk.session, self.code)
        record.put(
            desk.session,
            "sales_cycles",
            ("cycle_code",),
            cycle_code=cycle.code,
            blocked=self.blocked,
        )
        return Recorded(what="sales cycle", no=cycle.code)


@dataclass(frozen=True, kw_only=True)
class RemoveSalesCycle:
    """Remove a sales cycle and its stages; opportunities not started do not keep it."""

    code: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSalesCycleError`, `SalesCycleInUseError`."""
        cycle = records.sales_cycle(desk.session, self.code)
        opportunities = records.open_opportunities(desk.session, cycle.code)
        if opportunities:
            raise SalesCycleInUseError(cycle.code, opportunities)
        record.remove(desk.session, "stages", cycle_code=cycle.code)
        comments.forget(desk.session, About.STAGE, cycle.code)
        comments.forget(desk.session, About.SALES_CYCLE, cycle.code)
        record.remove(desk.session, "sales_cycles", cycle_code=cycle.code)
        return Recorded(what="sales cycle", no=cycle.code)


@dataclass(frozen=True, kw_only=True)
class DefineStage:
    """Add a stage to a sales cycle, or change one; its number names it for good.

    A new stage stands where its number puts it, until the stages are reordered.
    """

    cycle_code: str
    stage: int
    description: str = ""
    completed_percent: Figure = Decimal(0)
    chances_percent: Figure = Decimal(0)
    allow_skip: bool = False
    quote_required: bool = False
    activity_code: str | None = None
    date_formula: str = ""
    position: int | None = None
    forecast_category: str | None = None
    """What stands in the stage is forecast in it; blank: by its chances; None: as it is."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSalesCycleError`, `FigureError`, `PercentRangeError`, ….

        And `DateFormulaError`, `UnknownActivityError`.
        """
        cycle = records.sales_cycle(desk.session, self.cycle_code)
        if self.activity_code:
            activities.activity(desk.session, self.activity_code)
        if self.stage < 1:
            raise FigureError("The stage number", "stage", self.stage, 0)
        parse_formula(self.date_formula)
        record.put(
            desk.session,
            "stages",
            ("cycle_code", "stage"),
            cycle_code=cycle.code,
            stage=self.stage,
            description=text(self.description, "The description", "description"),
            completed_percent=percent(self.completed_percent, "Completed", "completed_percent"),
            chances_percent=percent(self.chances_percent),
            allow_skip=self.allow_skip,
            quote_required=self.quote_required,
            activity_code=self.activity_code or None,
            date_formula=self.date_formula.replace(" ", "").upper(),
            **self._position(desk),
            **self._category(),
        )
        return Recorded(what="stage", no=f"{cycle.code} {self.stage}")

    def _category(self) -> dict[str, str | None]:
        """Give the forecast category to write, where one is said."""
        if self.forecast_category is None:
            return {}
        if not self.forecast_category:
            return {"forecast_category": None}
        wanted = chosen(
            ForecastCategory, self.forecast_category, "The category", "forecast_category"
        )
        return {"forecast_category": wanted.value}

    def _position(self, desk: Desk) -> dict[str, int]:
        """Give the place to write: the one asked for, for a new stage its number, else none."""
        if self.position is not None:
            return {"position": self.position}
        known = records.count(desk.session, "stages", cycle_code=self.cycle_code, stage=self.stage)
        return {} if known else {"position": self.stage}


@dataclass(frozen=True, kw_only=True)
class ReorderStages:
    """Put the stages of a sales cycle in another order; the log is not rewritten."""

    cycle_code: str
    stages: tuple[int, ...]

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSalesCycleError`, `StageOrderError`."""
        cycle = records.sales_cycle(desk.session, self.cycle_code)
        known = [stage.stage for stage in cycle.stages]
        if sorted(self.stages) != sorted(known):
            raise StageOrderError(cycle.code, self.stages, known)
        for position, stage in enumerate(self.stages, start=1):
            record.put(
                desk.session,
                "stages",
                ("cycle_code", "stage"),
                cycle_code=cycle.code,
                stage=stage,
                position=position,
            )
        return Recorded(what="sales cycle", no=cycle.code)


@dataclass(frozen=True, kw_only=True)
class RemoveStage:
    """Remove a stage that nobody stands in; the log keeps that it was visited."""

    cycle_code: str
    stage: int

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSalesCycleError`, `UnknownStageError`, `StageInUseError`."""
        cycle = records.sales_cycle(desk.session, self.cycle_code)
        stage = cycle.stage(self.stage)
        opportunities = records.open_opportunities(desk.session, cycle.code, stage.stage)
        if opportunities:
            raise StageInUseError(cycle.code, stage.stage, opportunities)
        record.remove(desk.session, "stages", cycle_code=cycle.code, stage=stage.stage)
        comments.forget(desk.session, About.STAGE, cycle.code, stage.stage)
        return Recorded(what="stage", no=f"{cycle.code} {stage.stage}")


@dataclass(frozen=True, kw_only=True)
class DefineCloseReason:
    """Make a reason for winning or losing, or change one."""

    code: str
    description: str = ""
    outcome: str = Outcome.WON.value
    in_win_rate: bool = True

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `ChoiceError`, ….

        And `CloseReasonOutcomeFixedError` when a used one would change its outcome.
        """
        reason_code = code(self.code, "The code of the close reason")
        outcome = chosen(Outcome, self.outcome, "Outcome", "outcome")
        self._check_outcome(desk, reason_code, outcome)
        record.put(
            desk.session,
            "close_reasons",
            ("close_reason_code",),
            close_reason_code=reason_code,
            description=text(self.description, "The description", "description"),
            outcome=outcome.value,
            in_win_rate=self.in_win_rate,
        )
        return Recorded(what="close reason", no=reason_code)

    def _check_outcome(self, desk: Desk, reason_code: str, wanted: Outcome) -> None:
        if not records.count(desk.session, "close_reasons", close_reason_code=reason_code):
            return
        known = records.close_reason(desk.session, reason_code)
        if known.outcome is wanted:
            return
        used = records.count(desk.session, "transitions", close_reason_code=reason_code)
        if used:
            raise CloseReasonOutcomeFixedError(reason_code, known.outcome, used)


@dataclass(frozen=True, kw_only=True)
class RemoveCloseReason:
    """Remove a close reason that was never used."""

    code: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownCloseReasonError`, `CloseReasonInUseError`."""
        reason = records.close_reason(desk.session, self.code)
        used = records.count(desk.session, "transitions", close_reason_code=reason.code)
        if used:
            raise CloseReasonInUseError(reason.code, used)
        record.remove(desk.session, "close_reasons", close_reason_code=reason.code)
        return Recorded(what="close reason", no=reason.code)
