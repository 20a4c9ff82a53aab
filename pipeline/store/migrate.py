"""Bring a store's schema up to date: numbered SQL files, each applied once, all as one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.domain.errors import StoreNewerError

if TYPE_CHECKING:
    from pipeline.store.connection import Session


@cache
def migrations() -> dict[int, tuple[str, str]]:
    """Give every migration: its number, name and SQL."""
    folder = files("pipeline.store") / "migrations"
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return {int(name[:4]): (name[:-4], (folder / name).read_text("utf-8")) for name in found}


def applied(session: "Session") -> set[int]:
    """Give the numbers of the migrations the store has, none for a new one."""
    exists = session.rows(
        "select 1 from information_schema.tables "
        "where table_catalog = 'pipeline' and table_name = 'migrations'"
    )
    rows = session.rows("select migration from migrations") if exists else []
    return {number for (number,) in rows}


def migrate(session: "Session") -> None:
    """Apply what is missing, all or nothing. Raises `StoreNewerError` for a store of a newer us."""
    have, newest = applied(session), max(migrations())
    if max(have, default=0) > newest:
        raise StoreNewerError(session.address, max(have), newest)
    missing = sorted(migrations().keys() - have)
    if missing:
        session.transaction(lambda inner: _apply_all(inner, missing))


def _apply_all(session: "Session", numbers: Sequence[int]) -> None:
    for number in numbers:
        _apply(session, number)


def _apply(session: "Session", number: int) -> None:
    name, sql = migrations()[number]
    if number == 1:
        session.execute(
            "create table migrations "
            "(migration integer not null, name varchar not null, applied_at timestamp not null)"
        )
    session.execute(sql)
    now = datetime.now(UTC).replace(tzinfo=None)
    session.execute("insert into migrations values (?, ?, ?)", [number, name, now])
