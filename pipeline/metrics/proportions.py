"""Rates with their uncertainty: shares that are null without a denominator, Wilson intervals."""

from statistics import NormalDist

import numpy as np
import pandas as pd

CONFIDENCE = 0.95


def rate(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Part of a whole, 0 to 1; null where the whole is 0, for nothing has no share.

    >>> rate(pd.Series([3, 0]), pd.Series([5, 0])).tolist()
    [0.6, nan]
    """
    return part.astype("float64") / whole.astype("float64").where(whole != 0)


def wilson(part: pd.Series, whole: pd.Series, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Where the true share lies, given `part` of `whole` seen: the Wilson score interval.

    With p = part / whole and z the normal quantile (1.96 for 95 percent) the interval is
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). It never leaves 0 to 1, and it is wide when
    little was seen; both ends are null where nothing was.

    |   | rate_low | rate_high |
    |---|----------|-----------|
    | 3 of 5   | 0.231 | 0.882 |
    | 30 of 50 | 0.462 | 0.724 |
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    n = whole.astype("float64").where(whole != 0)
    p = part.astype("float64") / n
    middle = p + z**2 / (2 * n)
    reach = z * np.sqrt(p * (1 - p) / n + (z / (2 * n)) ** 2)
    spread = 1 + z**2 / n
    return pd.DataFrame(
        {
            "rate_low": ((middle - reach) / spread).clip(lower=0),
            "rate_high": ((middle + reach) / spread).clip(upper=1),
        }
    )
