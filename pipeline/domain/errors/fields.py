"""What is missing or out of range in a field."""

from collections.abc import Iterable
from decimal import Decimal

from pipeline.domain.errors.refusal import PipelineError


class MissingFieldError(PipelineError):
    """A field that must be filled in is blank."""

    def __init__(self, label: str, field: str) -> None:
        """Take the field's name on the screen and in the command."""
        self.field = field
        super().__init__(f"{label} is blank. Fill it in.")


class NotPositiveError(PipelineError):
    """A figure must be greater than 0."""

    def __init__(self, label: str, field: str, value: Decimal | None) -> None:
        """Take the field's name on the screen and in the command, and what was given."""
        self.field = field
        given = "blank" if value is None else f"{value:,.2f}"
        super().__init__(f"{label} must be greater than 0; it is {given}.")


class PercentRangeError(PipelineError):
    """A percentage lies outside 0 to 100."""

    def __init__(self, label: str, field: str, value: Decimal) -> None:
        """Take the field's name on the screen and in the command, and what was given."""
        self.field = field
        super().__init__(f"{label} must lie between 0 and 100; it is {value}.")


class FigureError(PipelineError):
    """A figure is no number, has too many decimals, or is too large to keep."""

    def __init__(self, label: str, field: str, value: object, decimals: int) -> None:
        """Take the field's name on the screen and in the command, and what was given."""
        self.field = field
        super().__init__(
            f"{label} must be a number with at most {decimals} decimals and 16 digits before them; "
            f"“{value}” is not."
        )


class NegativeAmountError(PipelineError):
    """An amount is below zero."""

    field = "amount"

    def __init__(self, amount: Decimal) -> None:
        """Take the amount that was given."""
        super().__init__(f"The amount must not be below 0; it is {amount:,.2f}.")


class ChoiceError(PipelineError):
    """A word is not one of those a field knows."""

    def __init__(self, label: str, field: str, value: str, known: Iterable[str]) -> None:
        """Take the field's name on the screen and in the command, what was given, the choices."""
        self.field = field
        super().__init__(f"{label} “{value}” is not known. Choose one of: {', '.join(known)}.")


class TooLongError(PipelineError):
    """A text is longer than its field holds."""

    def __init__(self, label: str, field: str, length: int, longest: int) -> None:
        """Take the field's name on the screen and in the command, and both lengths."""
        self.field = field
        super().__init__(f"{label} has {length} characters; at most {longest} fit. Shorten it.")


class DateFormulaError(PipelineError):
    """A date formula cannot be read."""

    field = "date_formula"

    def __init__(self, text: str, why: str) -> None:
        """Take the formula and what is wrong with it."""
        super().__init__(
            f"The date formula “{text}” cannot be used: {why}. Write it like 30D, 2W, 1M+10D or CM."
        )
