"""The first day of a new company in a real browser: from nothing to a win, by pages alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import TODAY, run_pipeline, serving, settled


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """A store that was made and never used, served."""
    store = tmp_path / "pipeline.duckdb"
    run_pipeline("--store", str(store), "init")
    with serving(store, PIPELINE_TODAY=TODAY) as url:
        yield url


def heading(page: Page, words: str) -> None:
    """Wait for a page by its title."""
    expect(page.get_by_role("heading", name=words, level=1)).to_be_visible()
    settled(page)


def go(page: Page, name: str) -> None:
    """Follow a link of the navigation."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
    heading(page, name)


def fill(page: Page, label: str, words: str) -> None:
    """Type into a field; leaving it sends what was typed."""
    page.get_by_label(label, exact=True).fill(words)
    page.keyboard.press("Tab")


def test_from_an_empty_store_to_the_first_opportunity_won(page: Page, empty_url: str) -> None:
    """One name sets the company up; a contact is entered; its opportunity is moved on and won."""
    page.goto(empty_url)
    heading(page, "First steps")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Jim Olive")
    page.keyboard.press("Enter")
    heading(page, "New opportunity")

    _name_the_company(page)
    _enter_a_contact(page)
    _enter_its_opportunity(page)
    _move_and_win(page)
    page.get_by_test_id("stMain").get_by_role("link", name="Trey Research").click()
    heading(page, "Trey Research")
    won = page.get_by_test_id("stMetric").filter(has_text=re.compile("^Won"))
    expect(won.get_by_test_id("stMetricValue")).to_have_text("1")


def _name_the_company(page: Page) -> None:
    go(page, "Company")
    page.get_by_label("Company name").fill("Northwind")
    page.get_by_label("Currency", exact=True).fill("usd")
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("Northwind · amounts in USD")).to_be_visible()


def _enter_a_contact(page: Page) -> None:
    go(page, "Contacts")
    page.get_by_role("link", name="New contact").click()
    heading(page, "New contact")
    fill(page, "Name", "Trey Research")
    settled(page).get_by_role("button", name="Make the contact").click()
    heading(page, "Trey Research")


def _enter_its_opportunity(page: Page) -> None:
    page.get_by_test_id("stMain").get_by_role("link", name="New opportunity").click()
    heading(page, "New opportunity")
    expect(page.get_by_text("Trey Research (CT000001)")).to_be_visible()
    page.get_by_label("Description").fill("Forty desks")
    page.get_by_label("Amount", exact=True).fill("4000")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("OP000001 is recorded.").first).to_be_visible()
    settled(page).get_by_role("link", name="Open it").click()
    heading(page, "Forty desks")


def _move_and_win(page: Page) -> None:
    page.get_by_role("button", name="Move on").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("Understand")
    settled(page)
    page.get_by_text("Won", exact=True).first.click()
    settled(page).get_by_label("Close reason").click()
    page.get_by_role("option", name="Convinced by the offer").click()
    settled(page).get_by_role("button", name=re.compile("won", re.IGNORECASE)).last.click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("Won")


def test_a_grid_is_edited_in_place_and_says_what_saving_does(page: Page, own_url: str) -> None:
    """Best price no longer counts in the win rate: said before, kept after."""
    page.goto(f"{own_url}/close_reasons")
    heading(page, "Close reasons")
    grid = page.get_by_test_id("stDataFrame").locator("canvas").first
    box = grid.bounding_box()
    assert box is not None
    grid.click(position={"x": box["width"] * 0.76, "y": 52}, force=True)

    expect(page.get_by_text("will no longer count in the win rate")).to_be_visible()
    settled(page).get_by_role("button", name="Save reasons").click()
    expect(page.get_by_text("will no longer count in the win rate")).to_be_hidden()
    expect(settled(page).get_by_role("button", name="Save reasons")).to_be_disabled()
