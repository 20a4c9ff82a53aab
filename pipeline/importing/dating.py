"""When an opportunity began and ended, where its row says so in one way or another."""

import pandas as pd

from pipeline.importing import faults
from pipeline.importing.columns import days
from pipeline.importing.faults import Effect
from pipeline.importing.profile import Profile
from pipeline.importing.translate import among


def dated(
    deals: pd.DataFrame, profile: Profile, today: pd.Timestamp
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the deals with `ended_on` and `created_on`, and the faults of their dates.

    - A close date is that of the history (`closed_then`), else of the row; failing that the
      expected one, failing that the day the stage of today was entered. A closed opportunity
      without any is refused.
    - An opportunity without a day of creation is refused, or dated today if the profile says so.
    - One that was created, closed or put in its stage after today is refused.
    - One that closed before it was created was created, for us, the day it closed.
    """
    closed = deals["outcome"] != "open"
    zone = profile.parsing.time_zone
    ended = (
        days(deals["closed_then"], zone)
        .fillna(deals["closed_on"])
        .fillna(deals["close_on"])
        .fillna(deals["expected_close_on"])
    )
    ended = ended.fillna(days(deals["stage_since"], zone)).where(closed)
    created = days(deals["created_at"], zone)
    endless = closed & ended.isna()
    nowhere = created.isna() & ~endless & (closed | (profile.rules.no_created_on == "refuse"))
    since = days(deals["stage_since"], zone)
    ahead = [("created_at", created), ("closed_on", ended), ("stage_since", since)]
    future = [_future(deals, column, day, today) for column, day in ahead]
    to_come = (created > today) | (ended > today) | (since > today)
    backwards = closed & (ended < created) & ~to_come
    found = faults.together(
        [
            _endless(deals[endless]),
            _nowhere(deals[nowhere]),
            *future,
            _backwards(deals[backwards], created),
        ]
    )
    whole = deals.assign(
        ended_on=ended,
        created_at=deals["created_at"].mask(backwards, ended),
        created_on=created.mask(backwards, ended).fillna(today),
        is_undated=created.isna(),
    )
    return whole[~(endless | nowhere | to_come)], found


def lived(
    deals: pd.DataFrame, events: pd.DataFrame, profile: Profile, today: pd.Timestamp
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the deals whose history has happened, and a fault for each row of it still to come.

    Nothing is known yet of the days after today: an opportunity with a row there is refused.
    """
    day = events["day"].fillna(days(events["at"], profile.parsing.time_zone))
    found = _future(events, "at", day, today)
    return deals[~among(deals["external_id"], events.loc[day > today, "external_id"])], found


def _future(rows: pd.DataFrame, column: str, day: pd.Series, today: pd.Timestamp) -> pd.DataFrame:
    ahead = day > today
    return faults.of_rows(
        rows[ahead],
        day[ahead].dt.strftime("%Y-%m-%d"),
        column=column,
        reason=f"It lies in the future, after the day of the import ({today:%Y-%m-%d}).",
        remedy="Correct the date, or import the opportunity once that day has come.",
    )


def _endless(deals: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        deals,
        deals["external_id"],
        column="closed_on",
        reason="It is won or lost, and no date says since when.",
        remedy="Fill in the day it was closed.",
    )


def _nowhere(deals: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        deals,
        deals["external_id"],
        column="created_at",
        reason="No date says when it was created.",
        remedy="Fill in the day, or say in the profile that such rows are dated today.",
    )


def _backwards(deals: pd.DataFrame, created: pd.Series) -> pd.DataFrame:
    return faults.of_rows(
        deals,
        created.loc[deals.index].dt.strftime("%Y-%m-%d"),
        column="created_at",
        reason="It closed before it was created; its creation is taken to be the day it closed.",
        remedy="Correct one of the two dates in the source.",
        effect=Effect.MENDED,
    )
