"""Everything goes out, nothing in it runs, and read back it is the same store."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.commands import (
    ActivateFirstStage,
    AddComment,
    Command,
    CreateOpportunity,
    CreateQuote,
    CreateTask,
    DefineActivity,
    DefineCampaign,
    DefineCloseReason,
    DefineContact,
    DefineContactList,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    ListContacts,
    LogInteraction,
    MakeOrder,
    MergeOpportunities,
    RemoveQuote,
    RestoreTables,
    RetractLastTransition,
    SetQuota,
    carry_out,
)
from pipeline.domain.activities import ActivityStep
from pipeline.domain.exports import (
    CannotWriteError,
    FileEndingError,
    FileThereError,
    NotAnExportError,
    StoreInUseAlreadyError,
    TooMuchForExcelError,
)
from pipeline.exporting import workbook
from pipeline.exporting.definitions import TABLES, definitions
from pipeline.exporting.export import FORMATS, SUFFIXES, export
from pipeline.importing.errors import FileTooLargeError
from pipeline.importing.own_export import own_export
from pipeline.importing.reading import read_files
from pipeline.store import Store, whole
from pipeline.store.check import check
from tests.random_stories import STORIES, Wish, told

TODAY = date(2026, 6, 1)
HOSTILE = [
    '=HYPERLINK("https://evil.example","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\tTab",
    "'quoted",
    "'=1+1",
    'say "hi", then; go',
    "two\nlines",
    "_x0041_ \x01",
    "a\rb",
    "null",
    "Łódź 株式会社 🙂",
]


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything an export holds, in no order."""
    return {
        table: store.rows(f"select * from {table} order by all")  # noqa: S608
        for table in whole.tables(store)
    }


def exported(store: Store, kind: str, folder: Path) -> Path:
    """The export of a store as one file."""
    path = folder / f"all{SUFFIXES[kind]}"
    export(store, kind, path)
    return path


def read_back(path: Path) -> Store:
    """A new store filled with an export."""
    found = own_export(path)
    assert found
    store = pipeline.open(":memory:")
    carry_out(store, found.command(), by="ME", today=TODAY)
    return store


def assert_same(again: Store, store: Store) -> None:
    """The two stores differ only in the batch that says that one was read back."""
    there, here = contents(again), contents(store)
    added = [row for row in there.pop("batches") if row not in here["batches"]]
    assert [row[3] for row in added] == ["restore tables"]
    del here["batches"]
    assert there == here
    assert check(again).intact


names = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), min_size=1))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wishes=STORIES, name=names, kind=st.sampled_from(FORMATS))
def test_read_back_an_export_is_the_same_store(wishes: list[Wish], name: str, kind: str) -> None:
    """Whatever happened: moves, retracted rows, deleted opportunities, moments, batches, names."""
    with told(wishes)[0] as store, TemporaryDirectory() as folder:
        if name.split():
            carry_out(
                store, DefineContact(no="ODD", name=name[:250]), by="ANN", today=date(2025, 1, 1)
            )
        with read_back(exported(store, kind, Path(folder))) as again:
            assert_same(again, store)


@pytest.fixture
def store() -> Store:
    """A store in which contacts bear every hostile name, one is empty where null is possible."""
    opened = pipeline.open(":memory:")
    for number, name in enumerate(HOSTILE):
        contact = DefineContact(no=f"C{number}", name="x", company_no="")
        carry_out(opened, contact, by="ANN", today=TODAY)
        opened.execute("update contacts set name = ? where contact_no = ?", [name, f"C{number}"])
    opened.execute("update contacts set owner_code = '' where contact_no = 'C1'")
    return opened


@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_texts_survive_the_way_out_and_back(
    store: Store, kind: str, tmp_path: Path
) -> None:
    """Formulas, quotation marks, tabs, line breaks, an empty text beside a null."""
    assert_same(read_back(exported(store, kind, tmp_path)), store)


SET_UP: list[Command] = [
    DefineSalesperson(code="ANN", name="Ann"),
    DefineActivity(code="INIT", steps=(ActivityStep(description="Call", date_formula="1W"),)),
    DefineSalesCycle(code="NEW"),
    DefineStage(cycle_code="NEW", stage=1, chances_percent=50, activity_code="INIT"),
    DefineStage(cycle_code="NEW", stage=2, chances_percent=80, quote_required=True),
    DefineCloseReason(code="W", outcome="won"),
    DefineCloseReason(code="L", outcome="lost"),
    DefineContact(no="C1", name="Adatum", is_customer=True),
    DefineContact(no="P1", type="person", name="Robert Townes", company_no="C1"),
    DefineCampaign(no="K1", description="Fair"),
    DefineContactList(no="LIST", description="Guests", campaign_no="K1"),
    ListContacts(list_no="LIST", contact_nos=("C1", "P1")),
    SetQuota(on=TODAY, target=9_000, level="owner", code="ANN", kind="year"),
]


@pytest.fixture(scope="module")
def filled() -> Iterator[Store]:
    """One of everything: tasks, interactions, comments, lists, a merger, an order that was deleted.

    OP000001 was won with its order and lost with it, OP000002 went into OP000003, whose first stage
    was taken back; OP000004 has a quote.
    """
    with pipeline.open() as store:
        carry_out(store, *SET_UP, by="ANN", today=TODAY)
        create = CreateOpportunity(
            description="Chairs",
            contact_no="C1",
            owner_code="ANN",
            cycle_code="NEW",
            activate=True,
            amount=1_000,
            expected_close_on=date(2026, 9, 1),
        )
        carry_out(store, *[create] * 4, by="ANN", today=TODAY)
        carry_out(store, *around("OP000001"), by="ANN", today=TODAY)
        carry_out(store, *around("OP000002"), by="ANN", today=TODAY)
        for one in (
            CreateQuote(opportunity_no="OP000001", amount=1_200),
            CreateQuote(opportunity_no="OP000004", amount=1_300),
            MakeOrder(quote_no="SQ000001", close=True, close_reason_code="W"),
            RemoveQuote(quote_no="SQ000001", lose=True),
            RetractLastTransition(opportunity_no="OP000003"),
            ActivateFirstStage(opportunity_no="OP000003"),
            MergeOpportunities(survivor_no="OP000003", loser_no="OP000002"),
        ):
            carry_out(store, one, by="ANN", today=TODAY)
        yield store


def around(no: str) -> list[Command]:
    """What people do around an opportunity."""
    return [
        CreateTask(description="=1+1", due_on=TODAY, opportunity_no=no),
        LogInteraction(description="Asked", opportunity_no=no, minutes=15, cost="12.50"),
        AddComment(about="opportunity", no=no, text="+ first\n- second"),
        AddComment(about="stage", no="NEW", stage=1, text="Ask for the budget"),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_store_with_everything_in_it_is_read_back(
    filled: Store, kind: str, tmp_path: Path
) -> None:
    """Every table of what is around opportunities has rows, and comes back; the log is intact."""
    for table in ("tasks", "interactions", "comments", "quotes", "contact_lists", "merges"):
        assert whole.count(filled, table), table
    actions = "select action from transitions join opportunities using (opportunity_id) "
    loss = f"{actions} where opportunity_no = 'OP000001' order by nth"
    assert filled.rows(loss) == [("first",), ("won",), ("lost",)]
    with read_back(exported(filled, kind, tmp_path)) as again:
        assert_same(again, filled)
        assert again.rows(loss) == filled.rows(loss)


def test_no_cell_of_a_csv_export_is_a_formula(store: Store, tmp_path: Path) -> None:
    """A spreadsheet that opens the file runs nothing: such a text has an apostrophe before it."""
    archive = ZipFile(exported(store, "csv", tmp_path))
    with archive.open("contacts.csv") as file:
        cells = pd.read_csv(file, dtype="str", keep_default_na=False)
    assert not cells["name"].str.startswith(("=", "+", "-", "@", "\t", "\r")).any()


def test_a_workbook_is_typed_and_runs_nothing(store: Store, tmp_path: Path) -> None:
    """Numbers are numbers, days are days, texts are texts; no cell is a formula."""
    path = tmp_path / "all.xlsx"
    export(store, "xlsx", path)
    book = openpyxl.load_workbook(path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert book.sheetnames[0] == "definitions"
    assert set(book.sheetnames[1:]) == set(whole.tables(store))


def test_every_table_and_column_that_goes_out_is_explained(store: Store) -> None:
    """A new table or column gets its words in exporting/definitions.py or in the glossary."""
    tables = whole.tables(store)
    assert not set(tables) - set(TABLES)
    unsaid = [(table, column) for table, column, *_, said in definitions(tables) if not said]
    assert not unsaid


def test_an_export_goes_into_an_empty_store_only(store: Store, tmp_path: Path) -> None:
    """Nothing that is there is replaced."""
    found = own_export(exported(store, "csv", tmp_path))
    assert found
    before = contents(store)
    with pytest.raises(StoreInUseAlreadyError, match="13 contacts"):
        carry_out(store, found.command(), by="ME", today=TODAY)
    assert contents(store) == before


def test_an_export_somebody_broke_is_refused_whole(store: Store, tmp_path: Path) -> None:
    """A column is missing, a number is no number, rows make no intact log: nothing is recorded."""
    found = own_export(exported(store, "csv", tmp_path))
    assert found
    tables = found.tables
    lacking = {**tables, "contacts": tables["contacts"].drop_columns(["name"])}
    wrong = {**tables, "settings": tables["settings"].rename_columns(["value", "name"])}
    wrong["stages"] = tables["contacts"]
    for broken in (lacking, wrong):
        empty = pipeline.open(":memory:")
        with pytest.raises(NotAnExportError, match="Nothing was recorded"):
            carry_out(empty, RestoreTables(tables=broken, escaped=True), by="ME", today=TODAY)
        assert empty.one("select count(*) from contacts") == (0,)


def test_other_files_are_no_export(tmp_path: Path) -> None:
    """A table, an archive of tables, a workbook of somebody else."""
    path = tmp_path / "other.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("deals.csv", "Id,Stage\n1,Won\n")
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "deals.csv").write_text("Id,Stage\n1,Won\n")
    for name in ("deals.csv", "other.zip", "other.xlsx"):
        assert own_export(tmp_path / name) is None


def test_a_workbook_that_grows_without_measure_is_refused(tmp_path: Path) -> None:
    """A small file that would fill the memory: its sizes are looked at before it is unpacked."""
    path = tmp_path / "bomb.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(FileTooLargeError):
        own_export(path)
    with pytest.raises(FileTooLargeError):
        read_files([path], [])


def test_nothing_is_written_over_and_no_half_file_is_left(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is there stays; a workbook that would be too large is refused and not begun."""
    there = tmp_path / "there.zip"
    there.write_text("mine")
    with pytest.raises(FileThereError):
        export(store, "csv", there)
    with pytest.raises(CannotWriteError):
        export(store, "csv", tmp_path / "no folder" / "all.zip")
    monkeypatch.setattr(workbook, "MOST_ROWS", 12)
    with pytest.raises(TooMuchForExcelError, match="rows"):
        export(store, "xlsx", tmp_path / "all.xlsx")
    monkeypatch.setattr(workbook, "MOST_CHARACTERS", 5)
    with pytest.raises(TooMuchForExcelError):
        export(store, "xlsx", tmp_path / "all.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["there.zip"]
    assert there.read_text() == "mine"


def test_an_export_shows_one_moment(store: Store, tmp_path: Path) -> None:
    """What is recorded while it is written is not in it, in no table."""
    with whole.snapshot(store) as looking:
        carry_out(store, DefineSetting(name="company_name", value="Late"), by="ME", today=TODAY)
        assert looking.one("select value from settings where name = 'company_name'") is None
    found = own_export(exported(store, "parquet", tmp_path))
    assert found
    assert "Late" in found.tables["settings"]["value"].to_pylist()


def test_a_name_that_promises_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    """An archive is not written as x.csv, nor as a PDF."""
    with pipeline.open() as store:
        for name in ("x.csv", "y.pdf"):
            with pytest.raises(FileEndingError, match="ends in"):
                export(store, "csv", tmp_path / name)
    assert not list(tmp_path.iterdir())
