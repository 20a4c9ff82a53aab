"""A backup is proven when it is made and when it is used; a store is never lost to one."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.commands import DefineSetting, carry_out
from pipeline.demo.contoso import load_contoso
from pipeline.domain.backups import (
    BackupDamagedError,
    BackupMissingError,
    BackupNotEqualError,
    MemoryStoreError,
    WouldOverwriteError,
)
from pipeline.domain.errors import StoreInUseError
from pipeline.domain.exports import CannotWriteError, FileThereError
from pipeline.store import Store
from pipeline.store.backups import back_up, fingerprints, restore
from pipeline.store.check import check

TODAY = date(2026, 1, 28)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The example company in a file."""
    with Store.open(tmp_path / "ours.duckdb") as opened:
        load_contoso(opened)
        yield opened


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    """A backup of the example company."""
    return back_up(store, tmp_path / "backup.duckdb").path


def rename(store: Store, name: str) -> None:
    """Change something of the company."""
    carry_out(store, DefineSetting(name="company_name", value=name), by="JO", today=TODAY)


def files(folder: Path) -> set[str]:
    """The names of the files in a folder."""
    return {path.name for path in folder.iterdir()}


def test_a_backup_is_equal_to_the_store_while_it_is_in_use(store: Store, tmp_path: Path) -> None:
    """Every table, row by row; the store goes on, and what comes later is not in the backup."""
    before = fingerprints(store)
    made = back_up(store, tmp_path / "backup.duckdb")
    assert made.finding.opportunities == store.one("select count(*) from opportunities")[0]  # type: ignore[index]
    rename(store, "Later")
    with Store.open(made.path) as copy:
        assert fingerprints(copy) == before
        assert check(copy).intact
    assert not [name for name in files(tmp_path) if "part" in name]


def test_a_backup_can_be_made_of_a_store_that_reaches_no_files(
    store: Store, tmp_path: Path
) -> None:
    """The served store is shut off from all files; its backup is written by another connection."""
    store.shut_off()
    assert back_up(store, tmp_path / "backup.duckdb").finding.intact


def test_a_restored_store_is_the_one_that_was_backed_up(backup: Path, tmp_path: Path) -> None:
    """Into a new place, with folders that were not there."""
    address = tmp_path / "new" / "again.duckdb"
    done = restore(backup, str(address))
    assert done.kept_aside is None
    with Store.open(backup) as one, Store.open(address) as other:
        assert fingerprints(one) == fingerprints(other)
    assert files(address.parent) == {"again.duckdb"}


def test_a_store_is_replaced_only_by_force_and_kept_aside(
    store: Store, backup: Path, tmp_path: Path
) -> None:
    """Without --force nothing happens; with it the old store can still be opened beside the new."""
    rename(store, "Later")
    store.close()
    address = tmp_path / "ours.duckdb"
    with pytest.raises(WouldOverwriteError):
        restore(backup, str(address))
    done = restore(backup, str(address), force=True)
    assert done.kept_aside
    name = "select value from settings where name = 'company_name'"
    with Store.open(done.kept_aside) as old, Store.open(address) as new:
        assert old.one(name) == ("Later",)
        assert new.one(name) != ("Later",)


def test_a_store_that_somebody_has_open_is_not_replaced(
    store: Store, backup: Path, tmp_path: Path
) -> None:
    """Another process holds the file: it is told so, and nothing is moved."""
    store.close()
    address = tmp_path / "ours.duckdb"
    code = (
        "from pipeline.store import Store\n"
        f"held = Store.open({str(address)!r})\n"
        "print(flush=True)\ninput()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout
        holder.stdout.readline()
        before = files(tmp_path)
        with pytest.raises(StoreInUseError):
            restore(backup, str(address), force=True)
        assert files(tmp_path) == before
    finally:
        holder.communicate("\n")


def test_a_damaged_store_can_be_replaced(store: Store, backup: Path, tmp_path: Path) -> None:
    """That is what backups are for; the damaged file is kept, too."""
    store.close()
    address = tmp_path / "ours.duckdb"
    address.write_bytes(b"rubbish")
    done = restore(backup, str(address), force=True)
    assert done.kept_aside
    assert done.kept_aside.read_bytes() == b"rubbish"
    with Store.open(address) as again:
        assert check(again).intact


@pytest.mark.parametrize("damage", ["cut", "scribbled", "no store", "empty"])
def test_a_damaged_backup_is_refused_and_the_store_stays(
    store: Store, backup: Path, tmp_path: Path, damage: str
) -> None:
    """Half of it is missing, bytes in the middle changed, it is something else, it is empty."""
    store.close()
    content = backup.read_bytes()
    middle = len(content) // 2
    backup.write_bytes(
        {
            "cut": content[:middle],
            "scribbled": content[:12288] + b"\x5a" * (len(content) - 24576) + content[-12288:],
            "no store": b"PK\x03\x04 something else",
            "empty": b"",
        }[damage]
    )
    address = tmp_path / "ours.duckdb"
    before, there = address.read_bytes(), files(tmp_path)
    with pytest.raises((BackupDamagedError, BackupNotEqualError), match="was not used"):
        restore(backup, str(address), force=True)
    assert address.read_bytes() == before
    assert files(tmp_path) == there


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("delete from settings", "it has 0 rows and should have"),
        ("update contacts set name = 'Somebody else'", "some of its values were changed"),
    ],
)
def test_a_backup_that_was_changed_is_refused(
    backup: Path, tmp_path: Path, change: str, said: str
) -> None:
    """It can be opened, and is not what was backed up."""
    with duckdb.connect(str(backup)) as connection:
        connection.execute(change)
    with pytest.raises(BackupNotEqualError, match=said):
        restore(backup, str(tmp_path / "new.duckdb"))
    assert not (tmp_path / "new.duckdb").exists()


def test_a_backup_whose_log_is_broken_is_refused(store: Store, tmp_path: Path) -> None:
    """A copy made by hand says nothing of what it must hold; its log is proven all the same."""
    store.execute("update transitions set from_stage = 9 where nth = 2")
    store.close()
    with pytest.raises(BackupDamagedError, match="The log is broken"):
        restore(tmp_path / "ours.duckdb", str(tmp_path / "new.duckdb"))


def test_refusals_say_what_to_do(store: Store, tmp_path: Path) -> None:
    """A file that is there, a folder that is not, a backup that is not, a store in memory."""
    there = tmp_path / "there.duckdb"
    there.write_text("mine")
    with pytest.raises(FileThereError):
        back_up(store, there)
    assert there.read_text() == "mine"
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWriteError):
        back_up(store, tmp_path / "file" / "backup.duckdb")
    with pytest.raises(BackupMissingError):
        restore(tmp_path / "none.duckdb", str(tmp_path / "new.duckdb"))
    with pytest.raises(MemoryStoreError):
        restore(there, ":memory:")
