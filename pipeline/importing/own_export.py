"""Our own export, read back into an empty store: recognised by its table of definitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as arrow_parquet
import python_calamine

from pipeline.commands import RestoreTables
from pipeline.domain.exports import NotAnExportError
from pipeline.exporting.definitions import HEADER
from pipeline.exporting.workbook import DEFINITIONS
from pipeline.importing.reading import archive

_NEEDED = {"opportunities", "transitions", "sales_cycles", "stages"}
_MEMBER = f"{DEFINITIONS}.csv"


@dataclass(frozen=True, kw_only=True)
class OwnExport:
    """The tables of an export, and how they were written."""

    tables: dict[str, Any]
    escaped: bool
    rounded: bool

    @property
    def opportunities(self) -> int:
        """How many opportunities it holds."""
        return int(self.tables["opportunities"].num_rows)

    @property
    def transitions(self) -> int:
        """How many rows of the log it holds."""
        return int(self.tables["transitions"].num_rows)

    def command(self) -> RestoreTables:
        """The command that fills an empty store with it."""
        return RestoreTables(tables=self.tables, escaped=self.escaped, rounded=self.rounded)


def own_export(path: Path) -> OwnExport | None:
    """Give the export that a file is; None when it is something else.

    Raises `FileTooLargeError` and `FileUnreadableError` as every archive does, and
    `NotAnExportError` when it begins like an export and lacks what makes one.
    """
    with path.open("rb") as file:
        if file.read(len(archive.MAGIC)) != archive.MAGIC:
            return None
    content, name = path.read_bytes(), path.name
    if archive.is_workbook(content):
        archive.refuse_bomb(content, name)
        return _of_workbook(content)
    return _of_archive(content, name) if archive.holds(content, _MEMBER) else None


def _of_archive(content: bytes, name: str) -> OwnExport:
    members = {called.split(": ", 1)[1]: text for called, text in archive.unpacked(content, name)}
    parquet = any(member.endswith(".parquet") for member in members)
    suffix, read = (".parquet", _parquet) if parquet else (".csv", _csv)
    tables = {
        PurePath(member).stem: _read(read, member, text)
        for member, text in members.items()
        if member.endswith(suffix) and member != _MEMBER
    }
    return _complete(OwnExport(tables=tables, escaped=not parquet, rounded=False))


def _read(read: Any, member: str, text: bytes) -> Any:  # noqa: ANN401 - Arrow ships no types
    try:
        return read(text)
    except pa.ArrowException as error:
        raise NotAnExportError(member, str(error).splitlines()[0]) from error


def _parquet(text: bytes) -> Any:  # noqa: ANN401 - Arrow ships no types
    return arrow_parquet.read_table(BytesIO(text))


def _csv(text: bytes) -> Any:  # noqa: ANN401 - Arrow ships no types
    """Read every cell as the text it is; nothing in it is taken for null."""
    header = text.removeprefix(b"\xef\xbb\xbf").splitlines()[0].decode()
    names = [name.strip('"') for name in header.split(",")]
    return arrow_csv.read_csv(
        BytesIO(text),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
        ),
    )


def _of_workbook(content: bytes) -> OwnExport | None:
    try:
        book = python_calamine.load_workbook(BytesIO(content))
    except (python_calamine.CalamineError, ValueError, OSError):
        return None
    if DEFINITIONS not in book.sheet_names:
        return None
    if tuple(next(iter(_rows(book, DEFINITIONS)), ())) != HEADER:
        return None
    tables = {name: _sheet(book, name) for name in book.sheet_names if name != DEFINITIONS}
    return _complete(OwnExport(tables=tables, escaped=True, rounded=True))


def _rows(book: Any, sheet: str) -> Iterator[list[Any]]:  # noqa: ANN401 - calamine's own
    yield from book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _sheet(book: Any, name: str) -> Any:  # noqa: ANN401 - calamine's own
    header, *rows = _rows(book, name)
    columns = zip(*rows, strict=True) if rows else [()] * len(header)
    cells = {
        str(title): pa.array(map(_text, column), pa.large_string())
        for title, column in zip(header, columns, strict=True)
    }
    return pa.table(cells)


def _text(value: object) -> str:
    """Write a cell as the text that its column's type is read from."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _complete(found: OwnExport) -> OwnExport:
    if lacking := _NEEDED - set(found.tables):
        raise NotAnExportError("it lacks", ", ".join(sorted(lacking)))
    return found
