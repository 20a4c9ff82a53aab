"""The life of every opportunity: its history where the files have one, else creation and close."""

import pandas as pd

from pipeline.importing.columns import days
from pipeline.importing.export import events as as_events
from pipeline.importing.export import no_events
from pipeline.importing.profile import Profile
from pipeline.importing.shapes import none
from pipeline.importing.translate import among, looked_up

_NEVER_SAID = {
    "amount": "amount",
    "expected_close_on": "expected_close_on",
    "owner": "owner_key",
    "forecast_category": "forecast_category",
}
"""Part of an event -> where the opportunity holds it."""
CAUGHT_UP = "the history ends before: as the opportunity stands today"


def lives_of(
    deals: pd.DataFrame, events: pd.DataFrame, profile: Profile, now: pd.Timestamp
) -> pd.DataFrame:
    """Give the events of all lives.

    - Without history: `shapes.none`.
    - A draft without history has no events.
    - A history that begins with the close began, like a life without history, where it was made,
      if that was on an earlier day; a complete one began with the close.
    - A history that ends otherwise than the opportunity stands today is caught up with it.
    """
    has_history = among(deals["external_id"], events["external_id"])
    begun = has_history | ~deals["is_draft"]
    deals, has_history = deals[begun], has_history[begun]
    lived = deals[has_history]
    if lived.empty:
        return none.lives(deals, profile, now)
    ordered = events.sort_values(["external_id", "at", "order", "row"], kind="stable")
    return pd.concat(
        [
            none.lives(deals[~has_history], profile, now),
            _beginnings(lived, ordered, profile, now),
            _dated(_filled(ordered, lived, profile), profile),
            _caught_up(lived, ordered, now),
        ],
        ignore_index=True,
    )


def _filled(ordered: pd.DataFrame, lived: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Give events what only the opportunity knows.

    A part of the standing that a history never speaks of has always been as it is today. Reason,
    won amount and close date are those of the close that stands.
    """
    deals = lived.drop_duplicates("external_id").set_index("external_id")
    keys = ordered["external_id"]
    first = ~keys.duplicated()
    filled = {}
    for name, held in _NEVER_SAID.items():
        spoken_of = ordered[name].notna().groupby(keys, sort=False).transform("any")
        today = looked_up(keys, deals[held])
        # of a complete history any row may be the first that is new in a later file
        filled[name] = ordered[name].mask((first | profile.is_complete) & ~spoken_of, today)
    stands = ordered["outcome"].isin(["won", "lost"]) & (
        ordered["outcome"] == looked_up(keys, deals["outcome"])
    )
    deals = deals.assign(close_on=deals["closed_on"].fillna(deals["close_on"]))
    for name in ("won_amount", "close_reason", "close_on"):
        today = looked_up(keys, deals[name])
        filled[name] = ordered[name].mask(stands & ordered[name].isna(), today)
    return ordered.assign(**filled)


def _dated(ordered: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Give events their business day, in the source's time zone."""
    day = ordered["day"].fillna(days(ordered["at"], profile.parsing.time_zone))
    expected = ordered["expected_close_on"].fillna(
        ordered["close_on"].where(ordered["outcome"].fillna("open") == "open")
    )
    return as_events(ordered.assign(day=day, expected_close_on=expected))


def _beginnings(
    lived: pd.DataFrame, ordered: pd.DataFrame, profile: Profile, now: pd.Timestamp
) -> pd.DataFrame:
    firsts = ordered.drop_duplicates("external_id").set_index("external_id")
    outcome = looked_up(lived["external_id"], firsts["outcome"])
    began = looked_up(lived["external_id"], firsts["at"])
    if profile.is_complete:
        return no_events()
    headless = outcome.isin(["won", "lost"]) & (lived["created_on"] < began.dt.floor("D"))
    made = none.lives(lived[headless], profile, now)
    return made[made["outcome"] == "open"]


def _caught_up(lived: pd.DataFrame, ordered: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    """Give an event for each opportunity that stands otherwise than its history ends."""
    names = ["outcome", "stage_number", "at"]
    last = ordered.groupby("external_id", sort=False)[names].last()
    keys = lived["external_id"]
    outcome, stage, ended = (looked_up(keys, last[name]) for name in names)
    is_open = lived["outcome"] == "open"
    moved = is_open & lived["stage_number"].notna() & (lived["stage_number"] != stage)
    differs = (lived["outcome"] != outcome.fillna("open")) | moved
    late = lived[differs]
    since = late["ended_on"].fillna(late["stage_since"])
    at = since.where(since > ended[differs], ended[differs]).fillna(now).astype("datetime64[us]")
    return as_events(
        pd.DataFrame(
            {
                "external_id": late["external_id"],
                "file": late["file"],
                "row": late["row"],
                "at": at,
                "day": at.dt.floor("D"),
                "order": float("inf"),
                "stage": late["stage"].where(is_open[differs]),
                "outcome": late["outcome"],
                "amount": late["amount"],
                "won_amount": late["won_amount"],
                "owner": late["owner_key"],
                "close_reason": late["close_reason"],
                "note": CAUGHT_UP,
            }
        )
    )
