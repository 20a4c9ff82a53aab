"""The wheel holds everything the product needs, so that it works from any folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMAND_LINE = "import sys; from pipeline.cli import main; sys.exit(main())"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project installed from its wheel; its dependencies are this run's."""
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", str(target), str(ROOT)], check=True, capture_output=True)
    return target


def test_every_file_of_the_packages_is_installed(installed: Path) -> None:
    """SQL, import profiles, fonts, the icon, the settings: all that git knows travels."""
    git = ["git", "ls-files", "pipeline", "dashboard"]
    if not (ROOT / ".git").exists():
        pytest.skip("these sources are not a checkout")
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True)
    known = [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]
    assert [name for name in known if not (installed / name).exists()] == []


def test_the_example_company_is_installed_beside_its_loader(installed: Path) -> None:
    """The files people find in data/contoso are the ones the installed product reads."""
    here, there = ROOT / "data" / "contoso", installed / "pipeline" / "demo" / "contoso_csv"
    names = sorted(path.name for path in here.iterdir())
    assert names == sorted(path.name for path in there.iterdir())
    assert all((here / name).read_bytes() == (there / name).read_bytes() for name in names)


def test_the_command_line_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    """Far from the sources: the example company is loaded, and a report of it printed."""
    assert str(installed) in _run(installed, tmp_path, "import pipeline; print(pipeline.__file__)")
    _run(installed, tmp_path, COMMAND_LINE, "demo", "--contoso")
    asked = ("report", "weighted-pipeline", "--as-of", "2026-01-28", "--format", "csv")
    assert "EXISTING" in _run(installed, tmp_path, COMMAND_LINE, *asked)
    assert (tmp_path / "data" / "pipeline.duckdb").exists()


def _run(installed: Path, folder: Path, code: str, *arguments: str) -> str:
    """Run code against the installed packages, from a folder that has nothing to do with them."""
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
