"""What is missing, ranked by the money that hangs on it."""

import pandas as pd

from pipeline.metrics.missing_data import missing_data

LACKING = ["without_expected_close", "overdue", "without_contact", "without_owner"]


def stage(**sums: float) -> pd.DataFrame:
    """Give one stage; what is not named is nought."""
    names = ["opportunities", "with_amount", "without_amount", *LACKING]
    names += [f"{lack}_{money}" for lack in LACKING for money in ("amount", "weighted")]
    return pd.DataFrame([dict.fromkeys([*names, "amount", "weighted_amount"], 0) | sums])


def test_an_amount_that_is_missing_is_taken_at_the_mean_of_its_stage() -> None:
    """Two without, beside four with 1,000 each at 40 percent: 2,000, 800 weighted, estimated."""
    table = missing_data(
        stage(opportunities=6, with_amount=4, without_amount=2, amount=4_000, weighted_amount=1_600)
    )
    row = table[table["lack"] == "without_amount"].to_dict("records")[0]
    assert (row["worth_amount"], row["worth_weighted_amount"]) == (2_000, 800)
    assert row["is_estimated"]
    assert row["opportunities"] == 2


def test_the_dearest_lack_stands_first() -> None:
    """One contact missing at 9,000 weighted comes before five dates at 100."""
    table = missing_data(
        stage(
            opportunities=10,
            overdue=5,
            overdue_weighted=100,
            without_contact=1,
            without_contact_weighted=9_000,
        )
    )
    assert table["lack"].tolist()[:2] == ["without_contact", "overdue"]
    assert table["lack_rate"].tolist()[:2] == [0.1, 0.5]


def test_a_stage_where_nothing_has_an_amount_adds_nothing() -> None:
    """There is no mean to take; they are counted all the same."""
    table = missing_data(stage(opportunities=3, without_amount=3)).set_index("lack")
    assert table.loc["without_amount", "opportunities"] == 3
    assert table.loc["without_amount", "worth_amount"] == 0
