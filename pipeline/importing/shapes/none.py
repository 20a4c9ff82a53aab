"""No history: what an opportunity is today, its creation and its close are all that is known."""

import pandas as pd

from pipeline.importing.export import events
from pipeline.importing.profile import Profile

UNDATED_NOTE = "no date in the file: dated the day of the import"
REACHED_NOTE = "stage before the close not in the file"


def lives(deals: pd.DataFrame, profile: Profile, now: pd.Timestamp) -> pd.DataFrame:
    """Give the events of opportunities without history: where they began, and how they ended.

    An open one has been in its stage of today since it was created. A closed one was, until it
    closed, in the stage it still carries beside its status, else in the one the profile says it
    had reached (`rules.reached`, else the first). The deals
    carry `outcome`, and `created_at` wherever the file knows it.
    """
    return pd.concat([_beginnings(deals, profile, now), _ends(deals)], ignore_index=True)


def _beginnings(deals: pd.DataFrame, profile: Profile, now: pd.Timestamp) -> pd.DataFrame:
    is_open = deals["outcome"] == "open"
    has_stage = deals["stage_number"].notna()
    reached = pd.Series(profile.rules.reached or None, index=deals.index, dtype="str")
    undated = deals["created_at"].isna()
    notes = pd.Series("", index=deals.index, dtype="str")
    notes = notes.mask(~is_open & ~has_stage, REACHED_NOTE).mask(undated, UNDATED_NOTE)
    return events(
        pd.DataFrame(
            {
                "external_id": deals["external_id"],
                "file": deals["file"],
                "row": deals["row"],
                "at": deals["created_at"].fillna(now),
                "day": deals["created_on"],
                "order": 0.0,
                "stage": deals["stage"].where(is_open | has_stage, reached),
                "outcome": "open",
                "amount": deals["amount"],
                "chances": deals["chances"].where(is_open),
                "expected_close_on": deals["expected_close_on"].fillna(
                    deals["close_on"].where(is_open)
                ),
                "owner": deals["owner_key"],
                "forecast_category": deals["forecast_category"].where(is_open),
                "note": notes,
            }
        )
    )


def _ends(deals: pd.DataFrame) -> pd.DataFrame:
    """Give the closes; one on the day of the creation, which has no time, came after it."""
    closed = deals[deals["outcome"] != "open"]
    ended, begun = closed["ended_on"], closed["created_at"]
    return events(
        pd.DataFrame(
            {
                "external_id": closed["external_id"],
                "file": closed["file"],
                "row": closed["row"],
                "at": ended.mask(begun > ended, begun),
                "day": ended,
                "order": 1.0,
                "outcome": closed["outcome"],
                "won_amount": closed["won_amount"],
                "owner": closed["owner_key"],
                "forecast_category": closed["forecast_category"],
                "close_reason": closed["close_reason"],
            }
        )
    )
