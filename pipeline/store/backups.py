"""A copy of the whole store at one moment, proven equal, and a store made from such a copy.

A backup is a store itself: it can be opened as one. It holds besides, in a table of its own, how
many rows each table had and a fingerprint of them, so that what was damaged later is seen.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipeline.domain.backups import (
    BackupDamagedError,
    BackupMissingError,
    BackupNotEqualError,
    MemoryStoreError,
    WouldOverwriteError,
)
from pipeline.domain.errors import PipelineError, StoreInUseError
from pipeline.domain.exports import CannotWriteError, FileThereError
from pipeline.store.check import Finding, check
from pipeline.store.connection import Session, Store
from pipeline.store.whole import snapshot

_MANIFEST = "backup_manifest"
_AT_ONCE = 100_000
_DAMAGE = (duckdb.Error, OSError, UnicodeDecodeError)

Fingerprints = dict[str, tuple[int, str]]
"""For each table its number of rows, and the sum of their hashes."""


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What a backup holds, read and proven."""

    path: Path
    finding: Finding
    kept_aside: Path | None = None
    """Where the store went whose place it took."""


def back_up(session: Session, path: Path) -> Verified:
    """Copy a store into a new file, while it is in use, and prove the copy equal.

    Raises `FileThereError`, `CannotWriteError`, `BackupNotEqualError`; no half file is left.
    """
    if path.exists():
        raise FileThereError(str(path))
    part = path.with_name(f"{path.name}.part")
    try:
        with _removed(part):
            _copy(session, part)
            finding = _proven(part, path)
            part.rename(path)
    except OSError as error:
        raise CannotWriteError(str(path), error.strerror or "the system refuses") from error
    return Verified(path=path, finding=finding)


def restore(backup: Path, address: str, *, force: bool = False) -> Verified:
    """Put the store of a backup at an address, after proving it; an older store is kept aside.

    Raises `BackupMissingError`, `BackupDamagedError`, `WouldOverwriteError` (unless forced), and
    `StoreInUseError` when another process has the store that is there.
    """
    if address == ":memory:":
        raise MemoryStoreError
    if not backup.is_file():
        raise BackupMissingError(str(backup))
    target = Path(address)
    if target.exists() and not force:
        raise WouldOverwriteError(address)
    _refuse_held(target)
    part = target.with_name(f"{target.name}.restoring")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _removed(part):
        shutil.copyfile(backup, part)
        finding = _proven(part, backup)
        aside = _aside(target)
        part.rename(target)
    return Verified(path=target, finding=finding, kept_aside=aside)


# --- copying -------------------------------------------------------------------------------------


def _copy(session: Session, path: Path) -> None:
    """Fill a new store with every table of one moment, and write down what it must hold."""
    with snapshot(session) as looking, Store.open(path) as copy:
        for table in _tables(looking):
            rows = looking.execute(f"select * from {table}").to_arrow_reader(_AT_ONCE)
            copy.register("given_table", rows)
            copy.execute(f"delete from {table}")
            copy.execute(f"insert into {table} by name select * from given_table")
            copy.unregister("given_table")
        _write_down(copy, fingerprints(looking))


def _write_down(copy: Session, known: Fingerprints) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    copy.execute(
        f"create table {_MANIFEST} (table_name varchar, how_many bigint, fingerprint varchar, "
        "engine varchar, made_at timestamp)"
    )
    for table, (rows, fingerprint) in known.items():
        values: list[object] = [table, rows, fingerprint, duckdb.__version__, now]
        copy.execute(f"insert into {_MANIFEST} values (?, ?, ?, ?, ?)", values)


def _tables(session: Session) -> list[str]:
    rows = session.rows(
        "select table_name from information_schema.tables where table_catalog = 'pipeline' "
        "and table_schema = 'main' and table_type = 'BASE TABLE' order by table_name"
    )
    return [name for (name,) in rows if name != _MANIFEST]


def fingerprints(session: Session) -> Fingerprints:
    """Read every value of every table; equal tables give equal fingerprints, in any order."""
    return {
        table: session.rows(
            f"select count(*), coalesce(sum(hash(row_)::hugeint), 0)::varchar from {table} as row_"
        )[0]
        for table in _tables(session)
    }


# --- proving -------------------------------------------------------------------------------------


def _proven(part: Path, called: Path) -> Finding:
    """Open a copy, compare it with what it must hold, and prove its log intact.

    The table that says what it must hold is dropped afterwards where it is restored, for a store
    has none. Raises `BackupDamagedError`, `BackupNotEqualError`.
    """
    try:
        _refuse_different(part, called)
        with Store.open(part) as opened:
            finding = check(opened)
    except StoreInUseError:
        raise
    except (*_DAMAGE, PipelineError) as error:
        if isinstance(error, BackupNotEqualError):
            raise
        raise BackupDamagedError(str(called), str(error).splitlines()[0]) from error
    if not finding.intact:
        raise BackupDamagedError(str(called), str(finding).splitlines()[0].rstrip(":"))
    return finding


def _refuse_different(part: Path, called: Path) -> None:
    """Compare a copy with its own manifest, before anything in it is migrated."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(part)}' as pipeline (type duckdb, read_only)")
        connection.execute("use pipeline")
        session = Session(connection, str(part))
        known = _manifest(session)
        if known is None:
            return
        for table, held in fingerprints(session).items():
            if known.get(table, held) != held:
                raise BackupNotEqualError(str(called), table, known[table][0], held[0])


def _manifest(session: Session) -> Fingerprints | None:
    """Give what a copy must hold; None where it was made by hand, counts only by another engine."""
    there = session.rows(
        "select 1 from information_schema.tables where table_catalog = 'pipeline' "
        "and table_name = ?",
        [_MANIFEST],
    )
    if not there:
        return None
    rows = session.rows(
        f"select table_name, how_many, fingerprint from {_MANIFEST} where engine = ?",
        [duckdb.__version__],
    )
    return {table: (count, fingerprint) for table, count, fingerprint in rows}


# --- replacing -----------------------------------------------------------------------------------


def _refuse_held(target: Path) -> None:
    """Refuse to replace a store that another process has open; a damaged one may be replaced."""
    if not target.exists():
        return
    try:
        Store.open(target).close()
    except StoreInUseError:
        raise
    except PipelineError:
        return


def _aside(target: Path) -> Path | None:
    """Move the store that is there out of the way, with what its file does not hold yet."""
    if not target.exists():
        return None
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside = target.with_name(f"{target.name}.before-{moment}")
    if _wal(target).exists():
        _wal(target).rename(_wal(aside))
    return target.rename(aside)


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


@contextmanager
def _removed(part: Path) -> Iterator[None]:
    """Leave no half file behind, however the block ends."""
    _remove(part)
    try:
        yield
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    for path in (part, _wal(part)):
        with suppress(FileNotFoundError):
            path.unlink()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
