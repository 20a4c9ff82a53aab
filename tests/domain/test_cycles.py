"""What a sales cycle offers, for any cycle there could be."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.cycles import Move, ProbabilityMethod, SalesCycle, Stage

PERCENTS = st.decimals(0, 100, places=2)


@st.composite
def cycles(draw: st.DrawFn) -> SalesCycle:
    """A cycle of up to eight stages whose numbers are in any order."""
    numbers = draw(st.lists(st.integers(1, 50), min_size=1, max_size=8, unique=True))
    stages = tuple(Stage(stage=number, allow_skip=draw(st.booleans())) for number in numbers)
    return SalesCycle(code="ANY", stages=stages)


@given(cycle=cycles(), data=st.data())
def test_forward_backward_and_here_never_meet(cycle: SalesCycle, data: st.DataObject) -> None:
    """Next and skip lie ahead, previous and jump behind, update is the stage itself."""
    numbers = [stage.stage for stage in cycle.stages]
    at = data.draw(st.sampled_from(numbers))
    place = numbers.index(at)
    for move, allowed in (
        (Move.NEXT, numbers[place + 1 : place + 2]),
        (Move.SKIP, numbers[place + 1 :]),
        (Move.PREVIOUS, numbers[max(place - 1, 0) : place]),
        (Move.JUMP, numbers[:place]),
        (Move.UPDATE, [at]),
        (Move.FIRST, []),
    ):
        offered = [stage.stage for stage in cycle.offered(move, at)]
        assert offered == [number for number in allowed if number in offered]


@given(cycle=cycles(), data=st.data())
def test_a_skip_never_jumps_over_a_stage_that_must_not_be_skipped(
    cycle: SalesCycle, data: st.DataObject
) -> None:
    """Of the stages a skip offers, all but the last allow skipping."""
    at = data.draw(st.sampled_from([stage.stage for stage in cycle.stages]))
    offered = cycle.offered(Move.SKIP, at)
    assert all(stage.allow_skip for stage in offered[:-1])
    assert not offered or offered[0].allow_skip


@given(cycle=cycles())
def test_a_stage_that_is_gone_strands_nobody(cycle: SalesCycle) -> None:
    """From a stage that is no longer in the cycle every stage can be reached by a jump."""
    assert cycle.offered(Move.JUMP, 99) == cycle.stages
    assert cycle.selectable(99) == (Move.JUMP,)


@given(chances=PERCENTS, completed=PERCENTS, method=st.sampled_from(ProbabilityMethod))
def test_a_probability_lies_between_0_and_100(
    chances: Decimal, completed: Decimal, method: ProbabilityMethod
) -> None:
    """Whatever the method, and never above the larger of the two percentages."""
    probability = method.probability(chances, completed)
    assert 0 <= probability <= max(chances, completed) <= 100
