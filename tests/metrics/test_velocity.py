"""Velocity and what changed it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metrics.velocity import FACTORS, velocity

POSITIVE = st.integers(1, 1_000)
PERIODS = st.lists(
    st.tuples(POSITIVE, POSITIVE, st.integers(0, 100), POSITIVE, POSITIVE), min_size=2, max_size=4
)


def periods(rows: list[tuple[int, int, int, int, int]]) -> pd.DataFrame:
    """Give sums of periods: open at the end, won, lost, won amount, days of the won."""
    names = ["open_at_end", "won", "lost", "won_amount", "won_days"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(
        won_with_amount=frame["won"],
        from_on=pd.Timestamp("2025-01-01"),
        to_on=pd.Timestamp("2025-03-31"),
    )


def test_the_velocity_of_the_quarter() -> None:
    """5 open x 20,666.67 x 0.60 / 82 days = 756.10 per day."""
    row = velocity(periods([(5, 3, 2, 62_000, 246)])).iloc[0]
    assert row["velocity_per_day"] == pytest.approx(756.10, abs=0.005)
    assert row["average_cycle_days"] == 82


def test_a_period_without_wins_has_no_velocity() -> None:
    """There is neither a mean amount nor a length to go by."""
    table = velocity(periods([(5, 0, 2, 0, 0), (5, 3, 2, 62_000, 246)]))
    assert table["velocity_per_day"].isna().tolist() == [True, False]
    assert table["velocity_change"].isna().all()


def test_a_longer_cycle_counts_against() -> None:
    """Twice as many open and a cycle twice as long: the velocity stays as it was."""
    table = velocity(periods([(5, 3, 2, 62_000, 246), (10, 3, 2, 62_000, 492)]))
    row = table.iloc[1]
    assert row["open_change"] == pytest.approx(np.log(2))
    assert row["cycle_change"] == pytest.approx(-np.log(2))
    assert row["velocity_change"] == pytest.approx(0)


@given(rows=PERIODS)
def test_the_parts_add_up_to_the_change(rows: list[tuple[int, int, int, int, int]]) -> None:
    """The logarithm of the ratio is the sum of the four, whatever the two periods were."""
    table = velocity(periods(rows)).iloc[1:]
    assert table[list(FACTORS)].sum(axis="columns").to_numpy() == pytest.approx(
        table["velocity_change"].to_numpy(), abs=1e-9
    )
