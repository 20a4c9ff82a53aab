"""Missing data: what opportunities in progress lack, ranked by the money that hangs on it."""

import pandas as pd

from pipeline.metrics.proportions import rate

LACKS = {
    "without_amount": "No amount",
    "without_expected_close": "No expected close date",
    "overdue": "Expected close date is over",
    "without_contact": "No contact",
    "without_owner": "No owner",
}
TABLE = [
    "lack",
    "lack_description",
    "opportunities",
    "lack_rate",
    "worth_amount",
    "worth_weighted_amount",
    "is_estimated",
]


def missing_data(sums: pd.DataFrame) -> pd.DataFrame:
    """What is lacking, for how many, and what those are worth; the dearest first.

    Worth is the amount and the weighted amount of the opportunities that lack something. One
    without an amount is taken at the mean of those in the same stage that have one
    (`is_estimated`); where none has, it adds nothing. An opportunity that lacks two things stands
    in two rows.

    | lack                   | opportunities | lack_rate | worth_amount | worth_weighted_amount |
    |------------------------|---------------|-----------|--------------|-----------------------|
    | overdue                | 2             | 0.400     | 53,000       | 18,800                |
    | without_expected_close | 0             | 0         | 0            | 0                     |

    with `lack_description` and `is_estimated`.
    """
    filled = _with_estimates(sums)
    everything = sums["opportunities"].sum()
    rows = pd.DataFrame(
        {
            "lack": list(LACKS),
            "lack_description": list(LACKS.values()),
            "opportunities": [int(filled[lack].sum()) for lack in LACKS],
            "worth_amount": [float(filled[f"{lack}_amount"].sum()) for lack in LACKS],
            "worth_weighted_amount": [float(filled[f"{lack}_weighted"].sum()) for lack in LACKS],
            "is_estimated": [lack == "without_amount" for lack in LACKS],
        }
    )
    shares = rate(rows["opportunities"], pd.Series(everything, index=rows.index))
    return rows.assign(lack_rate=shares).sort_values(
        ["worth_weighted_amount", "opportunities"], ascending=False, ignore_index=True
    )[TABLE]


def _with_estimates(sums: pd.DataFrame) -> pd.DataFrame:
    """What is without an amount, at the means of its stage."""
    return sums.assign(
        without_amount_amount=sums["without_amount"] * rate(sums["amount"], sums["with_amount"]),
        without_amount_weighted=sums["without_amount"]
        * rate(sums["weighted_amount"], sums["with_amount"]),
    )
