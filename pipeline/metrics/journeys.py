"""Journeys: what the stages an opportunity was in, in order, tell about its way.

A journey is a path and how it ended, with the number of opportunities that took it. `places` says
where each stage stands in its cycle today, stages that are gone and mapped to another included:
`as_stage` is the stage a row counts as, itself or the one it is mapped to.
"""

import numpy as np
import pandas as pd

from pipeline.metrics.stages import KEY

WON, LOST, OPEN = "won", "lost", "in progress"
ENDS = (WON, LOST, OPEN)
MARKS = ["high_position", "kept_position", "strict_position"]
START = 0
"""Where a journey comes from before its first stage."""


def visits(journeys: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Every stay of every journey in order; without a place where the cycle lost the stage.

    | journey | visit | cycle_code | stage | position | as_stage |
    |---------|-------|------------|-------|----------|----------|
    | 0       | 0     | F10        | 1     | 1        | 1        |
    | 0       | 1     | F10        | 9     | <NA>     | 9        |
    """
    return (
        stays_of(journeys)
        .merge(places[[*KEY, "position", "as_stage"]], on=KEY, how="left")
        .assign(
            position=lambda rows: rows["position"].astype("Int64"),
            as_stage=lambda rows: rows["as_stage"].fillna(rows["stage"]).astype("int64"),
        )
    )


def stays_of(journeys: pd.DataFrame) -> pd.DataFrame:
    """Every stay of every journey in order: `journey, visit, cycle_code, stage`.

    All paths are read as one text, which is many times faster than one after the other.
    """
    paths = journeys["path"].to_list()
    lengths = np.array([len(path.split()) for path in paths], dtype="int64")
    journey = np.repeat(np.arange(len(paths)), lengths)
    begins = np.repeat(lengths.cumsum() - lengths, lengths)
    return pd.DataFrame(
        {
            "journey": journey,
            "visit": np.arange(len(journey)) - begins,
            "cycle_code": journeys["cycle_code"].to_numpy()[journey],
            "stage": np.array(" ".join(paths).split(), dtype="int64"),
        }
    )


def with_marks(journeys: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Give each journey the three marks that counting rules go by, each a place in its cycle.

    `high_position` is the furthest place it was at, `kept_position` the one it stands at or stood
    at when it was closed (a move back cancels what was behind), `strict_position` the one up to
    which it was in every stage, in order. Each is null where there is none.

    | path    | status      | high_position | kept_position | strict_position |
    |---------|-------------|---------------|---------------|-----------------|
    | 1 2 3 2 | in progress | 3             | 2             | 3               |
    | 1 3     | won         | 3             | 3             | 1               |
    """
    few = journeys[["cycle_code", "path"]].drop_duplicates(ignore_index=True)
    placed = visits(few, places).dropna(subset="position")
    whole = range(len(few))
    by_journey = placed.groupby("journey")["position"]
    marks = few.assign(
        high_position=by_journey.max().reindex(whole).astype("Int64"),
        kept_position=by_journey.last().reindex(whole).astype("Int64"),
        strict_position=_strict(placed, places).reindex(whole).astype("Int64"),
    )
    marked = journeys[["cycle_code", "path"]].merge(marks, on=["cycle_code", "path"], how="left")
    return journeys.assign(**{name: marked[name].to_numpy() for name in MARKS})


def _strict(placed: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    """Follow every journey from the first place to the next, and the next, as far as it went."""
    order = places.groupby("cycle_code")["position"].rank(method="dense").astype("int64")
    ranks = places.assign(rank=order)[[*KEY, "rank"]]
    ranked = placed.merge(ranks, on=KEY)[["journey", "visit", "position", "rank"]]
    arrived = pd.Series(-1, index=ranked["journey"].unique())
    furthest: dict[int, int] = {}
    for _, stays in ranked.groupby("rank"):
        # Of the stays at this place, the first one behind the arrival at the place before.
        later = stays["visit"].to_numpy() > stays["journey"].map(arrived).to_numpy("float64")
        found = stays[later].drop_duplicates("journey")
        furthest |= dict(zip(found["journey"], found["position"], strict=True))
        arrived = found.set_index("journey")["visit"]
    return pd.Series(furthest, dtype="Int64")


def steps(journeys: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Every step of every journey: from where to where, its start and its end included.

    `came_from` is 0 at the start; `went_to` is won, lost or in progress at the end, else a stage.
    `way` is back where the step leads to an earlier place, again where it leads to the same one
    (a reopening), on where it leads to a later one; start, and the end, are ways of their own.

    | journey | came_from | went_to     | way         |
    |---------|-----------|-------------|-------------|
    | 0       | 0         | 1           | start       |
    | 0       | 1         | 3           | on          |
    | 0       | 3         | won         | won         |
    """
    stays = visits(journeys, places)
    first = stays["visit"] == 0
    inner = stays.assign(
        came_from=stays["as_stage"].shift(1, fill_value=START).mask(first, START),
        came_position=stays["position"].shift(1).mask(first),
        went_to=stays["as_stage"].astype("str"),
    )
    last = stays.drop_duplicates("journey", keep="last").set_index("journey")["as_stage"]
    ends = pd.DataFrame({"journey": range(len(journeys)), "went_to": journeys["status"].to_numpy()})
    ends = ends.assign(
        cycle_code=journeys["cycle_code"].to_numpy(),
        came_from=ends["journey"].map(last).fillna(START).astype("int64"),
        way=ends["went_to"],
    )
    names = ["journey", "cycle_code", "came_from", "went_to", "way"]
    return pd.concat([inner.assign(way=_way(inner))[names], ends[names]], ignore_index=True)


def _way(inner: pd.DataFrame) -> pd.Series:
    """Name the way of each step between stages; where a place is unknown, the way is too."""
    ways = pd.Series("unplaced", index=inner.index)
    before, after = inner["came_position"], inner["position"]
    ways = ways.mask((after > before).fillna(value=False), "on")
    ways = ways.mask((after < before).fillna(value=False), "back")
    ways = ways.mask(inner["came_from"] == inner["as_stage"], "again")
    return ways.mask(inner["came_from"] == START, "start")


def that_visited(stays: pd.DataFrame, stage: int) -> pd.Series:
    """The journeys that were ever in a stage."""
    return _unique(stays.loc[stays["as_stage"] == stage, "journey"])


def that_bounced(taken: pd.DataFrame, stage: int) -> pd.Series:
    """The journeys that ever left a stage for an earlier one; takes `steps`."""
    return _unique(taken.loc[(taken["came_from"] == stage) & (taken["way"] == "back"), "journey"])


def that_stepped(taken: pd.DataFrame, came_from: int, went_to: str) -> pd.Series:
    """The journeys that ever went from one stage to another, or to an end; takes `steps`."""
    held = (taken["came_from"] == came_from) & (taken["went_to"] == went_to)
    return _unique(taken.loc[held, "journey"])


def that_ended_in(taken: pd.DataFrame, stage: int) -> pd.Series:
    """The journeys whose last stage is this one, 0 for those that never were in any."""
    held = (taken["came_from"] == stage) & taken["went_to"].isin(ENDS)
    return _unique(taken.loc[held, "journey"])


def _unique(journeys: pd.Series) -> pd.Series:
    return journeys.drop_duplicates()
