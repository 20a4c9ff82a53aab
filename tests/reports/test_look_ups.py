"""What forms look up: names to choose from, and contacts among any number of them."""

from datetime import date

import pytest

from pipeline.commands import (
    BlockSalesCycle,
    DefineCampaign,
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    carry_out,
)
from pipeline.reports import look_ups
from pipeline.store import Store

TODAY = date(2026, 1, 28)


@pytest.fixture
def store() -> Store:
    """A company with a person, two companies, a blocked cycle and a blocked salesperson."""
    opened = Store.open()
    carry_out(
        opened,
        DefineSalesperson(code="JO", name="Jim Olive"),
        DefineSalesperson(code="EX", name="Gone", blocked=True),
        DefineSalesCycle(code="NEW"),
        DefineSalesCycle(code="OLD"),
        BlockSalesCycle(code="OLD"),
        DefineContact(no="C1", name="Café Olé", owner_code="JO"),
        DefineContact(no="C2", name="The Old Café"),
        DefineContact(no="P1", name="Ann Café", type="person", company_no="C2"),
        DefineCampaign(
            no="NOW", description="Spring", starts_on=TODAY, ends_on=TODAY, activated=True
        ),
        DefineCampaign(no="PAST", description="Autumn", ends_on=date(2025, 12, 1), activated=True),
        DefineCampaign(no="OFF", description="Not yet", ends_on=TODAY),
        by="JO",
        today=TODAY,
    )
    return opened


def test_names_that_begin_with_the_words_come_first_and_accents_do_not_matter(store: Store) -> None:
    """Companies before persons, whatever is typed."""
    found = look_ups.contacts(store, "cafe")

    assert found["contact_no"].tolist() == ["C1", "C2", "P1"]
    assert found["company_name"].tolist()[2] == "The Old Café"


def test_a_contact_is_found_by_the_beginning_of_its_number(store: Store) -> None:
    """And no more are given than asked for."""
    assert look_ups.contacts(store, "p1")["contact_no"].tolist() == ["P1"]
    assert len(look_ups.contacts(store, "c", at_most=1)) == 1


def test_a_contact_is_named_with_its_company(store: Store) -> None:
    """A company stands alone; what is unknown is shown by its number."""
    assert look_ups.contact_name(store, "P1") == "Ann Café, The Old Café"
    assert look_ups.contact_name(store, "C1") == "Café Olé"
    assert look_ups.contact_name(store, "X9") == "X9"
    assert look_ups.contact_name(store, None) == ""


def test_what_is_blocked_is_shown_but_not_offered(store: Store) -> None:
    """Reports filter by it, forms do not choose it."""
    names = look_ups.names(store)

    assert set(names.cycles) == {"NEW", "OLD"}
    assert set(names.open_cycles) == {"NEW"}
    assert names.owners == {"EX": "Gone", "JO": "Jim Olive"}
    assert names.active_owners == {"JO": "Jim Olive"}


def test_only_campaigns_that_take_an_opportunity_are_offered(store: Store) -> None:
    """Activated, and running on the day of creation."""
    assert look_ups.campaigns(store, TODAY) == {"NOW": "Spring"}
