"""What the accuracy of forecasts cannot be asked for."""

from collections.abc import Iterable
from difflib import get_close_matches

from pipeline.domain.errors.refusal import PipelineError


class MethodNotKeptError(PipelineError):
    """No forecast is kept under a method of this name."""

    field = "method"

    def __init__(self, given: str, known: Iterable[str]) -> None:
        """Take the name that was given and the methods there are."""
        names = sorted(known)
        near = get_close_matches(given.lower(), names, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(names)}."
        super().__init__(f"There is no forecast method “{given}”.{hint}")


class HorizonError(PipelineError):
    """Forecasts are not compared at this distance from the end of a period."""

    field = "weeks_before"

    def __init__(self, given: int, known: Iterable[int]) -> None:
        """Take the weeks that were given and the horizons there are."""
        weeks = ", ".join(map(str, known))
        super().__init__(
            f"Forecasts are compared {weeks} weeks before the end of a period, not {given}. "
            "Choose one of these."
        )
