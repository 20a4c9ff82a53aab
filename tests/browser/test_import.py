"""Bring a file, see what would happen, import and undo it; take everything out: in a browser."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from pipeline.store import Store
from pipeline.store.check import check
from tests.serving import settled

DEALS = """Deal ID,Deal Name,Company,Owner,Stage,Status,Amount,Created Date,Close Date
1,Machines,<b>Adatum</b>,Ann Jones,Talk,open,1000,2025-01-02,2026-06-01
2,Chairs,Coho,Bob Ray,Offer,open,2000,2025-01-03,2026-06-02
3,Lamps,Adatum,Bob Ray,Offer,won,3000,2025-01-04,2025-03-01
4,Desks,Fabrikam,Ann Jones,Talk,lost,4000,soon,2025-03-02
"""


def dropped(page: Page, url: str, folder: Path) -> None:
    """The import page with a file on it."""
    file = folder / "deals.csv"
    file.write_text(DEALS)
    page.goto(f"{url}/import_files")
    settled(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Import 3 opportunities").wait_for()
    settled(page)


def test_a_file_is_imported_and_taken_back(page: Page, own_url: str, tmp_path: Path) -> None:
    """Three of four rows come; the fourth is in the error file; undone, all are gone."""
    dropped(page, own_url, tmp_path)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download the refused rows").click()
    refused = Path(caught.value.path()).read_text("utf-8-sig")
    assert "Desks" in refused
    assert "It is not a date." in refused
    page.get_by_role("button", name="Import 3 opportunities").click()
    expect(page.get_by_text("Past imports")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone by")).to_be_visible()


def test_everything_is_taken_out(page: Page, own_url: str, tmp_path: Path) -> None:
    """The archive holds the log; the backup is a store that proves intact."""
    page.goto(f"{own_url}/export")
    settled(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download CSV").click()
    names = ZipFile(BytesIO(Path(caught.value.path()).read_bytes())).namelist()
    assert {"transitions.csv", "definitions.csv", "README.txt"} <= set(names)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download a backup").click()
    caught.value.save_as(tmp_path / "backup.duckdb")
    with Store.open(tmp_path / "backup.duckdb") as copy:
        assert check(copy).intact
