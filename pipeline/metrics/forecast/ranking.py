"""Which method to use: differences that hold up when the periods are drawn anew, and what it says.

Two methods are compared on identical cuts. Periods are drawn with replacement, each with all its
horizons, for the errors of one period are not independent of each other.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.accuracy import KEY

FEWEST_PERIODS = 6
"""With fewer, scores are published and nobody is put first."""
DRAWS = 10_000
SEED = 20_250_331
TOO_FEW, BETTER, WORSE, TIED, BEST = (
    "too few periods to rank",
    "clearly better",
    "clearly worse",
    "no clear difference",
    "lowest error",
)
TABLE = [
    "method",
    "compared_periods",
    "wape_rate",
    "best_wape_rate",
    "difference_rate",
    "difference_low",
    "difference_high",
    "ranking_verdict",
]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """WAPE of one method less that of another, on the periods both have, with its interval."""

    periods: int
    own: float
    other: float
    low: float
    high: float

    @property
    def value(self) -> float:
        """Below nought, the first method errs less."""
        return self.own - self.other

    @property
    def verdict(self) -> str:
        """What may be said of the first method against the second."""
        if self.periods < FEWEST_PERIODS:
            return TOO_FEW
        if self.high < 0:
            return BETTER
        return WORSE if self.low > 0 else TIED


def paired_bootstrap(
    scored: pd.DataFrame, one: str, other: str, *, draws: int = DRAWS, seed: int = SEED
) -> Difference:
    """Compare two methods on the cuts both have; the interval holds 95 percent of the draws.

    The same seed draws the same periods, so that the answer is the same each time.
    """
    errors = _errors(scored, one, other)
    if errors.empty or not errors["actual"].sum():
        nothing = float("nan")
        return Difference(
            periods=len(errors), own=nothing, other=nothing, low=nothing, high=nothing
        )
    drawn = np.random.default_rng(seed).integers(0, len(errors), (draws, len(errors)))
    gap = (errors["one"] - errors["other"]).to_numpy()
    actual = errors["actual"].to_numpy()
    whole = actual[drawn].sum(axis=1)
    differences = gap[drawn].sum(axis=1)[whole > 0] / whole[whole > 0]
    low, high = np.quantile(differences, [0.025, 0.975])
    return Difference(
        periods=len(errors),
        own=float(errors["one"].sum() / actual.sum()),
        other=float(errors["other"].sum() / actual.sum()),
        low=float(low),
        high=float(high),
    )


def ranking(scored: pd.DataFrame) -> pd.DataFrame:
    """Every method against the one with the lowest WAPE, the lowest first.

    A method is in the ranking with the cuts it has in common with the best one; one that lacks
    cuts which others have cannot be the best.

    | method    | compared_periods | wape_rate | difference_rate | ranking_verdict |
    |-----------|------------------|-----------|-----------------|-----------------|
    | win-curve | 12               | 0.14      | 0               | lowest error    |
    | run-rate  | 12               | 0.31      | 0.17            | clearly worse   |

    and `best_wape_rate | difference_low | difference_high`. With fewer than six periods every
    verdict is `too few periods to rank`.
    """
    if scored.empty:
        return pd.DataFrame(columns=TABLE)
    best = lowest(scored)
    rows = [_against(scored, method, best) for method in scored["method"].unique()]
    table = pd.DataFrame(rows, columns=TABLE)
    is_first = (table["method"] == best).astype("int64")
    return (
        table.assign(is_first=is_first)
        .sort_values(["is_first", "difference_rate", "method"], ascending=[False, True, True])
        .drop(columns="is_first")
        .reset_index(drop=True)
    )


def lowest(scored: pd.DataFrame) -> str:
    """The method with the lowest WAPE on the cuts that all full methods have."""
    counts = scored.groupby("method").size()
    full = counts.index[counts == counts.max()]
    rows = scored[scored["method"].isin(full)]
    errors = rows.assign(error=(rows["forecast_amount"] - rows["actual_amount"]).abs())
    table = errors.pivot_table(index=KEY, columns="method", values="error").dropna()
    if table.empty:
        return str(counts.idxmax())
    return str(table.sum().idxmin())


def tied_with_best(table: pd.DataFrame) -> list[str]:
    """The methods of a ranking that nothing sets apart from the best, the best first."""
    return [str(name) for name in table.loc[table["ranking_verdict"].isin([BEST, TIED]), "method"]]


def _against(scored: pd.DataFrame, method: str, best: str) -> list[object]:
    found = paired_bootstrap(scored, method, best)
    verdict = found.verdict
    if method == best and verdict != TOO_FEW:
        verdict = BEST
    return [
        method,
        found.periods,
        found.own,
        found.other,
        found.value,
        found.low,
        found.high,
        verdict,
    ]


def _errors(scored: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """A row for each period that both methods have: their errors and what came, summed."""
    rows = scored.assign(error=(scored["forecast_amount"] - scored["actual_amount"]).abs())
    sides = [rows.loc[rows["method"] == name, [*KEY, "error"]] for name in (one, other)]
    actual = rows[[*KEY, "actual_amount"]].drop_duplicates(KEY)
    both = (
        sides[0]
        .rename(columns={"error": "one"})
        .merge(sides[1].rename(columns={"error": "other"}), on=KEY)
        .merge(actual.rename(columns={"actual_amount": "actual"}), on=KEY)
    )
    return both.groupby("period_from")[["one", "other", "actual"]].sum()
