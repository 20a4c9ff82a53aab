"""Workbooks, JSON, Parquet and archives: the same table, whatever it is wrapped in."""

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from pipeline.importing.errors import (
    EmptyFileError,
    FileTooLargeError,
    FileUnreadableError,
    ImportRefusedError,
    NotATableError,
)
from pipeline.importing.parsing import numbers
from pipeline.importing.reading import read_bytes
from pipeline.importing.reading.table import Table

DEALS = "Deal,State,Value\nA,Talk,1.5\nB,Offer,2\n"


def one(content: bytes, name: str = "deals") -> Table:
    """Read content that holds one table."""
    (table,) = read_bytes(content, name, {"deal", "state", "value"})
    return table


def workbook(*sheets: list[list[object]]) -> bytes:
    """Give a workbook with sheets of rows."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def packed(**files: bytes) -> bytes:
    """Give an archive of files; a double underscore in a name is a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def test_a_workbook_keeps_its_types() -> None:
    """Dates stay days, moments moments, and 1.234 typed as a number is no thousand."""
    rows: list[list[object]] = [
        ["Deal", "State", "Value", "Begun", "At", "Sure"],
        ["A", "Talk", 1.234, date(2024, 3, 4), datetime(2024, 3, 4, 15, 30), True],  # noqa: DTZ001
        ["B", None, 1234567, None, None, False],
    ]
    table = one(workbook(rows))
    assert table.frame.iloc[0].tolist() == [
        "A",
        "Talk",
        "1.2340",
        "2024-03-04",
        "2024-03-04 15:30:00",
        "true",
    ]
    assert numbers.evidence(table.frame["Value"]).deciding == {".": 1}
    assert table.frame.index.tolist() == [2, 3]


def test_the_sheets_of_a_workbook_are_tables_and_empty_ones_are_passed_over() -> None:
    """A title above the header, a sheet without anything, a second table."""
    deals: list[list[object]] = [["Our deals"], [], ["Deal", "State", "Value"], ["A", "Talk", 1]]
    tables = read_bytes(
        workbook(deals, [], [["Id", "Name"], [1, "Ann"]]), "w.xlsx", {"deal", "state"}
    )
    assert [table.name for table in tables] == ["w.xlsx (Sheet1)", "w.xlsx (Sheet3)"]
    assert tables[0].headers == ["Deal", "State", "Value"]
    assert tables[0].frame.index.tolist() == [4]


def test_parquet_is_a_table(tmp_path: Path) -> None:
    """Types become texts that are read back as what they were."""
    path = tmp_path / "deals.parquet"
    frame = pd.DataFrame({"Deal": ["A"], "Value": [1.234], "On": [pd.Timestamp("2024-03-04")]})
    frame.to_parquet(path)
    assert one(path.read_bytes()).frame.iloc[0].tolist() == ["A", "1.2340", "2024-03-04"]


def test_json_records_lie_flat() -> None:
    """An envelope, an inner record, a pair of id and name as Odoo writes it, nothing for null."""
    record = {
        "attributes": {"type": "Opportunity"},
        "Id": "1",
        "Owner": {"Name": "Ann"},
        "stage_id": [4, "Talk"],
        "Amount": 1.234,
        "IsWon": False,
        "Note": None,
    }
    table = one(json.dumps({"totalSize": 1, "records": [record]}).encode())
    assert table.frame.iloc[0].to_dict() == {
        "Id": "1",
        "Owner.Name": "Ann",
        "stage_id.id": "4",
        "stage_id.name": "Talk",
        "Amount": "1.2340",
        "IsWon": "false",
        "Note": "",
    }


def test_json_lines_are_records_and_may_lack_what_others_have() -> None:
    """One record a line."""
    table = one(b'{"Deal": "A", "State": "Talk"}\n{"Deal": "B", "Value": 3}\n')
    assert table.frame.to_numpy().tolist() == [["A", "Talk", ""], ["B", "", "3"]]


def test_property_histories_inside_records_are_a_table_of_their_own() -> None:
    """HubSpot's answer holds deals and the versions of their properties."""
    answer = {
        "results": [
            {
                "id": "9",
                "properties": {"dealname": "Pump", "dealstage": "contractsent"},
                "propertiesWithHistory": {
                    "dealstage": [{"value": "contractsent", "timestamp": "2024-02-01T08:00:00Z"}]
                },
            }
        ]
    }
    deals, versions = read_bytes(json.dumps(answer).encode(), "deals.json", ())
    assert deals.headers == ["id", "dealname", "dealstage"]
    assert versions.frame.iloc[0].tolist()[:3] == ["9", "dealstage", "contractsent"]


def test_an_archive_holds_tables() -> None:
    """What operating systems add and folders are passed over."""
    content = packed(deals__csv=DEALS.encode(), more__csv=DEALS.encode())
    assert [table.name for table in read_bytes(content, "x.zip", ())] == [
        "x.zip: deals.csv",
        "x.zip: more.csv",
    ]


def test_an_archive_that_would_grow_beyond_measure_is_refused() -> None:
    """Fifty megabytes of blanks pack into fifty kilobytes."""
    with pytest.raises(FileTooLargeError, match="an import takes at most"):
        read_bytes(packed(bomb__csv=b" " * 50_000_000), "bomb.zip", ())


def test_an_archive_inside_an_archive_is_not_opened() -> None:
    """However deep the next one lies."""
    with pytest.raises(FileUnreadableError, match="archive inside an archive"):
        read_bytes(packed(inner__zip=packed(deals__csv=DEALS.encode())), "x.zip", ())


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"PK\x03\x04 and then nothing", FileUnreadableError),
        (b"PAR1 and then nothing", FileUnreadableError),
        (b"\xd0\xcf\x11\xe0 and then nothing", FileUnreadableError),
        (b'{"a": ', NotATableError),
        (b"[1, 2]", NotATableError),
        (b"[]", EmptyFileError),
        (b"[" * 100_000, NotATableError),
        (packed(), NotATableError),
        (workbook([]), EmptyFileError),
    ],
)
def test_damaged_files_are_refused_in_words(
    content: bytes, refusal: type[ImportRefusedError]
) -> None:
    """Never with the words of a library."""
    with pytest.raises(refusal):
        read_bytes(content, "x", ())
