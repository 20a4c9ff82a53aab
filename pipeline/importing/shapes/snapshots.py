"""Snapshot rows: each is the whole state after a change. Salesforce, Business Central, SCD2."""

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.shapes.rows import FROM_ROWS, positioned


def events(values: Values) -> pd.DataFrame:
    """Give an event for each row; repeats of a state fall out when the log is written.

    Rows of one moment are ordered by when they stopped being valid, the valid one last, then by
    their order in the file. The word of a stage is its number, where the file has that.
    """
    rows = values.frame[FROM_ROWS].assign(
        owner=values.frame["owner_id"].fillna(values.frame["owner"]),
    )
    ends = values.frame["until"]
    until = ends.astype("int64").astype("float64").where(ends.notna(), float("inf"))
    order = values.frame["order"] if values.has("order") else until if values.has("until") else 0.0
    number = values.frame["stage_no"]
    word = number.where(number > 0).astype("Int64").astype("str")
    named = rows.assign(stage=word.fillna(rows["stage"]), stage_name=rows["stage"])
    return positioned(named.assign(order=order), values)
