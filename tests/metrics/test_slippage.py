"""Slippage: pushes counted, pushed again, and dates that held."""

import pandas as pd
import pytest

from pipeline.metrics.slippage import close_date_reliability, push_out, repeat_slip


def test_who_was_pushed_is_pushed_again() -> None:
    """Of 100, 40 are pushed; of these 20 again, of these 12; then five once more and one twice."""
    counts = pd.DataFrame({"pushes": [0, 1, 2, 3, 4, 5], "opportunities": [60, 20, 8, 7, 4, 1]})
    table = repeat_slip(counts).set_index("pushes")
    assert table["pushed_so_often"].tolist() == [100, 40, 20, 12 + 5 + 1]
    assert table["pushed_again"].tolist() == [40, 20, 12, 5 + 1]
    assert table["again_rate"].tolist() == pytest.approx([0.4, 0.5, 0.6, 1 / 3])


def test_never_pushed_is_no_rate_of_repetition() -> None:
    """Nobody was pushed even once: there is nobody to be pushed again."""
    table = repeat_slip(pd.DataFrame({"pushes": [0], "opportunities": [5]}))
    assert table["pushed_so_often"].tolist() == [5, 0, 0, 0]
    assert table["again_rate"].isna().tolist() == [False, True, True, True]


def test_a_period_in_which_nothing_was_to_close_has_no_push_out_rate() -> None:
    """Nought of nought is no share."""
    names = ["opening", "opening_amount", "opening_out", "opening_out_amount"]
    names += ["ever_inside", "ever_inside_amount", "ever_out", "ever_out_amount"]
    row = push_out(pd.DataFrame([dict.fromkeys(names, 0)])).iloc[0]
    assert row.filter(like="_rate").isna().all()


def test_the_owner_whose_dates_hold() -> None:
    """Ann closed 30 of 50 by the day she had stated: 60 percent, 46.2 to 72.4."""
    closed = pd.DataFrame(
        {
            "owner_code": ["ANN", "ANN", None],
            "closed": [30, 30, 1],
            "stated": [25, 25, 0],
            "in_time": [20, 10, 0],
            "late_days": [-50, 150, 0],
        }
    )
    table = close_date_reliability(closed)
    ann = table[table["owner_code"] == "ANN"].iloc[0]
    assert ann["in_time_rate"] == pytest.approx(0.6)
    assert ann[["rate_low", "rate_high"]].tolist() == pytest.approx([0.462, 0.724], abs=5e-4)
    assert ann["average_late_days"] == 2
    assert table["in_time_rate"].isna().sum() == 1
