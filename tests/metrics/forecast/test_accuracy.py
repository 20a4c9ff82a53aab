"""How far forecasts were off: the measures by hand, and what must hold of any forecasts."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metrics.forecast import accuracy

FORECAST = pd.Series([100.0, 120.0, 80.0, 150.0])
ACTUAL = pd.Series([90.0, 150.0, 80.0, 100.0])
AMOUNTS = st.lists(st.tuples(st.floats(0, 1e6), st.floats(1, 1e6)), min_size=2, max_size=12)


def scored(method: str = "curve", weeks: int = 4) -> pd.DataFrame:
    """The four periods as the bake-off has them."""
    return pd.DataFrame(
        {
            "method": method,
            "period_from": pd.date_range("2024-01-01", periods=4, freq="QS"),
            "weeks_before": weeks,
            "forecast_amount": FORECAST,
            "actual_amount": ACTUAL,
        }
    )


def test_ape_is_the_gap_over_what_came() -> None:
    """100 for 90, 120 for 150, 80 for 80, 150 for 100."""
    errors = accuracy.absolute_percentage_errors(FORECAST, ACTUAL)
    assert errors.tolist() == pytest.approx([0.1111, 0.2, 0, 0.5], abs=0.0001)


def test_ape_is_null_where_nothing_came() -> None:
    """Nothing has no percentage."""
    assert accuracy.absolute_percentage_errors(pd.Series([5.0]), pd.Series([0.0])).isna().all()


def test_mape_is_20_28_percent() -> None:
    """The mean of the four."""
    assert accuracy.mape(FORECAST, ACTUAL) == pytest.approx(0.2028, abs=0.0001)


def test_wape_is_90_of_420() -> None:
    """10 + 30 + 0 + 50 misjudged of 420."""
    assert accuracy.wape(FORECAST, ACTUAL) == pytest.approx(90 / 420)


def test_bias_is_30_of_420_too_much() -> None:
    """+10 - 30 + 0 + 50."""
    assert accuracy.bias(FORECAST, ACTUAL) == pytest.approx(30 / 420)


def test_mean_percentage_error_is_10_28_percent() -> None:
    """+11.1, -20, 0, +50."""
    assert accuracy.mean_percentage_error(FORECAST, ACTUAL) == pytest.approx(0.1028, abs=0.0001)


def test_rmse_is_29_58() -> None:
    """The root of 3,500 / 4."""
    assert accuracy.rmse(FORECAST, ACTUAL) == pytest.approx(29.58, abs=0.005)


def test_mase_is_26_67_over_50() -> None:
    """On the periods two to four: 80 / 3 against the last period said again, 150 / 3."""
    assert accuracy.mase(FORECAST, ACTUAL) == pytest.approx(0.533, abs=0.0005)


def test_the_plain_accuracy_is_79_7_percent() -> None:
    """88.9, 80, 100 and 50."""
    assert accuracy.plain_accuracy(FORECAST, ACTUAL) == pytest.approx(0.797, abs=0.0005)


def test_nothing_came_at_all_so_there_is_no_wape() -> None:
    """Neither 0 nor 100 percent."""
    nothing = pd.Series([0.0, 0.0])
    assert pd.isna(accuracy.wape(pd.Series([1.0, 2.0]), nothing))
    assert pd.isna(accuracy.bias(pd.Series([1.0, 2.0]), nothing))


def test_the_table_has_every_measure_of_each_method_at_each_horizon() -> None:
    """The four periods again, in a row."""
    row = accuracy.accuracy(scored()).iloc[0]
    assert (row["method"], row["weeks_before"], row["periods"]) == ("curve", 4, 4)
    figures = row[["wape_rate", "bias_rate", "mape_rate", "rmse_amount", "mase"]].tolist()
    assert figures == pytest.approx([0.2143, 0.0714, 0.2028, 29.58, 0.5333], abs=0.005)


def test_over_all_horizons_each_period_counts_once_for_each() -> None:
    """The same forecasts at two horizons: twice the sums, the same rates, still four periods."""
    twice = pd.concat([scored(weeks=4), scored(weeks=1)])
    row = accuracy.accuracy(twice, by_horizon=False).iloc[0]
    assert (row["periods"], row["actual_sum"]) == (4, 840)
    assert row["wape_rate"] == pytest.approx(90 / 420)
    assert row["mase"] == pytest.approx(0.533, abs=0.0005)


def test_skill_is_one_less_the_error_over_that_of_the_benchmark() -> None:
    """The benchmark lacks the first period: the other three are compared, 80 of 150."""
    repeated = scored("last-period").assign(forecast_amount=ACTUAL.shift()).dropna()
    skill: Any = accuracy.skills(pd.concat([scored(), repeated])).set_index(["method", "benchmark"])
    row = skill.loc[("curve", "last-period")]
    assert row["compared_periods"] == 3
    assert row["skill_rate"] == pytest.approx(1 - 80 / 150)
    assert skill.loc[("last-period", "last-period"), "skill_rate"] == 0


@given(pairs=AMOUNTS)
def test_a_perfect_forecast_errs_by_nothing(pairs: list[tuple[float, float]]) -> None:
    """Whatever comes, saying it beforehand has no error and no lean."""
    actual = pd.Series([came for _, came in pairs])
    assert accuracy.wape(actual, actual) == 0
    assert accuracy.bias(actual, actual) == 0
    assert accuracy.rmse(actual, actual) == 0


@given(pairs=AMOUNTS, factor=st.floats(0.01, 100))
def test_rates_do_not_know_the_currency(pairs: list[tuple[float, float]], factor: float) -> None:
    """Every amount times the same: the same WAPE and bias; and no lean exceeds the error."""
    forecast, actual = (pd.Series([pair[side] for pair in pairs]) for side in (0, 1))
    wape, bias = accuracy.wape(forecast, actual), accuracy.bias(forecast, actual)
    assert accuracy.wape(forecast * factor, actual * factor) == pytest.approx(wape)
    assert accuracy.bias(forecast * factor, actual * factor) == pytest.approx(bias, abs=1e-9)
    assert abs(bias) <= wape + 1e-9
