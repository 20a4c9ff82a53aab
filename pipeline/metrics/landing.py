"""Where a period lands: won so far, what remains by each way of looking at it, and the gap."""

from dataclasses import dataclass
from typing import Self

import pandas as pd

from pipeline.domain.categories import Thresholds
from pipeline.metrics.forecast.distribution import Forecast

MOST_CLOSERS = 5


@dataclass(frozen=True, kw_only=True)
class Line:
    """One way to say where a period lands."""

    basis: str
    """A word for it: won, commit, best case, weighted, expected, call."""
    words: str
    opportunities: int | None
    """How many opportunities it looks at; none where it counts none."""
    standing_amount: float | None
    """What these would bring at full amount."""
    won_amount: float
    remaining_amount: float
    """What it expects of them by the end of the period; of a call what won so far leaves of it."""
    new_amount: float
    """What it expects of opportunities that have not begun."""

    @classmethod
    def of_call(cls, words: str, amount: float, won_amount: float) -> Self:
        """Give the line of a call, a total already: won so far is in it, and is never added."""
        return cls(
            basis="call",
            words=words,
            opportunities=None,
            standing_amount=None,
            won_amount=won_amount,
            remaining_amount=amount - won_amount,
            new_amount=0.0,
        )

    @property
    def landing_amount(self) -> float:
        """Won + remaining + not yet created."""
        return self.won_amount + self.remaining_amount + self.new_amount


def lines(rows: list[Line], target: float | None) -> pd.DataFrame:
    """The ways side by side, each with its arithmetic, of a call too: won + remaining + new.

    | basis | opportunities | won_amount | remaining_amount | new_amount | landing_amount |
    |-------|---------------|------------|------------------|------------|----------------|
    | won   | 3             | 400        | 0                | 0          | 400            |
    | call  |               | 400        | 500              | 0          | 900            |

    and `words, standing_amount, gap_amount` (target - landing; below 0 it is beyond) and
    `attainment_rate`, both missing without a target.
    """
    frame = pd.DataFrame(
        {
            "basis": [row.basis for row in rows],
            "basis_words": [row.words for row in rows],
            "opportunities": pd.array([row.opportunities for row in rows], dtype="Int64"),
            "standing_amount": pd.array([row.standing_amount for row in rows], dtype="Float64"),
            "won_so_far_amount": [row.won_amount for row in rows],
            "remaining_amount": [row.remaining_amount for row in rows],
            "new_amount": [row.new_amount for row in rows],
            "landing_amount": [row.landing_amount for row in rows],
        }
    ).astype({"standing_amount": "float64"})
    landing = frame["landing_amount"]
    aim = float(target) if target else float("nan")
    return frame.assign(gap_amount=aim - landing, attainment_rate=landing / aim)


def closers(forecast: Forecast, gap: float | None) -> pd.DataFrame:
    """The few open opportunities that would close the gap if they were surely won.

    Winning one adds amount x (1 - its chance) to what is expected of it. First come those that
    most depend on what is done: amount x chance x (1 - chance), large and open in its end; as many
    as the gap takes, at most `MOST_CLOSERS`. Columns: `opportunity_id, amount, win_chance,
    gain_amount, gain_so_far_amount, closes` (whether the gap is closed with it). Without a gap, or
    where the method says nothing of single opportunities, there are none.
    """
    known = forecast.chances.dropna(subset=["amount", "win_chance"])
    gains = known.assign(gain_amount=known["amount"] * (1 - known["win_chance"]))
    gains = gains.assign(in_play=gains["gain_amount"] * gains["win_chance"])
    largest = gains[gains["in_play"] > 0].nlargest(MOST_CLOSERS, "in_play", keep="first")
    largest = largest.drop(columns="in_play")
    added = largest["gain_amount"].cumsum()
    needed = largest[added.shift(fill_value=0.0) < (gap or 0.0)].reset_index(drop=True)
    so_far = needed["gain_amount"].cumsum()
    return needed.assign(gain_so_far_amount=so_far, closes=so_far >= (gap or 0.0))


def suggested(chances: pd.Series, thresholds: Thresholds) -> pd.Series:
    """The category that each chance to be won by the end of the period (0 to 1) suggests."""
    words = [
        None if pd.isna(chance) else thresholds.category(round(float(chance) * 100, 6)).value
        for chance in chances
    ]
    return pd.Series(words, index=chances.index, dtype="str")
