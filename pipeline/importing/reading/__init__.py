"""Files to tables of texts, whatever they are written in."""

from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.importing.errors import FileMissingError, FileTooLargeError, FileUnreadableError
from pipeline.importing.profile import Parsing
from pipeline.importing.reading import archive, parquet
from pipeline.importing.reading.json_text import looks_like_json, read_json
from pipeline.importing.reading.sheets import read_workbook
from pipeline.importing.reading.table import Table
from pipeline.importing.reading.text import read_text

MOST_BYTES = 2_000_000_000
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

__all__ = ["MOST_BYTES", "Table", "read_bytes", "read_files"]


def read_files(
    paths: Iterable[str | Path], known: Collection[str], parsing: Parsing | None = None
) -> list[Table]:
    """Read files as tables. Raises the `ImportRefusedError` of the first that cannot be read."""
    return [table for path in paths for table in _read(Path(path), known, parsing or Parsing())]


def _read(path: Path, known: Collection[str], parsing: Parsing) -> list[Table]:
    return read_bytes(_content(path), path.name, known, parsing)


def read_bytes(
    content: bytes, name: str, known: Collection[str], parsing: Parsing | None = None
) -> list[Table]:
    """Read what a file holds, by what it is and not by what it is called."""
    told = parsing or Parsing()
    if content.startswith(parquet.MAGIC):
        return [parquet.read_parquet(content, name)]
    if content.startswith(_OLD_WORKBOOK) or (
        content.startswith(archive.MAGIC) and archive.is_workbook(content)
    ):
        if content.startswith(archive.MAGIC):
            archive.refuse_bomb(content, name)
        return read_workbook(content, name, known)
    if content.startswith(archive.MAGIC):
        return _read_archive(content, name, known, told)
    if looks_like_json(content):
        return read_json(content, name)
    text = read_text(content, name, known, encoding=told.encoding, delimiter=told.delimiter)
    return [text]


def _read_archive(
    content: bytes, name: str, known: Collection[str], parsing: Parsing
) -> list[Table]:
    """Read the files of an archive; an archive inside an archive is not opened."""
    tables: list[Table] = []
    for called, inner in archive.unpacked(content, name):
        if inner.startswith(archive.MAGIC) and not archive.is_workbook(inner):
            raise FileUnreadableError(called, "it is an archive inside an archive; unpack it first")
        tables += read_bytes(inner, called, known, parsing)
    return tables


def _content(path: Path) -> bytes:
    """Give the bytes of a file, or refuse it: missing, unreadable or too large."""
    if not path.exists():
        raise FileMissingError(str(path))
    if path.is_dir():
        raise FileUnreadableError(str(path), "it is a folder; name the files in it")
    if path.stat().st_size > MOST_BYTES:
        size = f"{path.stat().st_size / 1e9:.1f} GB"
        raise FileTooLargeError(path.name, size, f"{MOST_BYTES / 1e9:.0f} GB")
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadableError(str(path), error.strerror or "the system refuses") from error
