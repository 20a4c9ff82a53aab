"""Dropping a card of the board on a column: the move it is, and what that move still needs.

Which moves there are is the sales cycle's to say (`SalesCycle.offered`), and what a move needs is
what the opportunity refuses it for: here nothing is decided a second time.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.domain.cycles import HUNDRED, Move, SalesCycle, Stage
from pipeline.domain.errors import (
    NotOnTheWayError,
    PipelineError,
    StageNotSkippedError,
    StartsInFirstStageError,
    StaysStartedError,
    StaysWhereItIsError,
    UnknownStageError,
)
from pipeline.domain.opportunities import Change, Opportunity
from pipeline.domain.quotes import Quote

DRAFTS = 0
"""The column of what is not started."""
MOVES = (Move.FIRST, Move.NEXT, Move.PREVIOUS, Move.SKIP, Move.JUMP)
"""What a drop may be, the plainest first: a skip to the very next stage is a next."""
ASKED = ("quote_no", "amount", "chances_percent", "expected_close_on")
"""What a board asks for when a move needs it."""


def named(stage: Stage) -> str:
    """Give a stage in words: its description, else its number."""
    return stage.description or f"stage {stage.stage}"


def move_to(cycle: SalesCycle, at: int | None, to: int) -> Move:
    """Give the move that leads from the stage `at` (None: not started) to the stage `to`.

    Raises `UnknownStageError`, `StaysWhereItIsError`, `StaysStartedError`,
    `StartsInFirstStageError`, `StageNotSkippedError`, `NotOnTheWayError`.
    """
    if to == DRAFTS and at is not None:
        raise StaysStartedError
    if to == (at or DRAFTS):
        raise StaysWhereItIsError(named(cycle.stage(to)) if to else "“Not started”")
    target = cycle.stage(to)
    for move in MOVES:
        if cycle.allows(move, at) and target in cycle.offered(move, at):
            return move
    raise _refusal(cycle, at, target)


def refused(cycle: SalesCycle, at: int | None, to: int) -> str:
    """Say why no move leads there; empty where one does."""
    try:
        move_to(cycle, at, to)
    except PipelineError as refusal:
        return str(refusal)
    return ""


def needs(
    cycle: SalesCycle, opportunity: Opportunity, move: Move, change: Change, today: date
) -> tuple[str, ...]:
    """Give the fields that a move still needs, in the order in which the domain asks for them.

    Each that it is refused for is filled with a value that would do, until the move is granted.
    Raises the refusal that no field can mend.
    """
    asked: list[str] = []
    while True:
        try:
            _tried(cycle, opportunity, move, change, today)
        except PipelineError as refusal:
            if refusal.field not in ASKED or refusal.field in asked:
                raise
            asked.append(refusal.field)
            opportunity, change = _mended(opportunity, change, refusal.field)
        else:
            return tuple(asked)


def _tried(
    cycle: SalesCycle, opportunity: Opportunity, move: Move, change: Change, today: date
) -> None:
    if move is Move.FIRST:
        opportunity.activate(cycle, change, today)
    else:
        opportunity.move(cycle, move, change, today)


def _mended(opportunity: Opportunity, change: Change, field: str) -> tuple[Opportunity, Change]:
    """Give both with a value in the field that a move cannot be refused for."""
    if field == "quote_no":
        contact = opportunity.contact_no or ""
        amount = opportunity.last.amount if opportunity.last else None
        quote = Quote(no="", contact_no=contact, amount=amount or Decimal(0), kind="quote")
        return replace(opportunity, quote=quote), change
    values = {
        "amount": Decimal(1),
        "chances_percent": HUNDRED,
        "expected_close_on": change.on,
    }
    return opportunity, replace(change, **{field: values[field]})  # type: ignore[arg-type]


def _refusal(cycle: SalesCycle, at: int | None, target: Stage) -> PipelineError:
    """Say in the words of the board why a stage is not offered."""
    if at is None:
        return StartsInFirstStageError(named(cycle.stages[0]))
    try:
        here = cycle.stages.index(cycle.stage(at))
    except UnknownStageError:
        return NotOnTheWayError(named(target))
    between = cycle.stages[here + 1 : cycle.stages.index(target)]
    held = [named(stage) for stage in between if not stage.allow_skip]
    return StageNotSkippedError(named(target), held) if held else NotOnTheWayError(named(target))
