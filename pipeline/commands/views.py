"""Save a view of a page under a name, rename it, remove it."""

from dataclasses import dataclass

from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.errors import MissingFieldError, TooLongError
from pipeline.domain.views import (
    LONGEST_NAME,
    LONGEST_QUERY,
    OthersViewError,
    SavedView,
    ViewNameTakenError,
)
from pipeline.store import views


@dataclass(frozen=True, kw_only=True)
class SaveView:
    """Save a page with everything its address says, for oneself or for everybody."""

    name: str
    page: str
    query: str = ""
    shared: bool = False

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `ViewNameTakenError`."""
        name = _free_name(desk, self.name)
        if not self.page:
            raise MissingFieldError("The page", "page")
        if len(self.query) > LONGEST_QUERY:
            raise TooLongError("The address", "query", len(self.query), LONGEST_QUERY)
        new = SavedView(
            id=0,
            name=name,
            page=self.page,
            query=self.query,
            by=desk.stamp.by,
            shared=self.shared,
        )
        return Recorded(what="view", no=str(views.save(desk.session, new, desk.stamp.at)))


@dataclass(frozen=True, kw_only=True)
class RenameView:
    """Give a view of one's own another name."""

    view_id: int
    name: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownViewError`, `OthersViewError` and what `SaveView` raises for a name."""
        _own(desk, self.view_id)
        views.rename(desk.session, self.view_id, _free_name(desk, self.name, but=self.view_id))
        return Recorded(what="view", no=str(self.view_id))


@dataclass(frozen=True, kw_only=True)
class RemoveView:
    """Take a view of one's own out of the list."""

    view_id: int

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownViewError`, `OthersViewError`."""
        _own(desk, self.view_id)
        views.take_away(desk.session, self.view_id)
        return Recorded(what="view", no=str(self.view_id))


def _free_name(desk: Desk, typed: str, *, but: int | None = None) -> str:
    """Give a name that no view in sight has, whatever the case of its letters."""
    name = " ".join(typed.split())
    if not name:
        raise MissingFieldError("The name", "name")
    if len(name) > LONGEST_NAME:
        raise TooLongError("The name", "name", len(name), LONGEST_NAME)
    for known in views.seen_by(desk.session, desk.stamp.by):
        if known.id != but and known.name.casefold() == name.casefold():
            raise ViewNameTakenError(known.name, known.by)
    return name


def _own(desk: Desk, view_id: int) -> None:
    found = views.view(desk.session, view_id)
    if found.by != desk.stamp.by:
        raise OthersViewError(found.name, found.by)
