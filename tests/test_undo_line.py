"""`pipeline undo` lists what was done, shows what undoing restores, and undoes it when told to."""

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.commands import DefineContact, DefineSalesperson, DefineSetting, carry_out
from pipeline.store import Store, records
from tests.stories import QUARTER_END


@pytest.fixture
def done(tmp_path: Path) -> tuple[str, int]:
    """A store with one salesperson, who entered a contact; its address, and the batch of that."""
    address = str(tmp_path / "pipeline.duckdb")
    with Store.open(address) as store:
        carry_out(
            store,
            DefineSalesperson(code="ANN", name="Ann"),
            DefineSetting(name="default_owner", value="ANN"),
            by="ANN",
            today=QUARTER_END,
        )
        made = carry_out(store, DefineContact(name="Adatum"), by="ANN", today=QUARTER_END)
    return address, made[0].batch_id or 0


def contacts(address: str) -> int:
    """How many contacts there are."""
    with Store.open(address) as store:
        return records.count(store, "contacts")


def test_it_lists_shows_and_undoes(
    done: tuple[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --yes nothing is changed; with --again it is done again."""
    address, batch = done
    assert main(["--store", address, "undo"]) == 0
    assert f"{batch}  " in (listed := capsys.readouterr().out)
    assert "Define contact: contact CT000001" in listed

    assert main(["--store", address, "undo", str(batch)]) == 0
    assert "contact CT000001" in (shown := capsys.readouterr().out)
    assert "Nothing was changed" in shown
    assert contacts(address) == 1

    assert main(["--store", address, "undo", str(batch), "--yes"]) == 0
    assert contacts(address) == 0
    assert main(["--store", address, "undo", str(batch), "--yes", "--again"]) == 0
    assert contacts(address) == 1


def test_what_somebody_else_did_is_refused(
    done: tuple[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence on standard error, and exit code 1."""
    address, batch = done
    assert main(["--store", address, "undo", str(batch), "--yes", "--by", "BOB"]) == 1
    assert "ANN" in capsys.readouterr().err
    assert contacts(address) == 1
