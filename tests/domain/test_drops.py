"""A card dropped on a column: which move it is, why it is none, and what the move still needs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.domain import drops
from pipeline.domain.cycles import Move, SalesCycle, Stage
from pipeline.domain.errors import (
    ClosedError,
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
from pipeline.domain.transitions import Action, Transition

DAY = date(2026, 1, 28)
CYCLE = SalesCycle(
    code="C",
    stages=(
        Stage(stage=10, description="Qualify", chances_percent=Decimal(10)),
        Stage(stage=20, description="Offer", chances_percent=Decimal(20), allow_skip=True),
        Stage(stage=30, description="Proof", chances_percent=Decimal(30), allow_skip=True),
        Stage(stage=40, chances_percent=Decimal(40)),
        Stage(stage=50, description="Sign", quote_required=True),
    ),
)


@pytest.mark.parametrize(
    ("at", "to", "move"),
    [
        (None, 10, Move.FIRST),
        (10, 20, Move.NEXT),
        (20, 10, Move.PREVIOUS),
        (10, 30, Move.SKIP),
        (10, 40, Move.SKIP),
        (40, 50, Move.NEXT),
        (50, 10, Move.JUMP),
        (30, 10, Move.JUMP),
        (99, 20, Move.JUMP),
    ],
)
def test_a_drop_is_the_plainest_move_that_leads_there(at: int | None, to: int, move: Move) -> None:
    """To the stage beside it is next or previous, further on a skip, further back a jump.

    Stage 99 is gone from the cycle: from there every stage can be jumped to.
    """
    assert drops.move_to(CYCLE, at, to) is move
    assert drops.refused(CYCLE, at, to) == ""


@pytest.mark.parametrize(
    ("at", "to", "refusal", "words"),
    [
        (None, 20, StartsInFirstStageError, "begins in Qualify"),
        (10, 0, StaysStartedError, "cannot go back"),
        (10, 10, StaysWhereItIsError, "stands in Qualify already"),
        (None, 0, StaysWhereItIsError, "Not started"),
        (10, 50, StageNotSkippedError, "straight to Sign: stage 40 must not be skipped"),
        (10, 77, UnknownStageError, "77"),
    ],
)
def test_a_drop_that_is_no_move_says_why(
    at: int | None, to: int, refusal: type[PipelineError], words: str
) -> None:
    """In the words of the board: which stage is in the way, where a draft begins."""
    with pytest.raises(refusal, match=words):
        drops.move_to(CYCLE, at, to)
    assert words in drops.refused(CYCLE, at, to)


def test_every_drop_is_a_move_or_a_reason() -> None:
    """From everywhere to everywhere, for a cycle of one stage too; a move leads where it says."""
    one = SalesCycle(code="ONE", stages=CYCLE.stages[:1])
    for cycle in (CYCLE, one):
        places = [None, *(stage.stage for stage in cycle.stages), 99]
        for at in places:
            for to in [0, *(stage.stage for stage in cycle.stages)]:
                if not drops.refused(cycle, at, to):
                    move = drops.move_to(cycle, at, to)
                    assert cycle.target(move, at, to).stage == to


def test_a_skip_over_nothing_but_skippable_stages_that_is_not_offered_says_so() -> None:
    """Only a stage that the cycle lost can leave no way."""
    with pytest.raises(NotOnTheWayError):
        raise drops._refusal(CYCLE, 99, CYCLE.stages[0])


# --- what it still needs --------------------------------------------------------------------------


def standing(
    stage: int, amount: int | None = 1000, closes: date | None = date(2026, 6, 1)
) -> Transition:
    """Give where an opportunity stands."""
    return Transition(
        action=Action.NEXT,
        on=date(2026, 1, 5),
        cycle_code="C",
        stage=stage,
        from_stage=0,
        path=str(stage),
        amount=None if amount is None else Decimal(amount),
        chances_percent=Decimal(10),
        completed_percent=Decimal(0),
        probability_percent=Decimal(0),
        weighted_amount=None,
        expected_close_on=closes,
        owner_code="JO",
        contact_no="C1",
        forecast_category=None,
        note="",
    )


def opportunity(last: Transition | None) -> Opportunity:
    """Give an opportunity that stands there."""
    return Opportunity(
        id=1,
        no="OP1",
        description="Chairs",
        contact_no="C1",
        company_no="C1",
        owner_code="JO",
        cycle_code="C",
        created_on=date(2026, 1, 5),
        last=last,
    )


def needed(last: Transition | None, to: int, quote: Quote | None = None) -> tuple[str, ...]:
    """Give what a drop needs when nothing was typed yet."""
    dropped = replace(opportunity(last), quote=quote)
    move = drops.move_to(CYCLE, dropped.at, to)
    stage = to if move in (Move.SKIP, Move.JUMP) else None
    return drops.needs(CYCLE, dropped, move, Change(on=DAY, stage=stage), DAY)


def test_a_move_with_all_it_needs_asks_for_nothing() -> None:
    """Nor does the first stage, which begins without an amount."""
    assert needed(standing(10), 20) == ()
    assert needed(None, 10) == ()


def test_each_thing_that_is_missing_is_asked_for_once() -> None:
    """No amount; a date gone by; both; a quote; and the chance of a stage that has no default."""
    assert needed(standing(10, amount=0), 20) == ("amount",)
    assert needed(standing(10, closes=date(2026, 1, 6)), 20) == ("expected_close_on",)
    assert needed(standing(10, None, None), 20) == ("amount", "expected_close_on")
    assert needed(standing(40), 50) == ("quote_no", "chances_percent")
    quote = Quote(no="Q1", contact_no="C1", amount=Decimal(500))
    assert needed(standing(40, amount=0), 50, quote) == ("chances_percent",)


def test_what_no_field_can_mend_is_refused() -> None:
    """It is won already; and a move dated before the last change."""
    won = replace(standing(0), action=Action.WON)
    with pytest.raises(ClosedError):
        drops.needs(CYCLE, opportunity(won), Move.NEXT, Change(on=DAY), DAY)
    with pytest.raises(PipelineError) as refused:
        drops.needs(CYCLE, opportunity(standing(10)), Move.NEXT, Change(on=date(2026, 1, 1)), DAY)
    assert refused.value.field == "on"
