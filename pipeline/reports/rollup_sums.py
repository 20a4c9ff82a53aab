"""The sums of a forecast by category, read once for the reports that need them."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pipeline.reports.forecast_period import Asked
from pipeline.store import Session


@dataclass(frozen=True, eq=False, kw_only=True)
class Sums:
    """What a scope has won and has open, by owner, category and place beside the period."""

    rows: pd.DataFrame
    """`owner_code, category, place, opportunities, amount, weighted_amount, without_amount,
    overdue, overdue_amount`."""

    def amount(self, *categories: str, column: str = "amount") -> float:
        """The sum over some categories inside the period."""
        return float(self._inside.loc[self._inside["category"].isin(categories), column].sum())

    def number(self, *categories: str, column: str = "opportunities") -> int:
        """The count over some categories inside the period."""
        return int(self._inside.loc[self._inside["category"].isin(categories), column].sum())

    @cached_property
    def _inside(self) -> pd.DataFrame:
        return self.rows[self.rows["place"] == "inside"]

    @cached_property
    def _forecast(self) -> pd.DataFrame:
        return self._inside[~self._inside["category"].isin(["closed", "omitted"])]

    @property
    def won(self) -> int:
        """How many were won in the period."""
        return self.number("closed")

    @property
    def won_amount(self) -> float:
        """What they were won for."""
        return self.amount("closed")

    @property
    def open(self) -> int:
        """How many are in progress in the window, omitted left out."""
        return int(self._forecast["opportunities"].sum())

    @property
    def open_amount(self) -> float:
        """What they would bring."""
        return float(self._forecast["amount"].sum())

    @property
    def weighted_amount(self) -> float:
        """Amount × probability of them."""
        return float(self._forecast["weighted_amount"].sum())

    @property
    def open_without_amount(self) -> int:
        """How many of them have no amount."""
        return int(self._forecast["without_amount"].sum())

    @property
    def overdue(self) -> int:
        """How many of them were expected to close before the as-of day."""
        return int(self._forecast["overdue"].sum())

    @property
    def overdue_amount(self) -> float:
        """What the overdue ones would bring."""
        return float(self._forecast["overdue_amount"].sum())

    @property
    def omitted(self) -> int:
        """How many in the window are omitted."""
        return self.number("omitted")

    @property
    def undated(self) -> int:
        """How many in progress have no expected close date."""
        return self._at("undated")

    @property
    def before(self) -> int:
        """How many in progress are expected before the period: overdue since then."""
        return self._at("before")

    @property
    def all_open(self) -> int:
        """How many are in progress, whenever they are expected."""
        return int(self.rows.loc[self.rows["category"] != "closed", "opportunities"].sum())

    @property
    def all_open_amount(self) -> float:
        """What all in progress would bring."""
        return float(self.rows.loc[self.rows["category"] != "closed", "amount"].sum())

    def _at(self, place: str) -> int:
        return int(self.rows.loc[self.rows["place"] == place, "opportunities"].sum())


def sums_of(session: Session, looked: Asked) -> Sums:
    """Read the sums of a period and a scope."""
    rows = session.frame("forecast_rollup", looked.scope)
    money = ("amount", "weighted_amount", "overdue_amount")
    return Sums(rows=rows.astype(dict.fromkeys(money, "float64")))
