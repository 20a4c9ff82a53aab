"""The command line: every answer is a result or a sentence, never a traceback."""

import json
from pathlib import Path

import pytest

from pipeline.cli import main


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The published example company in a file."""
    address = str(tmp_path_factory.mktemp("store") / "contoso.duckdb")
    assert main(["--store", address, "demo", "--contoso"]) == 0
    return address


def test_a_report_is_printed_with_its_definition(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five open opportunities in EXISTING, 20,500.00, weighted 410.00."""
    assert main(["--store", store, "report", "cycle-statistics", "--as-of", "2026-01-28"]) == 0
    printed = capsys.readouterr().out
    assert "20,500.00" in printed
    assert "410.00" in printed
    assert "As of 2026-01-28." in printed


def test_json_carries_definition_scope_and_rows(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a program reads: five of nine won."""
    command = ["report", "win-rate", "--as-of", "2026-01-28", "--format", "json"]
    assert main(["--store", store, *command]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer.keys() >= {"report", "definition", "scope", "excluded", "rows"}
    assert (answer["rows"][0]["won"], answer["rows"][0]["lost"]) == (5, 4)


def test_the_log_of_the_example_is_intact(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As `pipeline check` says."""
    assert main(["--store", store, "check"]) == 0
    assert "intact" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["report", "win-rate", "--owner", "JQ"], "Did you mean JO?"),
        (["report", "win-rate", "--cycle", "x' or 1=1"], "There is no sales cycle"),
        (["report", "win-rate", "--team", "SALES"], "Did you mean SALE?"),
        (["report", "win-rate", "--from", "2026-02-01", "--to", "2026-01-01"], "before it begins"),
        (["report", "opportunities", "--limit", "9" * 30], "--limit cannot be"),
        (["report", "win-rate", "--out", "no/such/folder/x.csv"], "cannot be written"),
        (["demo"], "already holds 15 opportunities"),
    ],
)
def test_a_refusal_is_one_sentence(
    store: str, capsys: pytest.CaptureFixture[str], command: list[str], sentence: str
) -> None:
    """On standard error, with exit code 1; nothing is printed as if it were an answer."""
    assert main(["--store", store, *command]) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""


@pytest.mark.parametrize("day", ["2026-02-30", "soon", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_refused_with_an_example(
    store: str, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    """The usage error of the command line, in words."""
    with pytest.raises(SystemExit):
        main(["--store", store, "report", "win-rate", "--as-of", day])
    assert "write it like 2026-01-28" in capsys.readouterr().err


def test_a_list_in_an_answer_is_printed(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A query may give a list in a cell."""
    assert main(["--store", store, "sql", "select [1, 2] as pair"]) == 0
    assert "1" in capsys.readouterr().out


def test_reading_makes_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the address is told, and leaves no empty file behind."""
    address = tmp_path / "typo.duckdb"
    assert main(["--store", str(address), "report", "win-rate"]) == 1
    assert "There is no store" in capsys.readouterr().err
    assert not address.exists()
