"""How long entering one opportunity takes: seconds and keys from the first key to "recorded"."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.measure import table
from pipeline.commands import DefineContact, DefineSalesperson, DefineSetting, carry_out
from pipeline.reports import look_ups
from pipeline.store import Store
from tests.serving import launch, serving, settled
from tests.typist import SECONDS_A_KEY, Typist

LONGEST_SECONDS, MOST_KEYS = 10, 45
"""What one line may take at the typist's speed; the keys are those after the one that opens it."""
LINES = {
    "one line": "Adatum 40 swivel chairs 12.5k end Sept OF",
    "one line, in more words": "Adatum 40 swivel chairs 12.5k end of Sept OF",
}
_RECORDED = re.compile(r"\w+ is recorded")


def run(file: Path, today: date) -> None:
    """Enter the same opportunity by one line and by the form; the store is changed by it."""
    with Store.open(file) as store:
        _prepare(store, today)
    with serving(file, PIPELINE_TODAY=today.isoformat()) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        expect.set_options(timeout=30_000)
        rows = [_row(way, _line(page, url, line), opening=1) for way, line in LINES.items()]
        rows.append(_row("the form", _form(page, url), opening=0))
        browser.close()
    title = f"Entering an opportunity, {SECONDS_A_KEY * 1000:.0f} ms a key (one line may take"
    head = ("way", "keys", "keys after the opening one", "s", "s after the last key")
    limits = f"{MOST_KEYS} keys after the opening one and {LONGEST_SECONDS} s)"
    table(f"{title} {limits}", head, rows)


def _prepare(store: Store, today: date) -> None:
    """Let there be the contact and the owner that the line names, and a usual sales cycle."""
    with store.session() as reading:
        cycle = next(iter(look_ups.names(reading).open_cycles))
    carry_out(
        store,
        DefineSalesperson(code="OF", name="Otis Falls"),
        DefineContact(no="ADATUM", name="Adatum Corporation"),
        DefineSetting(name="default_cycle", value=cycle),
        by="OF",
        today=today,
    )


def _row(way: str, measured: tuple[int, float, float], *, opening: int) -> tuple[str, ...]:
    """One way to enter; `opening` keys lead there, none to the form, timed from its first field."""
    keys, seconds, after = measured
    return way, str(keys), str(keys - opening), f"{seconds:.1f}", f"{after:.1f}"


def _line(page: Page, url: str, line: str) -> tuple[int, float, float]:
    """A key, the line, Enter; from any page, without waiting for anything."""
    page.goto(f"{url}/opportunities")
    settled(page)
    hands = Typist(page)
    hands.press("n")
    hands.type(line)
    hands.press("Enter")
    last = hands.seconds()
    expect(page.locator(".st-key-quick-saved").get_by_text(_RECORDED)).to_be_visible()
    return hands.keys, hands.seconds(), hands.seconds() - last


def _form(page: Page, url: str) -> tuple[int, float, float]:
    """The form by keyboard, from its first field on."""
    page.goto(f"{url}/new_opportunity")
    settled(page)
    expect(page.get_by_label("Contact", exact=True)).to_be_focused()
    hands = Typist(page)
    hands.type("adatum")
    for label, words in (
        ("Description", "40 swivel chairs"),
        ("Amount", "12500"),
        ("year, Expected close date", "20270930"),
        ("Owner", "otis"),
    ):
        _tab_to(page, hands, label)
        hands.type(words)
    hands.press("Enter")
    _tab_to(page, hands, "Save")
    hands.press("Enter")
    last = hands.seconds()
    expect(page.get_by_text(_RECORDED).first).to_be_visible()
    return hands.keys, hands.seconds(), hands.seconds() - last


def _tab_to(page: Page, hands: Typist, label: str) -> None:
    """Press Tab until the field or button of that name has the focus."""
    for _ in range(30):
        hands.press("Tab")
        named = page.evaluate(
            "() => document.activeElement.getAttribute('aria-label')"
            " ?? document.activeElement.innerText"
        )
        if str(named).strip().endswith(label):
            return
    message = f"No tab leads to {label}."
    raise AssertionError(message)
