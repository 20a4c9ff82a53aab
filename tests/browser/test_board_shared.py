"""The board shared by two people, long, narrow, and held in one hand."""

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.browser.board_company import LONGEST, MIRRORED, card, column, drag, opened, said

PHONE = {"width": 390, "height": 844}


def touch(finger: CDPSession, kind: str, *points: dict[str, float]) -> None:
    """What one finger does: `touchStart`, `touchMove` to a point, `touchEnd`."""
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})


def test_of_two_people_at_one_card_the_second_is_told_and_nothing_is_lost(
    context: BrowserContext, browser: Browser, board_url: str
) -> None:
    """Both see Golf in Qualify. Jim moves it to Offer; Lina closes it as lost, and is told.

    Her reason and note stay in the panel; knowing what happened, she closes it after all.
    """
    first = opened(context.new_page(), board_url)
    other = browser.new_context(viewport={"width": 1440, "height": 900})
    second = opened(other.new_page(), board_url)
    card(second, "Golf").focus()
    second.keyboard.press("l")
    panel = second.get_by_role("dialog", name="Close as lost")
    panel.get_by_label("Note").fill("They chose another")

    drag(first, "Golf", column(first, "Offer"))
    expect(said(first)).to_have_text("Golf: moved from Qualify to Offer.")

    panel.get_by_role("button", name="Close as lost").click()
    expect(panel.get_by_role("alert")).to_contain_text("was changed meanwhile: JO: next on")
    expect(panel.get_by_label("Note")).to_have_value("They chose another")
    panel.get_by_role("button", name="Cancel").click()
    expect(column(second, "Offer").locator(".card").filter(has_text="Golf")).to_be_visible()
    other.close()


def test_of_two_people_who_write_on_one_card_nobody_loses_a_word(
    context: BrowserContext, board_url: str
) -> None:
    """One sets the date; the other, with amount and note typed, is told and sees that date."""
    first, second = (opened(context.new_page(), board_url, "MORE") for _ in range(2))
    for page in (first, second):
        card(page, "Extra 8").click()
    mine, theirs = (page.get_by_role("dialog", name="Extra 8") for page in (first, second))
    mine.get_by_label("Amount").fill("7000")
    mine.get_by_label("Note").fill("They asked for more")
    theirs.get_by_label("Expected close date").fill("2026-09-09")
    theirs.get_by_role("button", name="Save").click()
    expect(said(second)).to_have_text("Extra 8: saved.")

    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_role("alert")).to_contain_text("was changed meanwhile: JO: update")
    expect(mine.get_by_label("Amount")).to_have_value("7000")
    expect(mine.get_by_label("Note")).to_have_value("They asked for more")
    expect(mine.get_by_label("Expected close date")).to_have_value("2026-09-09")
    mine.get_by_role("button", name="Save").click()
    expect(said(first)).to_have_text("Extra 8: saved.")
    expect(card(first, "Extra 8")).to_contain_text("7,000")
    expect(card(first, "Extra 8")).to_contain_text("9 Sep 2026")


def test_a_stale_move_is_refused_and_shows_where_the_card_is_now(
    context: BrowserContext, board_url: str
) -> None:
    """Both see Hotel in Qualify; the second move to Offer does not become one to Proof."""
    first, second = (opened(context.new_page(), board_url) for _ in range(2))
    drag(first, "Hotel", column(first, "Offer"))
    expect(said(first)).to_have_text("Hotel: moved from Qualify to Offer.")
    card(second, "Hotel").focus()
    second.keyboard.press("Alt+ArrowRight")
    expect(said(second)).to_contain_text("was changed meanwhile: JO: next on 2026-01-28")
    expect(column(second, "Offer").locator(".card").filter(has_text="Hotel")).to_be_focused()


def test_a_long_column_loads_as_it_scrolls_and_counts_all_of_it(page: Page, board_url: str) -> None:
    """Ninety cards, twenty-four of them there at a time; End goes to the very last."""
    opened(page, board_url, "BIG")
    stage = column(page, "Qualify")
    expect(stage.locator("h3")).to_contain_text("90")
    expect(stage.locator("header p").first).to_contain_text("4,095")
    assert stage.locator(".card").count() <= 24
    stage.locator(".card").first.focus()
    page.keyboard.press("End")
    expect(card(page, "Small 089")).to_be_focused()
    assert stage.locator(".card").count() <= 24
    page.keyboard.press("ArrowUp")
    expect(card(page, "Small 088")).to_be_focused()
    expect(stage.locator("[aria-posinset='89']")).to_have_attribute("aria-setsize", "90")


def test_on_a_phone_two_taps_move_a_card(browser: Browser, board_url: str) -> None:
    """A column fills the width, its tabs stand above; a button on the card lists where to.

    What happened and the button that takes it back are in sight, wherever the page is scrolled to.
    """
    phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = opened(phone.new_page(), board_url, "BIG")
    page.get_by_role("navigation", name="Columns").get_by_role("button", name="Qualify").tap()
    page.get_by_role("button", name="Move Small 000").tap()
    page.get_by_role("dialog").get_by_role("button", name="To Offer").tap()
    expect(said(page)).to_have_text("Small 000: moved from Qualify to Offer.")
    expect(card(page, "Small 000")).to_be_in_viewport()
    expect(said(page)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_in_viewport(ratio=1)
    wide = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert wide <= 0
    phone.close()


def test_a_finger_holds_a_card_and_drags_it(browser: Browser, board_url: str) -> None:
    """Held until it lifts, dragged to the column beside, let go."""
    tablet = browser.new_context(viewport={"width": 1100, "height": 900}, has_touch=True)
    page = opened(tablet.new_page(), board_url, "BIG")
    start = card(page, "Small 001").bounding_box()
    end = column(page, "Offer").bounding_box()
    assert start is not None
    assert end is not None
    finger = tablet.new_cdp_session(page)

    touch(finger, "touchStart", {"x": start["x"] + 30, "y": start["y"] + 30})
    expect(page.locator(".ghost")).to_be_visible()
    touch(finger, "touchMove", {"x": start["x"] + 60, "y": start["y"] + 40})
    touch(finger, "touchMove", {"x": end["x"] + 60, "y": end["y"] + 200})
    touch(finger, "touchEnd")
    expect(said(page)).to_have_text("Small 001: moved from Qualify to Offer.")
    tablet.close()


def test_on_a_phone_a_card_held_at_the_edge_goes_to_the_column_beside(
    browser: Browser, board_url: str
) -> None:
    """One thumb: held, dragged to the right edge until Offer is there, let go."""
    phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = opened(phone.new_page(), board_url, "MORE")
    page.get_by_role("navigation", name="Columns").get_by_role("button", name="Qualify").tap()
    expect(column(page, "Qualify")).to_be_in_viewport(ratio=0.9)
    held = column(page, "Qualify").locator(".card").first
    title = held.locator(".title").inner_text()
    start = held.bounding_box()
    assert start is not None
    finger = phone.new_cdp_session(page)

    touch(finger, "touchStart", {"x": start["x"] + 30, "y": start["y"] + 30})
    expect(page.locator(".ghost")).to_be_visible()
    touch(finger, "touchMove", {"x": start["x"] + 60, "y": start["y"] + 40})
    touch(finger, "touchMove", {"x": 380, "y": start["y"] + 40})
    expect(column(page, "Offer")).to_be_in_viewport(ratio=0.7)
    touch(finger, "touchMove", {"x": 200, "y": start["y"] + 40})
    expect(page.locator(".column.over")).to_have_attribute("data-drop", "2")
    touch(finger, "touchEnd")
    expect(said(page)).to_have_text(f"{title}: moved from Qualify to Offer.")
    phone.close()


def test_the_stages_that_do_not_fit_are_named_above_the_board(page: Page, board_url: str) -> None:
    """Of twelve stages a few are in sight; a name leads to the others. One stage needs none."""
    opened(page, board_url, "LONG")
    names = page.get_by_role("navigation", name="Columns")
    names.get_by_role("button", name="Step 12 0").click()
    expect(column(page, "Step 12")).to_be_in_viewport()
    expect(names.get_by_role("button", name="Step 12 0")).to_be_in_viewport()
    opened(page, board_url, "ONE")
    expect(column(page, "Step 1")).to_be_visible()
    expect(names).to_be_hidden()


def test_long_and_mirrored_names_stay_inside_their_cards(page: Page, board_url: str) -> None:
    """On the card, in the panel and in the palette, where one name leaves room for the others."""
    opened(page, board_url, "LONG")
    for title in (LONGEST, MIRRORED):
        card(page, title).click()
        panel = page.get_by_role("dialog")
        expect(panel.get_by_role("heading", name=title)).to_be_visible()
        assert panel.evaluate("panel => panel.scrollWidth - panel.clientWidth") <= 0
        page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill(LONGEST[:9])
    found = page.get_by_role("option").filter(has_text=LONGEST[:9])
    expect(found).to_have_count(1)
    box = found.bounding_box()
    assert box is not None
    assert box["height"] < 120
