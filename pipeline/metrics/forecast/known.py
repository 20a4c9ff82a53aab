"""From the log to a past: what was known at a cut, of all that is known now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.metrics.forecast.past import NEVER, Ints, Past, day_number, no_calls

Period = tuple[date, date]


@dataclass(frozen=True, eq=False, kw_only=True)
class Lives:
    """The log as forecasts read it, for one cut or for all the cuts of a walk through the past."""

    rows: pd.DataFrame
    """A row a standing, by opportunity and `nth`: the columns of `Past.lives`, with `valid_day`
    and `is_sampled`."""
    share: float = 1.0
    """How large a part of the opportunities is sampled: those have all their rows."""
    wins: pd.DataFrame | None = None
    """Given where `rows` has not all of them: `Past.wins` at the one cut that can be asked."""
    arrivals: pd.DataFrame | None = None
    """The same of `Past.arrivals`."""
    calls: pd.DataFrame = field(default_factory=no_calls)
    """All calls of whoever the scope is: `Past.calls`."""
    notes: tuple[str, ...] = ()
    company: pd.DataFrame | None = None
    """Where it is one of several scopes in the same log: `Past.company`."""

    def at(self, cut: date, period: Period, periods: Sequence[Period] = ()) -> Past:
        """Give what was known at the end of the day `cut` about a period.

        Only rows learned by then are read; `periods` are those before, and only those that were
        over by then count.
        """
        day = day_number(cut)
        stands = self._standing(day)
        is_open = self._columns["stage"][stands] > 0
        return Past(
            cut=cut,
            from_on=period[0],
            to_on=period[1],
            open=_told(self.rows.take(stands[is_open]), day),
            wins=self._wins(day) if self.wins is None else self.wins,
            arrivals=self._arrivals(stands) if self.arrivals is None else self.arrivals,
            lives=_told(self._sampled[self._sampled["from_day"] <= day], day),
            lives_share=self.share,
            periods=tuple(each for each in periods if each[1] <= cut and each[1] < period[0]),
            calls=self.calls[self.calls["called_day"] <= day],
            notes=self.notes,
            company=self.company,
        )

    @cached_property
    def _columns(self) -> dict[str, npt.NDArray[Any]]:
        """What is asked of every row at every cut."""
        names = ("from_day", "to_day", "stage", "is_inside", "began_day")
        return {name: self.rows[name].to_numpy() for name in names}

    @cached_property
    def _sampled(self) -> pd.DataFrame:
        return self.rows[self.rows["is_sampled"]]

    def _standing(self, day: int) -> Ints:
        """The rows inside the scope that stood at the end of a day, by position."""
        given = self._columns
        stood = (given["from_day"] <= day) & (given["to_day"] > day) & given["is_inside"]
        return np.flatnonzero(stood)

    @cached_property
    def _won(self) -> pd.DataFrame:
        """The rows inside the scope that are wins, whenever they stood."""
        names = ["opportunity_id", "began_day", "valid_day", "amount", "from_day", "to_day"]
        won = np.flatnonzero(_is_won(self.rows) & self._columns["is_inside"])
        return self.rows[names].take(won).rename(columns={"valid_day": "won_day"})

    def _wins(self, day: int) -> pd.DataFrame:
        stood = (self._won["from_day"] <= day) & (self._won["to_day"] > day)
        return self._won[stood].drop(columns=["from_day", "to_day"]).reset_index(drop=True)

    def _arrivals(self, stands: Ints) -> pd.DataFrame:
        began = self._columns["began_day"][stands]
        least = int(began.min(initial=0))
        number = np.bincount(began - least)
        days = np.flatnonzero(number)
        return pd.DataFrame({"began_day": days + least, "number": number[days]})


def _told(rows: pd.DataFrame, day: int) -> pd.DataFrame:
    """Say of rows known on a day which are wins, and of the last that nothing followed by then."""
    to_day = rows["to_day"].to_numpy()
    return rows.assign(
        to_day=np.where(to_day <= day, to_day, NEVER), is_won=_is_won(rows)
    ).reset_index(drop=True)


def _is_won(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    return np.asarray(
        (rows["stage"].to_numpy() == 0) & (rows["probability_percent"].to_numpy() > 0)
    )
