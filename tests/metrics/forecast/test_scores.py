"""Stated chances and ranges against what happened: by hand, and what must hold of any."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metrics.forecast import scores

FOUR = scores.grouped(pd.Series([0.9, 0.6, 0.3, 0.1]), pd.Series([1, 0, 1, 0]))
CASES = st.lists(
    st.tuples(st.integers(0, 50).map(lambda p: p / 50), st.booleans()), min_size=1, max_size=200
)


def cases_of(pairs: list[tuple[float, bool]]) -> pd.DataFrame:
    """Group drawn cases."""
    return scores.grouped(pd.Series([p for p, _ in pairs]), pd.Series([y for _, y in pairs]))


def test_brier_of_the_four_is_0_2175() -> None:
    """0.01 + 0.36 + 0.49 + 0.01, over four."""
    assert scores.brier(FOUR) == pytest.approx(0.2175)


def test_the_skill_against_the_base_rate_of_one_half_is_0_13() -> None:
    """0.2175 against 0.25."""
    assert scores.brier_skill(FOUR) == pytest.approx(0.13)


def test_log_loss_of_the_four_is_0_5827() -> None:
    """Minus the mean logarithm of 0.9, 0.4, 0.3 and 0.9."""
    assert scores.log_loss(FOUR) == pytest.approx(0.5827, abs=0.00005)


def test_certainty_that_was_wrong_costs_no_infinite_loss() -> None:
    """Chances are clipped to a thousandth."""
    wrong = scores.grouped(pd.Series([0.0]), pd.Series([1]))
    assert scores.log_loss(wrong) == pytest.approx(-np.log(0.001))


def test_pinball_losses_are_5_10_and_2() -> None:
    """100 came; 50, 80 and 120 had been the quantiles."""
    actual = pd.Series([100.0])
    losses = [
        scores.pinball(quantile, pd.Series([value]), actual).iloc[0]
        for quantile, value in ((0.1, 50.0), (0.5, 80.0), (0.9, 120.0))
    ]
    assert losses == pytest.approx([5, 10, 2])


def test_with_eight_periods_four_to_eight_hits_are_unremarkable() -> None:
    """The binomial band of 80 percent."""
    assert scores.hit_band(8) == (4, 8)
    assert scores.hit_band(40) == (27, 37)


def test_the_curve_has_ten_bins_of_equally_many_cases() -> None:
    """A thousand cases stated from 0.0005 to 0.9995, each as often true as stated."""
    p = (np.arange(1000) + 0.5) / 1000
    rng = np.random.default_rng(1)
    curve = scores.reliability_curve(scores.grouped(pd.Series(p), pd.Series(rng.random(1000) < p)))
    assert curve["cases"].tolist() == [100] * 10
    assert curve["stated_rate"].is_monotonic_increasing
    assert (curve["rate_low"] <= curve["happened_rate"]).all()
    assert scores.expected_calibration_error(curve) < 0.05


def test_bins_below_twenty_cases_join_their_neighbours() -> None:
    """Fifty cases make two bins of at least twenty, never ten of five."""
    p = pd.Series(np.linspace(0, 1, 50))
    curve = scores.reliability_curve(scores.grouped(p, p > 0.5))
    assert len(curve) == 2
    assert (curve["cases"] >= 20).all()


def test_equal_chances_are_never_parted() -> None:
    """A hundred times 0.4 is one bin, whatever the number of bins."""
    same = scores.grouped(pd.Series([0.4] * 100), pd.Series([1] * 30 + [0] * 70))
    curve = scores.reliability_curve(same)
    assert curve[["cases", "stated_rate", "happened_rate"]].to_numpy().tolist() == [[100, 0.4, 0.3]]
    assert scores.expected_calibration_error(curve) == pytest.approx(0.1)


def test_no_cases_make_no_curve_and_no_score() -> None:
    """Nothing was stated: null, not nought."""
    none = FOUR.iloc[:0]
    assert scores.reliability_curve(none).empty
    assert pd.isna(scores.brier(none))
    assert pd.isna(scores.expected_calibration_error(scores.reliability_curve(none)))


def test_ranges_tell_how_often_they_held_and_how_wide_they_were() -> None:
    """Of four ranges, 100 wide, three held; one forecast has no range and does not count."""
    frame = pd.DataFrame(
        {
            "method": "curve",
            "weeks_before": 4,
            "p10_amount": [50.0, 50, 50, 50, np.nan],
            "p50_amount": [100.0, 100, 100, 100, np.nan],
            "p90_amount": [150.0, 150, 150, 150, np.nan],
            "actual_amount": [50.0, 100, 150, 200, 100],
        }
    )
    row = scores.ranges(frame).iloc[0]
    assert (row["ranges"], row["held_ranges"], row["held_rate"]) == (4, 3, 0.75)
    assert (row["band_low"], row["band_high"]) == scores.hit_band(4)
    assert row["sharpness_rate"] == pytest.approx(400 / 500)


@given(pairs=CASES)
def test_brier_is_reliability_less_resolution_plus_uncertainty(
    pairs: list[tuple[float, bool]],
) -> None:
    """The identity holds exactly over the distinct chances."""
    parts = scores.decomposition(cases_of(pairs))
    total = parts["reliability"] - parts["resolution"] + parts["uncertainty"]
    assert total == pytest.approx(parts["brier"], abs=1e-9)


@given(pairs=CASES)
def test_a_curve_loses_no_case(pairs: list[tuple[float, bool]]) -> None:
    """Bins hold all cases, at least twenty each unless there are fewer altogether."""
    curve = scores.reliability_curve(cases_of(pairs))
    assert curve["cases"].sum() == len(pairs)
    assert curve["happened"].sum() == sum(y for _, y in pairs)
    assert (curve["cases"] >= min(20, len(pairs))).all()
    assert curve["stated_rate"].is_monotonic_increasing


@given(y=st.lists(st.booleans(), min_size=1, max_size=50))
def test_knowing_everything_scores_nought(y: list[bool]) -> None:
    """Certain and right: Brier 0, no calibration error."""
    perfect = scores.grouped(pd.Series(y).astype("float64"), pd.Series(y))
    assert scores.brier(perfect) == 0
    if len(y) == 1 or len(set(y)) == 1:
        assert scores.expected_calibration_error(scores.reliability_curve(perfect)) == 0


@given(actual=st.floats(0, 1e6), quantile=st.floats(0.01, 0.99), forecast=st.floats(0, 1e6))
def test_pinball_is_never_negative_and_nought_only_at_the_actual(
    actual: float, quantile: float, forecast: float
) -> None:
    """Whatever the quantile."""
    loss = scores.pinball(quantile, pd.Series([forecast]), pd.Series([actual])).iloc[0]
    assert loss >= 0
    assert (loss == 0) == (forecast == actual) or loss == pytest.approx(0)
