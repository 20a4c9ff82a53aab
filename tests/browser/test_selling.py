"""A seller at work in a real browser: find, open, move, enter; alone and at the same time."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.serving import settled


def open_detail(page: Page, url: str, no: str) -> Page:
    """Open the page of one opportunity."""
    page.goto(f"{url}/opportunity?no={no}")
    return settled(page)


def tile(page: Page, label: str) -> str:
    """The value of a figure by its label."""
    name = page.get_by_test_id("stMetricLabel").filter(has_text=re.compile(f"^{label}$"))
    metric = page.get_by_test_id("stMetric").filter(has=name)
    return metric.get_by_test_id("stMetricValue").inner_text()


def choose_first_row(page: Page) -> None:
    """Click the box in front of the first row of the first table."""
    grid = page.get_by_test_id("stDataFrame").first.locator("canvas").first
    grid.click(position={"x": 16, "y": 52}, force=True)


def test_from_the_list_to_an_opportunity_and_on_to_its_next_stage(page: Page, own_url: str) -> None:
    """Swivel chair is found, opened, moved to Presentation; the way back keeps the search."""
    page.goto(f"{own_url}/opportunities")
    settled(page).get_by_role("searchbox", name="Search").fill("swivel")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 opportunity, 500 together")).to_be_visible()
    choose_first_row(page)
    expect(page.get_by_role("heading", name="Swivel chair")).to_be_visible()
    assert page.url.endswith("/opportunity?no=OP100023")

    settled(page).get_by_role("button", name="Move on").click()
    expect(page.get_by_text("Moved on from Initial to Presentation")).to_be_attached()
    assert tile(settled(page), "Stage") == "Presentation"

    page.get_by_role("link", name="Opportunities").last.click()
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("swivel")


def test_of_two_people_the_second_is_told_what_the_first_did(
    context: BrowserContext, own_url: str
) -> None:
    """Both have OP100022 open; the first moves it on, the second is told and sees it."""
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        open_detail(page, own_url, "OP100022")
    second.get_by_label("Note").fill("my own note")

    first.get_by_role("button", name="Move on").click()
    expect(first.get_by_test_id("stMetricValue").first).to_have_text("Presentation")
    second.get_by_role("button", name="Move on").click()

    expect(second.get_by_text("OP100022 was changed meanwhile")).to_be_visible()
    assert tile(settled(second), "Stage") == "Presentation"
    expect(second.get_by_label("Note")).to_have_value("my own note")


def test_a_new_opportunity_is_entered_with_the_keyboard_alone(page: Page, own_url: str) -> None:
    """The cursor stands in the first field; Enter saves what was typed."""
    page.goto(f"{own_url}/new_opportunity")
    settled(page)
    expect(page.get_by_label("Contact", exact=True)).to_be_focused()
    page.keyboard.type("trey")
    expect(page.get_by_text("Trey Research (20000)")).to_be_visible()
    settled(page)

    _tab_to(page, "Description")
    page.keyboard.type("Forty desks")
    _tab_to(page, "Amount")
    page.keyboard.type("4000")
    _tab_to(page, "year, Expected close date")
    page.keyboard.type("20260401")
    _tab_to(page, "Chances of success %")
    page.keyboard.press("Enter")

    expect(page.get_by_text(re.compile(r"OP\d+ is recorded\.")).first).to_be_visible()
    settled(page).get_by_role("link", name="Open it").click()
    expect(page.get_by_role("heading", name="Forty desks")).to_be_visible()
    assert tile(settled(page), "Amount") == "4,000.00"
    assert tile(page, "Expected close") == "1 Apr 2026"


def test_a_click_on_a_bar_opens_exactly_its_opportunities(page: Page, demo_url: str) -> None:
    """The bar of the first stage of EXISTING holds five, 20,500 together; so does its list."""
    page.goto(f"{demo_url}/weighted_pipeline?cycle=EXISTING")
    settled(page)
    page.locator(".js-plotly-plot .bars .point path").first.click(force=True)

    expect(page.get_by_text("5 opportunities, 21 k together")).to_be_visible()
    assert "stage=1" in page.url
    assert "status=in+progress" in page.url


def test_the_scope_stays_from_page_to_page_and_is_a_link(page: Page, demo_url: str) -> None:
    """A day and a cycle are in the address of every report."""
    page.goto(f"{demo_url}/win_rate?as_of=2026-01-20&cycle=EXISTING")
    settled(page).get_by_role("link", name="Stage conversion").click()
    expect(page.get_by_role("heading", name="Stage conversion")).to_be_visible()

    expect(page).to_have_url(re.compile(r"as_of=2026-01-20.*cycle=EXISTING"))
    expect(settled(page).get_by_text("As of the end of 20 Jan 2026")).to_be_visible()


def _tab_to(page: Page, label: str) -> None:
    """Press Tab until the field of that name has the focus; a page's worth of tabs is enough."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('aria-label')") == label:
            return
    message = f"No tab leads to {label}."
    raise AssertionError(message)
