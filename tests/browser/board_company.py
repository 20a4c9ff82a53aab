"""A company with a board: its sales cycles and cards, and how a test looks at it and drags on it.

Every test moves cards of its own.
"""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

from pipeline.commands import (
    ActivateFirstStage,
    Command,
    CreateOpportunity,
    DefineCloseReason,
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    MoveToNextStage,
    carry_out,
)
from pipeline.store import Store
from tests.serving import TODAY, settled

DAY = date.fromisoformat(TODAY)
HOSTILE = "<b>Bold</b> ![x](https://evil.example/x.png)"
STAGES = [("Qualify", False), ("Offer", True), ("Proof", False), ("Sign", False)]
"""Offer may be skipped, Proof must not be; Sign needs a quote."""
IN_QUALIFY = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India")
MANY = 90
LONGEST = "L" * 250
MIRRORED = "شركة النور للتجارة"


def set_up(store: Store) -> None:
    """Two sellers, five sales cycles, and the cards that tests move."""
    carry_out(store, *_company(), by="JO", today=date(2026, 1, 5))
    carry_out(
        store,
        *(_new(name) for name in IN_QUALIFY),
        _new("No amount yet", activate=False),
        _new("Date gone by", expected_close_on=date(2026, 1, 6)),
        _new("Overdue and left so", expected_close_on=date(2026, 1, 6)),
        _new(HOSTILE),
        *(_new(f"Extra {number}", cycle_code="MORE") for number in range(10)),
        *(_new(name, cycle_code="LONG") for name in ("Twelve", LONGEST, MIRRORED, HOSTILE)),
        CreateOpportunity(description="Draft", contact_no="C1", owner_code="JO"),
        by="JO",
        today=date(2026, 1, 5),
    )
    proof = _numbered(store, "India")
    carry_out(
        store,
        ActivateFirstStage(opportunity_no=_numbered(store, "No amount yet")),
        MoveToNextStage(opportunity_no=proof),
        MoveToNextStage(opportunity_no=proof),
        *(
            _new(f"Small {number:03}", cycle_code="BIG", amount=number + 1)
            for number in range(MANY)
        ),
        by="JO",
        today=DAY,
    )


def _company() -> list[Command]:
    return [
        DefineSalesperson(code="JO", name="Jim Olive"),
        DefineSalesperson(code="LT", name="Lina Townsend"),
        DefineContact(no="C1", name="Adatum"),
        DefineCloseReason(code="GOOD", description="Convinced", outcome="won"),
        DefineCloseReason(code="BEST", description="Best price", outcome="won"),
        DefineCloseReason(code="PRICE", description="Too expensive", outcome="lost"),
        *_cycle("NEW"),
        *_cycle("BIG"),
        *_cycle("MORE"),
        *_plain_cycle("LONG", 12),
        *_plain_cycle("ONE", 1),
        DefineSetting(name="default_cycle", value="NEW"),
        DefineSetting(name="default_owner", value="JO"),
    ]


def _cycle(code: str) -> list[Command]:
    stages = enumerate(STAGES, start=1)
    return [
        DefineSalesCycle(code=code, probability_method="chances"),
        *(
            DefineStage(
                cycle_code=code,
                stage=number,
                description=name,
                chances_percent=20 * number,
                allow_skip=may_be_skipped,
                quote_required=name == "Sign",
            )
            for number, (name, may_be_skipped) in stages
        ),
    ]


def _plain_cycle(code: str, stages: int) -> list[Command]:
    return [
        DefineSalesCycle(code=code, probability_method="chances"),
        *(
            DefineStage(
                cycle_code=code,
                stage=number,
                description=f"Step {number}",
                chances_percent=8 * number,
            )
            for number in range(1, stages + 1)
        ),
    ]


def _new(description: str, **more: object) -> CreateOpportunity:
    fields = {
        "description": description,
        "contact_no": "C1",
        "owner_code": "JO",
        "cycle_code": "NEW",
        "activate": True,
        "amount": 1000,
        "expected_close_on": date(2026, 6, 30),
    }
    return CreateOpportunity(**(fields | more))  # type: ignore[arg-type]


def _numbered(store: Store, description: str) -> str:
    asked = "select opportunity_no from opportunities where description = ?"
    found = store.one(asked, [description])
    assert found is not None
    return str(found[0])


# --- looking at a board ---------------------------------------------------------------------------


def opened(page: Page, url: str, cycle: str = "NEW") -> Page:
    """The board of a cycle, drawn."""
    page.goto(f"{url}/board?on_board={cycle}")
    settled(page)
    expect(page.locator(".column").first).to_be_visible()
    return page


def card(page: Page, title: str) -> Locator:
    """A card by its title."""
    return page.locator(".card").filter(has_text=title)


def column(page: Page, name: str) -> Locator:
    """A column by its name."""
    return page.get_by_role("region", name=re.compile(f"^{name}")).filter(has=page.locator("ol"))


def said(page: Page) -> Locator:
    """Where the board says what happened, for eyes and ears."""
    return page.locator("section.board").get_by_role("status")


def drag(page: Page, title: str, onto: Locator) -> None:
    """Take a card with the mouse and let it go in the middle of something."""
    card(page, title).scroll_into_view_if_needed()
    start, end = card(page, title).bounding_box(), onto.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 40, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 50)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    page.mouse.up()
