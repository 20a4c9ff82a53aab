"""What a forecast may know: everything about a scope as it was known at the end of one day."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[Any]
"""Numbers with a point; what numpy makes of them it does not always say."""
Ints = npt.NDArray[np.int64]

EPOCH = date(1970, 1, 1)
NEVER = 1_000_000
"""The day on which a standing ends that nothing has followed yet."""
PRIOR_CLOSED = 20.0
"""So many closed opportunities weighs what is stated, against what is learned."""


def day_number(day: date) -> int:
    """Give a day as the number of days since 1970-01-01; differences of these are days.

    >>> day_number(date(1970, 2, 1))
    31
    """
    return (day - EPOCH).days


def no_calls() -> pd.DataFrame:
    """Give the frame of calls without a row."""
    kinds = {"level": "str", "code": "str", "amount": "float64"}
    days = dict.fromkeys(("called_day", "from_day", "to_day"), "int64")
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in (kinds | days).items()})


@dataclass(frozen=True, eq=False, kw_only=True)
class Past:
    """Everything known at the end of the day `cut` that a forecast of a period may use.

    Nothing in it was learned later. Days in frames are days since 1970-01-01 where a column ends
    in `_day`; amounts are in the company's currency; an amount that is not known is missing.
    """

    cut: date
    from_on: date
    to_on: date
    """The first and the last day of the period that is forecast."""
    open: pd.DataFrame
    """One row for each opportunity in progress at the cut, inside the scope: `opportunity_id,
    cycle_code, stage, position, stages, owner_code, team_code, amount, probability_percent,
    forecast_category, expected_close_day` (missing where there is none), `began_day, entered_day`
    (of the stage it is in), `pushes`."""
    wins: pd.DataFrame
    """One row for each opportunity that stands as won at the cut, inside the scope:
    `opportunity_id, began_day, won_day, amount`."""
    arrivals: pd.DataFrame
    """How many opportunities of the scope began on each day up to the cut: `began_day, number`."""
    lives: pd.DataFrame
    """How opportunities of the whole company went, as known at the cut: one row for each standing
    that lasted from `from_day` to before `to_day`: `opportunity_id, nth, from_day, to_day,
    began_day, entered_day, cycle_code, stage` (0: closed), `position, stages, owner_code,
    team_code, amount, probability_percent, forecast_category, expected_close_day, pushes,
    valid_day, is_won, is_inside` (the scope); codes may be categorical. In a large company those of
    a sample."""
    lives_share: float = 1.0
    """How large a part of the company's opportunities `lives` holds."""
    periods: tuple[tuple[date, date], ...] = ()
    """The periods before this one that were over at the cut, the oldest first."""
    calls: pd.DataFrame = field(default_factory=no_calls)
    """What was called for this period and those before, up to the cut, each a total of its period:
    `level` (owner, team, company), `code, called_day, from_day, to_day, amount`."""
    notes: tuple[str, ...] = ()
    """What must be known to read a forecast of this past, in sentences."""
    company: pd.DataFrame | None = None
    """The log of the whole company of which several scopes are looked at, one after another: what
    looks at no scope is learned from it once for all of them. None: of this scope alone."""

    @property
    def cut_day(self) -> int:
        """The number of the day of the cut."""
        return day_number(self.cut)

    @property
    def first_day(self) -> int:
        """The number of the first day of the period."""
        return day_number(self.from_on)

    @property
    def last_day(self) -> int:
        """The number of the last day of the period."""
        return day_number(self.to_on)

    @property
    def days_left(self) -> int:
        """How many days of the period come after the cut; none once it is over."""
        return max(0, self.last_day - max(self.cut_day, self.first_day - 1))

    @property
    def days_ahead(self) -> int:
        """How many days there are from the cut to the end of the period."""
        return max(0, self.last_day - self.cut_day)

    @property
    def days_before(self) -> int:
        """How many days there are between the cut and the first of the period, if it is to come."""
        return max(0, self.first_day - 1 - self.cut_day)

    @cached_property
    def ids(self) -> Ints:
        """The open opportunities, in the order of `open`."""
        return self.open["opportunity_id"].to_numpy("int64")

    @cached_property
    def won(self) -> float:
        """What has been won in the period so far."""
        days = self.wins["won_day"]
        inside = days.between(self.first_day, min(self.cut_day, self.last_day))
        return float(self.wins.loc[inside, "amount"].sum())

    @cached_property
    def closed(self) -> int:
        """How many opportunities of the company had been closed by the cut."""
        return self._closed_among(self.lives)

    @cached_property
    def closed_inside(self) -> int:
        """How many of them were inside the scope."""
        return self._closed_among(self.lives[self.lives["is_inside"].astype("bool")])

    def _closed_among(self, rows: pd.DataFrame) -> int:
        ids = rows.loc[rows["stage"] == 0, "opportunity_id"]
        return round(ids.nunique() / self.lives_share)

    @property
    def told(self) -> float:
        """How much history has to say at all: closed opportunities against a prior of twenty."""
        return self.closed / (self.closed + PRIOR_CLOSED)

    @cached_property
    def without_amount(self) -> int:
        """How many open opportunities have no amount."""
        return int(self.open["amount"].isna().sum())
