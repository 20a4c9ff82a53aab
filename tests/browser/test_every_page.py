"""What holds for every page, whichever it is; the pages are found as a person finds them."""

from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.serving import navigation, settled

UNLISTED = (
    "/opportunity?no=OP100022",
    "/contact?no=10000",
    "/contact_list?no=SM10001",
    "/new_contact",
    "/statistics?of=All+entries",
    "/?view=Figures",
)
"""Pages and views that have no entry in the navigation, with what the example company has."""
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(("mode", "size"), [("light", DESK), ("dark", PHONE)])
def test_every_page_opens_whole(
    page: Page, demo_url: str, mode: Literal["light", "dark"], size: ViewportSize
) -> None:
    """Each entry of the navigation, and each page behind one, opens without a failure.

    By day at a desk and by night on a phone; what is wide scrolls within itself, never the page
    sideways. That no other host is asked, and that no script fails, is what `page` watches.
    """
    paths = [*navigation(page, demo_url), *UNLISTED]
    page.emulate_media(color_scheme=mode)
    page.set_viewport_size(size)
    for path in paths:
        page.goto(demo_url + path)
        settled(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_role("heading").first).to_be_visible()
        wide = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
        assert wide <= 0, path


def test_an_unknown_address_is_answered_by_a_page(page: Page, demo_url: str) -> None:
    """An old or mistyped link is no dead end."""
    page.goto(f"{demo_url}/no_such_page")
    expect(settled(page).get_by_role("heading").first).to_be_visible()


def test_the_type_is_ours(page: Page, demo_url: str) -> None:
    """The bundled face is loaded and used; a system's own would be another product's look."""
    page.goto(demo_url)
    settled(page)
    assert page.evaluate(
        "() => [...document.fonts].some((f) => f.family.includes('Inter') && f.status === 'loaded')"
    )
    family = page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).fontFamily")
    assert family.replace('"', "").startswith("Inter")
