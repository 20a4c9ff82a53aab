"""How long things last, from counts by day: the estimators of Kaplan-Meier and Aalen-Johansen.

What still lasts on the as-of day counts up to its length so far: it is in the risk set until then
and never among the ended. Leaving it out would make everything look faster than it is.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from pipeline.metrics.proportions import CONFIDENCE

_DUST = 1e-9
"""A step that falls to a share exactly falls to it, whatever the last binary digit says."""
QUARTILES = {"p25_days": 0.25, "median_days": 0.5, "p75_days": 0.75}


def lifetimes(counts: pd.DataFrame, keys: Sequence[str], kinds: Sequence[str]) -> pd.DataFrame:
    """Lay counts out by day: how many were at risk, and how many ended in each way.

    `counts` has the keys, `days`, `kind` and `number`; a kind that is none of `kinds` still lasts.
    At risk on a day are all that lasted that long or longer, those that are only known to have
    lasted exactly that long too. With the stays of F10 in stage 2 and all ends one kind:

    | days | at_risk | over |
    |------|---------|------|
    | 21   | 8       | 1    |
    | 28   | 7       | 1    |
    | 38   | 4       | 0    |
    """
    wide = counts.pivot_table(
        index=[*keys, "days"], columns="kind", values="number", aggfunc="sum", fill_value=0
    )
    number = wide.sum(axis="columns").rename("at_risk")
    rows = wide.reindex(columns=list(kinds), fill_value=0).join(number).reset_index()
    longer = _within(rows.iloc[::-1], keys)["at_risk"].cumsum()
    return rows.rename_axis(columns=None).assign(at_risk=longer.sort_index())[
        [*keys, "days", "at_risk", *kinds]
    ]


def kaplan_meier(
    rows: pd.DataFrame, keys: Sequence[str], kinds: Sequence[str], confidence: float = CONFIDENCE
) -> pd.DataFrame:
    """The share that lasts longer than each day, with its interval.

    S(u) is the product over the days up to u of 1 - ended / at risk. Its variance is Greenwood's,
    and the interval is taken on the scale of log(-log S), so that it never leaves 0 to 1; it is a
    point where S is 0 or 1. Takes the rows of `lifetimes`, gives them with
    `survival_rate | survival_low | survival_high`: for stage 2 of F10

    | days | at_risk | over | survival_rate | survival_low | survival_high |
    |------|---------|------|---------------|--------------|---------------|
    | 21   | 8       | 1    | 0.875         | 0.387        | 0.981         |
    | 32   | 5       | 1    | 0.500         | 0.152        | 0.775         |
    | 54   | 1       | 1    | 0             | 0            | 0             |
    """
    ended = rows[list(kinds)].sum(axis="columns")
    stayed = 1 - ended / rows["at_risk"]
    survival = _within(rows.assign(stayed=stayed), keys)["stayed"].cumprod()
    left = rows["at_risk"] - ended
    term = (ended / (rows["at_risk"] * left.where(left > 0))).fillna(0)
    spread = np.sqrt(_within(rows.assign(term=term), keys)["term"].cumsum())
    return rows.assign(survival_rate=survival, **_log_log(survival, spread, confidence))


def _log_log(survival: pd.Series, spread: pd.Series, confidence: float) -> dict[str, pd.Series]:
    """The interval of a survival rate whose logarithm has that standard error."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    inside = (survival > _DUST) & (survival < 1)
    logarithm = np.log(survival.where(inside))
    reach = np.exp(z * spread / -logarithm)
    return {
        "survival_low": (survival.where(inside) ** reach).where(inside, survival),
        "survival_high": (survival.where(inside) ** (1 / reach)).where(inside, survival),
    }


def aalen_johansen(rows: pd.DataFrame, keys: Sequence[str], kinds: Sequence[str]) -> pd.DataFrame:
    """The share that had ended in each way by each day, the ways in competition with each other.

    CIF of a kind at u is the sum over the days up to u of S before the day x ended that way / at
    risk. All of them and the share that still lasts add up to 1. (One minus Kaplan-Meier with the
    other ends taken for unfinished would be too high, always.) Takes the rows of `lifetimes`, gives
    them with `survival_rate` and one `<kind>_rate` each: for F10 by age

    | days | at_risk | won | lost | survival_rate | won_rate | lost_rate |
    |------|---------|-----|------|---------------|----------|-----------|
    | 54   | 8       | 0   | 1    | 0.8750        | 0        | 0.1250    |
    | 64   | 6       | 2   | 0    | 0.5833        | 0.2917   | 0.1250    |
    | 103  | 3       | 0   | 1    | 0.3889        | 0.2917   | 0.3194    |
    | 118  | 2       | 1   | 0    | 0.1944        | 0.4861   | 0.3194    |
    """
    stayed = 1 - rows[list(kinds)].sum(axis="columns") / rows["at_risk"]
    survival = _within(rows.assign(stayed=stayed), keys)["stayed"].cumprod()
    before = _within(rows.assign(survival=survival), keys)["survival"].shift(1, fill_value=1.0)
    parts = rows[list(kinds)].mul(before / rows["at_risk"], axis="index")
    sums = _within(parts.assign(**{key: rows[key] for key in keys}), keys)[list(kinds)].cumsum()
    return rows.assign(survival_rate=survival, **{f"{kind}_rate": sums[kind] for kind in kinds})


def crossing(
    curve: pd.DataFrame, keys: Sequence[str], share: float, column: str = "survival_rate"
) -> pd.Series:
    """The first day on which a curve has fallen to a share or below; missing where it never does.

    The median is the crossing of one half. (Some packages average the days between which a curve
    lies flat on one half; here the first day counts.) Indexed by the keys.
    """
    fallen = curve[curve[column] <= share + _DUST]
    return fallen.groupby(list(keys))["days"].min()


def quartiles(curve: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The days by which a quarter, half and three quarters have ended, and the longest seen.

    A quartile is missing where the curve never falls that far: it lies beyond `longest_days`.

    | p25_days | median_days | p75_days | longest_days |
    |----------|-------------|----------|--------------|
    | 28       | 32          | 42       | 54           |
    """
    longest = curve.groupby(list(keys))["days"].max().rename("longest_days")
    crossed = {name: crossing(curve, keys, 1 - share) for name, share in QUARTILES.items()}
    return pd.DataFrame(crossed, index=longest.index).join(longest).astype("float64")


def in_words(days: pd.Series, longest: pd.Series) -> pd.Series:
    """A quartile as people read it: "32", or "≥ 93" where it lies beyond the longest seen.

    >>> in_words(pd.Series([32.0, None, None]), pd.Series([54.0, 93.0, None])).tolist()
    ['32', '≥ 93', nan]
    """
    beyond = "≥ " + longest.astype("Int64").astype("str")
    return (
        days.astype("Int64")
        .astype("str")
        .where(days.notna(), beyond.where(longest.notna(), np.nan))
    )


def median_of(counts: pd.DataFrame, keys: Sequence[str]) -> pd.Series:
    """The plain median of `days`, each counted `number` times: the middle, or the mean of two."""
    rows: pd.DataFrame = counts.groupby([*keys, "days"])["number"].sum().reset_index()
    up_to = rows.assign(up_to=_within(rows, keys)["number"].cumsum())
    half = _within(rows, keys)["number"].transform("sum") / 2
    low: pd.Series = up_to[up_to["up_to"] >= half].groupby(list(keys))["days"].min()
    high: pd.Series = up_to[up_to["up_to"] > half].groupby(list(keys))["days"].min()
    return (low + high).div(2)


def mean_of(counts: pd.DataFrame, keys: Sequence[str]) -> pd.Series:
    """The plain mean of `days`, each counted `number` times."""
    weighed = counts.assign(total_days=counts["days"] * counts["number"])
    sums: pd.DataFrame = weighed.groupby(list(keys))[["total_days", "number"]].sum()
    return sums["total_days"].div(sums["number"])


def _within(rows: pd.DataFrame, keys: Sequence[str]) -> "pd.api.typing.DataFrameGroupBy":  # type: ignore[type-arg]
    """The rows in groups, each group in the order the rows have."""
    return rows.groupby(list(keys), sort=False)
