"""How long a person waits for a page: from the click to the finished rerun, in a real Chromium."""

import statistics
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.measure import table, timed_ms
from tests.serving import LINKS, launch, serving, settled

RUNS = 5
LONGEST_MS = 30_000
"""A page that takes longer is broken; the measurement stops."""
PAGES = ("", "stage_conversion", "win_rate", "statistics", "opportunities", "sales_cycles")

_WATCH = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const state = () => app.getAttribute('data-test-script-state');
    window.rerun = new Promise((done, fail) => {
        setTimeout(() => fail(new Error('no rerun')), 30000);
        let began = null;
        const watch = new MutationObserver(() => {
            if (began === null && state() === 'running') began = performance.now();
            if (began !== null && state() === 'notRunning') {
                watch.disconnect();
                done(performance.now() - window.asked);
            }
        });
        watch.observe(app, { attributes: true });
    });
    window.addEventListener('click', () => { window.asked = performance.now(); },
        { once: true, capture: true });
}"""
"""Watch from the click that asks for a rerun until the script has run."""


def run(store: Path, today: date) -> None:
    """Time the first load and the rerun of each page of a served store."""
    with serving(store, PIPELINE_TODAY=today.isoformat()) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        rows = [_row(page, url, path) for path in PAGES]
        browser.close()
    table("Pages in the browser", ("page", "load ms", "rerun ms"), rows)


def _row(page: Page, url: str, path: str) -> tuple[str, ...]:
    page.set_default_timeout(LONGEST_MS)
    page.goto(f"{url}/{path}")
    settled(page)
    load = timed_ms(lambda: settled_again(page))
    reruns = [_rerun_ms(page) for _ in range(RUNS)]
    return path or "weighted_pipeline", f"{load:.0f}", f"{statistics.median(reruns):.0f}"


def _rerun_ms(page: Page) -> float:
    """Click the page's own entry in the navigation, which runs it again, and wait for its end."""
    page.evaluate(_WATCH)
    page.locator(LINKS).and_(page.locator("[aria-current=page]")).click()
    return float(page.evaluate("window.rerun"))


def settled_again(page: Page) -> None:
    """Load the page once more, the browser's cache warm."""
    page.reload()
    settled(page)
