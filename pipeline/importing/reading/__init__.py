"""Files to tables of texts, whatever they are written in."""

from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.importing.errors import FileMissingError, FileTooLargeError, FileUnreadableError
from pipeline.importing.profile import Parsing
from pipeline.importing.reading.table import Table
from pipeline.importing.reading.text import read_text

MOST_BYTES = 2_000_000_000

__all__ = ["MOST_BYTES", "Table", "read_files"]


def read_files(
    paths: Iterable[str | Path], known: Collection[str], parsing: Parsing | None = None
) -> list[Table]:
    """Read files as tables. Raises the `ImportRefusedError` of the first that cannot be read."""
    return [table for path in paths for table in _read(Path(path), known, parsing or Parsing())]


def _read(path: Path, known: Collection[str], parsing: Parsing) -> list[Table]:
    content = _content(path)
    table = read_text(
        content, path.name, known, encoding=parsing.encoding, delimiter=parsing.delimiter
    )
    return [table]


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
