"""Loss reasons: why, in which stage, and for how much money opportunities were lost."""

import pandas as pd

from pipeline.metrics.no_decision import is_no_decision
from pipeline.metrics.proportions import rate, wilson
from pipeline.metrics.stages import KEY, every_stage

REASON = ["close_reason_code", "close_reason_description", "is_no_decision"]
SUMS = ["opportunities", "amount", "without_amount"]
TABLE = [
    *KEY,
    "position",
    "stage_description",
    *REASON,
    "opportunities",
    "loss_rate",
    "rate_low",
    "rate_high",
    "amount",
    "amount_loss_rate",
    "without_amount",
]


def loss_reasons(
    lost: pd.DataFrame, stages: pd.DataFrame, places: pd.DataFrame, codes: tuple[str, ...] = ()
) -> pd.DataFrame:
    """How many were lost in a stage for a reason, and the money, the most frequent first.

    The stage is the last one before the loss; "Never started" where there was none. `loss_rate` is
    the share of the reason among all losses of the stage, with its Wilson interval. Stages that are
    gone count as the one they are mapped to, or stand behind the others.

    | stage | stage_description | close_reason_code | opportunities | loss_rate | amount |
    |-------|-------------------|-------------------|---------------|-----------|--------|
    | 2     | Propose           | PRICE             | 1             | 1.000     | 20,000 |
    | 3     | Negotiate         | PRICE             | 1             | 1.000     | 12,000 |

    and `position | close_reason_description | is_no_decision | rate_low | rate_high |
    amount_loss_rate | without_amount`, behind `cycle_code`.
    """
    ended = lost.assign(
        stage=lost["path"].str.rsplit(" ", n=1).str[-1].replace("", "0").astype("int64"),
        is_no_decision=is_no_decision(lost, codes),
    ).merge(places[[*KEY, "as_stage"]], on=KEY, how="left")
    ended = ended.assign(stage=ended["as_stage"].fillna(ended["stage"]).astype("int64"))
    sums = ended.groupby([*KEY, *REASON], as_index=False, dropna=False)[SUMS].sum()
    named = every_stage(stages, sums).dropna(subset="opportunities")
    never = named["stage"] == 0
    return _with_rates(
        named.assign(stage_description=named["stage_description"].mask(never, "Never started"))
    )


def _with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    in_stage = rows.groupby(KEY)
    whole = in_stage["opportunities"].transform("sum")
    interval = wilson(rows["opportunities"], whole)
    return (
        rows.assign(
            loss_rate=rate(rows["opportunities"], whole),
            rate_low=interval["rate_low"],
            rate_high=interval["rate_high"],
            amount_loss_rate=rate(rows["amount"], in_stage["amount"].transform("sum")),
        )
        .astype({"opportunities": "int64", "without_amount": "int64", "is_no_decision": "bool"})
        .sort_values(
            ["cycle_code", "position", "stage", "opportunities", "close_reason_code"],
            ascending=[True, True, True, False, True],
            ignore_index=True,
        )[TABLE]
    )
