"""Sales cycles: their ordered stages, how they make a probability, and which moves they offer."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline.domain.errors import StageNotOfferedError, UnknownStageError

HUNDRED = Decimal(100)
NO_STAGE = 0
"""The stage of an opportunity that is closed or not started."""


class ProbabilityMethod(StrEnum):
    """How a cycle makes one probability of the two percentages."""

    MULTIPLY = "multiply"
    ADD = "add"
    CHANCES = "chances"
    COMPLETED = "completed"

    def probability(self, chances: Decimal, completed: Decimal) -> Decimal:
        """Give the probability in percent, exact.

        >>> ProbabilityMethod.ADD.probability(Decimal(50), Decimal(40))
        Decimal('45')
        """
        match self:
            case ProbabilityMethod.MULTIPLY:
                return chances * completed / HUNDRED
            case ProbabilityMethod.ADD:
                return (chances + completed) / 2
            case ProbabilityMethod.CHANCES:
                return chances
            case ProbabilityMethod.COMPLETED:
                return completed


class Move(StrEnum):
    """The ways to take an opportunity on; the order is that in which one is proposed."""

    FIRST = "first"
    NEXT = "next"
    UPDATE = "update"
    PREVIOUS = "previous"
    SKIP = "skip"
    JUMP = "jump"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of a sales cycle."""

    stage: int
    """The number that names the stage for good, in the log too."""
    description: str = ""
    completed_percent: Decimal = Decimal(0)
    chances_percent: Decimal = Decimal(0)
    """The default chance; 0 means that there is none."""
    allow_skip: bool = False
    quote_required: bool = False
    """A quote is needed to enter the stage by next or skip."""
    activity_code: str | None = None
    date_formula: str = ""
    """The proposed time from entering the stage to closing."""


@dataclass(frozen=True, kw_only=True)
class SalesCycle:
    """A process of selling; `stages` stand in their order of today."""

    code: str
    description: str = ""
    method: ProbabilityMethod = ProbabilityMethod.MULTIPLY
    blocked: bool = False
    stages: tuple[Stage, ...] = ()

    def stage(self, number: int) -> Stage:
        """Give one stage by its number. Raises `UnknownStageError`."""
        for stage in self.stages:
            if stage.stage == number:
                return stage
        raise UnknownStageError(self.code, number, [stage.stage for stage in self.stages])

    def offered(self, move: Move, at: int | None) -> tuple[Stage, ...]:
        """Give the stages a move may lead to from the stage `at` (None: not started).

        Skip goes forward over stages that allow it, up to and including the first that does
        not; jump goes backward. A stage that is no longer in the cycle offers every other one
        by jump, so that nothing is stranded.
        """
        if at is None:
            return self.stages[:1] if move is Move.FIRST else ()
        numbers = [stage.stage for stage in self.stages]
        if at not in numbers:
            return self.stages if move is Move.JUMP else ()
        place = numbers.index(at)
        before, after = self.stages[:place], self.stages[place + 1 :]
        return {
            Move.FIRST: (),
            Move.NEXT: after[:1],
            Move.PREVIOUS: before[-1:],
            Move.UPDATE: self.stages[place : place + 1],
            Move.SKIP: _skippable(after),
            Move.JUMP: before,
        }[move]

    def selectable(self, at: int | None) -> tuple[Move, ...]:
        """Give the moves that can be chosen at a stage; the first of them is proposed."""
        return tuple(move for move in Move if self.allows(move, at))

    def allows(self, move: Move, at: int | None) -> bool:
        """Say whether a move can be chosen; skip and jump need more than one stage to offer."""
        offered = self.offered(move, at)
        if move in (Move.SKIP, Move.JUMP) and at in [stage.stage for stage in self.stages]:
            return len(offered) > 1
        return bool(offered)

    def target(self, move: Move, at: int | None, chosen: int | None) -> Stage:
        """Give the stage a move leads to; without a choice the default of the move.

        The default of skip is the first stage offered, of jump the last (the previous stage).
        Raises `StageNotOfferedError` when the move cannot be chosen or does not lead there.
        """
        offered = self.offered(move, at)
        if not self.allows(move, at):
            raise StageNotOfferedError(move, self.code, at, chosen, offered=[])
        if chosen is None:
            return offered[-1] if move is Move.JUMP else offered[0]
        for stage in offered:
            if stage.stage == chosen:
                return stage
        raise StageNotOfferedError(move, self.code, at, chosen, [s.stage for s in offered])


def _skippable(after: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Give the stages a skip may land on; none when the next one must not be skipped."""
    if not after or not after[0].allow_skip:
        return ()
    taken: list[Stage] = []
    for stage in after:
        taken.append(stage)
        if not stage.allow_skip:
            break
    return tuple(taken)
