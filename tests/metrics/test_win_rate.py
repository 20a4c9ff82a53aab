"""The win rate from what was closed."""

import pandas as pd
import pytest

from pipeline.metrics.win_rate import close_reasons, win_rate

CLOSED = pd.DataFrame(
    {
        "part": ["ANN", "ANN", "ANN", "BOB"],
        "outcome": ["won", "lost", "lost", "lost"],
        "close_reason_code": ["GOOD", "PRICE", "DOUBLE", None],
        "close_reason_description": ["Convinced", "Too expensive", "Entered twice", ""],
        "in_win_rate": [True, True, False, True],
        "opportunities": [3, 2, 4, 1],
        "amount": [62_000.0, 32_000.0, 9_000.0, None],
        "without_amount": [0, 0, 0, 1],
    }
)


def test_it_is_won_of_won_and_lost_by_count_and_by_amount() -> None:
    """Ann won 3 of 5 and 62,000 of 94,000; what was entered twice is no defeat."""
    ann = win_rate(CLOSED).set_index("part").loc["ANN"]
    assert (ann["won"], ann["lost"], ann["decided"]) == (3, 2, 5)
    assert ann["win_rate"] == 0.6
    assert ann["amount_win_rate"] == pytest.approx(0.6596, abs=0.0001)
    assert (ann["rate_low"], ann["rate_high"]) == pytest.approx((0.231, 0.882), abs=0.001)


def test_without_any_amount_there_is_no_rate_by_amount() -> None:
    """Bob lost one of which no amount is known: 0 of 1, and nothing by amount."""
    bob = win_rate(CLOSED[CLOSED["part"] == "BOB"])
    assert bob["win_rate"].tolist() == [0]
    assert bob["amount_win_rate"].isna().all()
    assert bob["without_amount"].tolist() == [1]


def test_every_reason_is_listed_with_its_share_of_the_outcome() -> None:
    """Seven were lost, four of them because they were entered twice; one for no stated reason."""
    reasons = close_reasons(CLOSED)
    assert reasons["outcome"].tolist() == ["lost", "lost", "lost", "won"]
    assert reasons["close_reason_code"].fillna("").tolist() == ["DOUBLE", "PRICE", "", "GOOD"]
    assert reasons["outcome_rate"].tolist() == pytest.approx([4 / 7, 2 / 7, 1 / 7, 1])
