"""From/to rows: each is a move between two stages, or into one. Salesforce reports, Zoho."""

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.shapes import snapshots
from pipeline.importing.translate import looked_up


def events(values: Values, created: pd.Series) -> pd.DataFrame:
    """Give an event for each move, and one for the stage the first move came from.

    `created` (external_id -> moment) dates that one; where it is not known, so is the stage's
    beginning, and it begins with the first move.
    """
    moves = snapshots.events(values)
    came_from = values.frame["from_stage"].to_numpy()
    firsts = moves.assign(stage=came_from).sort_values(["external_id", "at", "order", "row"])
    firsts = firsts.drop_duplicates("external_id").dropna(subset=["stage", "external_id"])
    began = looked_up(firsts["external_id"], created)
    beginnings = firsts.assign(
        at=began.fillna(firsts["at"]),
        order=float("-inf"),
        status=None,
        chances=float("nan"),
    ).astype({"status": "str"})
    return pd.concat([beginnings, moves], ignore_index=True)
