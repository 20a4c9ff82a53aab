"""Rates and their Wilson intervals against the published values."""

import pandas as pd
import pytest

from pipeline.metrics.proportions import rate, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (3, 5, 23.1, 88.2),
        (30, 50, 46.2, 72.4),
        (300, 500, 55.65, 64.2),
        (2, 3, 20.8, 93.9),
        (0, 4, 0.0, 49.0),
        (4, 4, 51.0, 100.0),
    ],
)
def test_the_interval_narrows_as_more_is_seen(
    part: int, whole: int, low: float, high: float
) -> None:
    """3 of 5 and 300 of 500 are the same share, known very differently well."""
    interval = wilson(pd.Series([part]), pd.Series([whole])).iloc[0] * 100
    assert interval["rate_low"] == pytest.approx(low, abs=0.05)
    assert interval["rate_high"] == pytest.approx(high, abs=0.05)


def test_nothing_out_of_nothing_is_no_rate() -> None:
    """Neither 0 nor 100 percent: the share of an empty whole is missing, and so is its range."""
    nothing = pd.Series([0])
    assert rate(nothing, nothing).isna().all()
    assert wilson(nothing, nothing).isna().all(axis=None)


def test_rates_keep_the_rows_they_belong_to() -> None:
    """Two stages, the second empty; the rows keep their labels."""
    shares = rate(pd.Series({"a": 1, "b": 0}), pd.Series({"a": 4, "b": 0}))
    assert shares["a"] == 0.25
    assert pd.isna(shares["b"])
