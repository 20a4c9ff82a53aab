"""A forecast: a distribution of what a period will bring, never a bare number."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.past import Floats

SEED = 20_250_331
"""Every forecast is drawn with this seed: the same past gives the same numbers."""
DRAWS = 10_000
P10, P50, P90 = 0.1, 0.5, 0.9
_Z95 = 1.959963984540054


def _no_chances() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "opportunity_id": pd.Series(dtype="int64"),
            "amount": pd.Series(dtype="float64"),
            "win_chance": pd.Series(dtype="float64"),
        }
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Forecast:
    """What a method expects a period to bring in all: what is won so far and what is to come.

    P10, P50 and P90 are the totals that are not exceeded with 10, 50 and 90 percent chance.
    """

    method: str
    """The name of the method."""
    totals: Floats
    """Totals of the period as drawn, in the order of the draws."""
    won: float = 0.0
    """Won in the period so far; part of every total."""
    from_open: float = 0.0
    """Expected from the opportunities that are open at the cut."""
    from_new: float = 0.0
    """Expected from opportunities that had not begun at the cut."""
    evidence_share: float | None = None
    """How much of it the scope's own history says, 0 to 1; the rest is prior. None: the method
    learns nothing from history."""
    evidence: str = ""
    """The same in words: how many cases were counted, and what the prior is."""
    notes: tuple[str, ...] = ()
    chances: pd.DataFrame = field(default_factory=_no_chances)
    """`opportunity_id, amount, win_chance`: how likely each open opportunity is won by the end of
    the period; without rows where the method says nothing of single opportunities."""
    single: tuple[int, ...] = ()
    """The opportunities, the largest, whose part in each draw is known."""
    parts: Floats | None = None
    """What each of `single` brings in each draw: one row a draw, one column an opportunity."""

    @cached_property
    def draws(self) -> Floats:
        """The totals in order, the smallest first."""
        return np.sort(self.totals)

    @property
    def mean(self) -> float:
        """What is expected: the mean of the distribution, won so far included."""
        return self.won + self.from_open + self.from_new

    @property
    def p10(self) -> float:
        """The total that is not exceeded with 10 percent chance."""
        return self.quantile(P10)

    @property
    def p50(self) -> float:
        """The total that is exceeded as likely as not."""
        return self.quantile(P50)

    @property
    def p90(self) -> float:
        """The total that is not exceeded with 90 percent chance."""
        return self.quantile(P90)

    def quantile(self, q: float) -> float:
        """Give the smallest total whose chance of not being exceeded is at least `q`."""
        at = int(np.ceil(q * len(self.draws) - 1e-9)) - 1
        return float(self.draws[min(max(at, 0), len(self.draws) - 1)])

    def quantile_error(self, q: float) -> float:
        """Give how far off a quantile may be because draws are finite: half of its 95 % interval.

        The order statistics that enclose it: a binomial count of draws lies below the quantile.
        """
        reach = _Z95 * np.sqrt(q * (1 - q) / len(self.draws))
        return (self.quantile(min(q + reach, 1)) - self.quantile(max(q - reach, 0))) / 2

    def chance(self, at_least: float) -> float:
        """Give the chance that the period brings at least so much."""
        below = np.searchsorted(self.draws, at_least - _dust(at_least), side="left")
        return float(1 - below / len(self.draws))

    def chance_with(self, opportunity_id: int, at_least: float, *, won: bool) -> float:
        """Give that chance if one opportunity were surely won, or surely not, by the period's end.

        Everything else stays as it was drawn. Raises `KeyError` for one that is not in `single`.
        """
        if self.parts is None or opportunity_id not in self.single:
            raise KeyError(opportunity_id)
        part = self.parts[:, self.single.index(opportunity_id)]
        brings = part[part > 0].mean() if won and (part > 0).any() else 0.0
        if won and not brings:
            row = self.chances["opportunity_id"] == opportunity_id
            brings = float(self.chances.loc[row, "amount"].fillna(0).sum())
        others = self.totals - part
        forced = np.where(part > 0, part, brings) if won else 0.0
        return float(np.mean(others + forced >= at_least - _dust(at_least)))

    def swings(self, at_least: float) -> pd.DataFrame:
        """Give by how much each of the large opportunities moves the chance of at least so much.

        `opportunity_id, amount, win_chance, chance_if_won, chance_if_lost, swing_rate`, and
        `leverage` = swing x p x (1 - p); the largest swing first.
        """
        rows = self.chances[self.chances["opportunity_id"].isin(self.single)]
        ids = [int(each) for each in rows["opportunity_id"]]
        found = rows.assign(
            chance_if_won=[self.chance_with(each, at_least, won=True) for each in ids],
            chance_if_lost=[self.chance_with(each, at_least, won=False) for each in ids],
        )
        swing = found["chance_if_won"] - found["chance_if_lost"]
        weight = found["win_chance"] * (1 - found["win_chance"])
        return found.assign(swing_rate=swing, leverage=swing * weight).sort_values(
            ["swing_rate", "opportunity_id"], ascending=[False, True], ignore_index=True
        )

    def stretched(self, by: float) -> "Forecast":
        """Give the same forecast with a range so many times as wide around the same mean.

        What single opportunities bring is left as it was drawn.
        """
        mean = float(self.totals.mean())
        wide = np.maximum(mean + (self.totals - mean) * by, self.won)
        above = float(wide.mean()) - self.won
        kept = (mean - self.won) / above if above > 0 else 1.0
        return replace(self, totals=self.won + (wide - self.won) * kept)

    def noted(self, *notes: str) -> "Forecast":
        """Give the same forecast with more notes."""
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))


def _dust(amount: float) -> float:
    return 1e-9 * max(1.0, abs(amount))
