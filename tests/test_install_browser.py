"""Where the browser of the tests comes from, on machines that are folders of small programs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "install_browser.py"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with a shell and nothing else: its programs are the files of this folder."""
    for tool in ("sh", "env", "chmod", "true"):
        (tmp_path / tool).symlink_to(f"/bin/{tool}" if tool == "sh" else f"/usr/bin/{tool}")
    _program(tmp_path, "sudo", 'shift; exec "$@"')
    return tmp_path


def test_a_browser_that_is_there_is_used(machine: Path) -> None:
    """Somebody has Google Chrome: nothing is installed."""
    _program(machine, "google-chrome", "")
    assert _installed(machine) == f"Browser: {machine}/google-chrome\n"


def test_debians_chromium_is_installed_where_that_is_allowed(machine: Path) -> None:
    """No browser, but apt and the right to use it: the list is refreshed, the package installed."""
    put = f"printf '#!/bin/sh' > {machine}/chromium && chmod +x {machine}/chromium"
    _program(machine, "apt-get", f'case "$*" in *install*chromium) {put};; esac')
    assert _installed(machine).endswith(
        f"Browser: {machine}/chromium, from the system's packages\n"
    )


def test_a_browser_named_in_the_environment_wins(machine: Path) -> None:
    """CHROMIUM names one: it is taken, whatever else the machine has."""
    _program(machine, "chromium", "")
    assert _installed(machine, CHROMIUM="/opt/mine") == "Browser: /opt/mine\n"


def _program(machine: Path, name: str, script: str) -> None:
    program = machine / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def _installed(machine: Path, **environment: str) -> str:
    """Run the script on the machine and give what it printed."""
    without = {name: value for name, value in os.environ.items() if name != "CHROMIUM"}
    ran = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={**without, **environment, "PATH": str(machine)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout
