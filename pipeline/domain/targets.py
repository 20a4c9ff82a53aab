"""Quotas and calls: what is aimed at, and what somebody says a period will come to."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from pipeline.domain.calendar import Period
from pipeline.domain.errors import LevelCodeError


class Level(StrEnum):
    """Whose a quota or a call is."""

    COMPANY = "company"
    TEAM = "team"
    OWNER = "owner"


class Measure(StrEnum):
    """What a quota is measured in."""

    WON_AMOUNT = "won amount"
    WON_COUNT = "won count"
    CREATED_COUNT = "created count"


class Caller(StrEnum):
    """Who makes a call: whoever sells, or somebody who answers for more than that."""

    SELLER = "seller"
    MANAGER = "manager"


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whose a quota or a call is: the company, a team or an owner."""

    level: Level
    code: str = ""
    """Empty for the company."""

    def __post_init__(self) -> None:
        """Raises `LevelCodeError` where a code is missing, or the company has one."""
        if bool(self.code) == (self.level is Level.COMPANY):
            raise LevelCodeError(self.level, self.code)

    def __str__(self) -> str:
        """In words: the company, team NORTH, owner ANN."""
        return "the company" if self.level is Level.COMPANY else f"{self.level} {self.code}"


def cutoff(period: Period, days_before_end: int) -> date:
    """The last day on which a call counts as in time; never before the period begins."""
    return max(period.first, period.last - timedelta(days=days_before_end))


def active_days(period: Period, joined_on: date | None, left_on: date | None) -> int:
    """On how many days of a period somebody sold, from joining to leaving, both included."""
    first = max(period.first, joined_on or period.first)
    last = min(period.last, left_on or period.last)
    return max(0, (last - first).days + 1)


def prorated(target: Decimal, period: Period, days: int) -> Decimal:
    """The part of a quota that falls on so many days of its period, exact.

    >>> from pipeline.domain.calendar import FiscalCalendar
    >>> quarter = FiscalCalendar().quarter(date(2025, 1, 1))
    >>> prorated(Decimal(90_000), quarter, 45)
    Decimal('45000')
    """
    return target * days / period.days
