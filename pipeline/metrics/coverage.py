"""Coverage: how often the open pipeline holds what is missing, and how often it would have to."""

from dataclasses import dataclass

import pandas as pd

MET = "met"
"""What stands for a coverage when nothing remains to be won."""


def coverage(in_window: float, quota: float | None, won: float) -> float | None:
    """In-window open pipeline / (quota - won so far); nothing where no quota is set or it is met.

    >>> coverage(120_000, 90_000, 10_000)
    1.5
    """
    remaining = (quota or 0) - won
    return in_window / remaining if quota and remaining > 0 else None


def needed(yield_rate: float | None) -> float | None:
    """The coverage that is needed: 1 / yield; nothing where nothing was ever won of it.

    >>> round(needed(52_000 / 120_000) or 0, 2)
    2.31
    """
    return 1 / yield_rate if yield_rate else None


@dataclass(frozen=True, kw_only=True)
class Yields:
    """What past periods made of what stood, and of what began, on the same day of theirs."""

    periods: int
    """How many past periods had anything to look at."""
    open_amount: float
    open_won_amount: float
    begun_amount: float
    begun_won_amount: float
    least: float | None
    """The lowest and the highest yield of a single period."""
    most: float | None
    won: int = 0
    won_amount: float = 0.0

    @property
    def yield_rate(self) -> float | None:
        """Won of what stood in the window, in all periods together, by amount."""
        return self.open_won_amount / self.open_amount if self.open_amount else None

    @property
    def begun_rate(self) -> float | None:
        """Won in the period of what began in its rest: the yield of creating and closing."""
        return self.begun_won_amount / self.begun_amount if self.begun_amount else None

    @property
    def mean_won_amount(self) -> float | None:
        """What one win brings on average."""
        return self.won_amount / self.won if self.won else None


def yields(rows: pd.DataFrame) -> Yields:
    """Add up past periods: `open_then_amount, open_won_amount, begun_amount, begun_won_amount`.

    A period in which nothing stood and nothing was won is none of the evidence.
    """
    said = rows[(rows["open_then_amount"] > 0) | (rows["won"] > 0)]
    stood = said[said["open_then_amount"] > 0]
    each = (stood["open_won_amount"] / stood["open_then_amount"]).astype("float64")
    return Yields(
        periods=len(said),
        open_amount=float(said["open_then_amount"].sum()),
        open_won_amount=float(said["open_won_amount"].sum()),
        begun_amount=float(said["begun_amount"].sum()),
        begun_won_amount=float(said["begun_won_amount"].sum()),
        least=float(each.min()) if len(each) else None,
        most=float(each.max()) if len(each) else None,
        won=int(said["won"].sum()),
        won_amount=float(said["won_amount"].sum()),
    )


def to_create(gap: float, begun_rate: float | None) -> float | None:
    """What must still be created to close a gap in money: gap / yield of creating and closing.

    Nothing is needed for no gap; nothing can be said where nothing was ever created and closed.
    """
    if gap <= 0:
        return 0.0
    return gap / begun_rate if begun_rate else None
