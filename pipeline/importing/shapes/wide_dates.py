"""Wide date columns: one row per opportunity, a column for when each stage was entered. HubSpot.

A stage that was entered twice shows one entry only, so moves back cannot be seen.
"""

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.export import events as as_events


def events(values: Values) -> pd.DataFrame:
    """Give an event for each stage that was entered; ties are in the order of the columns."""
    entered = values.entered.assign(external_id=values.frame["external_id"])
    long = (
        entered.rename_axis("row")
        .reset_index()
        .melt(["row", "external_id"], var_name="stage", value_name="at")
        .dropna(subset=["at", "external_id"])
    )
    places = {name: float(place) for place, name in enumerate(values.entered.columns)}
    rows = long.assign(order=long["stage"].map(places), file=values.table.name)
    flags = {name: pd.Series(pd.NA, index=range(len(rows)), dtype="boolean") for name in _FLAGS}
    return as_events(rows).assign(**flags)


_FLAGS = ("is_closed", "is_won", "is_lost")
