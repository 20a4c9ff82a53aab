"""What a command works with while it is carried out, and what it gives back."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from pipeline.store import Session
from pipeline.store.recording import Stamp


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One transaction: the session it runs in, the work date, and who records."""

    session: Session
    today: date
    stamp: Stamp


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What a command left behind."""

    what: str
    """`opportunity`, `sales cycle`, `contact` and so on."""
    no: str
    """Its number or code."""
    nth: int | None = None
    """The number of the transition that was appended to its log, if one was."""
    batch_id: int | None = field(default=None, compare=False)
    """The batch it was recorded in, by which it can be undone."""


class Command(Protocol):
    """A wish, as a frozen value in the imperative; the domain decides whether it is granted."""

    def apply(self, desk: Desk) -> Recorded:
        """Decide and record, or raise a `PipelineError`."""
        ...
