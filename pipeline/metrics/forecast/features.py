"""What is looked at of an opportunity on a day: each feature as one of a few bands."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.past import Floats, Ints

STAGE_AGE = (14, 45, 90, 180)
AGE = (30, 90, 180, 365)
PUSHES = (0, 1, 2)
QUARTERS = 4
"""The way through a cycle in quarters."""
AMOUNT_SHARES = (0.25, 0.5, 0.75, 0.9, 0.97)
"""Where amounts are divided: the few large ones bring most of the money."""
AMOUNT_BANDS = len(AMOUNT_SHARES) + 2
"""Not known, and those."""
REACH = (-63, -28, -7, 0, 7, 28, 91)
"""Days from the expected close date to the week looked at; one more band: there is no date."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of lives as arrays, read on a day each."""

    stage: Ints
    """The stage as a number among all stages of all cycles; -1: not seen in the past."""
    way: Ints
    """Quarter of the way through the cycle."""
    began: Ints
    entered: Ints
    pushes: Ints
    amount: Floats
    expected: Floats
    owner: Ints

    def at(self, row: Ints) -> "Rows":
        """Give some of them, by position."""
        return Rows(**{name: column[row] for name, column in vars(self).items()})


@dataclass(frozen=True, eq=False)
class Words:
    """The stages and owners that were seen, and where amounts are divided."""

    lives: pd.DataFrame

    @cached_property
    def stages(self) -> pd.MultiIndex:
        """Cycle and stage of each stage."""
        keys = self.lives.loc[self.lives["stage"] > 0, ["cycle_code", "stage"]]
        return pd.MultiIndex.from_frame(keys.drop_duplicates().sort_values(["cycle_code", "stage"]))

    @cached_property
    def owners(self) -> pd.Index:
        """The owners."""
        owners: pd.Index = pd.Index(self.lives["owner_code"].dropna().unique())
        return owners

    @cached_property
    def amounts(self) -> Floats:
        """The amounts at which the known ones are divided."""
        known = self.lives["amount"].to_numpy("float64")
        known = known[~np.isnan(known) & (self.lives["stage"].to_numpy() > 0)]
        return np.quantile(known, AMOUNT_SHARES) if len(known) else np.zeros(len(AMOUNT_SHARES))

    def size(self, amount: Floats) -> Floats:
        """Give how large an amount is among the known ones: standard deviations of its logarithm.

        0 where it is not known.
        """
        center, spread = self.sizes
        logs = np.log(np.where(amount > 0, amount, np.exp(center)))
        return np.asarray(np.clip((logs - center) / spread, -3, 4))

    @cached_property
    def sizes(self) -> tuple[float, float]:
        """Mean and standard deviation of the logarithm of the known amounts."""
        known = self.lives.loc[self.lives["stage"] > 0, "amount"].to_numpy("float64")
        logs = np.log(known[known > 0])
        return (float(logs.mean()), float(logs.std()) or 1.0) if len(logs) else (0.0, 1.0)

    def rows(self, frame: pd.DataFrame) -> Rows:
        """Give rows as arrays."""
        keys = pd.MultiIndex.from_frame(frame[["cycle_code", "stage"]])
        way = frame["position"] * QUARTERS / frame["stages"].where(frame["stages"] > 0, 1)
        return Rows(
            stage=self.stages.get_indexer(keys).astype(np.int64),
            way=np.clip(np.ceil(way.to_numpy("float64")).astype(np.int64) - 1, 0, QUARTERS - 1),
            began=frame["began_day"].to_numpy("int64"),
            entered=frame["entered_day"].to_numpy("int64"),
            pushes=np.searchsorted(PUSHES, frame["pushes"].to_numpy("int64"), side="left"),
            amount=frame["amount"].to_numpy("float64"),
            expected=frame["expected_close_day"].to_numpy("float64"),
            owner=self.owners.get_indexer(pd.Index(frame["owner_code"])).astype(np.int64),
        )

    def amount_band(self, amount: Floats) -> Ints:
        """Give the band of an amount; 0: not known."""
        band = 1 + np.searchsorted(self.amounts, np.nan_to_num(amount), side="right")
        return np.asarray(np.where(np.isnan(amount), 0, band))


def band(days: Ints, edges: tuple[int, ...]) -> Ints:
    """Give in which band a number of days lies: 0 up to the first edge, and so on."""
    return np.asarray(np.searchsorted(edges, days, side="left"))


def reach_band(day: Ints, expected: Floats) -> Ints:
    """Give in which band a day lies, counted from the expected close date."""
    known = ~np.isnan(expected)
    after = day - np.where(known, expected, 0)
    return np.asarray(np.where(known, np.searchsorted(REACH, after, side="left"), len(REACH) + 1))
