"""Many rows at once, as one batch: a sheet of new opportunities, or changes to several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.commands.desk import Command, Desk, Recorded
from pipeline.commands.opportunities import CreateOpportunity
from pipeline.domain.errors import MissingFieldError, PipelineError, RowRefusedError
from pipeline.store import records

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
