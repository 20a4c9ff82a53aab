"""Forecast categories: how sure it is that an opportunity is won by the end of its period."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ForecastCategory(StrEnum):
    """The categories an opportunity may be forecast in, the surest last.

    What is won is closed, what is lost is omitted; neither is set by anybody.
    """

    OMITTED = "omitted"
    PIPELINE = "pipeline"
    BEST_CASE = "best case"
    MOST_LIKELY = "most likely"
    COMMIT = "commit"


CLOSED = "closed"
"""The category of what is won."""
BY_STAGE = "by stage"
"""What is said of an opportunity that nobody put into a category."""
FORECAST = tuple(category.value for category in list(ForecastCategory)[1:])
"""The categories that are forecast, the surest last."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From which percentage on something is in a category; below all of them it is pipeline."""

    commit: Decimal = Decimal(80)
    most_likely: Decimal = Decimal(50)
    best_case: Decimal = Decimal(20)

    def category(self, percent: Decimal | float) -> ForecastCategory:
        """Give the category that a chance from 0 to 100 suggests.

        >>> Thresholds().category(80).value, Thresholds().category(19.9).value
        ('commit', 'pipeline')
        """
        if percent >= self.commit:
            return ForecastCategory.COMMIT
        if percent >= self.most_likely:
            return ForecastCategory.MOST_LIKELY
        return (
            ForecastCategory.BEST_CASE if percent >= self.best_case else ForecastCategory.PIPELINE
        )


_NOTE = "forecast category: "


def noted(before: str | None, after: str | None, reason: str) -> str:
    """The note in the log of an opportunity that was put into another category, with the reason."""
    return f"{_NOTE}{before or BY_STAGE} → {after or BY_STAGE}; {reason}"


def reason_in(note: str) -> str:
    """The reason in such a note; any other note as it is.

    >>> reason_in(noted(None, "commit", "Signed; by the board"))
    'Signed; by the board'
    """
    return note.partition("; ")[2] if note.startswith(_NOTE) else note
