"""The board in a real browser: cards moved by mouse and keys, asked about, and written on."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.access import serious
from tests.browser.board_company import HOSTILE, card, column, drag, opened, said
from tests.serving import settled

# --- moving ---------------------------------------------------------------------------------------


def test_a_card_is_dragged_to_the_next_stage_and_is_there_after_a_reload(
    page: Page, board_url: str
) -> None:
    """It is said, the columns count anew, and the log holds a move to the next stage."""
    opened(page, board_url)
    drag(page, "Alpha", column(page, "Offer"))
    expect(said(page)).to_have_text("Alpha: moved from Qualify to Offer.")
    expect(column(page, "Offer").locator(".card").filter(has_text="Alpha")).to_be_visible()
    expect(page.locator(".pending")).to_have_count(0)

    opened(page, board_url)
    expect(column(page, "Offer").locator(".card").filter(has_text="Alpha")).to_be_visible()


def test_a_drop_that_no_move_leads_to_goes_back_with_the_reason(page: Page, board_url: str) -> None:
    """Proof lies between and must not be skipped."""
    opened(page, board_url)
    drag(page, "Bravo", column(page, "Sign"))
    expect(said(page)).to_contain_text("Bravo: It cannot go straight to Sign: Proof must not be")
    expect(column(page, "Qualify").locator(".card").filter(has_text="Bravo")).to_be_visible()


def test_keys_move_a_card_and_the_focus_stays_on_it(page: Page, board_url: str) -> None:
    """To the right, over Offer to Proof, and back again; the browser's own Back is not meant."""
    opened(page, board_url)
    card(page, "Charlie").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(said(page)).to_have_text("Charlie: moved from Qualify to Offer.")
    expect(card(page, "Charlie")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(said(page)).to_have_text("Charlie: moved from Offer to Qualify.")
    expect(card(page, "Charlie")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(said(page)).to_contain_text("It is started and cannot go back")


def test_arrows_go_from_card_to_card_and_enter_opens_one(page: Page, board_url: str) -> None:
    """Down, up, to the column beside; Esc closes the panel and the card has the focus again."""
    opened(page, board_url)
    cards = column(page, "Qualify").locator(".card")
    cards.nth(1).focus()
    page.keyboard.press("ArrowUp")
    expect(cards.nth(0)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(card(page, "Draft")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Draft")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(card(page, "Draft")).to_be_focused()


def test_a_key_pressed_twice_moves_twice(page: Page, board_url: str) -> None:
    """The second press comes before the first move is granted, and is not lost."""
    opened(page, board_url, "MORE")
    card(page, "Extra 2").focus()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    expect(said(page)).to_have_text("Extra 2: moved from Offer to Proof.")
    expect(card(page, "Extra 2")).to_be_focused()


def test_escape_lets_a_dragged_card_go_back(page: Page, board_url: str) -> None:
    """Letting the button of the mouse go afterwards neither drops the card nor opens it."""
    opened(page, board_url, "MORE")
    start = card(page, "Extra 3").bounding_box()
    assert start is not None
    page.mouse.move(start["x"] + 40, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 60, steps=3)
    expect(page.locator(".ghost")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ghost")).to_have_count(0)
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_have_count(0)
    card(page, "Extra 3").click()
    expect(page.get_by_role("dialog", name="Extra 3")).to_be_visible()


def test_what_was_just_done_is_taken_back_where_it_was_done(page: Page, board_url: str) -> None:
    """A move by its button, a closing by a key; nothing more is offered then."""
    opened(page, board_url, "MORE")
    drag(page, "Extra 4", column(page, "Offer"))
    expect(said(page)).to_have_text("Extra 4: moved from Qualify to Offer.")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(said(page)).to_have_text("Extra 4: taken back; it stands in Qualify.")
    expect(card(page, "Extra 4")).to_be_focused()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_hidden()

    page.keyboard.press("l")
    page.get_by_role("dialog").get_by_role("button", name="Close as lost").click()
    expect(said(page)).to_have_text("Extra 4: closed as lost.")
    page.locator(".card").first.focus()
    page.keyboard.press("z")
    expect(said(page)).to_have_text("Extra 4: taken back; it stands in Qualify.")
    expect(card(page, "Extra 4")).to_be_visible()


def test_what_somebody_built_on_is_not_taken_back_on_the_board(
    context: BrowserContext, board_url: str
) -> None:
    """It is said what was done since; the card stands where the other one put it."""
    first, second = (opened(context.new_page(), board_url, "MORE") for _ in range(2))
    drag(first, "Extra 6", column(first, "Offer"))
    expect(said(first)).to_have_text("Extra 6: moved from Qualify to Offer.")
    opened(second, board_url, "MORE")
    drag(second, "Extra 6", column(second, "Proof"))
    expect(said(second)).to_have_text("Extra 6: moved from Offer to Proof.")
    first.get_by_role("button", name="Undo", exact=True).click()
    expect(first.locator(".said.refused")).to_contain_text("next")
    expect(column(first, "Proof").locator(".card").filter(has_text="Extra 6")).to_be_visible()


# --- what a move still needs ----------------------------------------------------------------------


def test_a_move_asks_for_the_amount_that_is_missing_and_for_nothing_else(
    page: Page, board_url: str
) -> None:
    """Let go of, it goes back; a word is no amount and stays to be mended; then it moves."""
    opened(page, board_url)
    drag(page, "No amount yet", column(page, "Offer"))
    panel = page.get_by_role("dialog", name="To Offer")
    expect(panel.get_by_label("Amount")).to_be_focused()
    expect(panel.get_by_role("textbox")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(column(page, "Qualify").locator(".card").filter(has_text="No amount")).to_be_visible()

    card(page, "No amount yet").focus()
    page.keyboard.press("Alt+ArrowRight")
    panel.get_by_label("Amount").fill("many")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("many")
    expect(panel.get_by_label("Amount")).to_have_value("many")
    panel.get_by_label("Amount").fill("4 200.50")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("No amount yet: moved from Qualify to Offer.")
    card(page, "No amount yet").click()
    expect(page.get_by_role("dialog")).to_contain_text("4,200.50")


def test_a_date_that_has_gone_by_is_asked_for(page: Page, board_url: str) -> None:
    """The stage proposes none, so one has to be given."""
    opened(page, board_url)
    drag(page, "Date gone by", column(page, "Offer"))
    panel = page.get_by_role("dialog", name="To Offer")
    panel.get_by_label("Expected close date").fill("2026-05-01")
    panel.get_by_role("button", name="Move").click()
    expect(said(page)).to_contain_text("moved from Qualify to Offer")
    expect(card(page, "Date gone by")).to_contain_text("closes 1 May 2026")


def test_a_stage_that_needs_a_quote_gets_one_on_the_way(page: Page, board_url: str) -> None:
    """India stands in Proof; a new quote for its amount is made with the move to Sign."""
    opened(page, board_url)
    drag(page, "India", column(page, "Sign"))
    panel = page.get_by_role("dialog", name="To Sign")
    expect(panel.get_by_label("Quote")).to_have_value("")
    panel.get_by_role("button", name="Move").click()
    expect(said(page)).to_have_text("India: moved from Proof to Sign.")


def test_won_asks_for_its_reason_and_takes_the_card_off_the_board(
    page: Page, board_url: str
) -> None:
    """Without a reason it is refused at the field; the amount that was typed stays."""
    opened(page, board_url)
    drag(page, "Delta", page.locator("[data-drop=won]"))
    panel = page.get_by_role("dialog", name="Close as won")
    panel.get_by_label("Sales amount").fill("900")
    panel.get_by_role("button", name="Close as won").click()
    expect(panel.get_by_role("alert")).to_contain_text("close reason")
    expect(panel.get_by_label("Sales amount")).to_have_value("900")
    panel.get_by_label("Close reason").select_option("GOOD")
    panel.get_by_role("button", name="Close as won").click()
    expect(said(page)).to_have_text("Delta: closed as won.")
    expect(card(page, "Delta")).to_have_count(0)


def test_lost_by_a_key_has_its_only_reason_chosen_already(page: Page, board_url: str) -> None:
    """L, Enter."""
    opened(page, board_url)
    card(page, "Echo").focus()
    page.keyboard.press("l")
    panel = page.get_by_role("dialog", name="Close as lost")
    expect(panel.get_by_label("Close reason")).to_have_value("PRICE")
    panel.get_by_role("button", name="Close as lost").click()
    expect(said(page)).to_have_text("Echo: closed as lost.")
    expect(card(page, "Echo")).to_have_count(0)


# --- on the card ----------------------------------------------------------------------------------


def test_next_step_note_and_amount_are_written_on_the_card(page: Page, board_url: str) -> None:
    """The mark goes, the step is named on the card; done, the mark is there again."""
    opened(page, board_url)
    expect(card(page, "Foxtrot")).to_contain_text("No next step")
    card(page, "Foxtrot").click()
    panel = page.get_by_role("dialog", name="Foxtrot")
    panel.get_by_label("What is to be done").fill("Call Anna")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("alert")).to_be_visible()
    expect(panel.get_by_label("What is to be done")).to_have_value("Call Anna")
    panel.get_by_label("On", exact=True).fill("2026-02-03")
    panel.get_by_label("Note").fill("She likes green")
    panel.get_by_label("Amount").fill("2500")
    panel.get_by_role("button", name="Save").click()
    expect(said(page)).to_have_text("Foxtrot: saved.")
    expect(card(page, "Foxtrot")).to_contain_text("Next: Call Anna, 3 Feb 2026")
    expect(card(page, "Foxtrot")).to_contain_text("2,500")
    expect(card(page, "Foxtrot")).not_to_contain_text("No next step")

    card(page, "Foxtrot").click()
    expect(panel).to_contain_text("She likes green")
    panel.get_by_role("button", name="Done").click()
    expect(card(page, "Foxtrot")).to_contain_text("No next step")


def test_what_was_typed_on_a_card_survives_its_panel(page: Page, board_url: str) -> None:
    """Esc by mistake: opened again it stands there, and is saved."""
    opened(page, board_url, "MORE")
    card(page, "Extra 5").click()
    panel = page.get_by_role("dialog", name="Extra 5")
    panel.get_by_label("Note").fill("An hour of thought")
    page.keyboard.press("Escape")
    expect(said(page)).to_contain_text("Not saved.")
    card(page, "Extra 5").click()
    expect(panel.get_by_label("Note")).to_have_value("An hour of thought")
    panel.get_by_role("button", name="Save").click()
    expect(said(page)).to_have_text("Extra 5: saved.")
    card(page, "Extra 5").click()
    expect(panel.get_by_label("Note")).to_have_value("")
    expect(panel).to_contain_text("An hour of thought")


def test_the_focus_comes_back_to_the_card_it_was_on(page: Page, board_url: str) -> None:
    """The palette and the help are left with Esc; neither keeps the place on the board."""
    opened(page, board_url)
    for key, title in (("Control+k", "Find"), ("h", "Keys")):
        card(page, "Bravo").focus()
        page.keyboard.press(key)
        dialog = page.get_by_role("dialog", name=re.compile(title))
        expect(dialog).to_be_visible()
        if title == "Find":
            expect(dialog.get_by_role("combobox")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(card(page, "Bravo")).to_be_focused()


def test_a_hostile_name_stays_text(page: Page, board_url: str) -> None:
    """On the card, in its panel, and where it is said; no host is asked (`page` watches)."""
    opened(page, board_url)
    card(page, "<b>Bold</b>").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name=HOSTILE)).to_be_visible()
    assert page.locator("section.board b", has_text="Bold").count() == 0


def test_a_card_leads_to_its_page(page: Page, board_url: str) -> None:
    """Without the session being lost."""
    opened(page, board_url)
    card(page, "Draft").click()
    page.get_by_role("link", name="Open its page").click()
    expect(page).to_have_url(re.compile(r"/opportunity\?no="))
    expect(settled(page).get_by_role("heading", name="Draft", exact=True)).to_be_visible()


# --- for every eye -------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, board_url: str, scheme: str) -> None:
    """On the board, on its opened card and on the panel that asks."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened(page, board_url)
    assert serious(page) == []
    card(page, "Bravo").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    expect(page.get_by_role("dialog", name="Close as won")).to_be_visible()
    assert serious(page) == []


def test_the_figures_of_a_column_open_their_lists(page: Page, board_url: str) -> None:
    """All of it by its number, those marked by their mark; the list has as many rows."""
    opened(page, board_url)
    figures = column(page, "Qualify").locator("header a")
    overdue = figures.filter(has_text="overdue")
    number = overdue.inner_text().split()[0]
    overdue.click()
    expect(page).to_have_url(re.compile(r"/opportunities\?.*overdue=1"))
    expect(settled(page).get_by_text(f"{number} opportunit", exact=False).first).to_be_visible()

    opened(page, board_url, "BIG")
    column(page, "Proof").locator("header a").first.click()
    expect(page).to_have_url(re.compile(r"/opportunities\?.*stage=3"))
