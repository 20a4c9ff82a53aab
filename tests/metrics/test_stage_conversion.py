"""Stage conversion by high water, on a handful of journeys."""

import pandas as pd
import pytest

from pipeline.metrics.stage_conversion import reached, stopped, with_high_water
from pipeline.metrics.stage_conversion import stage_conversion as of_placed

JOURNEYS = ["cycle_code", "path", "status", "opportunities"]


def stages(*numbers: int, cycle_code: str = "A") -> pd.DataFrame:
    """Give a cycle whose stages stand in the order of the numbers."""
    return pd.DataFrame(
        {
            "cycle_code": cycle_code,
            "stage": list(numbers),
            "position": range(1, len(numbers) + 1),
            "stage_description": [f"Stage {number}" for number in numbers],
        }
    )


def journeys(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Give journeys of cycle A: path, status, how many."""
    return pd.DataFrame([("A", *row) for row in rows], columns=JOURNEYS)


def stage_conversion(taken: pd.DataFrame, cycle: pd.DataFrame) -> pd.DataFrame:
    """Give the table of journeys through a cycle."""
    return of_placed(with_high_water(taken, cycle), cycle)


def test_a_skipped_stage_counts_as_passed_and_a_move_back_takes_nothing_away() -> None:
    """One skipped from 1 to 3, one went 1 2 3 and back to 2, one is new."""
    taken = journeys(("1 3", "in progress", 1), ("1 2 3 2", "lost", 1), ("1", "in progress", 1))
    table = stage_conversion(taken, stages(1, 2, 3))
    assert table["reached"].tolist() == [3, 2, 2]
    assert table["advanced"].tolist() == [2, 2, 0]
    assert table["lost_here"].tolist() == [0, 0, 1]
    assert table["still_here"].tolist() == [1, 0, 1]
    assert table["next_stage_description"].tolist() == ["Stage 2", "Stage 3", "Won"]


def test_won_is_beyond_all_stages_from_wherever_it_was_won() -> None:
    """One was won straight from stage 1: it advanced from every stage."""
    table = stage_conversion(journeys(("1", "won", 1)), stages(1, 2, 3))
    assert table["advanced"].tolist() == [1, 1, 1]
    assert table["advance_rate"].tolist() == [1, 1, 1]


def test_beyond_means_the_order_of_the_cycle_today() -> None:
    """Stage 5 was put between 1 and 2 later: who was in 2 counts as beyond it."""
    table = stage_conversion(journeys(("1 2", "in progress", 1)), stages(1, 5, 2))
    assert table["stage"].tolist() == [1, 5, 2]
    assert table["reached"].tolist() == [1, 1, 1]


def test_a_stage_that_is_gone_is_passed_over() -> None:
    """9 is no stage any more: 1 9 stands at 1, and 9 alone has no place."""
    placed = with_high_water(journeys(("1 9", "lost", 2), ("9", "lost", 3)), stages(1, 2))
    assert placed["high_position"].fillna(0).tolist() == [1, 0]


def test_closed_without_ever_starting_has_no_place() -> None:
    """Its path is empty: it reached nothing, not even when it was won."""
    placed = with_high_water(journeys(("", "won", 1)), stages(1, 2))
    assert placed["high_position"].isna().all()
    assert not reached(placed, stages(1, 2), 1).any()
    assert stage_conversion(journeys(("", "won", 1)), stages(1, 2))["reached"].tolist() == [0, 0]


def test_cycles_do_not_mix() -> None:
    """Stage 2 is the second of cycle A and the first of B; three reached it in A, one in B."""
    both = pd.concat([stages(1, 2), stages(2, 1, cycle_code="B")])
    taken = pd.concat(
        [
            journeys(("1 2", "lost", 3), ("1", "lost", 1)),
            pd.DataFrame([("B", "2", "in progress", 1)], columns=JOURNEYS),
        ],
        ignore_index=True,
    )
    table = stage_conversion(taken, both).set_index(["cycle_code", "stage"])
    assert table["reached"].to_dict() == {("A", 1): 4, ("A", 2): 3, ("B", 2): 1, ("B", 1): 0}
    assert table["advance_rate"].isna().tolist() == [False, False, False, True]
    placed = with_high_water(taken, both)
    assert taken["opportunities"][reached(placed, both, 2)].sum() == 4
    assert taken["opportunities"][stopped(placed, both, 2)].sum() == 4


def test_the_rates_multiply_to_won_of_entered() -> None:
    """Of ten that entered, three were won."""
    taken = journeys(
        ("1", "in progress", 3), ("1 2", "lost", 2), ("1 3", "won", 1), ("1 2 3", "won", 2)
    ).pipe(lambda frame: pd.concat([frame, journeys(("1 2 3", "lost", 2))], ignore_index=True))
    table = stage_conversion(taken, stages(1, 2, 3))
    assert table["advance_rate"].prod() == pytest.approx(0.3)
    assert table["reached_rate"].tolist() == pytest.approx([1, 0.7, 0.5])
