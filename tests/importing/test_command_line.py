"""`pipeline import`: the dry run first, then a question, then one batch."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.importing import command_line
from pipeline.store import Store
from tests.importing.conftest import ACME, Write

Run = Callable[..., int]

DEALS = """
    Deal,What,State,Begun,Value
    A,Pump,Talk,2024-01-02,1000
    B,=cmd(),Talk,soon,5
"""


@pytest.fixture
def run(store: Store, tmp_path: Path) -> Run:
    """Run the command with Acme's profile on the store."""
    toml = tmp_path / "acme.toml"
    toml.write_text(ACME, encoding="utf-8")
    parser = argparse.ArgumentParser()
    command_line.add_arguments(parser)

    def with_options(*words: object) -> int:
        given = ["--profile", toml, "--today", "2024-06-30", *words]
        return command_line.run(store, parser.parse_args(list(map(str, given))))

    return with_options


def count(store: Store) -> int:
    """Give the number of opportunities in the store."""
    return len(store.rows("select 1 from opportunities"))


def test_a_dry_run_says_everything_and_records_nothing(
    run: Run, write: Write, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was recognised, what would be made, what is refused and why."""
    assert run(write(DEALS), "--dry-run") == 0
    said = capsys.readouterr().out
    assert "deals.csv: 2 rows of opportunities (utf-8, cells separated by commas)" in said
    assert "1 opportunity to import with 1 transition; 1 row refused." in said
    assert "sales cycle ACME with the stages 1 Talk (chances 10 %), 2 Offer (chances 60 %)" in said
    assert "1 × deals.csv, Begun: It is not a date. For example “soon”." in said
    assert count(store) == 0


@pytest.mark.parametrize(("answer", "imported"), [("y", 1), ("yes", 1), ("n", 0), ("", 0)])
def test_it_asks_before_it_imports(
    run: Run,
    write: Write,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    *,
    answer: str,
    imported: int,
) -> None:
    """Anything but yes imports nothing, and the exit code says so."""
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert run(write(DEALS)) == 1 - imported
    assert count(store) == imported


def test_refused_rows_are_written_mended_and_fed_again(
    run: Run, write: Write, store: Store, tmp_path: Path
) -> None:
    """A formula is harmless in the file, and itself again after the second import."""
    refused = tmp_path / "refused.csv"
    assert run(write(DEALS), "--yes", "--refused", refused) == 0
    text = refused.read_text(encoding="utf-8")
    assert text.splitlines()[1] == "B,'=cmd(),Talk,soon,5,3,Begun: It is not a date."
    refused.write_text(text.replace("soon", "2024-02-01"), encoding="utf-8")
    assert run(refused, "--yes") == 0
    assert store.rows("select external_id, description from opportunities order by 1") == [
        ("A", "Pump"),
        ("B", "=cmd()"),
    ]
