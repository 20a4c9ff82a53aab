"""Make sure there is a Chromium for the browser tests and the pictures, and say which.

In this order: the one that is already here; Debian's, where this user may install packages;
Playwright's own download. `tests/browser` and `scripts/shots.py` look for it the same way.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Find or install a Chromium; the exit code says whether there is one."""
    if found := system_browser():
        print(f"Browser: {found}")
        return 0
    if _install_from_debian() and (found := system_browser()):
        print(f"Browser: {found}, from the system's packages")
        return 0
    if _run([sys.executable, "-m", "playwright", "install", "chromium"]):
        print("Browser: Playwright's own Chromium")
        return 0
    print(
        "No Chromium was found and none could be installed. Install one (on Debian: "
        "apt-get install chromium) or name one in the variable CHROMIUM, and run again."
    )
    return 1


def system_browser() -> str | None:
    """Where this machine's own Chromium is: the variable CHROMIUM first, then the usual names."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def _install_from_debian() -> bool:
    """Install the package `chromium`, if there is apt and this user may use it."""
    if shutil.which("apt-get") is None:
        return False
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if rights and (shutil.which("sudo") is None or not _run([*rights, "true"])):
        return False
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    _run([*apt, "update"])
    return _run([*apt, "install", "--no-install-recommends", "chromium"])


def _run(command: Sequence[str]) -> bool:
    """Run a command without asking anybody anything, and say whether it went well."""
    print("+", " ".join(command), flush=True)
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
