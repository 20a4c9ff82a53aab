"""What was done together, whether it may still be taken back, and what that would restore."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.domain.errors import (
    BuiltOnError,
    OthersBatchError,
    TooLongAgoError,
    UndoneAlreadyError,
)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One call of `carry_out`, and what became of it."""

    id: int
    """The newest of its chain: of what was done, undone and done again the doing again."""
    first_id: int
    """The batch that was first undone; its own number where none was."""
    command: str
    """What was asked for, in words."""
    by: str
    at: datetime
    """The moment of the newest of its chain, UTC without a zone."""
    is_undone: bool
    """Taken back at the moment, by the newest of its chain."""


@dataclass(frozen=True, kw_only=True)
class BuiltOn:
    """A record of a batch that somebody went on with."""

    record: str
    """What was gone on with: `opportunity OP000001`."""
    command: str | None
    """By what, in words; None where it cannot be told."""
    by: str | None
    at: datetime | None

    def __str__(self) -> str:
        """Say it as part of a sentence."""
        if self.by is None or self.at is None:
            return f"{self.record} was changed"
        return f"{self.record} ({self.command} by {self.by} on {self.at:%Y-%m-%d at %H:%M})"


@dataclass(frozen=True, kw_only=True)
class Restored:
    """One thing that undoing puts back."""

    record: str
    """What it is about: `opportunity OP000001 Chairs`."""
    field: str
    """The name of the column; empty where the whole record comes or goes."""
    now: str
    then: str
    """What it is once undone."""


def check_mine(batch: Batch, by: str) -> None:
    """Refuse what somebody else did. Raises `OthersBatchError`."""
    if batch.by != by:
        raise OthersBatchError(batch.command, batch.by)


def check_recent(batch: Batch, now: datetime, hours: int) -> None:
    """Refuse what was done long ago. Raises `TooLongAgoError`."""
    if now - batch.at > timedelta(hours=hours):
        raise TooLongAgoError(batch.command, batch.at, hours)


def check_in_force(batch: Batch) -> None:
    """Refuse what is undone. Raises `UndoneAlreadyError`."""
    if batch.is_undone:
        raise UndoneAlreadyError(batch.command, batch.at, batch.by)


def check_free(batch: Batch, built_on: Sequence[BuiltOn]) -> None:
    """Refuse what somebody went on with. Raises `BuiltOnError`."""
    if built_on:
        raise BuiltOnError(batch.command, [str(each) for each in built_on])
