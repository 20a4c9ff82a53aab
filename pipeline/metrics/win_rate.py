"""Win rate: of what was closed in a period, the share that was won."""

import pandas as pd

from pipeline.metrics.no_decision import is_no_decision
from pipeline.metrics.proportions import rate, wilson

COUNTS = ["won", "lost", "without_amount"]
AMOUNTS = ["won_amount", "lost_amount"]
SHARE = ["outcome_rate", "rate_low", "rate_high", "is_no_decision", "in_win_rate"]
TABLE = [
    "part",
    "won",
    "lost",
    "decided",
    "win_rate",
    "rate_low",
    "rate_high",
    "won_amount",
    "lost_amount",
    "decided_amount",
    "amount_win_rate",
    "without_amount",
]


def win_rate(closed: pd.DataFrame) -> pd.DataFrame:
    """Won / (won + lost), by count and by amount, a row for each part.

    An opportunity counts once, with the outcome it has as of the day, in the period in which it
    was closed for the last time. Closed for a reason that does not count in the win rate, it is
    left out. By amount: what was won, over that and the last open amount of what was lost; those
    without an amount (`without_amount`) are in the rate by count only. Where none of the won, or
    none of the lost, has an amount, there is no rate by amount: it would be 0 or 100 percent for
    want of knowledge. The Wilson interval belongs to the rate by count.

    | part | won | lost | decided | win_rate | rate_low | rate_high |
    |------|-----|------|---------|----------|--------------|---------------|
    | <NA> | 3   | 2    | 5       | 0.600    | 0.231        | 0.882         |

    and `won_amount 62,000 | lost_amount 32,000 | decided_amount 94,000 | amount_win_rate 0.660 |
    without_amount 0`.
    """
    counted = closed[closed["in_win_rate"]]
    split = counted.assign(
        won=counted["opportunities"].where(counted["outcome"] == "won", 0),
        lost=counted["opportunities"].where(counted["outcome"] == "lost", 0),
        won_amount=counted["amount"].where(counted["outcome"] == "won", 0),
        lost_amount=counted["amount"].where(counted["outcome"] == "lost", 0),
        won_without=counted["without_amount"].where(counted["outcome"] == "won", 0),
    )
    names = [*COUNTS, *AMOUNTS, "won_without"]
    sums = split.groupby("part", as_index=False, dropna=False)[names].sum()
    return _with_rates(sums)


def _with_rates(sums: pd.DataFrame) -> pd.DataFrame:
    decided = sums["won"] + sums["lost"]
    interval = wilson(sums["won"], decided)
    decided_amount = sums["won_amount"] + sums["lost_amount"]
    return sums.assign(
        decided=decided,
        win_rate=rate(sums["won"], decided),
        rate_low=interval["rate_low"],
        rate_high=interval["rate_high"],
        decided_amount=decided_amount,
        amount_win_rate=rate(sums["won_amount"], decided_amount).where(_is_told(sums)),
    )[TABLE]


def _is_told(sums: pd.DataFrame) -> pd.Series:
    """Say where both outcomes have an amount, or did not happen."""
    won_without, without = sums["won_without"], sums["without_amount"]
    won_told = (sums["won"] == 0) | (won_without < sums["won"])
    return won_told & ((sums["lost"] == 0) | (without - won_without < sums["lost"]))


def close_reasons(closed: pd.DataFrame, no_decision: tuple[str, ...] = ()) -> pd.DataFrame:
    """Why opportunities were won or lost in a period, the most frequent reason first.

    `outcome_rate` is the share among all with the same outcome, with its Wilson interval; here
    every reason counts, those outside the win rate too. `no_decision` are the codes that mean
    that nobody decided.

    | outcome | close_reason_code | close_reason_description | opportunities | amount | ... |
    |---------|-------------------|--------------------------|---------------|--------|-----|
    | lost    | PRICE             | Too expensive            | 2             | 32,000 |     |
    | won     | GOOD              | Convinced                | 3             | 62,000 |     |

    and `without_amount | outcome_rate | rate_low | rate_high | is_no_decision | in_win_rate`.
    """
    keys = ["outcome", "close_reason_code", "close_reason_description", "in_win_rate"]
    sums = ["opportunities", "amount", "without_amount"]
    rows = closed.groupby(keys, as_index=False, dropna=False)[sums].sum()
    whole = rows.groupby("outcome")["opportunities"].transform("sum")
    interval = wilson(rows["opportunities"], whole)
    return rows.assign(
        outcome_rate=rate(rows["opportunities"], whole),
        rate_low=interval["rate_low"],
        rate_high=interval["rate_high"],
        is_no_decision=is_no_decision(rows, no_decision),
    ).sort_values(
        ["outcome", "opportunities", "close_reason_code"],
        ascending=[True, False, True],
        ignore_index=True,
    )[[*keys[:3], *sums, *SHARE]]
