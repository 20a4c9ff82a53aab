"""Many rows at once, as one batch: a sheet of new opportunities, or changes to several."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from pipeline.commands.desk import Command, Desk, Recorded
from pipeline.commands.opportunities import CreateOpportunity
from pipeline.domain.errors import MissingFieldError, PipelineError, RowRefusedError
from pipeline.store import Session, records
from pipeline.store.journal import Journal
from pipeline.store.recording import Stamp

_Row = TypeVar("_Row")


@dataclass(frozen=True, kw_only=True)
class CreateSeveral:
    """Enter opportunities row by row; a new company that several rows name is made once."""

    opportunities: tuple[CreateOpportunity, ...]

    def apply(self, desk: Desk) -> Recorded:
        """Raises `RowRefusedError` with the first row that is refused, `MissingFieldError`."""
        companies: dict[str, str] = {}
        for place, wish in enumerate(_some(self.opportunities)):
            name = "" if wish.contact_no else wish.company_name.strip().casefold()
            known = replace(wish, contact_no=companies[name]) if name in companies else wish
            made = _row(desk, place, known)
            if name and name not in companies:
                companies[name] = records.opportunity(desk.session, made.no).contact_no or ""
        return Recorded(what="opportunities", no=str(len(self.opportunities)))


@dataclass(frozen=True, kw_only=True)
class ChangeSeveral:
    """Carry out changes row by row; a row may be several commands about one opportunity."""

    rows: tuple[tuple[Command, ...], ...]

    def apply(self, desk: Desk) -> Recorded:
        """Raises `RowRefusedError` with the first row that is refused, `MissingFieldError`."""
        for place, wishes in enumerate(_some(self.rows)):
            for wish in wishes:
                _row(desk, place, wish)
        return Recorded(what="opportunities", no=str(len(self.rows)))


def _some(rows: Sequence[_Row]) -> Sequence[_Row]:
    if not rows:
        raise MissingFieldError("A row to record", "rows")
    return rows


def _row(desk: Desk, place: int, wish: Command) -> Recorded:
    try:
        return wish.apply(desk)
    except PipelineError as refusal:
        raise RowRefusedError(place, refusal) from refusal


class _OverError(Exception):
    """A rehearsal is over; what it wrote is taken back with the transaction."""


def rehearse(
    store: Session, rows: Sequence[Sequence[Command]], *, by: str, today: date
) -> list[str]:
    """Say what each row would be refused with, one after the other; empty where it would pass.

    Nothing is recorded. A row is several commands about one opportunity.
    """
    said: list[str] = []

    def work(session: Session) -> None:
        said.clear()
        session.journal = Journal()
        stamp = Stamp(batch_id=0, at=datetime.now(UTC).replace(tzinfo=None), by=by)
        desk = Desk(session=session, today=today, stamp=stamp)
        said.extend(_tried(desk, row) for row in rows)
        raise _OverError

    with suppress(_OverError):
        store.transaction(work)
    return said


def _tried(desk: Desk, row: Sequence[Command]) -> str:
    try:
        for wish in row:
            wish.apply(desk)
    except PipelineError as refusal:
        return str(refusal)
    return ""
