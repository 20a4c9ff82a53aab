"""How long two hundred pasted rows take, from the paste to "saved", in a real Chromium."""

from datetime import date
from itertools import cycle
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.measure import table
from pipeline.commands import DefineContact, DefineSalesperson, carry_out
from pipeline.reports import look_ups
from pipeline.store import Store
from tests.serving import launch, serving, settled

ROWS = 200
LONGEST_SECONDS = 3
CONTACTS = 40


def run(file: Path, today: date) -> None:
    """Paste rows about forty companies for five people; the store is changed by it."""
    with Store.open(file) as store:
        text = _table(store, today)
    with serving(file, PIPELINE_TODAY=today.isoformat()) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        expect.set_options(timeout=60_000)
        read, saved = _paste(context.new_page(), url, text)
        browser.close()
    row = (f"{ROWS}", f"{read:.1f}", f"{saved:.1f}", f"{read + saved:.1f}")
    head = ("rows", "s to read", "s to save", "s from paste to saved")
    table(f"Pasting a sheet (at most {LONGEST_SECONDS} s to saved)", head, [row])


def _table(store: Store, today: date) -> str:
    """The rows, as a spreadsheet puts them on the clipboard."""
    with store.session() as reading:
        owners = list(look_ups.names(reading).active_owners)[:4]
    contacts = [f"Pasted company {number}" for number in range(CONTACTS)]
    people = [DefineSalesperson(code="PASTE", name="Paula Sterner")]
    carry_out(store, *people, *map(_contact, contacts), by="PASTE", today=today)
    owners.append("PASTE")
    rows = [
        "\t".join([company, f"Deal {n}", f"{n + 1}k", "end of next month", owner])
        for n, company, owner in zip(range(ROWS), cycle(contacts), cycle(owners), strict=False)
    ]
    return "\n".join(["Customer\tDeal\tValue\tClose date\tOwner", *rows])


def _contact(name: str) -> DefineContact:
    return DefineContact(name=name)


def _paste(page: Page, url: str, text: str) -> tuple[float, float]:
    page.goto(f"{url}/sheet")
    settled(page)
    said = page.locator(".sheet .said")
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(".sheet input").first.click()
    began = perf_counter()
    page.keyboard.press("Control+V")
    expect(said).to_contain_text(f"{ROWS} rows ready")
    read = perf_counter()
    page.locator(".sheet button.primary").click()
    expect(said).to_contain_text("saved")
    return read - began, perf_counter() - read
