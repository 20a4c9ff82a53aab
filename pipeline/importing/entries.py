"""Histories that are complete: every row is an entry, in the order in which it was written.

Entries are numbered, or stand in the file in their order; their dates have no times. Two that say
the same are two entries, where others would be a change told twice.
"""

import pandas as pd

from pipeline.domain.words import agreeing
from pipeline.importing.columns import Values
from pipeline.importing.translate import looked_up

_LIFE = ["external_id", "order", "row"]
_BEHIND = 1e9
_NO_CHANCES = "carries no chances; typed ones cannot be rebuilt, those of the stages are taken."


def in_their_order(events: pd.DataFrame, one: Values) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Give the events of a table of entries in the order of writing, and notes on it.

    The entry number is the order, whatever the dates say: an entry dated before the one in front
    of it happened with that one. Without numbers it is the order of the file, from the bottom up
    where the newest stand first; the row without an action comes first and the active one last.
    """
    unsaid = () if one.has("chances") else (f"{one.table.name} {_NO_CHANCES}",)
    if one.has("order"):
        forward, notes = _dated_forward(events, one)
        return forward, (*unsaid, *notes)
    rises, falls = _steps(events)
    place = events["row"] if rises >= falls else -events["row"]
    first = looked_up(events["row"], one.frame["action"]).isna() & one.has("action")
    active = looked_up(events["row"], one.frame["is_active"]).fillna(value=False).astype(bool)
    order = place.astype("float64") - _BEHIND * first + _BEHIND * (active & ~first)
    direction = "" if rises >= falls else ", read from the bottom up, for the newest stand first"
    note = f"changes of one day are taken in the order of the file{direction}."
    return events.assign(order=order), (*unsaid, f"{one.table.name} numbers no entries; {note}")


def _steps(events: pd.DataFrame) -> tuple[int, int]:
    """Give how often the next row of the same opportunity is later, and how often earlier."""
    same = events["external_id"] == events["external_id"].shift()
    later, earlier = (events["at"] > events["at"].shift(), events["at"] < events["at"].shift())
    return int((same & later).sum()), int((same & earlier).sum())


def _dated_forward(events: pd.DataFrame, one: Values) -> tuple[pd.DataFrame, tuple[str, ...]]:
    written = events.dropna(subset=["external_id", "at"]).sort_values(_LIFE)
    forward = written.groupby("external_id", sort=False)["at"].cummax()
    late = int((forward != written["at"]).sum())
    dated = events.assign(at=forward.reindex(events.index).fillna(events["at"]))
    entries = agreeing(late, "entry is", "entries are")
    said = f"{entries} dated before the one in front in {one.table.name}; dated with it."
    return dated, (said,) if late else ()


def same_entry(events: pd.DataFrame, said: list[str], *, numbered: bool) -> "pd.Series[bool]":
    """Say which events repeat an entry of another file: the same number, or the same place.

    Without numbers the second of two alike in one file is another entry; the first of two alike
    in two files is one.
    """
    if numbered:
        return events.duplicated([*said, "event_id"])
    nth = events.groupby([*said, "file"], sort=False, dropna=False).cumcount()
    return events[said].assign(nth=nth).duplicated()
