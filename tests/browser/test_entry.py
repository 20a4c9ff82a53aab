"""Entering with few keys: one line from any page, the palette, the keys, one thumb."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import DIALOG, serious
from tests.serving import settled
from tests.typist import Typist

EXAMPLE = "Adatum 40 swivel chairs 12.5k end Sept OF"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A busy machine draws late; how long it takes is measured in benchmarks/entry.py."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def opened(page: Page, url: str, path: str = "opportunities") -> Page:
    """A page with nothing in focus, as after reading it."""
    page.goto(f"{url}/{path}")
    settled(page)
    # The script of the keys comes with the page, a moment after its words.
    page.wait_for_function("() => Boolean(window.atHand)")
    return page


def recorded(page: Page) -> str:
    """What the dialog says was recorded."""
    said = page.locator(".st-key-quick-saved")
    expect(said).to_contain_text("is recorded")
    return said.inner_text()


def test_one_line_takes_45_keys(page: Page, own_url: str) -> None:
    """A key opens it, the line is typed at 200 ms a key without waiting, Enter saves it.

    Nothing typed while the dialog opens is lost; the cursor is back in the empty line at the end.
    """
    opened(page, own_url)
    hands = Typist(page)
    hands.press("n")
    hands.type(EXAMPLE)
    hands.press("Enter")
    words = recorded(page)
    assert hands.keys <= 45

    assert "Adatum Corporation (10000) · 40 swivel chairs · 12,500.00 · 30 Sep 2026 · OF" in words
    line = page.get_by_label("One line", exact=True)
    expect(line).to_have_count(1)
    expect(line).to_be_focused()
    expect(line).to_have_value("")


def test_a_dialog_is_left_though_the_cursor_is_nowhere(page: Page, own_url: str) -> None:
    """As it is for a moment while the dialog is drawn anew with what was just recorded."""
    opened(page, own_url)
    page.keyboard.press("n")
    expect(page.get_by_label("One line", exact=True)).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_however_fast_it_is_typed_all_of_it_is_saved(page: Page, own_url: str) -> None:
    """A whole line in a moment, and the next one behind it: earlier readings leave no trace."""
    opened(page, own_url)
    hands = Typist(page, seconds_a_key=0.015)
    hands.press("n")
    for number in ("40", "41", "42"):
        hands.type(f"Adatum {number} swivel chairs 12.5k end Sept OF")
        hands.press("Enter")
        page.locator(".st-key-quick-saved").get_by_text(f"{number} swivel chairs").wait_for()
        assert f"{number} swivel chairs · 12,500.00 · 30 Sep 2026 · OF" in recorded(page)


def test_what_is_in_doubt_is_shown_before_it_is_saved(page: Page, own_url: str) -> None:
    """However fast Enter follows: a new company is made only after its name was seen."""
    opened(page, own_url)
    hands = Typist(page, seconds_a_key=0)
    hands.press("n")
    hands.type("Northwind 40 chairs 12k 30.9.")
    hands.press("Enter")
    expect(page.get_by_text("Look at what is marked, then save.")).to_be_visible()
    expect(page.get_by_text("nobody of that name is known")).to_be_visible()
    hands.press("Enter")
    assert "New company “Northwind” · 40 chairs" in recorded(page)


def test_esc_leaves_without_saving_and_the_focus_comes_back(page: Page, own_url: str) -> None:
    """To the buttons that open them; nothing is recorded, and a line that was left comes back."""
    opened(page, own_url)
    for key, dialog in (
        ("n", "New opportunity"),
        ("Control+k", "Find"),
        ("h", "Keys, and how a line is read"),
    ):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".st-key-at-hand button:focus")).to_have_count(1)
    expect(settled(page).get_by_text("15 opportunities")).to_be_visible()

    page.keyboard.press("n")
    page.keyboard.type("Adatum 40 ch", delay=30)
    expect(page.get_by_role("dialog").get_by_label("Description", exact=True).last).to_have_value(
        "40 ch"
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.get_by_label("One line", exact=True)).to_have_value("Adatum 40 ch")


def test_the_palette_leads_to_records_pages_and_actions(page: Page, demo_url: str) -> None:
    """Letters and Enter; the arrow keys choose; what is chosen is said to a screen reader."""
    opened(page, demo_url)
    hands = Typist(page, seconds_a_key=0.05)
    hands.press("Control+k")
    hands.type("swivel")
    search = page.get_by_role("combobox", name="Opportunity, contact, page or action")
    expect(search).to_be_focused()
    expect(page.get_by_role("option", selected=True)).to_contain_text("Swivel chair")
    expect(search).to_have_attribute("aria-activedescendant", "finder-0")
    hands.press("Enter")
    expect(page).to_have_url(re.compile(r"/opportunity\?no=OP100023"))
    expect(page.get_by_role("dialog")).to_have_count(0)

    settled(page)
    hands.press("Control+k")
    hands.type("adatum")
    hands.press("Enter")
    expect(page).to_have_url(re.compile(r"/(contact|opportunity)\?no="))
    expect(page.get_by_role("dialog")).to_have_count(0)

    settled(page)
    hands.press("Control+k")
    hands.type("win rate")
    hands.press("Enter")
    expect(page).to_have_url(re.compile(r"/win_rate"))
    expect(page.get_by_role("dialog")).to_have_count(0)

    settled(page)
    hands.press("Control+k")
    hands.type("one line")
    hands.press("Enter")
    expect(page.get_by_role("dialog", name="New opportunity")).to_be_visible()


def test_the_palette_takes_back_what_was_recorded_last(page: Page, own_url: str) -> None:
    """What it is stands beside the action; it is done at once, and can be done again."""
    opened(page, own_url)
    hands = Typist(page, seconds_a_key=0.05)
    hands.press("n")
    hands.type(EXAMPLE)
    hands.press("Enter")
    recorded(page)
    hands.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".st-key-undo-offer")).to_contain_text("40 swivel chairs")

    hands.press("Control+k")
    hands.type("take back")
    expect(page.get_by_role("option").first).to_contain_text("40 swivel chairs")
    hands.press("Enter")
    offer = page.locator(".st-key-undo-offer")
    expect(offer).to_contain_text("40 swivel chairs (undone)")
    expect(offer.get_by_role("button", name="Do again")).to_be_visible()
    expect(settled(page).get_by_text("15 opportunities")).to_be_visible()


def test_an_interaction_is_logged_from_anywhere(page: Page, own_url: str) -> None:
    """The contact is found in the dialog; on its own page its own fields are led to."""
    opened(page, own_url)
    hands = Typist(page, seconds_a_key=0.05)
    hands.press("Control+k")
    hands.type("log a call")
    hands.press("Enter")
    dialog = page.get_by_role("dialog", name="Log an interaction")
    expect(dialog.get_by_label("Contact", exact=True)).to_be_focused()
    hands.type("adatum")
    dialog.get_by_label("What it was about").fill("Asked for colours")
    dialog.get_by_role("button", name="Log the interaction").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".st-key-undo-offer")).to_contain_text("Log interaction")

    opened(page, own_url, "contact?no=10000")
    hands.press("Control+k")
    hands.type("log a call")
    hands.press("Enter")
    expect(page).to_have_url(re.compile(r"/contact\?.*show=Interactions"))
    expect(page.get_by_role("button", name="Log the interaction")).to_be_visible()


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_the_buttons_at_hand_cover_nothing(page: Page, demo_url: str, width: int) -> None:
    """On narrow screens the page ends above them; on wide ones its words end beside them."""
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("opportunities", "board", "people"):
        opened(page, demo_url, path)
        hands = page.locator(".st-key-at-hand").bounding_box()
        block = page.locator("[data-testid=stMainBlockContainer] > div").first.bounding_box()
        main = page.get_by_test_id("stMain").bounding_box()
        assert hands is not None
        assert block is not None
        assert main is not None
        is_below = hands["y"] >= main["y"] + main["height"]
        is_beside = hands["x"] >= block["x"] + block["width"]
        assert is_below or is_beside, path


def test_one_thumb_is_enough(page: Page, own_url: str) -> None:
    """On a phone the button is in reach, large enough, and the line needs no field below it."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    opened(page, own_url, "contact?no=10000")
    new = page.locator(".st-key-at-hand").get_by_role("button", name="New")
    box = new.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    assert box["y"] > PHONE["height"] / 2
    new.tap() if page.evaluate("'ontouchstart' in window") else new.click()
    line = page.get_by_label("One line", exact=True)
    expect(line).to_be_focused()
    page.keyboard.type("40 chairs 12k 30.9.", delay=50)
    expect(page.get_by_label("Description", exact=True).last).to_have_value("40 chairs")
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    page.keyboard.press("Enter")
    assert "Adatum Corporation · 40 chairs · 12,000.00" in recorded(page)


def test_the_form_is_saved_by_enter_from_every_field(page: Page, own_url: str) -> None:
    """From the description, which stands above the rest, too; a refusal keeps what was typed."""
    opened(page, own_url, "new_opportunity?contact=10000&cycle=NEW")
    page.get_by_label("Description").fill("Forty desks")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The amount must be greater than 0")).to_be_visible()
    expect(page.get_by_label("Description")).to_have_value("Forty desks")
    page.get_by_label("Amount", exact=True).fill("4000")
    page.keyboard.press("Tab")
    page.get_by_label("year, Expected close date").click()
    page.keyboard.type(f"{date(2026, 4, 1):%Y%m%d}")
    page.get_by_label("Amount", exact=True).press("Enter")
    expect(page.get_by_text(re.compile(r"OP\d+ is recorded\.")).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, demo_url: str, scheme: str) -> None:
    """On the form, a line with everything in doubt, the palette with a find, the help."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened(page, demo_url, "new_opportunity")
    assert serious(page) == []
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    page.keyboard.type("adatom 5000 things 3/4", delay=20)
    expect(page.get_by_text("day and month may be the other way round")).to_be_visible()
    assert serious(page, DIALOG) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.type("chair", delay=20)
    expect(page.get_by_role("option", selected=True)).to_be_visible()
    assert serious(page, DIALOG) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("h")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious(page, DIALOG) == []
