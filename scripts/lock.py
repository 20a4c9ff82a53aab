"""Write requirements.lock and requirements-dev.lock: every package, pinned, and nothing else.

Run by the oldest Python the project supports (`make lock PYTHON=python3.11`), so that every pinned
version exists for it and for all newer ones. A lock names packages and versions only; where they
come from is the business of whoever installs them.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
HELD_BACK = ["duckdb==1.5.5"]
"""DuckDB's extensions are published as packages for exactly this release."""
MARKERS = {"uvloop": '; sys_platform != "win32"'}
"""What a package's own requirer says about where it belongs; a flat list would forget it."""


def main() -> None:
    """Resolve what runs the product, then what develops it on top of exactly that."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    dev = project["dependency-groups"]["dev"]
    build = [one for one in dev if one.startswith(("hatchling", "editables"))]
    run = resolve([*project["project"]["dependencies"], *build, *HELD_BACK])
    write(RUN, "What runs the dashboard and the command line, and builds the package.", run)
    extra = resolve(dev, "--constraint", str(RUN)).items() - run.items()
    write(DEV, "What tests and checks it, on top of requirements.lock.", dict(extra))


def resolve(wanted: list[str], *options: str) -> dict[str, str]:
    """Ask pip what it would install: package names and the versions they get."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        subprocess.run([*pip, "--report", str(report), *options, *wanted], check=True)
        chosen = json.loads(report.read_text(encoding="utf-8"))["install"]
    found = (one["metadata"] for one in chosen)
    return {one["name"].lower().replace("_", "-"): one["version"] for one in found}


def write(path: Path, purpose: str, packages: dict[str, str]) -> None:
    """Write one lock, sorted by name."""
    lines = [f"{name}=={packages[name]}{MARKERS.get(name, '')}" for name in sorted(packages)]
    path.write_text(f"# {purpose}\n# Written by `make lock`.\n" + "\n".join(lines) + "\n", "utf-8")
    print(f"{path.name}: {len(lines)} packages")


if __name__ == "__main__":
    main()
