"""How far forecasts were off: their size of error and their lean, against what came of it.

A forecast stands at a horizon: so many weeks before the end of its period. Only equal horizons are
compared. Headline: WAPE and bias. The others are secondary: MAPE is undefined where nothing came
in and punishes forecasts that are too high more than those that are too low.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipeline.metrics.proportions import rate

BENCHMARKS = ("last-period", "same-period-last-year", "run-rate", "stage-weighted")
"""What a method must beat to be worth its trouble, by the names they have in the bake-off."""
KEY = ["period_from", "weeks_before"]
"""What makes two forecasts comparable: the same period, at the same distance from its end."""
TABLE = [
    "method",
    "weeks_before",
    "periods",
    "forecast_sum",
    "actual_sum",
    "wape_rate",
    "bias_rate",
    "mape_rate",
    "rmse_amount",
    "mase",
]


def absolute_percentage_errors(forecast: pd.Series, actual: pd.Series) -> pd.Series:
    """Give |F - a| / a of each forecast; null where nothing came in."""
    return rate((forecast - actual).abs(), actual)


def mape(forecast: pd.Series, actual: pd.Series) -> float:
    """Give the mean of the absolute percentage errors, over the periods in which anything came in.

    >>> round(mape(pd.Series([100, 120, 80, 150]), pd.Series([90, 150, 80, 100])), 4)
    0.2028
    """
    return _mean(absolute_percentage_errors(forecast, actual))


def wape(forecast: pd.Series, actual: pd.Series) -> float:
    """Sum of |F - a| over the sum of a: of every 100 that came, so many were misjudged.

    Null where nothing came in at all.

    >>> round(wape(pd.Series([100, 120, 80, 150]), pd.Series([90, 150, 80, 100])), 4)
    0.2143
    """
    return _ratio((forecast - actual).abs().sum(), actual.sum())


def bias(forecast: pd.Series, actual: pd.Series) -> float:
    """Sum of F - a over the sum of a: above nought where forecasts promise too much.

    >>> round(bias(pd.Series([100, 120, 80, 150]), pd.Series([90, 150, 80, 100])), 4)
    0.0714
    """
    return _ratio((forecast - actual).sum(), actual.sum())


def mean_percentage_error(forecast: pd.Series, actual: pd.Series) -> float:
    """Give the mean of (F - a) / a, over the periods in which anything came in.

    >>> forecast, actual = pd.Series([100, 120, 80, 150]), pd.Series([90, 150, 80, 100])
    >>> round(mean_percentage_error(forecast, actual), 4)
    0.1028
    """
    return _mean(rate(forecast - actual, actual))


def rmse(forecast: pd.Series, actual: pd.Series) -> float:
    """Give the root of the mean squared error, in the unit of the forecast.

    >>> round(rmse(pd.Series([100, 120, 80, 150]), pd.Series([90, 150, 80, 100])), 2)
    29.58
    """
    return float(np.sqrt(_mean((forecast - actual) ** 2)))


def mase(forecast: pd.Series, actual: pd.Series) -> float:
    """Mean absolute error over that of saying the last period again, on the same periods.

    The first period has no last one and is left out of both; below 1 is better than repeating.
    Null where repeating is never wrong, or there is one period only.

    >>> round(mase(pd.Series([100, 120, 80, 150]), pd.Series([90, 150, 80, 100])), 3)
    0.533
    """
    own = (forecast - actual).abs().iloc[1:]
    repeated = actual.diff().abs().iloc[1:]
    return _ratio(own.sum(), repeated.sum())


def plain_accuracy(forecast: pd.Series, actual: pd.Series) -> float:
    """Give the mean of max(0, 1 - APE), as HubSpot states the accuracy of a forecast.

    >>> round(plain_accuracy(pd.Series([100, 120, 80, 150]), pd.Series([90, 150, 80, 100])), 3)
    0.797
    """
    return _mean((1 - absolute_percentage_errors(forecast, actual)).clip(lower=0))


def skill(own: float, benchmark: float) -> float:
    """1 - WAPE / WAPE of a benchmark: 0.2 is a fifth less error; null where it makes none.

    >>> round(skill(0.16, 0.20), 2)
    0.2
    """
    return 1 - _ratio(own, benchmark)


def accuracy(scored: pd.DataFrame, *, by_horizon: bool = True) -> pd.DataFrame:
    """How far each method was off, by horizon or over all horizons together.

    `scored` has a row for each method, period and horizon: `method, period_from, weeks_before,
    forecast_amount, actual_amount`. Over all horizons, periods count once for each.

    | method   | weeks_before | periods | forecast_sum | actual_sum | wape_rate | bias_rate |
    |----------|--------------|---------|--------------|------------|-----------|-----------|
    | run-rate | 4            | 4       | 450          | 420        | 0.214     | 0.071     |

    and `mape_rate 0.203 | rmse_amount 29.58 | mase 0.533`.
    """
    keys = ["method", "weeks_before"] if by_horizon else ["method"]
    parts = scored.sort_values(KEY).groupby(keys, sort=True)
    rows = [dict(zip(keys, names, strict=True)) | _figures(part) for names, part in parts]
    columns = [name for name in TABLE if by_horizon or name != "weeks_before"]
    types = {"method": "str"} | ({"weeks_before": "int64"} if by_horizon else {})
    return pd.DataFrame(rows, columns=columns).astype(types)


def skills(scored: pd.DataFrame, benchmarks: Sequence[str] = BENCHMARKS) -> pd.DataFrame:
    """Skill of each method at each horizon against each benchmark, on the cuts that both have.

    | method   | weeks_before | benchmark   | compared_periods | skill_rate |
    |----------|--------------|-------------|------------------|------------|
    | win-curve| 4            | last-period | 11               | 0.31       |
    """
    errors = scored.assign(error=(scored["forecast_amount"] - scored["actual_amount"]).abs())
    own = errors[["method", *KEY, "error"]]
    theirs = own[own["method"].isin(benchmarks)].rename(
        columns={"method": "benchmark", "error": "benchmark_error"}
    )
    pairs = own.merge(theirs, on=KEY)
    sums = pairs.groupby(["method", "weeks_before", "benchmark"], as_index=False).agg(
        compared_periods=("error", "size"),
        error=("error", "sum"),
        benchmark_error=("benchmark_error", "sum"),
    )
    relative = rate(sums["error"], sums["benchmark_error"])
    return sums.assign(skill_rate=1 - relative).drop(columns=["error", "benchmark_error"])


def _figures(part: pd.DataFrame) -> dict[str, object]:
    forecast = part["forecast_amount"].astype("float64")
    actual = part["actual_amount"].astype("float64")
    return {
        "periods": int(part["period_from"].nunique()),
        "forecast_sum": forecast.sum(),
        "actual_sum": actual.sum(),
        "wape_rate": wape(forecast, actual),
        "bias_rate": bias(forecast, actual),
        "mape_rate": mape(forecast, actual),
        "rmse_amount": rmse(forecast, actual),
        "mase": _mase_of(part),
    }


def _mase_of(part: pd.DataFrame) -> float:
    """MASE of one horizon; over several, the errors of all against the repetitions of all."""
    own = repeated = 0.0
    for _, one in part.groupby("weeks_before"):
        actual = one["actual_amount"].astype("float64")
        own += float((one["forecast_amount"] - actual).abs().iloc[1:].sum())
        repeated += float(actual.diff().abs().iloc[1:].sum())
    return _ratio(own, repeated)


def _mean(values: pd.Series) -> float:
    known = values.dropna()
    return float(known.mean()) if len(known) else float("nan")


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")
