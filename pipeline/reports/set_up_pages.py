"""What the set-up pages show: people, close reasons, campaigns, settings, and who uses them."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.domain.activities import Activity
from pipeline.domain.errors import NumberSeriesEndedError
from pipeline.domain.numbers import NumberSeries
from pipeline.domain.scope import Scope
from pipeline.domain.settings import SETTINGS
from pipeline.store import Session, records
from pipeline.store import activities as stored

_ANY_DAY = Scope(as_of=date.max)


@dataclass(frozen=True, kw_only=True)
class SoFar:
    """What a company has of what the first opportunity needs."""

    has_cycle: bool
    """A sales cycle with a stage that is not blocked."""
    has_salesperson: bool
    has_won_reason: bool
    has_lost_reason: bool
    has_opportunity: bool

    @property
    def has_reasons(self) -> bool:
        """There is a reason for each outcome."""
        return self.has_won_reason and self.has_lost_reason

    @property
    def is_complete(self) -> bool:
        """An opportunity can be entered, and closed either way."""
        return self.has_cycle and self.has_salesperson and self.has_reasons


def so_far(session: Session) -> SoFar:
    """How far the company is set up."""
    row = session.frame("set_up_so_far", _ANY_DAY).iloc[0]
    return SoFar(**{str(name): bool(value) for name, value in row.items()})


def people(session: Session) -> pd.DataFrame:
    """The salespeople, with what belongs to each now.

    Columns: `owner_code, name, team_code, blocked, open_now, contacts_owned`.
    """
    return session.frame("people", _ANY_DAY)


def teams(session: Session) -> pd.DataFrame:
    """The teams. Columns: `team_code, name, manager_code, members`."""
    return session.frame("teams_with_members", _ANY_DAY)


def close_reasons(session: Session) -> pd.DataFrame:
    """The close reasons, with the number of opportunities that stand closed for each.

    Columns: `close_reason_code, description, outcome, in_win_rate, used`.
    """
    return session.frame("close_reasons_in_use", _ANY_DAY)


def campaigns(session: Session) -> pd.DataFrame:
    """The campaigns, the latest first, with the number of opportunities of each.

    Columns: `campaign_no, description, starts_on, ends_on, activated, owner_code, opportunities`.
    """
    return session.frame("campaigns_in_use", _ANY_DAY)


def number_series(session: Session) -> pd.DataFrame:
    """The number series.

    Columns: `series_code, description, starting_no, ending_no, last_no, step, manual_allowed`.
    """
    return session.frame("number_series", _ANY_DAY)


def activities(session: Session) -> pd.DataFrame:
    """The activities that a stage can begin with. Columns: `activity_code, description`."""
    return session.frame("activities", _ANY_DAY)


def settings(session: Session) -> dict[str, str]:
    """Every setting of the company, its default where it is not set."""
    return {name: records.setting(session, name) or default for name, default in SETTINGS.items()}


def next_numbers(session: Session) -> list[str]:
    """The numbers that the next opportunity and the next contact get; none of a series that ended.

    One that is taken already is passed over when the time comes.
    """
    wanted = (records.setting(session, name) for name in ("opportunity_series", "contact_series"))
    series = (records.number_series(session, code) for code in wanted if code)
    return [number for each in series if each for number in _next(each)]


def _next(series: NumberSeries) -> list[str]:
    try:
        return [str(series.next().last_no)]
    except NumberSeriesEndedError:
        return []


def activity(session: Session, code: str) -> Activity:
    """One activity with its steps in order. Raises `UnknownActivityError`."""
    return stored.activity(session, code)
