"""From the log to a past: what was known at a cut, of all that is known now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from pipeline.metrics.forecast.past import Past, day_number, no_calls

Period = tuple[date, date]

NEVER = 1_000_000
"""The day on which a standing ends that nothing has followed yet."""


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

    @cached_property
    def ended(self) -> pd.DataFrame:
        """The rows with how each opportunity was closed last before the next row, if it was."""
        closed = self.rows["stage"] == 0
        won = closed & (self.rows["probability_percent"] > 0)
        outcome = pd.Series("open", index=self.rows.index).mask(closed, "lost").mask(won, "won")
        return self.rows.assign(outcome=outcome)

    def at(self, cut: date, period: Period, periods: Sequence[Period] = ()) -> Past:
        """Give what was known at the end of the day `cut` about a period.

        Only rows learned by then are read; `periods` are those before, and only those that were
        over by then count.
        """
        day = day_number(cut)
        known = self.ended[self.ended["from_day"] <= day]
        known = known.assign(to_day=known["to_day"].where(known["to_day"] <= day, NEVER))
        stands = known[(known["to_day"] == NEVER) & known["is_inside"]]
        return Past(
            cut=cut,
            from_on=period[0],
            to_on=period[1],
            open=stands[stands["stage"] > 0].reset_index(drop=True),
            wins=_wins(stands) if self.wins is None else self.wins,
            arrivals=_arrivals(stands) if self.arrivals is None else self.arrivals,
            lives=known[known["is_sampled"]].reset_index(drop=True),
            lives_share=self.share,
            periods=tuple(each for each in periods if each[1] <= cut and each[1] < period[0]),
            calls=self.calls[self.calls["called_day"] <= day],
            notes=self.notes,
        )


def _wins(stands: pd.DataFrame) -> pd.DataFrame:
    won = stands[stands["outcome"] == "won"]
    return won[["opportunity_id", "began_day", "valid_day", "amount"]].rename(
        columns={"valid_day": "won_day"}
    )


def _arrivals(stands: pd.DataFrame) -> pd.DataFrame:
    return stands.groupby("began_day")["opportunity_id"].size().rename("number").reset_index()
