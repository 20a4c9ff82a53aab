"""The statistics of sales cycles and stages, counted as Business Central counts them.

Business Central writes an entry for each first, next, previous, skip, jump, update, won and lost.
A change of owner or contact is no entry there, so it neither counts nor splits one here; a reopen,
which Business Central does not have, counts as an entry.
"""

import pandas as pd

from pipeline.metrics.proportions import rate
from pipeline.metrics.stages import every_stage

COUNTS = ["opportunities", "without_amount"]
AMOUNTS = ["amount", "weighted_amount"]
STAGE_TABLE = [
    "cycle_code",
    "stage",
    "position",
    "stage_description",
    "opportunities",
    "amount",
    "weighted_amount",
    "without_amount",
    "entries_ever",
    "entries_over",
    "average_days",
    "stays_over",
    "average_stay_days",
]


def cycle_statistics(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Number, estimated value and calculated current value per cycle, won and lost left out.

    | cycle_code | cycle_description  | opportunities | amount    | weighted_amount |
    |------------|--------------------|---------------|-----------|-----------------|
    | EXISTING   | Existing customers | 5             | 20,500.00 | 410.00          |
    | NEW        | New customers      | 0             | 0         | 0               |

    and `without_amount`, those that count but have no amount to add.
    """
    cycles = stages[["cycle_code", "cycle_description"]].drop_duplicates()
    return (
        cycles.merge(sums, on="cycle_code", how="outer")
        .fillna({"cycle_description": ""} | dict.fromkeys([*COUNTS, *AMOUNTS], 0))
        .astype(dict.fromkeys(COUNTS, "int64"))
        .sort_values("cycle_code", ignore_index=True)
    )


def stage_statistics(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """What stands in each stage, how long entries and stays there lasted, entries ever made.

    `average_days` is Business Central's: the mean length of the entries that are over. An update
    ends one entry and begins another, so it falls with every update. `average_stay_days` is the
    true one: the mean length of the stays that are over, from entering the stage to leaving it.
    One stay of 40 days with updates on days 10 and 25 has 13.33 and 40. Both are null where
    nothing is over. `entries_ever` is the bar of Business Central's pipeline funnel.

    | cycle_code | stage | opportunities | amount | entries_ever | average_days | average_stay |
    |------------|-------|---------------|--------|--------------|--------------|--------------|
    | UPD        | 1     | 0             | 0      | 3            | 13.33        | 40.00        |

    (`average_stay_days` in full), with `position | stage_description` behind the stage,
    `weighted_amount | without_amount` behind the amount, and `entries_over` and `stays_over`, the
    numbers behind the two means.
    """
    rows = every_stage(stages, sums.assign(**_lengths(sums)))
    counts = [*COUNTS, "entries_ever", "entries_over", "stays_over"]
    return rows.fillna(dict.fromkeys([*counts, *AMOUNTS], 0)).astype(
        dict.fromkeys(counts, "int64")
    )[STAGE_TABLE]


def _lengths(sums: pd.DataFrame) -> dict[str, pd.Series]:
    """Mean lengths from sums: everything finished, less what belongs to an entry that still lasts.

    Each opportunity in a stage has exactly one entry and one stay there that last.
    """
    entries_over = sums["entries_ever"] - sums["opportunities"]
    stays_over = sums["stays_ever"] - sums["opportunities"]
    return {
        "entries_over": entries_over,
        "stays_over": stays_over,
        "average_days": rate(sums["finished_days"] - sums["entry_days_begun"], entries_over),
        "average_stay_days": rate(sums["finished_days"] - sums["stay_days_begun"], stays_over),
    }


def contact_statistics(sums: pd.DataFrame) -> pd.DataFrame:
    """Number, estimated value and calculated current value per contact, won and lost included.

    Company C with an opportunity of 100 and persons P1 (200) and P2 (300, lost):

    | contact_no | contact_name | contact_type | opportunities | in_progress | won | lost | amount |
    |------------|--------------|--------------|---------------|-------------|-----|------|--------|
    | C          | Adatum       | company      | 3             | 2           | 0   | 1    | 600    |
    | P2         | Ann Beebe    | person       | 1             | 0           | 0   | 1    | 300    |
    | P1         | Robert Towne | person       | 1             | 1           | 0   | 0    | 200    |

    with `weighted_amount | without_amount` at the end; the largest amount first.
    """
    return _held(sums.dropna(subset=["contact_no"]), "contact_no", ["contact_name", "contact_type"])


def with_interactions(statistics: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """The contacts' statistics with number, cost and minutes of their interactions.

    | contact_no | ... | interactions | interaction_cost | interaction_minutes |
    |------------|-----|--------------|------------------|---------------------|
    | C          |     | 3            | 42.50            | 95                  |
    | P2         |     | 0            | 0.00             | 0                   |

    A contact that `counted` does not know has none.
    """
    counts = ["interactions", "interaction_minutes"]
    return (
        statistics.merge(counted, how="left", on="contact_no")
        .fillna(dict.fromkeys([*counts, "interaction_cost"], 0))
        .astype(dict.fromkeys(counts, "int64") | {"interaction_cost": "float64"})
    )


def salesperson_statistics(sums: pd.DataFrame) -> pd.DataFrame:
    """The same per owner, with the means of both values.

    | owner_code | owner_name | opportunities | ... | average_amount | average_weighted_amount |
    |------------|------------|---------------|-----|----------------|-------------------------|
    | JO         | Jim Olive  | 4             |     | 5,125.00       | 102.50                  |

    A mean is over those with an amount, null where there are none.
    """
    frame = _held(sums, "owner_code", ["owner_name"])
    with_amount = frame["opportunities"] - frame["without_amount"]
    return frame.assign(
        average_amount=rate(frame["amount"], with_amount),
        average_weighted_amount=rate(frame["weighted_amount"], with_amount),
    )


def campaign_statistics(sums: pd.DataFrame) -> pd.DataFrame:
    """The same per campaign; what came from none has no row.

    | campaign_no | campaign_description | opportunities | in_progress | won | lost | amount | ... |
    |-------------|----------------------|---------------|-------------|-----|------|--------|-----|
    | CP1001      | Spring sale          | 12            | 7           | 3   | 2    | 84,000 |     |
    """
    return _held(sums.dropna(subset=["campaign_no"]), "campaign_no", ["campaign_description"])


def _held(sums: pd.DataFrame, key: str, names: list[str]) -> pd.DataFrame:
    """Give the columns of a holder in order, a sum over nothing as 0, the largest amount first."""
    counts = ["opportunities", "in_progress", "won", "lost"]
    return (
        sums[[key, *names, *counts, *AMOUNTS, "without_amount"]]
        .fillna(dict.fromkeys([*counts, *AMOUNTS, "without_amount"], 0))
        .astype(dict.fromkeys([*counts, "without_amount"], "int64"))
        .sort_values(["amount", key], ascending=[False, True], ignore_index=True)
    )
