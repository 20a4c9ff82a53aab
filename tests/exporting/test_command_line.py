"""Out, back, safe and undone, from the command line."""

import re
from pathlib import Path

import pytest

from pipeline.cli import main

DEALS = """Deal ID,Deal Name,Company,Owner,Stage,Status,Amount,Created Date,Close Date
1,Machines,Adatum,Ann Jones,Talk,open,1000,2025-01-02,2025-06-01
2,Chairs,Coho,Bob Ray,Offer,won,2000,2025-01-03,2025-03-02
"""


def test_everything_goes_out_comes_back_is_safe_and_can_be_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One company's week: import, export, read back elsewhere, back up, undo, restore."""
    (tmp_path / "deals.csv").write_text(DEALS)

    def run(store: str, *words: str) -> str:
        code = main(["--store", str(tmp_path / store), *words])
        printed = capsys.readouterr()
        return printed.out if code == 0 else f"refused: {printed.err}"

    def file(name: str) -> str:
        return str(tmp_path / name)

    assert "2 opportunities were imported" in run("a", "import", file("deals.csv"), "--yes")
    assert "tables are in" in run("a", "export", "--format", "xlsx", "--out", file("all.xlsx"))
    assert "There is a file" in run("a", "export", "--format", "xlsx", "--out", file("all.xlsx"))
    assert "were read back" in run("b", "import", file("all.xlsx"), "--yes")
    assert "The log is intact: 2 opportunities" in run("b", "check")
    assert "is equal to the store" in run("a", "backup", file("safe.duckdb"))
    found = re.match(r"\d+", run("a", "imports"))
    assert found
    again = run("a", "imports", "--again", found[0])
    number = re.search(r"import (\d+) now", again)
    assert number
    assert "is undone" in run("a", "imports", "--undo", number[1])
    assert "intact: 0 opportunities" in run("a", "check")
    assert "With --force" in run("a", "restore", file("safe.duckdb"))
    assert "The store that was there is" in run("a", "restore", file("safe.duckdb"), "--force")
    assert "intact: 2 opportunities" in run("a", "check")
