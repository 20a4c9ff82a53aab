"""How long a person waits for the board: until the cards are there, and until a move is settled."""

import statistics
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from benchmarks.measure import table
from pipeline.commands import (
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    DefineStage,
    RecordHistory,
    carry_out,
)
from pipeline.store import Store
from tests.serving import launch, serving, settled

SIZES = (1_000, 50_000)
"""Open opportunities on one board."""
RUNS = 7
STAGES = 6
OWNERS = 20
LONGEST_MS = 60_000
_HEAD = ("open", "load ms", "move ms", "slowest move ms", "scroll ms")

_BOARD = """() => [...document.querySelectorAll('*')]
    .map((each) => each.shadowRoot?.querySelector('section.board')).find(Boolean)"""

_MOVE = f"""() => new Promise((done) => {{
    const board = ({_BOARD})();
    const said = board.querySelector('.said');
    const card = board.querySelector('.column:nth-child(2) .card');
    said.textContent = '';
    card.focus();
    const began = performance.now();
    new MutationObserver((_, watch) => {{
        if (!said.textContent) return;
        watch.disconnect();
        requestAnimationFrame(() => done([performance.now() - began, said.textContent]));
    }}).observe(said, {{ childList: true, characterData: true, subtree: true }});
    card.dispatchEvent(
        new KeyboardEvent('keydown', {{ key: 'ArrowRight', altKey: true, bubbles: true }}));
}})"""
"""Move the first card of the first stage on; over when the server has granted and drawn it."""

_SCROLL = f"""() => new Promise((done) => {{
    const board = ({_BOARD})();
    const column = board.querySelector('.column:nth-child(4)');
    const list = column.querySelector('ol');
    const before = new Set([...list.children]);
    const began = performance.now();
    new MutationObserver((_, watch) => {{
        if ([...list.children].every((card) => before.has(card))) return;
        watch.disconnect();
        requestAnimationFrame(() => done(performance.now() - began));
    }}).observe(list, {{ childList: true }});
    const scroll = column.querySelector('.cards');
    scroll.scrollTop = (scroll.scrollTop + scroll.scrollHeight / 3) % (scroll.scrollHeight - 900);
}})"""
"""Scroll a third of a column on; over when the cards that belong there are drawn."""


def run(folder: Path, today: date) -> None:
    """Make a company of each size in the folder, and time its board in a real Chromium."""
    table("The board in the browser", _HEAD, [_row(folder, size, today) for size in SIZES])


def _row(folder: Path, size: int, today: date) -> tuple[str, ...]:
    store = folder / f"board-{size}.duckdb"
    with Store.open(store) as made:
        _fill(made, size, today)
    with serving(store, PIPELINE_TODAY=today.isoformat()) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(LONGEST_MS)
        loads = [_load_ms(page, url) for _ in range(4)][1:]
        moves = [_move_ms(page) for _ in range(RUNS + 1)][1:]
        scrolls = [float(page.evaluate(_SCROLL)) for _ in range(3)]
        browser.close()
    figures = (*map(statistics.median, (loads, moves)), max(moves), statistics.median(scrolls))
    return (f"{size:,}", *(f"{figure:.0f}" for figure in figures))


def _load_ms(page: Page, url: str) -> float:
    """Load the page anew, until the first card is drawn."""
    page.goto("about:blank")
    page.goto(f"{url}/board")
    page.locator(".card").first.wait_for()
    shown = float(page.evaluate("performance.now()"))
    settled(page)
    return shown


def _move_ms(page: Page) -> float:
    took, said = page.evaluate(_MOVE)
    if "moved from" not in said:
        raise RuntimeError(said)
    return float(took)


def _fill(store: Store, size: int, today: date) -> None:
    """Record so many open opportunities, spread over the stages of one cycle and 20 sellers."""
    carry_out(
        store,
        DefineSalesCycle(code="BOARD", probability_method="chances"),
        *(
            DefineStage(
                cycle_code="BOARD",
                stage=stage,
                description=f"Stage {stage}",
                chances_percent=10 * stage,
            )
            for stage in range(1, STAGES + 1)
        ),
        *(DefineSalesperson(code=f"S{one}", name=f"Seller {one}") for one in range(OWNERS)),
        DefineContact(no="C1", name="Adatum"),
        _history(size, today),
        by="BENCHMARK",
        today=today,
    )


def _history(size: int, today: date) -> RecordHistory:
    rng = np.random.default_rng(1)
    numbers = np.arange(size)
    entered = [today - timedelta(days=int(days)) for days in rng.integers(1, 120, size)]
    owners = [f"S{owner}" for owner in rng.integers(0, OWNERS, size)]
    made = pd.DataFrame(
        {
            "external_id": numbers.astype(str),
            "description": [f"Opportunity {number}" for number in numbers],
            "contact_no": "C1",
            "owner_code": owners,
            "cycle_code": "BOARD",
            "campaign_no": None,
            "created_on": entered,
        }
    )
    reached = 1 + numbers % STAGES
    row = np.repeat(numbers, reached)
    nth = 1 + np.arange(len(row)) - np.repeat(np.cumsum(reached) - reached, reached)
    closes = [today + timedelta(days=int(days)) for days in rng.integers(1, 200, size)]
    lived = pd.DataFrame(
        {
            "external_id": row.astype(str),
            "nth": nth,
            "action": np.where(nth == 1, "first", "next"),
            "stage": nth,
            "amount": rng.integers(1_000, 90_000, size)[row].astype(float),
            "chances_percent": 0.0,
            "expected_close_on": [closes[one] for one in row],
            "owner_code": [owners[one] for one in row],
            "close_reason_code": None,
            "valid_from": [entered[one] for one in row],
            "recorded_at": pd.Timestamp(today),
            "recorded_by": "BENCHMARK",
        }
    )
    return RecordHistory(source="benchmark", opportunities=made, transitions=lived)
