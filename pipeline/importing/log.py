"""From events, which say what changed, to rows of the log, which say how everything stood then."""

from dataclasses import dataclass

import pandas as pd

from pipeline.importing import faults
from pipeline.importing.faults import Effect

_CARRIED = ["outcome", "amount", "expected_close_on", "owner_code", "forecast_category"]
_CLOSED = ["won", "lost"]

LOG_COLUMNS = [
    "external_id",
    "nth",
    "action",
    "stage",
    "amount",
    "won_amount",
    "chances_percent",
    "expected_close_on",
    "owner_code",
    "forecast_category",
    "close_reason_code",
    "valid_from",
    "recorded_at",
    "recorded_by",
    "note",
]
NO_TRANSITIONS = pd.DataFrame(
    {name: pd.Series(dtype="str" if name == "external_id" else "object") for name in LOG_COLUMNS}
)


@dataclass(frozen=True, kw_only=True)
class Log:
    """The rows of the log that events make, and the events that make none."""

    transitions: pd.DataFrame
    """See `LOG_COLUMNS`; complete standings, numbered within each opportunity."""
    faults: pd.DataFrame


def log_of(events: pd.DataFrame, positions: pd.DataFrame, by: str) -> Log:
    """Turn events into rows of the log.

    `events` carry external_id, at, day, order, stage (a number), outcome, the other parts of a
    standing, and cycle_code; `positions` (cycle_code, stage, position) tells forward from backward.

    - A move is `next` or `previous` to the neighbouring stage, else `skip` forward, `jump` back.
    - A close that changes from won to lost or back reopens the opportunity first, the same day.
    - Where the events say what was done (`action`), that stands: an update without a change is
      one, a move to the neighbouring stage is a skip or jump.
    - What changes a closed opportunity without reopening it is set aside, and so is an event
      that changes nothing.
    """
    rows = _standing(events, positions)
    rows = rows[rows["is_started"]]
    rows = _with_reopenings(rows)
    rows["action"] = _actions(rows)
    late = rows[rows["action"] == "after the close"]
    empty = rows[rows["action"] == "nothing"]
    kept = rows[~rows["action"].isin(["after the close", "nothing"])]
    return Log(
        transitions=_transitions(kept, by),
        faults=faults.together([_late(late), _empty(empty)]),
    )


def _standing(events: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Give every event the whole standing after it, and that of the event in front."""
    rows = events.sort_values(
        ["external_id", "at", "order", "row"], kind="stable", ignore_index=True
    )
    same = rows["external_id"].eq(rows["external_id"].shift())
    life = (~same).cumsum()
    rows[_CARRIED] = rows.groupby(life, sort=False)[_CARRIED].ffill()
    rows["outcome"] = rows["outcome"].fillna("open")
    is_open = rows["outcome"] == "open"
    rows["stage"] = rows["stage"].where(is_open).groupby(life, sort=False).ffill()
    was_closed = (~is_open).groupby(life, sort=False).cummax()
    rows["stage"] = rows["stage"].mask(
        rows["stage"].isna() & is_open & was_closed, rows["first_stage"]
    )
    rows["valid_from"] = _business_days(rows, life)
    rows["is_started"] = rows["stage"].notna() | ~is_open
    rows["life"] = life
    stay = (
        rows["stage"].ne(rows["stage"].shift()) | ~same | ~is_open.shift(fill_value=True)
    ).cumsum()
    rows["chances"] = rows.groupby(stay, sort=False)["chances"].ffill()
    place = positions.assign(stage=positions["stage"].astype("float64"))
    return rows.merge(place, on=["cycle_code", "stage"], how="left", validate="many_to_one")


def _business_days(rows: pd.DataFrame, life: pd.Series) -> "pd.Series[pd.Timestamp]":
    """Give the day each change took effect, never before that of the change in front.

    A close counts on the close date the source keeps, if that lies between the change in front
    and the moment of the entry: on the 2nd somebody enters what was won on the 30th.
    """
    day = rows["day"]
    front = day.groupby(life, sort=False).cummax().groupby(life, sort=False).shift()
    closing = rows["outcome"].isin(_CLOSED) & rows["close_on"].notna()
    earlier = closing & (rows["close_on"] < day) & (rows["close_on"] >= front)
    return day.mask(earlier, rows["close_on"]).groupby(life, sort=False).cummax()


def _with_reopenings(rows: pd.DataFrame) -> pd.DataFrame:
    """Put a reopening between a close and a close with the other outcome."""
    same = rows["life"].eq(rows["life"].shift())
    before = rows["outcome"].shift().where(same)
    switched = before.isin(_CLOSED) & rows["outcome"].isin(_CLOSED) & before.ne(rows["outcome"])
    if not switched.any():
        return rows.assign(made=False)
    reopened = rows[switched].assign(
        outcome="open",
        won_amount=float("nan"),
        close_reason_code=None,
        note="closed again with another outcome",
        made=True,
        action=None,
    )
    reopened["stage"] = reopened["stage"].fillna(reopened["first_stage"])
    whole = pd.concat([rows.assign(made=False), reopened])
    whole["was_made"] = ~whole["made"]
    return whole.sort_index(kind="stable").sort_values(
        ["life", "at", "order", "row", "was_made"], kind="stable", ignore_index=True
    )


def _actions(rows: pd.DataFrame) -> "pd.Series[str]":
    """Name what each row did, by comparing it with the one in front."""
    same = rows["life"].eq(rows["life"].shift())
    was_closed = rows["outcome"].shift().isin(_CLOSED) & same
    is_closed = rows["outcome"].isin(_CLOSED)
    step = rows["position"] - rows["position"].shift()
    changed = {name: _changed(rows[name]) for name in (*_CARRIED, "chances")}
    figures = changed["amount"] | changed["expected_close_on"] | changed["chances"]
    said = rows["action"].where(same & ~was_closed & ~is_closed)
    actions = pd.Series("nothing", index=rows.index, dtype="str")
    for action, when in (
        ("edit", changed["forecast_category"]),
        ("update", figures),
        ("reassign", changed["owner_code"]),
        ("skip", step > 1),
        ("next", step == 1),
        ("previous", step == -1),
        ("jump", step < -1),
        # what the source says was done, where it can have been; an entry is one without a change
        ("update", said.notna() & (step == 0)),
        ("next", (said == "next") & (step != 0)),
        ("previous", (said == "previous") & (step != 0)),
        ("skip", (said == "move") & (step > 0)),
        ("jump", (said == "move") & (step < 0)),
        ("first", ~same),
        ("reopen", was_closed & ~is_closed),
        ("after the close", was_closed & is_closed),
        ("won", (rows["outcome"] == "won") & ~was_closed),
        ("lost", (rows["outcome"] == "lost") & ~was_closed),
    ):
        actions = actions.mask(when, action)
    return actions


def _changed(values: pd.Series) -> "pd.Series[bool]":
    before = values.shift()
    return values.ne(before) & ~(values.isna() & before.isna())


def _transitions(kept: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give the rows of the log as the store takes them."""
    closed = kept["action"].isin(_CLOSED)
    amount = kept["amount"].fillna(kept["won_amount"].where(kept["action"] == "won"))
    return pd.DataFrame(
        {
            "external_id": kept["external_id"],
            "nth": kept.groupby("life", sort=False).cumcount() + 1,
            "action": kept["action"],
            "stage": kept["stage"].where(~closed, 0).astype("int64"),
            "amount": amount,
            "won_amount": kept["won_amount"].where(kept["action"] == "won"),
            "chances_percent": kept["chances"].where(~closed),
            "expected_close_on": kept["expected_close_on"].mask(closed, kept["valid_from"]),
            "owner_code": kept["owner_code"],
            "forecast_category": kept["forecast_category"],
            "close_reason_code": kept["close_reason_code"].where(closed),
            "valid_from": kept["valid_from"],
            "recorded_at": kept["at"],
            "recorded_by": kept["by"].fillna(by),
            "note": kept["note"].fillna(""),
        }
    )[LOG_COLUMNS].reset_index(drop=True)


def _late(rows: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        rows,
        rows["external_id"],
        column="",
        reason="It changes an opportunity that is closed, without reopening it.",
        remedy="Nothing to do: what was won or lost stays as it was closed.",
        effect=Effect.SET_ASIDE,
    )


def _empty(rows: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        rows,
        rows["external_id"],
        column="",
        reason="It changes nothing that is kept.",
        remedy="Nothing to do.",
        effect=Effect.SET_ASIDE,
    )
