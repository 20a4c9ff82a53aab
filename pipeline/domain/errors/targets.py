"""Refusals about quotas, calls and forecast categories."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from pipeline.domain.errors.refusal import PipelineError


class MonthNumberError(PipelineError):
    """The fiscal year cannot begin in this month."""

    field = "value"

    def __init__(self, typed: str) -> None:
        """Take what was typed."""
        super().__init__(
            f"The fiscal year cannot begin in month “{typed}”. Write a number from 1, for January, "
            "to 12."
        )


class LevelCodeError(PipelineError):
    """A target or a call does not say whose it is, or the company has a code."""

    field = "code"

    def __init__(self, level: str, code: str) -> None:
        """Take the level and the code."""
        super().__init__(
            f"What is for the company takes no code; leave “{code}” out."
            if code
            else f"Say whose it is: the code of the {level} is missing."
        )


class PeriodUnreadableError(PipelineError):
    """What was written is no period of the fiscal calendar."""

    field = "period"

    def __init__(self, typed: str, examples: Sequence[str]) -> None:
        """Take what was typed and some labels that would be read."""
        super().__init__(
            f"“{typed}” is no period. Write it like {', '.join(examples)}, or name a day in it "
            "like 2026-01-28."
        )


class EffectiveDayError(PipelineError):
    """A quota would come into force when its period is over."""

    field = "effective_from"

    def __init__(self, effective_from: date, label: str, last: date) -> None:
        """Take the day, the period and its last day."""
        super().__init__(
            f"The quota of {label} cannot come into force on {effective_from}: the period ends on "
            f"{last}. Choose a day in it, or leave the day out."
        )


class UnknownQuotaError(PipelineError):
    """There is no such quota to remove."""

    field = "period"

    def __init__(self, whose: str, label: str) -> None:
        """Take whose it would be, and the period."""
        super().__init__(f"There is no quota of {whose} for {label}.")


class DaysActiveError(PipelineError):
    """Somebody would leave before joining."""

    field = "left_on"

    def __init__(self, joined_on: date, left_on: date) -> None:
        """Take both days."""
        super().__init__(
            f"The last day, {left_on}, lies before the first, {joined_on}. Exchange the two days."
        )


class CallLockedError(PipelineError):
    """The period of a call is over."""

    field = "amount"

    def __init__(self, label: str, last: date) -> None:
        """Take the period and its last day."""
        super().__init__(
            f"{label} ended on {last}; its calls are locked. Submit a call for a later period."
        )


class CallUnchangedError(PipelineError):
    """The call says what the one before it says."""

    field = "amount"

    def __init__(self, label: str) -> None:
        """Take the period."""
        super().__init__(
            f"Your call for {label} says this already. Change its amount, confidence or note."
        )


class CategoryNotOpenError(PipelineError):
    """Only what is open is forecast: won is closed, lost is omitted."""

    field = "forecast_category"

    def __init__(self, category: str) -> None:
        """Take the category."""
        super().__init__(
            f"“{category}” comes from winning; it cannot be set. Close the opportunity as won."
        )


class QuotaRowError(PipelineError):
    """A row of a file of quotas cannot be taken."""

    field = "file"

    def __init__(self, row: int, reason: str) -> None:
        """Take the number of the row in the file and what is wrong with it."""
        super().__init__(f"Row {row}: {reason} Nothing was imported.")


class QuotaFileError(PipelineError):
    """A file of quotas cannot be read as one."""

    field = "file"

    def __init__(self, name: str, reason: str) -> None:
        """Take the name of the file and what is wrong with it."""
        super().__init__(f"{name} is no file of quotas: {reason}")


class UnknownMethodError(PipelineError):
    """There is no such method of forecasting."""

    field = "method"

    def __init__(self, typed: str, known: Iterable[str]) -> None:
        """Take what was asked for and the methods there are."""
        names = list(known)
        nearest = get_close_matches(typed, names, n=1)
        hint = f" Did you mean {nearest[0]}?" if nearest else ""
        super().__init__(
            f"There is no method “{typed}” of forecasting; choose one of {', '.join(names)}.{hint}"
        )
