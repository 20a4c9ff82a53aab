"""What people's calls gained or cost."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metrics.forecast import overrides

CALLS = pd.DataFrame(
    {
        "level": ["seller", "seller", "seller", "manager"],
        "person_code": ["ANN", "ANN", "BOB", "EVE"],
        "period_from": pd.to_datetime(["2025-01-01", "2025-04-01", "2025-01-01", "2025-01-01"]),
        "before_amount": [100.0, 100.0, 100.0, 210.0],
        "after_amount": [130.0, 98.0, 100.0, 180.0],
        "actual_amount": [90.0, 90.0, 110.0, 200.0],
    }
)


def test_a_call_goes_up_or_down_and_by_so_much() -> None:
    """+30 percent, -2 percent, none, -14 percent."""
    told = overrides.steps(CALLS)
    assert told["direction"].tolist() == ["up", "down", "as it was", "down"]
    assert told["size"].tolist() == [
        "over 20\u00a0%",
        "under 5\u00a0%",
        "as it was",
        "5 to 20\u00a0%",
    ]
    assert told["helped"].tolist() == [False, True, False, False]


def test_value_added_is_wape_before_less_wape_after() -> None:
    """Ann: 10 + 10 before, 40 + 8 after, of 180: her calls cost 28 of 180."""
    table: Any = overrides.value_added(CALLS, ["level", "person_code"]).set_index("person_code")
    ann = table.loc["ANN"]
    assert (ann["calls"], ann["periods"], ann["helped"]) == (2, 2, 1)
    assert ann["value_added_rate"] == pytest.approx((20 - 48) / 180)
    assert ann["before_wape_rate"] - ann["after_wape_rate"] == pytest.approx(
        ann["value_added_rate"]
    )
    assert table.loc["BOB", "value_added_rate"] == 0
    assert table.loc["EVE", "value_added_rate"] == pytest.approx((10 - 20) / 200)


def test_it_is_split_by_direction_and_size() -> None:
    """The large call upwards cost, the small one downwards gained."""
    table: Any = overrides.value_added(CALLS, ["direction", "size"]).set_index(
        ["direction", "size"]
    )
    assert table.loc[("up", "over 20\u00a0%"), "value_added_rate"] < 0
    assert table.loc[("down", "under 5\u00a0%"), "value_added_rate"] > 0


def test_sizes_stand_from_small_to_large() -> None:
    """Not in the order of their letters; what was kept stands last."""
    table = overrides.value_added(CALLS, ["size"])
    assert table["size"].tolist() == [
        overrides.SMALL,
        overrides.MIDDLE,
        overrides.LARGE,
        overrides.KEPT,
    ]


def test_a_call_over_nothing_is_a_large_one() -> None:
    """The model said nought; any change is more than a fifth of it."""
    told = overrides.steps(CALLS.head(1).assign(before_amount=0.0))
    assert (told["direction"].item(), told["size"].item()) == ("up", "over 20\u00a0%")


def test_weights_are_inverse_squared_errors_drawn_to_equal_ones() -> None:
    """Half the error is a weight of 0.8; after eight periods it counts half: 0.65."""
    errors = pd.DataFrame({"model": [10.0] * 8, "call": [-20.0] * 8})
    assert overrides.weights(errors).tolist() == pytest.approx([0.65, 0.35])
    assert overrides.weights(errors.head(0)).tolist() == [0.5, 0.5]


def test_who_never_erred_does_not_take_everything_at_once() -> None:
    """One period without an error is one period."""
    got = overrides.weights(pd.DataFrame({"model": [0.0], "call": [10.0]}))
    assert got["model"] == pytest.approx(0.5 + 0.5 / 9, abs=0.001)


def test_a_call_that_is_missing_leaves_its_weight_to_the_others() -> None:
    """Only the model speaks: its word."""
    given_weights = pd.Series({"model": 0.6, "call": 0.4})
    assert overrides.combined({"model": 100.0, "call": float("nan")}, given_weights) == 100
    assert overrides.combined({"model": 100.0, "call": 200.0}, given_weights) == 140


@given(errors=st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 3), max_size=20))
def test_weights_sum_to_one_and_none_is_negative(errors: list[tuple[float, ...]]) -> None:
    """Whatever went wrong before."""
    got = overrides.weights(pd.DataFrame(errors, columns=["a", "b", "c"], dtype="float64"))
    assert got.sum() == pytest.approx(1)
    assert (got >= 0).all()
