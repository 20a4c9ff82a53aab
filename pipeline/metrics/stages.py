"""The stages that rows of a table stand for: in the order of their cycle, each with its name."""

import pandas as pd

KEY = ["cycle_code", "stage"]


def every_stage(stages: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """Give every stage of the cycles, in order, with the sums it has; nothing where it has none.

    Stages that the log knows and their cycle has no longer follow behind those it has, so that no
    row of `sums` is lost.

    | cycle_code | stage | position | stage_description | opportunities | ... |
    |------------|-------|----------|-------------------|---------------|-----|
    | EXISTING   | 1     | 1        | Qualification     | 5             |     |
    | EXISTING   | 9     | <NA>     | Stage 9 (removed) | 1             |     |
    """
    known = stages[[*KEY, "position", "stage_description"]]
    return (
        known.merge(sums, on=KEY, how="outer")
        .assign(
            position=lambda rows: rows["position"].astype("Int64"),
            stage_description=_described,
        )
        .sort_values(["cycle_code", "position", "stage"], ignore_index=True)
    )


def _described(rows: pd.DataFrame) -> pd.Series:
    """Name a stage: its description, else its number; and say when the cycle lost it."""
    number = "Stage " + rows["stage"].astype("str")
    described = rows["stage_description"].where(rows["stage_description"].fillna("") != "", number)
    return described.where(rows["position"].notna(), number + " (removed)")
