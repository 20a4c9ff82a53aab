"""The real server and a real Chromium, for tests and pictures; both know no host but this one."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from typing import IO
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright

from scripts.install_browser import system_browser

TODAY = "2026-01-28"
"""The work date of the example company; its pages look the same on every day of the real year."""
START_SECONDS = 60
"""How long a server may take to say where it is; a busy machine needs some of it."""

_ANNOUNCED = re.compile(r"on (http://\S+)")
_SERVE = "import sys; from dashboard.server import serve; serve(sys.argv[1], port=0)"
_COMMAND_LINE = "import sys; from pipeline.cli import main; sys.exit(main())"
_CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name leads anywhere: even a request that slips through does not leave the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
"""A browser that asks nobody for anything, and runs where there is no screen and no sandbox."""

LINKS = "[data-testid=stSidebarNavLink], [data-testid=stTopNavLink]"
_DRAWN = """() => document.querySelectorAll('[data-testid=stSkeleton]').length === 0
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
        .every((chart) => chart.querySelector('.main-svg'))
    && document.fonts.status === 'loaded'"""


@contextmanager
def serving(address: str | Path, **environment: str) -> Iterator[str]:
    """Serve a store in a process of its own for as long as the block lasts; gives the URL."""
    command = [sys.executable, "-c", _SERVE, str(address)]
    with _started(command, environment) as server:
        assert server.stdout is not None
        printed = _read_on(server.stdout)
        try:
            yield _announced(printed)
        finally:
            server.terminate()
            server.wait(timeout=START_SECONDS)


def run_pipeline(*arguments: str) -> str:
    """Run the command line in a process of its own and give what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND_LINE, *arguments],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def make_demo(store: Path) -> Path:
    """Fill a new store file with the example company."""
    run_pipeline("--store", str(store), "demo", "--contoso")
    return store


def launch(playwright: Playwright) -> Browser:
    """Start Chromium: this machine's own, or the one Playwright has downloaded."""
    return playwright.chromium.launch(executable_path=system_browser(), args=_CHROMIUM)


def settled(page: Page) -> Page:
    """Wait until a page has run to its end and its charts are drawn; gives the page back.

    `ready` is what the frame writes last; the state of the script turns when a rerun is over too.
    """
    page.locator(".st-key-ready").wait_for(state="attached")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_function(_DRAWN)
    return page


def navigation(page: Page, url: str) -> list[str]:
    """The paths of all pages in the navigation, in its order; the page is left at the start."""
    page.goto(url)
    links = settled(page).locator(LINKS)
    hrefs: list[str] = links.evaluate_all("links => links.map((link) => link.href)")
    return [urlsplit(href).path for href in hrefs]


def _started(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _read_on(stream: IO[str]) -> "Queue[str | None]":
    """Read a process's output to its end in the background, so that it never waits for a reader."""
    lines: Queue[str | None] = Queue()

    def read() -> None:
        for line in stream:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines


def _announced(printed: "Queue[str | None]") -> str:
    """Wait for the line that says where the pages are; a server that ends first is a failure."""
    seen = []
    try:
        while (line := printed.get(timeout=START_SECONDS)) is not None:
            if found := _ANNOUNCED.search(line):
                return found[1]
            seen.append(line)
    except Empty:
        seen.append(f"(nothing more in {START_SECONDS} seconds)")
    message = "The server did not start:\n" + "".join(seen)
    raise AssertionError(message)
