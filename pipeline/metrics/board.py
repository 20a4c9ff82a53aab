"""The columns of the board: what is not started, then each stage of the cycle."""

import pandas as pd

from pipeline.metrics.stages import KEY, every_stage

DRAFTS = 0
"""The stage that stands for what is not started."""
COUNTS = ["opportunities", "without_amount", "overdue", "rotting", "without_next_step"]
AMOUNTS = [
    "amount",
    "weighted_amount",
    "overdue_amount",
    "rotting_amount",
    "rotting_weighted_amount",
]
TABLE = [
    *KEY,
    "position",
    "stage_description",
    "opportunities",
    "amount",
    "weighted_amount",
    "without_amount",
    "overdue",
    "overdue_amount",
    "rotting",
    "rotting_amount",
    "rotting_weighted_amount",
    "without_next_step",
]


def columns(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """How many opportunities stand in each column, and what they are worth together.

    The first column of a cycle (stage 0) holds what is not started: it has no amount yet and is
    counted apart. The others are those of the weighted pipeline, with the same sums. `rotting` is
    what is rotting there, `without_next_step` what nothing is planned for.

    | cycle_code | stage | stage_description | opportunities | amount | weighted_amount | rotting |
    |------------|-------|-------------------|---------------|--------|-----------------|---------|
    | F10        | 0     | Not started       | 1             | 0      | 0               | 0       |
    | F10        | 1     | Qualify           | 3             | 27,000 | 2,700           | 1       |

    and `position | without_amount | overdue | overdue_amount | rotting_amount |
    rotting_weighted_amount | without_next_step`.
    """
    cycles = pd.concat([stages["cycle_code"], sums["cycle_code"]]).drop_duplicates()
    drafts = pd.DataFrame(
        {
            "cycle_code": cycles,
            "stage": DRAFTS,
            "position": DRAFTS,
            "stage_description": "Not started",
        }
    )
    known = pd.concat([drafts, stages[[*KEY, "position", "stage_description"]]])
    rows = every_stage(known, sums)
    filled = rows.fillna(dict.fromkeys([*COUNTS, *AMOUNTS], 0))
    return filled.astype(dict.fromkeys(COUNTS, "int64"))[TABLE]
