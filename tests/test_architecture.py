"""The architecture as promises: who may import whom, and what no file may say."""

import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from importlinter import api
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[1]
CONFIGURATION = str(ROOT / "pyproject.toml")
BINARY = {".png", ".woff2", ".ico"}
CONTRACTS = [
    options["name"] for options in api.read_configuration(CONFIGURATION)["contracts_options"]
]


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """Who imports whom, read from the sources as they are now."""
    packages = ("pipeline", "dashboard")
    return grimp.build_graph(*packages, include_external_packages=True, cache_dir=None)


def test_every_import_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """The contracts stand in pyproject.toml; what breaks one is named in the failure."""
    status = lint_imports(config_filename=CONFIGURATION, no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_contract_names_are_sentences() -> None:
    """A broken contract is read by a person: its name says the rule, with a verb, in words."""
    assert CONTRACTS
    assert all(name[0].isupper() and len(name.split()) >= 5 for name in CONTRACTS)


def test_the_domain_imports_the_standard_library_only(imports: grimp.ImportGraph) -> None:
    """The rules can be read, and moved elsewhere, without a data library."""
    outside = {
        name.split(".")[0]
        for module in _modules(imports, "pipeline.domain")
        for name in imports.find_modules_directly_imported_by(module)
        if not name.startswith("pipeline.domain")
    }
    assert outside <= sys.stdlib_module_names


def test_metrics_import_what_computes_and_the_domain_only(imports: grimp.ImportGraph) -> None:
    """A metric is a function of a frame: nothing it imports could fetch or show anything."""
    outside = {
        name.split(".")[0]
        for module in _modules(imports, "pipeline.metrics")
        for name in imports.find_modules_directly_imported_by(module)
        if not name.startswith(("pipeline.metrics", "pipeline.domain"))
    }
    assert outside <= {*sys.stdlib_module_names, "pandas", "numpy", "scipy", "rapidfuzz"}


def test_pages_are_seen_by_the_contracts(imports: grimp.ImportGraph) -> None:
    """A folder without `__init__.py` is no part of the graph: its imports would go unchecked."""
    scripts = (ROOT / "dashboard" / "app_pages").glob("[a-z]*.py")
    assert {f"dashboard.app_pages.{path.stem}" for path in scripts} <= imports.modules


def test_only_the_session_opens_the_store_for_the_screen(imports: grimp.ImportGraph) -> None:
    """Neither `pipeline.store` nor the notebook's `pipeline.open` is used by another module."""
    using = {
        importer
        for door in ("pipeline", "pipeline.store")
        for importer in imports.find_modules_that_directly_import(door)
        if importer.startswith("dashboard")
    }
    assert using <= {"dashboard.session"}


@pytest.mark.parametrize("module", ["pipeline.domain", "pipeline.metrics", "pipeline.commands"])
def test_a_core_module_loads_without_the_screen(module: str) -> None:
    """The promise at run time, in a fresh interpreter: what is imported late is seen too."""
    code = f"import {module}, sys; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"streamlit", "plotly", "dashboard"} & set(ran.stdout.split())


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is the business of whoever installs them."""
    hosts = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org")]
    named = re.compile("|".join(r"\.".join(host) for host in hosts), re.IGNORECASE)
    naming = [path for path in _texts() if named.search(path.read_text(encoding="utf-8"))]
    assert not naming


def test_locks_pin_every_package_and_name_no_index() -> None:
    """A lock line is a name, an exact version and perhaps a marker; never an option or a link."""
    pinned = re.compile(r'[a-z0-9.-]+==[0-9][0-9a-z.]*(; sys_platform != "win32")?')
    for lock in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if not line.startswith("#")]
        assert packages
        assert all(map(pinned.fullmatch, packages))


def _modules(imports: grimp.ImportGraph, package: str) -> set[str]:
    return {package, *imports.find_descendants(package)}


def _texts() -> list[Path]:
    """Every text file that is, or is about to be, part of the project, as git knows them."""
    if not (ROOT / ".git").exists():
        pytest.skip("these sources are not a checkout")
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = (ROOT / name for name in listed.stdout.splitlines())
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]
