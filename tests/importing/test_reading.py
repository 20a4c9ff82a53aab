"""Bytes of any encoding and delimiter become a table with the row numbers a spreadsheet shows."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.importing.errors import (
    EmptyFileError,
    EncodingError,
    FileMissingError,
    FileUnreadableError,
    ImportRefusedError,
    NotATableError,
    UnclosedQuoteError,
)
from pipeline.importing.reading import read_files
from pipeline.importing.reading.text import read_text

DEALS = "Deal;Kunde;Wert\nA;Müller & Söhne GmbH;1,5\nB;Café Überall;2\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    """With a byte order mark or without, in one byte a letter or several."""
    table = read_text(DEALS.encode(encoding), "deals.csv", ())
    assert table.headers == ["Deal", "Kunde", "Wert"]
    assert table.frame["Kunde"].tolist() == ["Müller & Söhne GmbH", "Café Überall"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    """Even where cells in quotes hold the others."""
    text = f'a{delimiter}b{delimiter}c\n1{delimiter}"x,y;z|w\tv"{delimiter}3\n'
    table = read_text(text.encode(), "t.csv", ())
    assert table.frame.iloc[0].tolist() == ["1", "x,y;z|w\tv", "3"]


def test_excels_first_line_says_the_delimiter() -> None:
    """The line is no header, and rows are counted with it."""
    table = read_text(b"sep=;\na;b\n1;2,5\n", "t.csv", ())
    assert table.headers == ["a", "b"]
    assert table.frame.index.tolist() == [3]


def test_rows_keep_their_numbers_over_blank_rows_and_breaks_in_cells() -> None:
    """A cell with a line break is one row, as in a spreadsheet; blank rows count."""
    table = read_text(b'a,b\n1,"x\ny"\n\n2,z\n', "t.csv", ())
    assert table.frame.index.tolist() == [2, 4]


def test_lines_above_the_header_and_under_the_table_are_left_out_and_said() -> None:
    """A report begins with its title and ends with who made it; a known column tells the header."""
    text = "Pipeline report\n\nOpportunity ID,Stage,Amount\n1,Talk,5\n2,Talk,6\nCopyright Acme\n"
    table = read_text(text.encode(), "r.csv", {"opportunityid", "stage", "amount"})
    assert table.headers == ["Opportunity ID", "Stage", "Amount"]
    assert table.frame.index.tolist() == [4, 5]
    assert "1 line above the header left out" in table.notes
    assert "1 line under the table left out" in table.notes


def test_a_row_longer_than_the_header_does_not_fit_and_a_shorter_one_is_filled() -> None:
    """Blank cells at the end are nobody's fault."""
    table = read_text(b"a,b\n1,2,3\n4\n5,6,,\n", "t.csv", ())
    assert table.unfit.index.tolist() == [2]
    assert table.frame.to_numpy().tolist() == [["4", ""], ["5", "6"]]


def test_columns_of_one_name_are_told_apart() -> None:
    """Two properties may share a label; a blank header is called by its place."""
    table = read_text(b"a,Stage,Stage,,b\n1,2,3,4,5\n", "t.csv", ())
    assert table.headers == ["a", "Stage", "Stage (2)", "column 4", "b"]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFileError),
        (b"  \n \n", EmptyFileError),
        (b"a,b\n", EmptyFileError),
        (b"one column\nonly\n", NotATableError),
        (b"\x7fELF\x00\x01\x02\x03" * 50, NotATableError),
        (b'a,b\n1,"open\n2,3\n', UnclosedQuoteError),
    ],
)
def test_what_is_no_table_is_refused_in_words(
    content: bytes, refusal: type[ImportRefusedError]
) -> None:
    """Each with its own class and a sentence that names the file."""
    with pytest.raises(refusal, match=r"t\.csv"):
        read_text(content, "t.csv", ())


def test_a_wrong_encoding_in_the_profile_is_refused_with_the_line() -> None:
    """The profile says UTF-8, the file is older."""
    with pytest.raises(EncodingError, match="line 2"):
        read_text(DEALS.encode("cp1252"), "t.csv", (), encoding="utf-8")


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    """Plainly, and before anything else."""
    with pytest.raises(FileMissingError):
        read_files([tmp_path / "no.csv"], ())
    with pytest.raises(FileUnreadableError, match="folder"):
        read_files([tmp_path], ())


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_whatever_a_spreadsheet_quotes_is_read_back(rows: list[tuple[str, str]]) -> None:
    """Written with every cell in quotes, read back as it was; blank rows are left out."""
    quoted = ["name,note"] + [
        ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in r) for r in rows
    ]
    filled = [list(row) for row in rows if any(row)]
    content = ("\n".join(quoted) + "\n").encode()
    if not filled:
        with pytest.raises(EmptyFileError):
            read_text(content, "t.csv", ())
        return
    read = read_text(content, "t.csv", ())
    assert read.frame.to_numpy().tolist() == filled


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        *((name, "cp1252") for name in ("Muñoz", "Søren", "Ærø", "Åhléns", "Peña", "São Paulo")),
        *((name, "cp1252") for name in ("Müller", "Þórður", "Œuvre", "più", "500 m²", "¿Qué?")),
        *((name, "cp1250") for name in ("Paweł", "Łódź", "Paweł Żółć", "Dvořák", "Němec", "Iaşi")),
        ("Иван Петров", "cp1251"),
        ("Ελλάς", "cp1253"),
        ("東京商事", "shift_jis"),
    ],
)
def test_a_single_name_tells_the_encoding(name: str, encoding: str) -> None:
    """In doubt it is Western; letters that do not fit there tell otherwise."""
    content = f"Deal,Name\nA,{name}\nB,Pump\n".encode(encoding)
    assert read_text(content, "t.csv", ()).frame["Name"].tolist() == [name, "Pump"]
