"""Concentration: how much of the pipeline hangs on few opportunities."""

import pandas as pd

from pipeline.metrics.proportions import rate

TABLE = [
    "part",
    "opportunities",
    "amount",
    "hhi",
    "effective_opportunities",
    "top_share_rate",
    "top_amount",
    "opportunity_no",
    "description",
    "without_amount",
]


def concentration(sums: pd.DataFrame) -> pd.DataFrame:
    """The Herfindahl index of the open amounts, the number it amounts to, and the largest share.

    With w the share of one opportunity in the amount of all, `hhi` is the sum of w², 1 when one
    holds everything and 1 / n when n hold equal parts. `effective_opportunities` = 1 / hhi is the
    number of equal ones that would be as concentrated. Those without an amount have no share.

    | opportunities | amount | hhi    | effective_opportunities | top_share_rate | opportunity_no |
    |---------------|--------|--------|-------------------------|----------------|----------------|
    | 5             | 87,000 | 0.3349 | 2.99                    | 0.517          | D05            |

    behind `part`, with `top_amount | description | without_amount`.
    """
    whole = sums["amount"].astype("float64")
    squares = sums["squares"].astype("float64")
    return sums.assign(
        hhi=rate(squares, whole**2),
        effective_opportunities=rate(whole**2, squares),
        top_share_rate=rate(sums["top_amount"], whole),
    )[TABLE]
