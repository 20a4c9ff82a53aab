"""The saved views: read those a person sees, write one, take one away."""

from datetime import datetime

from pipeline.domain.views import SavedView, UnknownViewError
from pipeline.store.connection import Session
from pipeline.store.recording import insert, next_id, put, remove

_COLUMNS = "view_id, name, page, query, created_by, shared"


def seen_by(session: Session, person: str) -> list[SavedView]:
    """Give the views a person sees, by name: their own, and what others share."""
    rows = session.rows(
        f"select {_COLUMNS} from views where shared or created_by = ? "
        "order by lower(name), view_id",
        [person],
    )
    return [_view(row) for row in rows]


def view(session: Session, view_id: int) -> SavedView:
    """Give one view. Raises `UnknownViewError`."""
    row = session.one(f"select {_COLUMNS} from views where view_id = ?", [view_id])
    if row is None:
        raise UnknownViewError
    return _view(row)


def save(session: Session, new: SavedView, at: datetime) -> int:
    """Record a view; its own number is given to it, and given back."""
    view_id = next_id(session, "view_id")
    insert(
        session,
        "views",
        view_id=view_id,
        name=new.name,
        page=new.page,
        query=new.query,
        created_by=new.by,
        created_at=at,
        shared=new.shared,
    )
    return view_id


def rename(session: Session, view_id: int, name: str) -> None:
    """Give a view another name."""
    put(session, "views", ("view_id",), view_id=view_id, name=name)


def take_away(session: Session, view_id: int) -> None:
    """Remove a view."""
    remove(session, "views", view_id=view_id)


def _view(row: tuple) -> SavedView:  # type: ignore[type-arg]
    view_id, name, page, query, by, shared = row
    return SavedView(id=view_id, name=name, page=page, query=query, by=by, shared=shared)
