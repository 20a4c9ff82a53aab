"""A page in a real Chromium, on the real server, on a store that is thrown away.

A test that only looks asks for `demo_url`, the example company served once for all of them; a test
that writes asks for `own_url`, a server on its own copy. `page` fails the test when its browser
asks any host but this one for anything, and when a script of the page fails.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from pipeline.store import Store
from tests.browser import board_company
from tests.serving import TODAY, launch, make_demo, serving

DESKTOP = {"width": 1440, "height": 900}
PATIENCE_MS = 20_000
"""How long is waited for what should appear; on a busy machine a page takes its time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser by where it stands."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example company in a file; nobody opens it, everybody copies it."""
    return make_demo(tmp_path_factory.mktemp("demo") / "pipeline.duckdb")


@pytest.fixture(scope="package")
def demo_url(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example company, served to all tests that only look."""
    copy = shutil.copy(demo_store, tmp_path_factory.mktemp("looked-at"))
    with serving(copy, PIPELINE_TODAY=TODAY) as url:
        yield url


@pytest.fixture
def own_url(demo_store: Path, tmp_path: Path) -> Iterator[str]:
    """The example company, served to one test that may change it."""
    with serving(shutil.copy(demo_store, tmp_path), PIPELINE_TODAY=TODAY) as url:
        yield url


@pytest.fixture(scope="module")
def board_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two sellers at one store with a board, for all tests of a file."""
    file = tmp_path_factory.mktemp("board") / "board.duckdb"
    with Store.open(file) as store:
        board_company.set_up(store)
    with serving(file, PIPELINE_TODAY=TODAY) as url:
        yield url


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, started once; stopped before other tests, whose event loops it would disturb."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser with nothing in it that can reach this machine only, and is watched."""
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    outside: list[str] = []
    failed: list[str] = []
    context.on("request", lambda request: _note_outside(request, outside))
    context.on("weberror", lambda error: failed.append(str(error.error)))
    yield context
    context.close()
    assert not outside, f"asked another host: {outside}"
    assert not failed, f"a script of the page failed: {failed}"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab; a test about two people opens another one with `context.new_page()`."""
    return context.new_page()


def _is_outside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1"


def _note_outside(request: Request, outside: list[str]) -> None:
    if _is_outside(request.url):
        outside.append(request.url)
