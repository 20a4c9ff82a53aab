"""How good stated chances and ranges were: Brier, reliability, pinball, how often a range held.

Chances are scored as grouped cases, a row for each stated probability: `probability, cases,
happened` (how many of the cases came true). What counts as true must be said by whoever groups
them: here, won by the end of the period.
"""

from typing import TypedDict

import numpy as np
import pandas as pd
from scipy import stats

from pipeline.metrics.proportions import rate, wilson

QUANTILES = {"p10_amount": 0.1, "p50_amount": 0.5, "p90_amount": 0.9}
RANGE_SHARE = 0.8
"""The share of periods that should end inside the range from P10 to P90."""
BINS = 10
FEWEST_IN_A_BIN = 20
_CLIP = 0.001
CURVE = ["bin", "cases", "happened", "stated_rate", "happened_rate", "rate_low", "rate_high"]


class Decomposition(TypedDict):
    """The parts of a Brier score: reliability - resolution + uncertainty."""

    brier: float
    reliability: float
    resolution: float
    uncertainty: float


# --- chances -------------------------------------------------------------------------------------


def grouped(probability: pd.Series, happened: pd.Series) -> pd.DataFrame:
    """Group single cases by what was stated of them: `probability, cases, happened`."""
    cases = pd.DataFrame({"probability": probability, "happened": happened.astype("float64")})
    return cases.groupby("probability", as_index=False).agg(
        cases=("happened", "size"), happened=("happened", "sum")
    )


def brier(cases: pd.DataFrame) -> float:
    """Mean of (p - y)²: nought is perfect, a coin thrown for everything has 0.25.

    >>> p, y = pd.Series([0.9, 0.6, 0.3, 0.1]), pd.Series([1, 0, 1, 0])
    >>> round(brier(grouped(p, y)), 4)
    0.2175
    """
    p, n, won = _parts(cases)
    return _over(float(won @ (1 - p) ** 2 + (n - won) @ p**2), n)


def brier_skill(cases: pd.DataFrame) -> float:
    """1 - Brier / that of stating the overall rate for everything.

    >>> p, y = pd.Series([0.9, 0.6, 0.3, 0.1]), pd.Series([1, 0, 1, 0])
    >>> round(brier_skill(grouped(p, y)), 2)
    0.13
    """
    _, n, won = _parts(cases)
    overall = _over(float(won.sum()), n)
    reference = overall * (1 - overall)
    return 1 - brier(cases) / reference if reference else float("nan")


def log_loss(cases: pd.DataFrame) -> float:
    """Mean of -ln of the chance given to what happened; chances are clipped to [0.001, 0.999].

    >>> p, y = pd.Series([0.9, 0.6, 0.3, 0.1]), pd.Series([1, 0, 1, 0])
    >>> round(log_loss(grouped(p, y)), 4)
    0.5827
    """
    p, n, won = _parts(cases)
    kept = np.clip(p, _CLIP, 1 - _CLIP)
    return _over(-float(won @ np.log(kept) + (n - won) @ np.log(1 - kept)), n)


def decomposition(cases: pd.DataFrame) -> Decomposition:
    """Reliability (how far chances lie from what happened), resolution and uncertainty.

    Over the distinct stated chances, where reliability - resolution + uncertainty is exactly the
    Brier score.
    """
    p, n, won = _parts(cases.groupby("probability", as_index=False)[["cases", "happened"]].sum())
    observed = won / n
    overall = _over(float(won.sum()), n)
    return {
        "brier": brier(cases),
        "reliability": _over(float(n @ (p - observed) ** 2), n),
        "resolution": _over(float(n @ (observed - overall) ** 2), n),
        "uncertainty": overall * (1 - overall),
    }


def reliability_curve(cases: pd.DataFrame, bins: int = BINS) -> pd.DataFrame:
    """What was stated beside what happened, in bins of about equally many cases.

    Equal chances are never parted; a bin of fewer than 20 cases joins the next one. The interval
    is Wilson's, 95 percent.

    | bin | cases | happened | stated_rate | happened_rate | rate_low | rate_high |
    |-----|-------|----------|-------------|---------------|----------|-----------|
    | 1   | 210   | 12       | 0.048       | 0.057         | 0.033    | 0.097     |
    """
    if cases.empty or not cases["cases"].sum():
        return pd.DataFrame(columns=CURVE)
    ordered = cases.groupby("probability", as_index=False)[["cases", "happened"]].sum()
    ordered = ordered.assign(
        bin=_merged(_equal_count(ordered["cases"], bins), ordered["cases"]),
        stated=ordered["probability"] * ordered["cases"],
    )
    sums = ordered.groupby("bin", as_index=False)[["cases", "happened", "stated"]].sum()
    interval = wilson(sums["happened"], sums["cases"])
    return sums.assign(
        bin=range(1, len(sums) + 1),
        stated_rate=rate(sums["stated"], sums["cases"]),
        happened_rate=rate(sums["happened"], sums["cases"]),
        rate_low=interval["rate_low"],
        rate_high=interval["rate_high"],
    )[CURVE]


def expected_calibration_error(curve: pd.DataFrame) -> float:
    """Mean gap between what was stated and what happened, each bin weighed by its cases (ECE)."""
    gaps = (curve["stated_rate"] - curve["happened_rate"]).abs() * curve["cases"]
    return float(gaps.sum() / curve["cases"].sum()) if len(curve) else float("nan")


def _parts(cases: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = ("probability", "cases", "happened")
    p, n, won = (cases[name].to_numpy("float64") for name in columns)
    return p, n, won


def _over(total: float, n: np.ndarray) -> float:
    return total / float(n.sum()) if n.sum() else float("nan")


def _equal_count(cases: pd.Series, bins: int) -> pd.Series:
    """The bin of each stated chance, by where the middle of its cases lies among all."""
    middle = cases.cumsum() - cases / 2
    return (middle / cases.sum() * bins).astype("int64").clip(upper=bins - 1)


def _merged(places: pd.Series, cases: pd.Series) -> pd.Series:
    """Join each bin that is too small with the next one, the last with the one before."""
    sizes = cases.groupby(places).sum()
    joined, kept, size = {}, 0, 0
    for place, number in sizes.items():
        joined[place] = kept
        size += int(number)
        if size >= FEWEST_IN_A_BIN:
            kept, size = kept + 1, 0
    if size and kept:
        joined = {place: min(bin_, kept - 1) for place, bin_ in joined.items()}
    return places.map(joined)


# --- ranges --------------------------------------------------------------------------------------


def pinball(quantile: float, forecast: pd.Series, actual: pd.Series) -> pd.Series:
    """The loss q (a - F) where the actual is at or above the quantile, (1 - q)(F - a) where below.

    >>> pinball(0.1, pd.Series([50]), pd.Series([100])).tolist()
    [5.0]
    >>> pinball(0.9, pd.Series([120]), pd.Series([100])).round(9).tolist()
    [2.0]
    """
    short = actual - forecast
    return (quantile * short).where(short >= 0, (quantile - 1) * short)


def mean_pinball(scored: pd.DataFrame) -> pd.Series:
    """The pinball loss of each forecast, the mean over P10, P50 and P90."""
    losses = [
        pinball(quantile, scored[name].astype("float64"), scored["actual_amount"])
        for name, quantile in QUANTILES.items()
    ]
    return pd.concat(losses, axis="columns").mean(axis="columns", skipna=False)


def held(scored: pd.DataFrame) -> pd.Series:
    """Say of each forecast whether what came lies in its range from P10 to P90, ends included.

    Missing where the forecast has no range.
    """
    actual = scored["actual_amount"].astype("float64")
    low, high = (scored[name].astype("float64") for name in ("p10_amount", "p90_amount"))
    inside = (actual >= low) & (actual <= high)
    return inside.astype("boolean").where(low.notna() & high.notna())


def hit_band(periods: int, share: float = RANGE_SHARE, confidence: float = 0.95) -> tuple[int, int]:
    """How many of so many ranges may hold without remark, when each holds with this chance.

    >>> hit_band(8)
    (4, 8)
    """
    tail = (1 - confidence) / 2
    low, high = (stats.binom.ppf(at, periods, share) for at in (tail, 1 - tail))
    return max(0, int(low)), int(high)


def ranges(scored: pd.DataFrame, *, by_horizon: bool = True) -> pd.DataFrame:
    """How often the range of each method held, how wide it was, and its pinball loss.

    Forecasts without a range are left out. `pinball_rate` is the mean loss over the mean actual,
    `sharpness_rate` the mean width over the mean actual: of two methods whose ranges hold as often
    as they should, prefer the narrower.

    | method | weeks_before | ranges | held_ranges | held_rate | band_low | band_high |
    |--------|--------------|--------|-------------|-----------|----------|-----------|
    | curve  | 4            | 12     | 10          | 0.833     | 7        | 12        |

    and `sharpness_rate 0.41 | pinball_rate 0.05`.
    """
    keys = ["method", "weeks_before"] if by_horizon else ["method"]
    known = scored[held(scored).notna()]
    rows = known.assign(
        held=held(known).astype("float64"),
        width=known["p90_amount"].astype("float64") - known["p10_amount"],
        loss=mean_pinball(known),
    )
    sums = rows.groupby(keys, as_index=False).agg(
        ranges=("held", "size"),
        held_ranges=("held", "sum"),
        width=("width", "sum"),
        loss=("loss", "sum"),
        actual=("actual_amount", "sum"),
    )
    bands = [hit_band(int(number)) for number in sums["ranges"]]
    return sums.assign(
        held_ranges=sums["held_ranges"].astype("int64"),
        held_rate=rate(sums["held_ranges"], sums["ranges"]),
        band_low=[low for low, _ in bands],
        band_high=[high for _, high in bands],
        sharpness_rate=rate(sums["width"], sums["actual"]),
        pinball_rate=rate(sums["loss"], sums["actual"]),
    ).drop(columns=["width", "loss", "actual"])
