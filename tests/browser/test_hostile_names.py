"""Names that would be pictures, markup or formulas stay the text they are, wherever they stand."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.commands import (
    CloseAsLost,
    CreateOpportunity,
    DefineCloseReason,
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    DefineStage,
    carry_out,
)
from pipeline.store import Store
from tests.serving import TODAY, serving, settled

HOSTILE = "![x](https://evil.example/x.png) <b>bold</b> $a$ :red[x]"
CODE = "![X](//EVIL.EX/X)"
PATHS = [
    "/",
    "/stage_conversion",
    "/win_rate?part=By+owner",
    "/win_rate?part=By+reason",
    "/statistics",
    "/opportunities?stage=1&in_owner=EV&in_cycle=NEW",
    "/sales_cycles",
    "/opportunity?no=OP000001",
    "/opportunity?no=OP000002",
    "/?owner=%21%5Bx%5D%28https%3A%2F%2Fevil.example%2Fy.png%29",
    "/opportunities?reached=%21%5Bx%5D%28https%3A%2F%2Fevil.example%2Fy.png%29",
    "/opportunity?no=%21%5Bx%5D%28https%3A%2F%2Fevil.example%2Fy.png%29",
]


@pytest.fixture
def hostile_store(tmp_path: Path) -> Path:
    """A company in which every name is hostile; one opportunity is open, one lost."""
    file = tmp_path / "hostile.duckdb"
    new = {"contact_no": "C1", "owner_code": "EV", "activate": True, "amount": 10}
    with Store.open(file) as store:
        for cycle_code in ("NEW", CODE):
            carry_out(
                store,
                DefineSalesperson(code="EV", name=HOSTILE),
                DefineSalesCycle(code=cycle_code, description=HOSTILE),
                DefineStage(
                    cycle_code=cycle_code, stage=1, description=HOSTILE, chances_percent=10
                ),
                DefineStage(cycle_code=cycle_code, stage=2, description=HOSTILE),
                DefineCloseReason(code="EVIL", description=HOSTILE, outcome="lost"),
                DefineContact(no="C1", name=HOSTILE),
                CreateOpportunity(
                    description=HOSTILE,
                    cycle_code=cycle_code,
                    expected_close_on=date(2026, 3, 1),
                    **new,  # type: ignore[arg-type]
                ),
                by="EV",
                today=date(2026, 1, 5),
            )
        carry_out(store, CloseAsLost(opportunity_no="OP000002"), by=HOSTILE, today=date(2026, 1, 9))
    return file


def test_no_page_reads_a_name_as_anything_but_text(page: Page, hostile_store: Path) -> None:
    """No picture, no bold word; that nothing is asked of another host, `page` watches."""
    with serving(hostile_store, PIPELINE_TODAY=TODAY) as url:
        for path in PATHS:
            page.goto(url + path)
            settled(page)
            main = page.get_by_test_id("stMain")
            expect(main.locator("img[src*='evil']")).to_have_count(0)
            expect(main.locator("a[href*='evil']")).to_have_count(0)
            expect(main.locator(".katex")).to_have_count(0)
            expect(main.locator("b, strong", has_text="bold")).to_have_count(0)
            expect(page.get_by_test_id("stException")).to_have_count(0)

        page.goto(f"{url}/new_opportunity")
        settled(page).get_by_label("Contact", exact=True).fill("evil")
        expect(page.get_by_text("evil.example/x.png) <b>bold</b>").first).to_be_visible()


def test_the_detail_of_long_names_fits_a_phone(page: Page, hostile_store: Path) -> None:
    """What is long breaks; the page does not scroll sideways."""
    page.set_viewport_size({"width": 390, "height": 844})
    with serving(hostile_store, PIPELINE_TODAY=TODAY) as url:
        for path in ("/opportunity?no=OP000001", "/opportunities?stage=1&in_cycle=NEW"):
            page.goto(url + path)
            wide = (
                settled(page)
                .get_by_test_id("stMain")
                .evaluate("main => main.scrollWidth - main.clientWidth")
            )
            assert wide <= 0, path
