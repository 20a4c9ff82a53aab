"""Many opportunities from a spreadsheet in a real browser: pasted, marked, mended, saved."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.access import serious
from tests.serving import settled

HEAD = "Customer\tDeal\tValue\tClose date\tOwner"
GOOD = "Adatum Corporation\tChairs {0}\t{0}k\tend of next month\tJO"


@pytest.fixture
def writer(browser: Browser, own_url: str) -> Iterator[Page]:
    """A tab on the sheet whose clipboard can be filled."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{own_url}/sheet")
    settled(page)
    yield page
    context.close()


def paste(page: Page, text: str, place: int = 0) -> None:
    """Put a text on the clipboard and paste it into a cell."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(".sheet input").nth(place).click()
    page.keyboard.press("Control+V")


def says(page: Page, words: str) -> None:
    """Wait until the line above the sheet says it."""
    expect(page.locator(".sheet .said")).to_contain_text(words)


def test_a_pasted_table_is_saved_and_counted(writer: Page) -> None:
    """Twenty rows under headings in another order; one click, one batch, one undo."""
    rows = [GOOD.format(number) for number in range(1, 21)]
    paste(writer, "\n".join([HEAD, *rows]))
    says(writer, "20 rows ready.")
    writer.get_by_role("button", name="Save 20 opportunities").click()
    says(writer, "20 opportunities saved.")
    expect(writer.locator(".sheet input").first).to_have_value("")


def test_bad_cells_are_marked_and_stay_while_good_rows_are_saved(writer: Page) -> None:
    """Two of three are saved; the third waits with its problem, is mended by hand and saved."""
    bad = "Adatum Corporation\tDesks\tmuch\tend of next month\tJO"
    paste(writer, "\n".join([GOOD.format(5), bad, GOOD.format(7)]))
    says(writer, "2 rows ready, 1 row to mend.")
    wrong = writer.locator("td.wrong")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("This is no amount")
    writer.get_by_role("button", name="Save the 2 good rows").click()
    says(writer, "2 opportunities saved.")
    kept = writer.locator("td.wrong input")
    expect(kept).to_have_value("much")
    kept.fill("9k")
    says(writer, "1 row ready.")
    writer.keyboard.press("Control+Enter")
    says(writer, "1 opportunity saved.")


def test_keys_move_between_rows_and_nothing_serious_keeps_anybody_out(writer: Page) -> None:
    """Down and Enter go to the cell below; axe finds nothing serious, marked cells or not."""
    paste(writer, "Adatum Corporation\tDesks\tmuch\tsomeday\tNOBODY")
    says(writer, "1 row to mend.")
    writer.locator(".sheet input").first.focus()
    writer.keyboard.press("ArrowDown")
    expect(writer.get_by_label("Contact, row 2")).to_be_focused()
    writer.keyboard.press("Enter")
    expect(writer.get_by_label("Contact, row 3")).to_be_focused()
    assert serious(writer) == []


def test_those_ticked_in_the_list_change_together(page: Page, own_url: str) -> None:
    """The table stays where it is while rows are ticked; who gets them is seen beforehand."""
    page.goto(f"{own_url}/opportunities?status=in+progress")
    settled(page)
    page.get_by_text("Choose several").click()
    expect(page.get_by_text("0 opportunities chosen")).to_be_visible()
    settled(page)
    grid = page.get_by_test_id("stDataFrame").first.locator("canvas").first
    before = grid.bounding_box()
    for number, words in enumerate(("1 opportunity chosen", "2 opportunities chosen")):
        grid.click(position={"x": 16, "y": 52 + 35 * number}, force=True)
        expect(page.get_by_text(words)).to_be_visible()
    assert grid.bounding_box() == before
    page.get_by_label("New owner").click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name=re.compile("^Give . opportunit")).click()
    expect(page.get_by_text("given to another owner")).to_be_visible()
    expect(page.get_by_text("0 opportunities chosen")).to_be_visible()
