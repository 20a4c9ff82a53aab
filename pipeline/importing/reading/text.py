"""Delimited text of any encoding and delimiter, read with the row numbers a spreadsheet shows."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, islice

from charset_normalizer import from_bytes

from pipeline.domain.words import agreeing
from pipeline.importing.errors import (
    EmptyFileError,
    EncodingError,
    NotATableError,
    UnclosedQuoteError,
)
from pipeline.importing.reading.latin import latin, western_or_central
from pipeline.importing.reading.table import Columns, Record, Table, find_header, finish, named

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 200
_SAMPLE_BYTES = 200_000
_LONGEST_CELL = 10_000_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_END = "\x00the end of the file\x00"
"""A last line of our own: when it does not come out as a row, a quotation mark is still open."""


def read_text(
    content: bytes,
    name: str,
    known: Collection[str],
    *,
    encoding: str = "",
    delimiter: str = "",
) -> Table:
    """Read the bytes of a delimited file as a table of texts.

    `known` are the plain header names some profile knows; they tell the header from a title
    above it. Encoding and delimiter are found unless given.
    """
    text, written_in = decode(content, name, encoding)
    text, said = _said_delimiter(text)
    delimiter = delimiter or said or find_delimiter(text, name)
    first = 2 if said else 1
    records = _records(text, delimiter, name, first)
    head = list(islice(records, _SAMPLE_ROWS))
    if not head:
        raise EmptyFileError(name)
    place = find_header(head, known)
    columns = Columns(named(head[place][1], name), name)
    columns.add_all(chain(head[place + 1 :], records))
    return finish(columns, _notes(written_in, delimiter, place))


def decode(content: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """Give the text of bytes and the encoding it was written in.

    A byte order mark decides, then UTF-8 if every byte fits, then what the letters look most like.
    """
    if not content.strip():
        raise EmptyFileError(name)
    chosen = encoding or _encoding(content)
    try:
        text = content.decode(chosen)
    except LookupError as error:
        raise EncodingError(name, chosen, 1) from error
    except UnicodeDecodeError as error:
        raise EncodingError(name, chosen, content[: error.start].count(b"\n") + 1) from error
    _refuse_binary(text, name)
    return text.removeprefix("\ufeff"), chosen


def find_delimiter(text: str, name: str) -> str:
    """Give the character that cuts the most rows into the same number of cells."""
    lines = text[:_SAMPLE_BYTES]
    scores = {mark: _evenness(lines, mark) for mark in _DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    if scores[best] == 0:
        raise NotATableError(name, "no comma, semicolon, tab or bar cuts its rows into columns")
    return best


def _encoding(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    if _fits_utf8(content):
        return "utf-8"
    return _utf16_without_mark(content) or _looks_like(content)


def _fits_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in content[:_SAMPLE_BYTES]


def _utf16_without_mark(content: bytes) -> str:
    """Western text in UTF-16 has a zero in every second byte."""
    sample = content[:_SAMPLE_BYTES]
    zeros = [sample[start::2].count(0) for start in (0, 1)]
    if max(zeros) * 4 < len(sample):
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _looks_like(content: bytes) -> str:
    """Give the eight-bit encoding whose letters make the likeliest words; cp1252 when in doubt."""
    lines = [line for line in content.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE_BYTES]
    found = latin(sample) or _likeliest(sample)
    try:
        content.decode(found)
    except UnicodeDecodeError:
        return "latin-1"
    return found


def _likeliest(sample: bytes) -> str:
    candidates = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "big5"]
    best = from_bytes(sample, cp_isolation=candidates).best()
    found = best.encoding if best else "cp1252"
    return western_or_central(sample) if found in ("cp1252", "cp1250") else found


def _refuse_binary(text: str, name: str) -> None:
    sample = text[:_SAMPLE_BYTES]
    strange = sum(sample.count(chr(code)) for code in (*range(9), *range(14, 32)))
    if strange * 50 > len(sample):
        raise NotATableError(name, "it is not text")


def _said_delimiter(text: str) -> tuple[str, str]:
    """Give the text without Excel's first line `sep=;`, and what that line says."""
    line, _, rest = text.partition("\n")
    said = line.strip().strip('"').lower()
    if said.startswith("sep=") and len(said) <= len("sep=;"):
        return rest, said[4:] or "\t"
    return text, ""


def _evenness(text: str, delimiter: str) -> float:
    """Give how even the rows are: the share of the commonest width, wider ones slightly ahead."""
    rows = islice(_lenient(text, delimiter), _SAMPLE_ROWS)
    widths = Counter(len(cells) for cells in rows if cells)
    widths.pop(1, None)
    if not widths:
        return 0.0
    width, rows_alike = max(widths.items(), key=lambda item: (item[1], item[0]))
    return rows_alike * (1 + min(width, 100) / 50)


def _lenient(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return


def _records(text: str, delimiter: str, name: str, first: int) -> Iterator[Record]:
    """Give the rows that are not blank, with their numbers. Raises `UnclosedQuoteError`."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = chain(
        io.StringIO(text, newline=""), ["" if text.endswith(("\n", "\r")) else "\n", _END]
    )
    reader = csv.reader(lines, delimiter=delimiter)
    row = first - 1
    try:
        for row, cells in enumerate(reader, first):
            if cells and cells[-1].endswith(_END):
                if cells != [_END]:
                    raise UnclosedQuoteError(name, row)
                return
            if any(cells):
                yield row, cells
    except csv.Error as error:
        raise NotATableError(name, f"row {row + 1} cannot be read ({error})") from error


def _notes(encoding: str, delimiter: str, above: int) -> list[str]:
    words = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
    shown = "utf-8" if encoding == "utf-8-sig" else encoding
    notes = [f"{shown}, cells separated by {words.get(delimiter, repr(delimiter))}"]
    if above:
        notes.append(f"{agreeing(above, 'line', 'lines')} above the header left out")
    return notes
