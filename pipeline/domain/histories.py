"""What a history that was lived elsewhere must be, to be recorded as it is.

Each rule has a key, which the store's checks report, and the words for what breaks it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.domain.errors import PipelineError

FAULTS = {
    "recorded before": "opportunities of this source are recorded already",
    "given twice": "external ids are given to more than one opportunity",
    "number taken": "opportunity numbers are in use already or given twice",
    "nameless": "opportunities have no external id, no description or no day of creation",
    "unknown priority": "opportunities have a priority that is not low, normal or high",
    "unknown cycle": "opportunities name a sales cycle that does not exist",
    "unknown owner": "owners do not exist as salespeople",
    "unknown contact": "contacts do not exist",
    "unknown campaign": "campaigns do not exist",
    "of no opportunity": "external ids have transitions but no opportunity",
    "unknown action": "transitions have an action that does not exist",
    "undated": "transitions have no day or no moment of recording",
    "not in sequence": "opportunities have transitions that are not numbered 1, 2, 3 ...",
    "runs backwards": "opportunities have a transition dated before the one in front of it",
    "wrong beginning": "opportunities begin with something else than first, won or lost",
    "begins again": "opportunities have a first transition that is not their first",
    "after the close": "opportunities go on after they were closed, without a reopening",
    "reopened while open": "opportunities are reopened though they were not closed",
    "unknown stage": "transitions are in a stage that their sales cycle does not have",
    "closed in a stage": "won or lost transitions name a stage; it must be 0",
    "moved without a move": "an update, reassign or edit changes the stage",
    "negative amount": "amounts are negative",
    "chances out of range": "chances are not between 0 and 100",
    "unknown close reason": "close reasons do not exist, or are of the other outcome",
}
"""Key of the rule -> the words that follow the number of those that break it."""


@dataclass(frozen=True)
class Fault:
    """A rule of `FAULTS` that is broken: how often, and the first few that break it."""

    key: str
    how_many: int
    first_few: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say it in words.

        >>> Fault("unknown cycle", 5, ("A-1 (NEWW)", "A-2 (NEWW)")).sentence()
        '5 opportunities name a sales cycle that does not exist: A-1 (NEWW), A-2 (NEWW) and 3 more'
        """
        unnamed = self.how_many - len(self.first_few)
        more = f" and {unnamed:,} more" if unnamed else ""
        return f"{self.how_many:,} {FAULTS[self.key]}: {', '.join(self.first_few)}{more}"


class HistoryRefusedError(PipelineError):
    """A history breaks rules; all of them are named at once, and nothing of it was recorded."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        """Take the source of the history and the rules it breaks."""
        self.source = source
        self.faults = tuple(faults)
        broken = "; ".join(fault.sentence() for fault in faults)
        super().__init__(f"The history from “{source}” cannot be recorded. {broken}.")


class HistoryColumnsError(PipelineError):
    """A frame of a history lacks columns that must be there."""

    def __init__(self, frame: str, missing: Sequence[str]) -> None:
        """Take the name of the frame and the columns that are missing."""
        self.frame = frame
        self.missing = tuple(missing)
        super().__init__(f"The frame of {frame} lacks the columns {', '.join(missing)}.")
