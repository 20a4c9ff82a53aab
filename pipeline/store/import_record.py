"""Remember what an import brought, what it made new and the files it came from.

What it made is the difference between the set-up before and after it.
"""

import hashlib
import zlib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Protocol

import pandas as pd

from pipeline.domain.imports import FilesNotKeptError, ImportedFile, UnknownImportError
from pipeline.store.connection import Session
from pipeline.store.recording import Stamp, insert, put

MOST_BYTES_KEPT = 100_000_000
"""Of a larger file only name, size and hash are kept; it cannot be imported again from here."""


class Import(Protocol):
    """What was imported: the command `RecordImport`."""

    @property
    def source(self) -> str:
        """Where the opportunities come from."""

    @property
    def profile_name(self) -> str:
        """The mapping."""

    @property
    def profile_toml(self) -> str:
        """The mapping as TOML."""

    @property
    def files(self) -> tuple[ImportedFile, ...]:
        """The files as they were."""

    @property
    def refused_rows(self) -> int:
        """How many of their rows were not taken."""


@cache
def import_sql(statement: str) -> str:
    """Read one statement of the folder."""
    return (files("pipeline.store") / "imports" / f"{statement}.sql").read_text("utf-8")


# --- remembering ---------------------------------------------------------------------------------


def look_before(session: Session) -> None:
    """Note the set-up there is, so that `look_after` can tell what is new."""
    session.execute(f"create or replace temp table import_before as {import_sql('known_set_up')}")


def look_after(session: Session, batch_id: int) -> None:
    """Note what the set-up holds now and did not before."""
    session.execute(
        f"insert into import_made select $batch_id, kind, code, stage, state "
        f"from ({import_sql('known_set_up')}) as now anti join import_before as earlier "
        "on (now.kind, now.code, now.stage) is not distinct from "
        "(earlier.kind, earlier.code, earlier.stage)",
        {"batch_id": batch_id},
    )
    session.execute("drop table import_before")


def remember(session: Session, done: Import, stamp: Stamp, today: date) -> None:
    """Record an import and keep its files."""
    counted = {
        table: session.rows(f"select count(*) from {table} where batch_id = ?", [stamp.batch_id])
        for table in ("opportunities", "transitions")
    }
    insert(
        session,
        "imports",
        batch_id=stamp.batch_id,
        imported_at=stamp.at,
        imported_by=stamp.by,
        imported_on=today,
        source=done.source,
        profile_name=done.profile_name,
        profile_toml=done.profile_toml,
        opportunities=counted["opportunities"][0][0],
        transitions=counted["transitions"][0][0],
        refused_rows=done.refused_rows,
    )
    for place, file in enumerate(done.files, 1):
        _keep(session, stamp.batch_id, place, file)


def _keep(session: Session, batch_id: int, place: int, file: ImportedFile) -> None:
    kept = len(file.content) <= MOST_BYTES_KEPT
    insert(
        session,
        "import_files",
        batch_id=batch_id,
        place=place,
        name=file.name,
        bytes=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        content=zlib.compress(file.content, 1) if kept else None,
    )


def save_profile(session: Session, name: str, toml: str, stamp: Stamp) -> None:
    """Keep a mapping under its name, in place of an earlier one."""
    values = {"name": name, "profile_toml": toml, "saved_at": stamp.at, "saved_by": stamp.by}
    put(session, "import_profiles", ("name",), **values)


# --- reading -------------------------------------------------------------------------------------


def past_imports(session: Session) -> pd.DataFrame:
    """Give the imports, the newest first.

    Columns: `batch_id, imported_at, imported_by, source, profile_name, files, opportunities,
    transitions, refused_rows, undone_at, undone_by, is_kept`.
    """
    return session.execute(import_sql("past_imports")).df()


def profiles(session: Session) -> dict[str, str]:
    """Give the saved mappings as TOML, by name."""
    rows = session.rows("select name, profile_toml from import_profiles order by name")
    return {str(name): str(toml) for name, toml in rows}


def profile_of(session: Session, batch_id: int) -> str:
    """Give the profile an import was read with, as TOML. Raises `UnknownImportError`."""
    row = session.one("select profile_toml from imports where batch_id = ?", [batch_id])
    if row is None:
        raise UnknownImportError(batch_id)
    return str(row[0])


def kept_files(session: Session, batch_id: int) -> list[ImportedFile]:
    """Give the files of an import. Raises `FilesNotKeptError`, `UnknownImportError`."""
    profile_of(session, batch_id)
    rows = session.rows(
        "select name, content from import_files where batch_id = ? order by place", [batch_id]
    )
    missing = [name for name, content in rows if content is None]
    if missing or not rows:
        raise FilesNotKeptError(batch_id, missing)
    return [ImportedFile(name=name, content=zlib.decompress(content)) for name, content in rows]
