"""Opportunities that were imported before: what a newer export knows of them beyond that.

With a history, what happened after the last row that was imported is new. Without one the
export is compared with where the opportunity stands, and what differs happened between two imports.
"""

from dataclasses import dataclass

import pandas as pd

from pipeline.domain.words import agreeing
from pipeline.importing import faults
from pipeline.importing.columns import days
from pipeline.importing.export import events as as_events
from pipeline.importing.faults import Effect
from pipeline.importing.log import Log, log_of
from pipeline.importing.profile import Profile
from pipeline.importing.translate import among, looked_up

BETWEEN_NOTE = "between two imports"
_SEED = float("-inf")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where opportunities stand that were imported before; see `known_of_source.sql`."""

    rows: pd.DataFrame

    def taken_on(self, deals: pd.DataFrame) -> "pd.Series[bool]":
        """Say which deals may go on: not removed, changed by people or in another cycle since.

        What people did here is newer than any export, and is not overruled by one.
        """
        rows = self.rows.set_index("external_id")[["is_removed", "is_imported", "cycle_code"]]
        mine = rows.reindex(pd.Index(deals["external_id"])).set_axis(deals.index)
        left = mine["is_removed"].astype(bool) | ~mine["is_imported"].astype(bool)
        return ~left & (mine["cycle_code"] == deals["cycle_code"])

    def notes(self, deals: pd.DataFrame) -> tuple[str, ...]:
        """Say how many of the deals that were imported before do not go on."""
        left = int((~self.taken_on(deals)).sum())
        words = (
            "changed here, removed, or put in another sales cycle since the import; what stands "
            "here stays"
        )
        told = agreeing(left, f"opportunity was {words}.", f"opportunities were {words}.")
        return (told,) if left else ()

    def seeds(self, keys: pd.Series) -> pd.DataFrame:
        """Give one event for each opportunity that says where it stands."""
        rows = self.rows[among(self.rows["external_id"], keys) & (self.rows["last_nth"] > 0)]
        is_open = rows["status"] == "in progress"
        seeds = as_events(
            pd.DataFrame(
                {
                    "external_id": rows["external_id"],
                    "at": rows["recorded_at"],
                    "day": rows["standing_since"],
                    "order": _SEED,
                    "outcome": rows["status"].where(~is_open, "open"),
                    "amount": rows["amount"],
                    "chances": rows["chances_percent"].where(is_open),
                    "expected_close_on": rows["expected_close_on"].where(is_open),
                    "forecast_category": rows["forecast_category"],
                }
            )
        )
        return seeds.assign(
            stage=rows["stage"].where(is_open).astype("float64").to_numpy(),
            owner_code=rows["owner_code"].astype("str").to_numpy(),
            close_reason_code=pd.Series(None, index=seeds.index, dtype="str"),
            cycle_code=rows["cycle_code"].astype("str").to_numpy(),
        )


def newer(lives: pd.DataFrame, standing: Standing) -> pd.DataFrame:
    """Give the events of histories that happened after the last row that was imported.

    Of the moment of that row, a day where the source keeps no times, those are new that stand
    behind as many as were imported.
    """
    rows = standing.rows.set_index("external_id")
    last = looked_up(lives["external_id"], rows["recorded_at"])
    ordered = lives[lives["at"] == last].sort_values(["external_id", "order", "row"], kind="stable")
    nth = ordered.groupby("external_id", sort=False).cumcount() + 1
    more = nth > looked_up(ordered["external_id"], rows["rows_of_moment"])
    behind = more.reindex(lives.index, fill_value=False)
    return lives[(lives["at"] > last) | last.isna() | behind]


def handed_over(deals: pd.DataFrame, standing: Standing, today: pd.Timestamp) -> pd.DataFrame:
    """Give an event for the owner each deal has in the export now; it may change nothing.

    A source that keeps no entry of it only shows that somebody else owns the deal since.
    """
    rows = standing.rows.set_index("external_id")
    owned = deals[deals["owner_key"].notna()]
    since = looked_up(owned["external_id"], rows["standing_since"])
    recorded = looked_up(owned["external_id"], rows["recorded_at"])
    return as_events(
        pd.DataFrame(
            {
                "external_id": owned["external_id"],
                "file": owned["file"],
                "row": owned["row"],
                "at": recorded.where(recorded > today, today),
                "day": since.where(since > today, today),
                "order": float("inf"),
                "owner": owned["owner_key"],
                "note": BETWEEN_NOTE,
            }
        )
    )


def differences(
    deals: pd.DataFrame,
    standing: Standing,
    profile: Profile,
    now: pd.Timestamp,
    today: pd.Timestamp,
) -> pd.DataFrame:
    """Give an event for each deal without history: how it stands in the export now.

    Its day is the one the export knows (of the close, or since when the stage), if that lies
    between the standing row and today, else today. It is never before the row that stands, not
    even where that was recorded with a later day than today. One that was closed then and now is
    left out.
    """
    rows = standing.rows.set_index("external_id")
    keys = deals["external_id"]
    before = looked_up(keys, rows["status"])
    closed_still = before.isin(["won", "lost"]) & (before == deals["outcome"])
    live = deals[~closed_still]
    is_open = live["outcome"] == "open"
    since = looked_up(live["external_id"], rows["standing_since"])
    day = live["ended_on"].where(~is_open, days(live["stage_since"], profile.parsing.time_zone))
    day = day.where((day >= since) & (day <= today), since.where(since > today, today))
    recorded = looked_up(live["external_id"], rows["recorded_at"])
    return as_events(
        pd.DataFrame(
            {
                "external_id": live["external_id"],
                "file": live["file"],
                "row": live["row"],
                "at": recorded.where(recorded > now, now),
                "day": day,
                "order": 0.0,
                "stage": live["stage"].where(is_open),
                "outcome": live["outcome"],
                "amount": live["amount"],
                "won_amount": live["won_amount"].where(~is_open),
                "expected_close_on": live["expected_close_on"]
                .fillna(live["close_on"])
                .where(is_open),
                "owner": live["owner_key"],
                "forecast_category": live["forecast_category"].where(is_open),
                "close_reason": live["close_reason"].where(~is_open),
                "note": BETWEEN_NOTE,
            }
        )
    )


def continued(events: pd.DataFrame, standing: Standing, positions: pd.DataFrame, by: str) -> Log:
    """Turn events into rows of the log that go on behind those that stand."""
    started = standing.rows[standing.rows["last_nth"] > 0]
    seeds = standing.seeds(events["external_id"])
    seeds["first_stage"] = float("nan")
    log = log_of(pd.concat([seeds, events], ignore_index=True), positions, by)
    rows = log.transitions
    seeded = among(rows["external_id"], started["external_id"])
    last = looked_up(rows["external_id"], standing.rows.set_index("external_id")["last_nth"])
    nth = (rows["nth"] - seeded.astype("int64") + last).astype("int64")
    fresh = rows.assign(nth=nth)[~(seeded & (rows["nth"] == 1))]
    said = log.faults[log.faults["effect"] != Effect.SET_ASIDE.value]
    return Log(transitions=fresh.reset_index(drop=True), faults=faults.together([said]))
