"""Exits: which way a stage was left, in the order of its cycle today."""

import pandas as pd

from pipeline.metrics.stages import KEY


def with_way(exits: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Say of every exit whether it led on, back, or to the end (won, lost).

    Takes `from_stage` and `stage`, with `way` moved, won or lost. The stage that was left becomes
    `stage`, the one it counts as where it is gone and mapped. A move to or from a stage without a
    place goes by the numbers of the stages. A move inside one stage is no exit.

    | cycle_code | stage | way  | exits |
    |------------|-------|------|-------|
    | F10        | 2     | on   | 4     |
    | F10        | 2     | lost | 2     |
    """
    known = places.set_index(KEY)
    left, entered = _looked_up(exits, "from_stage", known), _looked_up(exits, "stage", known)
    moved = exits["way"] == "moved"
    ways = exits["way"].mask(moved & (entered["place"] > left["place"]), "on")
    ways = ways.mask(moved & (entered["place"] < left["place"]), "back")
    inside = moved & (entered["place"] == left["place"])
    return exits.assign(stage=left["as_stage"].astype("int64"), way=ways)[~inside].drop(
        columns="from_stage"
    )


def _looked_up(exits: pd.DataFrame, column: str, known: pd.DataFrame) -> pd.DataFrame:
    """The place of a stage, and the stage it counts as; the number itself where it has none."""
    keys = pd.MultiIndex.from_frame(exits[["cycle_code", column]])
    found = known.reindex(keys)[["position", "as_stage"]].astype("float64").set_index(exits.index)
    return pd.DataFrame(
        {
            "place": found["position"].fillna(exits[column]),
            "as_stage": found["as_stage"].fillna(exits[column]),
        }
    )
