"""`pipeline bake-off`: runs, keeps, prints, and finds nothing missing the second time."""

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.store import Store
from tests.stories import ten_opportunities


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The ten opportunities in a file."""
    file = tmp_path_factory.mktemp("store") / "ten.duckdb"
    with Store.open(file) as opened:
        ten_opportunities(opened)
    return str(file)


def test_a_bake_off_is_run_once_and_printed_each_time(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two quarters; the table has both rankings, the second run computes nothing."""
    command = ["--store", store, "bake-off", "--as-of", "2025-06-30", "--quarters", "2"]
    assert main(command) == 0
    first = capsys.readouterr()
    assert "forecasts were computed" in first.err
    assert "Only 2 quarters are over" in first.err
    assert "too few periods to rank" in first.out
    assert "Stage-weighted" in first.out
    assert main(command) == 0
    second = capsys.readouterr()
    assert "Nothing was missing." in second.err
    assert second.out == first.out


def test_as_json_it_has_every_measure(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What a program reads, nothing beside it on standard output."""
    command = ["--store", store, "bake-off", "--as-of", "2025-06-30", "--quarters", "2"]
    assert main([*command, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["report"] == "forecast-accuracy"
    row = next(row for row in answer["rows"] if row["method"] == "stage-weighted")
    assert {"wape_rate", "bias_rate", "mase", "brier", "skill_last_period_rate"} <= row.keys()


def test_a_store_that_is_not_there_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence, no traceback, no file."""
    address = tmp_path / "none.duckdb"
    assert main(["--store", str(address), "bake-off"]) == 1
    assert "There is no store" in capsys.readouterr().err
    assert not address.exists()
