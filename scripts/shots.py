"""Render every page to a picture: light and dark, wide and narrow.

    python -m scripts.shots                        the example company
    python -m scripts.shots --store FILE           a copy of that store
    python -m scripts.shots --empty                a new store with nothing in it
    python -m scripts.shots --only stage           pages whose address contains "stage"

The pages are found in the navigation, as a person finds them; `--also PATH` adds one that has no
entry there. Pictures are named shots/PAGE-light-1440.png and show the whole page; what scrolls
sideways, and what asks another host for something, is reported.
"""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.store import Store
from tests.serving import TODAY, launch, make_demo, navigation, serving, settled

ROOT = Path(__file__).resolve().parents[1]
MODES = ("light", "dark")
SIZES = ((1440, 900), (390, 844))
TALLEST = 6000
"""Pixels: a page that is longer than this is cut, so that its picture can still be looked at."""


def main() -> None:
    """Serve a store that is thrown away and take a picture of each page in each mode and size."""
    wanted = _arguments()
    shutil.rmtree(wanted.out, ignore_errors=True) if not wanted.only else None
    wanted.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = _store(wanted, Path(folder) / "pipeline.duckdb")
        with serving(store, PIPELINE_TODAY=wanted.today) as url:
            _take_all(launch(playwright), url, wanted)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Render every page to a picture.")
    parser.add_argument("--store", type=Path, help="show a copy of this store")
    parser.add_argument("--empty", action="store_true", help="show a new store")
    parser.add_argument("--only", default="", help="pages whose address contains this")
    parser.add_argument("--also", action="append", default=[], help="one more address to show")
    parser.add_argument("--today", default=os.environ.get("PIPELINE_TODAY", TODAY))
    parser.add_argument("--out", type=Path, default=ROOT / "shots")
    return parser.parse_args()


def _store(wanted: argparse.Namespace, file: Path) -> Path:
    """Make the store to show: a copy, an empty one, or the example company."""
    if wanted.store:
        return Path(shutil.copy(wanted.store, file))
    if wanted.empty:
        Store.open(file).close()
        return file
    return make_demo(file)


def _take_all(browser: Browser, url: str, wanted: argparse.Namespace) -> None:
    paths = [path for path in [*_paths(browser, url), *wanted.also] if wanted.only in path]
    for page, mode, width in _pages(browser):
        for path in paths:
            settled(_at(page, f"{url}/{path.lstrip('/')}"))
            name = f"{path.strip('/').partition('?')[0] or 'start'}-{mode}-{width}.png"
            _take(page, wanted.out / name)


def _paths(browser: Browser, url: str) -> list[str]:
    """The addresses in the navigation, in its order."""
    page = browser.new_page(viewport={"width": SIZES[0][0], "height": SIZES[0][1]})
    paths = navigation(page, url)
    page.close()
    return paths


def _pages(browser: Browser) -> Iterator[tuple[Page, str, int]]:
    """Give a fresh tab for each mode and size."""
    for mode in MODES:
        for width, height in SIZES:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=mode,  # type: ignore[arg-type]
                device_scale_factor=1 if width > SIZES[1][0] else 2,
            )
            page.on("request", lambda request: _report_outside(request.url))
            yield page, mode, width
            page.close()


def _at(page: Page, url: str) -> Page:
    page.goto(url)
    return page


def _take(page: Page, file: Path) -> None:
    """Make the window as tall as the page, so that one picture holds all of it."""
    size = page.viewport_size or {"width": SIZES[0][0], "height": SIZES[0][1]}
    main = page.locator("[data-testid=stMain]")
    tall = min(max(main.evaluate("main => main.scrollHeight"), size["height"]), TALLEST)
    wide = main.evaluate("main => main.scrollWidth - main.clientWidth")
    page.set_viewport_size({"width": size["width"], "height": tall})
    page.screenshot(path=file, animations="disabled")
    page.set_viewport_size(size)
    print(f"{file.name}{f'  SCROLLS SIDEWAYS by {wide} px' if wide > 0 else ''}", flush=True)


def _report_outside(url: str) -> None:
    if url.startswith(("http:", "https:")) and urlsplit(url).hostname != "127.0.0.1":
        print(f"OUTSIDE REQUEST {url}", flush=True)


if __name__ == "__main__":
    main()
