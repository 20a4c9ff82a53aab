"""Which method is the best, and whether anything may be said about it."""

from typing import Any

import numpy as np
import pandas as pd

from pipeline.metrics.forecast import ranking


def scored(periods: int, **leans: float) -> pd.DataFrame:
    """Methods that are off by a share of what comes, more or less, at two horizons."""
    rng = np.random.default_rng(3)
    starts = pd.date_range("2020-01-01", periods=periods, freq="QS")
    actual = 100 + 20 * rng.standard_normal(periods)
    frames = [
        pd.DataFrame(
            {
                "method": method,
                "period_from": starts,
                "weeks_before": weeks,
                "forecast_amount": actual * (1 + lean * rng.normal(1, 0.2, periods)),
                "actual_amount": actual,
            }
        )
        for method, lean in leans.items()
        for weeks in (4, 1)
    ]
    return pd.concat(frames, ignore_index=True)


def test_a_method_that_errs_twice_as_much_is_clearly_worse() -> None:
    """Twelve periods, 10 against 20 percent."""
    table: Any = ranking.ranking(scored(12, good=0.1, bad=0.2)).set_index("method")
    assert list(table.index) == ["good", "bad"]
    assert table.loc["good", "ranking_verdict"] == ranking.BEST
    assert table.loc["bad", "ranking_verdict"] == ranking.WORSE
    assert table.loc["bad", "difference_low"] > 0
    assert table.loc["bad", "compared_periods"] == 12


def test_methods_that_err_alike_are_not_told_apart() -> None:
    """10 against 10.1 percent: no clear difference, and both are in the first group."""
    table: Any = ranking.ranking(scored(12, one=0.1, other=0.101))
    assert set(table["ranking_verdict"]) == {ranking.BEST, ranking.TIED}
    assert len(ranking.tied_with_best(table)) == 2


def test_below_six_periods_nobody_is_ranked() -> None:
    """However large the difference."""
    table: Any = ranking.ranking(scored(5, good=0.1, bad=0.9))
    assert set(table["ranking_verdict"]) == {ranking.TOO_FEW}
    assert ranking.tied_with_best(table) == []
    assert set(ranking.ranking(scored(6, good=0.1, bad=0.9))["ranking_verdict"]) == {
        ranking.BEST,
        ranking.WORSE,
    }


def test_methods_are_compared_on_the_cuts_both_have() -> None:
    """The other lacks the first four periods, in which the first did badly: eight are compared."""
    frame = scored(12, one=0.1, other=0.1)
    early = frame["period_from"] < pd.Timestamp("2021-01-01")
    worse = frame["method"].eq("one") & early
    frame["forecast_amount"] = frame["forecast_amount"].where(~worse, 1_000.0)
    found = ranking.paired_bootstrap(frame[~(frame["method"].eq("other") & early)], "one", "other")
    assert found.periods == 8
    assert found.verdict == ranking.TIED


def test_the_same_forecasts_give_the_same_verdict_each_time() -> None:
    """The draws have a seed."""
    frame = scored(8, one=0.1, other=0.11)
    first = ranking.paired_bootstrap(frame, "one", "other")
    assert ranking.paired_bootstrap(frame, "one", "other") == first
    assert first.low <= first.value <= first.high


def test_a_benchmark_with_a_few_lucky_cuts_is_not_the_best() -> None:
    """It has two of twelve periods and is right in both."""
    frame = scored(12, curve=0.1, lucky=0.0)
    kept = frame["method"].eq("curve") | (frame["period_from"] >= pd.Timestamp("2022-07-01"))
    assert ranking.lowest(frame[kept]) == "curve"


def test_nothing_gives_an_empty_ranking() -> None:
    """No forecasts, no verdict."""
    assert ranking.ranking(scored(2, a=0.1).iloc[:0]).empty
