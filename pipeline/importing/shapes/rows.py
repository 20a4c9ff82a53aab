"""What the adapters share: rows of a table as events that know where they were read."""

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.export import events

FROM_ROWS = [
    "external_id",
    "at",
    "stage",
    "cycle",
    "status",
    "is_closed",
    "is_won",
    "is_lost",
    "amount",
    "won_amount",
    "chances",
    "expected_close_on",
    "close_on",
    "close_reason",
    "forecast_category",
    "by",
    "event_id",
    "action",
    "completed",
    "probability",
    "contact_id",
    "campaign_id",
]
"""The columns of a history that are those of an event."""


def positioned(rows: pd.DataFrame, values: Values) -> pd.DataFrame:
    """Give rows as events, each with its file and row number (the index)."""
    flags = rows.reindex(columns=["is_closed", "is_won", "is_lost"]).reset_index(drop=True)
    placed = rows.drop(columns=["is_closed", "is_won", "is_lost"], errors="ignore").assign(
        file=values.table.name, row=rows.index
    )
    return pd.concat([events(placed), flags.astype("boolean")], axis=1)
