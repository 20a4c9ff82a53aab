"""Rotting: where limits come from, and what is beyond them."""

import pandas as pd
import pytest

from pipeline.metrics.rotting import limits, older_than, rotting_by_stage

STAGES = pd.DataFrame(
    {"cycle_code": "A", "stage": [1, 2], "position": [1, 2], "stage_description": ["One", "Two"]}
)


def stays(*rows: tuple[int, int, str, int]) -> pd.DataFrame:
    """Give stays of a stage, so many days long, that ended in one way, so many."""
    frame = pd.DataFrame(list(rows), columns=["stage", "days", "kind", "number"])
    return frame.assign(cycle_code="A")


TWENTY = [(1, days, "forward", 1) for days in range(1, 21)]


def test_a_limit_is_the_third_quartile_of_what_advanced() -> None:
    """Stays of 1 to 20 days went forward, three quarters within 15. Losses teach nothing."""
    learned = limits(stays(*TWENTY, (1, 300, "lost", 50), (1, 90, "open", 9)))
    assert learned[["advances", "limit_days", "limit_source"]].to_numpy().tolist() == [
        [20, 15, "learned"]
    ]


def test_being_won_is_an_advance() -> None:
    """From the last stage there is no other."""
    assert limits(stays((2, 10, "won", 20)))["limit_days"].tolist() == [10]


@pytest.mark.parametrize(("days", "source"), [(None, "none"), (60, "set")])
def test_too_few_advances_teach_no_limit(days: int | None, source: str) -> None:
    """Nineteen are one too few: the company's own limit stands in, where it has one."""
    learned = limits(stays(*TWENTY[:19]), days)
    assert learned["limit_source"].tolist() == [source]
    assert learned["limit_days"].dropna().tolist() == ([] if days is None else [days])


def test_what_is_older_than_its_limit_is_counted_with_its_money() -> None:
    """The limit is 15: what stands for 15 days does not rot, for 16 it does. Stage 2 has none."""
    learned = limits(stays(*TWENTY, (2, 5, "forward", 1)))
    held = pd.DataFrame(
        {
            "cycle_code": "A",
            "stage": [1, 1, 2],
            "days": [15, 16, 400],
            "planned_in_days": pd.array([None, None, None], dtype="Int64"),
            "opportunities": [3, 2, 1],
            "amount": [300.0, 200.0, 100.0],
            "weighted_amount": [30.0, 20.0, 10.0],
        }
    )
    table = rotting_by_stage(held, learned, STAGES).set_index("stage")
    assert table["rotting"].tolist() == [2, 0]
    assert table["rotting_amount"].tolist() == [200, 0]
    assert table["opportunities"].tolist() == [5, 1]
    assert table["rotting_rate"].tolist() == [0.4, 0]


def test_a_next_step_within_the_limit_suspends_rotting() -> None:
    """Four stand 100 days in stage 1, limit 15.

    A step today or in 15 days suspends it; one in 16 days is too far ahead; without one it rots.
    """
    held = pd.DataFrame(
        {
            "cycle_code": "A",
            "stage": 1,
            "days": 100,
            "planned_in_days": pd.array([0, 15, 16, None], dtype="Int64"),
            "opportunities": 1,
            "amount": [1.0, 2.0, 4.0, 8.0],
            "weighted_amount": [1.0, 2.0, 4.0, 8.0],
        }
    )
    row = rotting_by_stage(held, limits(stays(*TWENTY)), STAGES).iloc[0]
    assert row["rotting"] == 2
    assert row["rotting_amount"] == 12
    assert row["opportunities"] == 4


def test_older_than_counts_those_that_advanced_in_fewer_days() -> None:
    """After 17 days, 16 of 20 had gone on faster: older than 80 percent of them."""
    ages = pd.DataFrame({"cycle_code": "A", "stage": [1, 1, 2], "stage_age_days": [17, 1, 9]})
    shares = older_than(ages, stays(*TWENTY))
    assert shares.iloc[:2].tolist() == [0.8, 0]
    assert pd.isna(shares.iloc[2])
