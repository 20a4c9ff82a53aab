"""What if in a real browser: close dates dragged, moved with keys and put back; then recorded."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pipeline.commands import (
    CreateOpportunity,
    DefineCloseReason,
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    SetQuota,
    carry_out,
)
from pipeline.store import Store
from tests.browser.access import serious
from tests.serving import TODAY, serving, settled

DAY = date.fromisoformat(TODAY)
HOSTILE = "<b>Bold</b> ![x](https://evil.example/x.png)"
DEALS = (("Alpha", 40_000), ("Bravo", 30_000), ("Charlie", 20_000), (HOSTILE, 10_000))
"""Each is won nine times in ten, in March; the largest stands first."""


@pytest.fixture(scope="module")
def store_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four opportunities of 100,000 together; the quota of the quarter is 65,000."""
    file = tmp_path_factory.mktemp("what-if") / "what-if.duckdb"
    with Store.open(file) as store:
        carry_out(
            store,
            DefineSalesperson(code="JO", name="Jim Olive"),
            DefineContact(no="C1", name="Adatum"),
            DefineSalesCycle(code="NEW", probability_method="chances"),
            DefineStage(cycle_code="NEW", stage=1, description="Offer", chances_percent=90),
            DefineCloseReason(code="GOOD", description="Convinced", outcome="won"),
            DefineSetting(name="default_cycle", value="NEW"),
            DefineSetting(name="default_owner", value="JO"),
            SetQuota(on=DAY, target=65_000),
            *(
                CreateOpportunity(
                    description=name,
                    contact_no="C1",
                    owner_code="JO",
                    activate=True,
                    amount=amount,
                    expected_close_on=date(2026, 3, 10),
                )
                for name, amount in DEALS
            ),
            by="JO",
            today=date(2026, 1, 5),
        )
    return file


@pytest.fixture(scope="module")
def url(store_file: Path) -> Iterator[str]:
    """The company, served to all tests of the file."""
    with serving(store_file, PIPELINE_TODAY=TODAY) as address:
        yield f"{address}/what_if?method=Stage-weighted"


def opened(page: Page, url: str) -> Page:
    """The page with its line of days."""
    page.goto(url)
    settled(page)
    expect(page.locator(".dates .mark")).to_have_count(len(DEALS))
    return page


def row(page: Page, name: str) -> Locator:
    """The row of an opportunity on the line."""
    return page.locator(".dates .row").filter(has_text=name)


def mark(page: Page, name: str) -> Locator:
    """The mark of an opportunity."""
    return row(page, name).get_by_role("slider")


def figure(page: Page, label: str) -> Locator:
    """A tile by its label."""
    return page.get_by_test_id("stMetric").filter(has_text=re.compile(f"^{label}"))


def table(page: Page) -> Locator:
    """The table to suppose in; the other one is folded away."""
    return page.get_by_test_id("stDataFrame").first


def listed(page: Page) -> Locator:
    """What is listed as supposed."""
    return page.locator(".st-key-supposed [data-testid=stCaptionContainer]")


def lift(page: Page, name: str, days: int) -> None:
    """Take a mark with the mouse and move it by so many days; it is still held."""
    box = mark(page, name).bounding_box()
    track = row(page, name).locator(".track").bounding_box()
    assert box is not None
    assert track is not None
    least, most = (
        int(mark(page, name).get_attribute(f"aria-value{end}") or "") for end in ("min", "max")
    )
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + days * track["width"] / (most - least), y, steps=4)


def swipe(page: Page, x: float, y: float, *, along: tuple[int, int]) -> None:
    """Put a finger down, move it in ten steps and take it away."""
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 11):
        touch("touchMove", {"x": x + along[0] * step, "y": y + along[1] * step})
    touch("touchEnd")
    finger.detach()


def test_a_date_is_dragged_out_of_the_period_and_put_back(page: Page, url: str) -> None:
    """Let go, it moves P50 and chance, table and list; put back, all is as it was.

    While it is held the day stands beside the pointer. Nothing is recorded.
    """
    opened(page, url)
    expect(figure(page, "P50")).to_contain_text("100 k")
    before = figure(page, "Chance").inner_text()
    lift(page, "Alpha", 30)
    expect(page.locator(".dates .tip")).to_have_text("9 Apr 2026, 30 days later")
    page.mouse.up()
    expect(page.locator(".dates .tip")).to_be_hidden()
    expect(figure(page, "P50")).to_contain_text("60 k")
    expect(figure(page, "Chance")).to_contain_text("< 1 %")
    expect(listed(page)).to_contain_text("Alpha: closes 10 Mar 2026 → 9 Apr 2026")
    expect(row(page, "Alpha").locator(".ghost")).to_be_visible()
    expect(table(page).get_by_text("2026-04-09")).to_be_attached()
    row(page, "Alpha").get_by_role("button", name="Put OP000001 back to 10 Mar 2026").click()
    expect(figure(page, "P50")).to_contain_text("100 k")
    expect(listed(page)).to_have_count(0)
    assert figure(page, "Chance").inner_text() == before
    page.goto(url.replace("what_if", "recent_changes"))
    expect(settled(page).get_by_text("10 Mar 2026 → ")).to_have_count(0)


def test_escape_lets_a_dragged_date_go_back(page: Page, url: str) -> None:
    """Letting the button of the mouse go afterwards moves nothing."""
    opened(page, url)
    lift(page, "Bravo", 14)
    expect(mark(page, "Bravo")).to_have_attribute(
        "aria-valuetext", "24 March 2026, recorded 10 March 2026"
    )
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(mark(page, "Bravo")).to_have_attribute("aria-valuetext", "10 March 2026")
    expect(figure(page, "P50")).to_contain_text("as recorded")


def test_keys_move_a_date_and_put_it_back(page: Page, url: str) -> None:
    """Days, weeks, the ends of the period, told when they pause; Delete puts back."""
    opened(page, url)
    bravo = mark(page, "Bravo")
    bravo.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "PageUp", "PageDown"):
        page.keyboard.press(key)
    expect(bravo).to_have_attribute("aria-valuetext", "18 March 2026, recorded 10 March 2026")
    expect(listed(page)).to_contain_text("Bravo: closes 10 Mar 2026 → 18 Mar 2026")
    expect(bravo).to_be_focused()
    page.keyboard.press("Home")
    expect(bravo).to_have_attribute("aria-valuetext", "1 January 2026, recorded 10 March 2026")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(bravo).to_have_attribute("aria-valuetext", "1 April 2026, recorded 10 March 2026")
    expect(figure(page, "P50")).to_contain_text("70 k")
    page.keyboard.press("Delete")
    expect(bravo).to_have_attribute("aria-valuetext", "10 March 2026")
    expect(figure(page, "P50")).to_contain_text("100 k")
    expect(bravo).to_be_focused()


def test_two_dates_moved_one_right_after_the_other_both_count(page: Page, url: str) -> None:
    """The second is moved before the page has heard of the first."""
    opened(page, url)
    mark(page, "Alpha").press("End")
    mark(page, "Bravo").press("End")
    mark(page, "Charlie").press("Home")
    expect(listed(page)).to_have_count(3)
    expect(mark(page, "Charlie")).to_have_attribute(
        "aria-valuetext", "1 January 2026, recorded 10 March 2026"
    )


def test_a_date_typed_into_the_table_moves_the_mark(page: Page, url: str) -> None:
    """Far outside it stands at the edge, with its date; dragged from there it comes back."""
    opened(page, url)
    table(page).scroll_into_view_if_needed()
    box = table(page).bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + 720, box["y"] + 35 * 3 + 17)
    field = page.locator("#portal input")
    field.fill("2027-05-03")
    field.press("Enter")
    charlie = mark(page, "Charlie")
    expect(charlie).to_have_attribute("aria-valuetext", "3 May 2027, recorded 10 March 2026")
    expect(charlie).to_have_class(re.compile("behind"))
    expect(row(page, "Charlie").locator(".pinned.right:visible")).to_have_text("3 May 2027")
    expect(figure(page, "P50")).to_contain_text("80 k")
    charlie.press("Home")
    expect(listed(page)).to_contain_text("Charlie: closes 10 Mar 2026 → 1 Jan 2026")
    expect(table(page).get_by_text("2026-01-01")).to_be_attached()


def test_a_finger_drags_on_a_phone(browser: Browser, url: str) -> None:
    """At 390 pixels the name stands above the track and nothing scrolls sideways.

    A finger that goes upwards scrolls the page, one that goes sideways drags.
    """
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = opened(context.new_page(), url)
    alpha = mark(page, "Alpha")
    alpha.scroll_into_view_if_needed()
    name = row(page, "Alpha").locator(".name").bounding_box()
    box = alpha.bounding_box()
    assert name is not None
    assert box is not None
    assert name["y"] + name["height"] <= box["y"] + 1
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    swipe(page, x, y, along=(0, -8))
    expect(mark(page, "Alpha")).to_have_attribute("aria-valuetext", "10 March 2026")
    alpha.scroll_into_view_if_needed()
    box = alpha.bounding_box()
    assert box is not None
    swipe(page, x, box["y"] + box["height"] / 2, along=(8, 0))
    expect(figure(page, "P50")).to_contain_text("60 k")
    expect(listed(page)).to_contain_text("Alpha: closes 10 Mar 2026 → ")
    settled(page)
    sideways = "main => main.scrollWidth - main.clientWidth"
    assert page.get_by_test_id("stMain").evaluate(sideways) <= 0
    assert page.locator(".dates .frame").evaluate(sideways) <= 0
    context.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, url: str, mode: str) -> None:
    """With a date that was moved; a name that looks like markup is shown as it is typed."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=mode)  # type: ignore[arg-type]
    page = opened(context.new_page(), url)
    expect(row(page, HOSTILE)).to_have_count(1)
    mark(page, "Alpha").press("End")
    expect(listed(page)).to_have_count(1)
    settled(page)
    assert serious(page) == []
    context.close()


def test_what_was_dragged_is_recorded_when_it_is_asked_for(page: Page, url: str) -> None:
    """One change in the table's own words; afterwards the mark stands where it was dragged to."""
    opened(page, url)
    mark(page, HOSTILE).press("End")
    expect(listed(page)).to_contain_text("closes 10 Mar 2026 → 31 Mar 2026")
    page.get_by_role("button", name="Record these changes").click()
    expect(listed(page)).to_have_count(0)
    opened(page, url)
    expect(mark(page, HOSTILE)).to_have_attribute("aria-valuetext", "31 March 2026")
    expect(figure(page, "P50")).to_contain_text("as recorded")
