"""The weighted pipeline from its sums."""

import pandas as pd

from pipeline.metrics.weighted_pipeline import by_month, by_stage, totals

SUMS = pd.DataFrame(
    {
        "cycle_code": ["A", "A", "A"],
        "stage": [1, 1, 7],
        "expected_month": [pd.Timestamp("2025-03-01"), pd.NaT, pd.Timestamp("2025-03-01")],
        "opportunities": [2, 1, 1],
        "amount": [300.0, None, 50.0],
        "weighted_amount": [30.0, None, 5.0],
        "without_amount": [0, 1, 0],
        "overdue": [1, 0, 0],
        "overdue_amount": [100.0, None, None],
        "age_days_sum": [20, 10, 4],
    }
)
STAGES = pd.DataFrame(
    {
        "cycle_code": ["A", "A"],
        "stage": [2, 1],
        "position": [1, 2],
        "stage_description": ["Two", ""],
    }
)


def test_every_stage_has_a_row_in_the_order_of_the_cycle() -> None:
    """Stage 2 stands first and is empty, 1 has no name, 7 was removed but is not forgotten."""
    table = by_stage(SUMS, STAGES)
    assert table["stage"].tolist() == [2, 1, 7]
    assert table["stage_description"].tolist() == ["Two", "Stage 1", "Stage 7 (removed)"]
    assert table["opportunities"].tolist() == [0, 3, 1]


def test_what_has_no_amount_counts_but_adds_nothing() -> None:
    """Two of 300 together and one without an amount: three opportunities, 300."""
    row = by_stage(SUMS, STAGES).iloc[1]
    assert (row["opportunities"], row["amount"], row["without_amount"]) == (3, 300, 1)


def test_the_mean_age_is_over_opportunities_and_missing_where_there_are_none() -> None:
    """20 days of two and 10 of one are 10 on average; an empty stage has no age."""
    table = by_stage(SUMS, STAGES)
    assert table["average_age_days"].iloc[1] == 10
    assert pd.isna(table["average_age_days"].iloc[0])


def test_the_month_without_a_date_stands_last() -> None:
    """March has three, one has no expected close date."""
    table = by_month(SUMS)
    assert table["opportunities"].tolist() == [3, 1]
    assert table["expected_month"].isna().tolist() == [False, True]


def test_totals_are_the_sums_of_the_rows() -> None:
    """Four opportunities of 350 in all; nothing is still nought when there are none."""
    assert totals(SUMS).iloc[0][["opportunities", "amount", "overdue_amount"]].tolist() == [
        4,
        350,
        100,
    ]
    assert totals(SUMS.iloc[:0]).iloc[0]["opportunities"] == 0
