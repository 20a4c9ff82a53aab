"""Stages to look at: planted faults are found, sound stages and small numbers are not."""

from typing import Any

import pandas as pd
import pytest

from pipeline.metrics.stage_lint import NO, NOTHING, OWNERS, SKIPPED, TOO_FEW, YES, stage_lint

STAGES = pd.DataFrame(
    {
        "cycle_code": "A",
        "stage": [1, 2, 3],
        "position": [1, 2, 3],
        "stage_description": ["Qualify", "Propose", "Negotiate"],
    }
)
COLUMNS = ["owner_code", "path", "status", "opportunities"]


def found(*journeys: tuple[str, str, str, int]) -> pd.Series:
    """Check journeys; give the verdicts by stage and check."""
    frame = pd.DataFrame(list(journeys), columns=COLUMNS).assign(cycle_code="A")
    verdicts: pd.Series = stage_lint(frame, STAGES).set_index(["stage", "check"])["verdict"]
    return verdicts


def by_owner(frame: pd.DataFrame) -> dict[str, Any]:
    """Check journeys; give what was found of stage 1 and its owners."""
    table = stage_lint(frame, STAGES)
    rows = table[(table["stage"] == 1) & (table["check"] == OWNERS)].to_dict("records")
    return {str(name): value for name, value in rows[0].items()}


def test_a_stage_beyond_which_nobody_fares_better_predicts_nothing() -> None:
    """30 of 100 are won from stage 1 as from beyond it, among thousands: going on says nothing."""
    verdicts = found(
        ("ANN", "1", "won", 1500),
        ("ANN", "1", "lost", 3500),
        ("ANN", "1 2", "won", 1500),
        ("ANN", "1 2", "lost", 3500),
    )
    assert verdicts[(1, NOTHING)] == YES


def test_a_stage_that_sorts_the_good_from_the_bad_does_predict() -> None:
    """Nobody is won from stage 1, half of those beyond it are."""
    verdicts = found(
        ("ANN", "1", "lost", 50), ("ANN", "1 2", "won", 30), ("ANN", "1 2", "lost", 30)
    )
    assert verdicts[(1, NOTHING)] == NO


def test_a_few_are_too_few_to_tell() -> None:
    """The same shares among twenty: no finding, and no all-clear."""
    verdicts = found(
        ("ANN", "1", "won", 3),
        ("ANN", "1", "lost", 7),
        ("ANN", "1 2", "won", 3),
        ("ANN", "1 2", "lost", 7),
    )
    assert verdicts[(1, NOTHING)] == TOO_FEW
    assert verdicts[(2, SKIPPED)] == TOO_FEW


def test_a_stage_that_most_pass_by_is_found() -> None:
    """Of 100 that reached stage 2 or passed it, 80 never were in it."""
    verdicts = found(
        ("ANN", "1 3", "won", 40), ("ANN", "1 3", "lost", 40), ("ANN", "1 2 3", "won", 20)
    )
    assert verdicts[(2, SKIPPED)] == YES
    assert verdicts[(3, SKIPPED)] == NO


def test_a_stage_that_each_owner_uses_in_another_way_is_found() -> None:
    """Ann takes everybody through stage 2, Bob skips it."""
    verdicts = found(
        ("ANN", "1 2 3", "won", 60),
        ("ANN", "1 2", "lost", 20),
        ("BOB", "1 3", "won", 60),
        ("BOB", "1 2", "lost", 20),
    )
    assert verdicts[(2, OWNERS)] == YES
    assert verdicts[(1, OWNERS)] == TOO_FEW


def test_a_difference_only_a_large_number_sees_is_no_finding() -> None:
    """50 against 52 percent of thousands is significant, and no other use of the stage."""
    rows = [
        ("ANN", "1 2", "won", 10_000),
        ("ANN", "1", "lost", 10_000),
        ("BOB", "1 2", "won", 10_400),
        ("BOB", "1", "lost", 9_600),
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(cycle_code="A")
    row = by_owner(frame)
    assert row["p_value"] < 0.01
    assert row["verdict"] == NO


def test_small_cells_are_judged_by_drawing_tables() -> None:
    """Nine against three of twenty-four: the permutation test says so, and gives the same twice."""
    rows = [
        ("ANN", "1 2", "won", 9),
        ("ANN", "1", "lost", 3),
        ("BOB", "1 2", "won", 3),
        ("BOB", "1", "lost", 9),
        ("CLO", "1", "lost", 1),
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(cycle_code="A")
    first, second = by_owner(frame), by_owner(frame)
    assert first["test"] == "permutation"
    assert first["p_value"] == second["p_value"]
    assert first["p_value"] == pytest.approx(0.03, abs=0.02)
    assert first["tested"] == 25


def test_nothing_to_look_at_finds_nothing() -> None:
    """A store without opportunities."""
    frame = pd.DataFrame(columns=["cycle_code", *COLUMNS]).astype(
        {"path": "str", "opportunities": "int64"}
    )
    assert stage_lint(frame, STAGES).empty
