"""Zipped exports: the tables inside, and limits against small files that grow into huge ones."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.importing.errors import EmptyFileError, FileTooLargeError, FileUnreadableError

MAGIC = b"PK\x03\x04"
MOST_FILES = 100
MOST_BYTES_INSIDE = 2_000_000_000
_MOST_TIMES_LARGER = 200
_FREE_BYTES = 10_000_000
"""Below this size nobody is harmed, however well it was packed."""


def is_workbook(content: bytes) -> bool:
    """Say whether a zip file is an Excel or OpenDocument workbook."""
    try:
        names = set(ZipFile(BytesIO(content)).namelist())
    except BadZipFile:
        return False
    return bool({"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & names)


def refuse_bomb(content: bytes, name: str) -> None:
    """Refuse a workbook that would grow beyond all measure. Raises `FileTooLargeError`."""
    with ZipFile(BytesIO(content)) as archive:
        _check_bytes(archive.infolist(), len(content), name)


def holds(content: bytes, member: str) -> bool:
    """Say whether a zip file has a file of this name at its top."""
    try:
        return member in ZipFile(BytesIO(content)).namelist()
    except BadZipFile:
        return False


def unpacked(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Give the name and content of every file in an archive; nothing is written anywhere.

    Folders and what operating systems add are passed over; a path inside is a name and nothing
    more. Raises `FileTooLargeError` for an archive that would grow beyond all measure.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if _counts(one)]
            _check_size(members, len(content), name)
            for member in members:
                yield f"{name}: {member.filename.rsplit('/', 1)[-1]}", archive.read(member)
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise FileUnreadableError(name, "the archive is damaged or protected") from error
    if not members:
        raise EmptyFileError(name, "the archive has no files in it")


def _counts(member: ZipInfo) -> bool:
    parts = member.filename.split("/")
    return not member.is_dir() and "__MACOSX" not in parts and not parts[-1].startswith(".")


def _check_size(members: list[ZipInfo], packed: int, name: str) -> None:
    if len(members) > MOST_FILES:
        raise FileTooLargeError(name, f"{len(members):,} files in it", f"{MOST_FILES} files")
    _check_bytes(members, packed, name)


def _check_bytes(members: list[ZipInfo], packed: int, name: str) -> None:
    inside = sum(member.file_size for member in members)
    if inside > MOST_BYTES_INSIDE or (
        inside > _FREE_BYTES and inside > _MOST_TIMES_LARGER * packed
    ):
        size = f"{inside / 1e9:.1f} GB inside"
        limit = f"{MOST_BYTES_INSIDE / 1e9:.0f} GB and {_MOST_TIMES_LARGER} times its own size"
        raise FileTooLargeError(name, size, limit)
