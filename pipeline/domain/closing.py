"""Close reasons: why an opportunity was won or lost."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.domain.errors import CloseReasonOutcomeError


class Outcome(StrEnum):
    """How an opportunity ended."""

    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class CloseReason:
    """A reason for one of the two outcomes."""

    code: str
    description: str
    outcome: Outcome
    in_win_rate: bool = True
    """Whether opportunities closed so count in the win rate (a duplicate does not)."""

    def check_fits(self, outcome: Outcome) -> None:
        """Refuse a reason of the other outcome. Raises `CloseReasonOutcomeError`."""
        if self.outcome is not outcome:
            raise CloseReasonOutcomeError(self.code, self.outcome, outcome)
