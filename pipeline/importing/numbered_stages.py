"""Stages whose keys are their numbers: those that only a history or the store knows."""

import pandas as pd


def with_spoken(table: pd.DataFrame, events: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Give the stage table with the stages it lacks: those of the store, then those of entries.

    `events` carry cycle_code, stage (a number as text) and what entries say of it. A stage that
    only entries speak of is called and completed as the newest of them says; its chance is that
    of the newest move over stages, which takes the stage's own, else the most usual one.
    """
    whole = _added(table, _of_store(known))
    return _added(whole, _of_entries(events))


def _added(table: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    keys = ["cycle_code", "stage_id"]
    there = pd.MultiIndex.from_frame(table[keys])
    fresh = more[~pd.MultiIndex.from_frame(more[keys]).isin(there)]
    if fresh.empty:
        return table
    whole = pd.concat([table, fresh.reindex(columns=table.columns)], ignore_index=True)
    return whole.astype({name: dtype for name, dtype in table.dtypes.items() if name != "row"})


def _of_store(known: pd.DataFrame) -> pd.DataFrame:
    there = known.dropna(subset="stage")
    return pd.DataFrame(
        {
            "cycle_code": there["cycle_code"],
            "stage_id": there["stage"].astype("int64").astype("str"),
            "stage": there["description"],
            "position": there["position"].astype("float64"),
            "outcome": "open",
            "row": 0,
        }
    )


def _of_entries(events: pd.DataFrame) -> pd.DataFrame:
    is_number = events["stage"].str.fullmatch(r"\d+").fillna(value=False).astype(bool)
    is_open = events["outcome"].fillna("open") == "open"
    spoken = events[is_number & is_open].sort_values(["at", "order"], kind="stable")
    spoken = spoken.assign(moved=spoken["chances"].where(spoken["action"] == "move"))
    said = spoken.groupby(["cycle_code", "stage"], as_index=False).agg(
        stage_name=("stage_name", "last"),
        completed=("completed", "last"),
        moved=("moved", "last"),
        usual=("chances", most_usual),
    )
    return pd.DataFrame(
        {
            "cycle_code": said["cycle_code"],
            "stage_id": said["stage"],
            "stage": said["stage_name"].fillna("").astype("str"),
            "position": said["stage"].astype("float64"),
            "chances": said["moved"].fillna(said["usual"]).astype("float64"),
            "completed": said["completed"],
            "outcome": "open",
            "row": 0,
        }
    )


def most_usual(values: pd.Series) -> float:
    """Give the value that comes most often, the lowest of several; missing where there is none."""
    counted = values.mode()
    return float(counted.iloc[0]) if len(counted) else float("nan")
