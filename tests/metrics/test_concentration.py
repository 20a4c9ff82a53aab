"""How much hangs on few."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metrics.concentration import concentration


def sums(amounts: list[int]) -> pd.DataFrame:
    """Give the sums of amounts, as a query would."""
    return pd.DataFrame(
        {
            "part": [None],
            "opportunities": [len(amounts)],
            "without_amount": [0],
            "amount": [sum(amounts)],
            "squares": [sum(float(amount) ** 2 for amount in amounts)],
            "top_amount": [max(amounts)],
            "opportunity_no": ["D05"],
            "description": [""],
        }
    )


def test_the_five_open_ones_of_the_quarter() -> None:
    """15, 45, 8, 5 and 14 thousand: as concentrated as three equal ones."""
    row = concentration(sums([15_000, 45_000, 8_000, 5_000, 14_000])).iloc[0]
    assert row["hhi"] == pytest.approx(0.3349, abs=5e-5)
    assert row["effective_opportunities"] == pytest.approx(2.99, abs=0.005)
    assert row["top_share_rate"] == pytest.approx(0.517, abs=5e-4)


@given(amounts=st.lists(st.integers(1, 10**7), min_size=1, max_size=30))
def test_never_more_than_there_are_and_never_less_than_one(amounts: list[int]) -> None:
    """The effective number lies between 1 and n, and n equal ones have n."""
    effective = concentration(sums(amounts))["effective_opportunities"].iloc[0]
    assert 1 - 1e-9 <= effective <= len(amounts) + 1e-9
    alike = concentration(sums([7] * len(amounts)))["effective_opportunities"].iloc[0]
    assert alike == pytest.approx(len(amounts))
