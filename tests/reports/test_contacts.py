"""Contacts are found as people type them, and shown before they are entered twice."""

from collections.abc import Iterator
from datetime import date

import pytest

import pipeline
from pipeline.commands import CreateOpportunity, DefineContact, StartWithUsual, carry_out
from pipeline.domain.contacts import ContactType
from pipeline.reports import contacts, look_ups
from pipeline.store import Store

NAMES = ["Adatum Corporation", "Coho Winery", "Société Générique", "東京電機株式会社"]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Four companies CT000001 to CT000004, and Robert Townes of the first, with an opportunity."""
    with pipeline.open() as store:
        carry_out(
            store,
            StartWithUsual(name="Jim Olive"),
            *[DefineContact(name=name) for name in NAMES],
            DefineContact(name="Robert Townes", type="person", company_no="CT000001"),
            CreateOpportunity(description="Desks", contact_no="CT000005"),
            by="JO",
            today=date(2026, 1, 28),
        )
        yield store


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("adatum", "Adatum Corporation"),
        ("corporation ADATUM", "Adatum Corporation"),
        ("societe gen", "Société Générique"),
        ("ct000002", "Coho Winery"),
        ("adtaum", "Adatum Corporation"),
        ("winnery coho", "Coho Winery"),
        ("robret", "Robert Townes"),
        ("東京", "東京電機株式会社"),
    ],
)
def test_case_accents_order_and_typing_errors_do_not_matter(
    store: Store, typed: str, found: str
) -> None:
    """List and picker find the same."""
    assert contacts.contacts(store, typed).frame["contact_name"].tolist() == [found]
    assert look_ups.contacts(store, typed)["name"].tolist() == [found]


def test_what_is_nearly_called_so_is_said_to_be(store: Store) -> None:
    """Only where nothing fits exactly, and never for three letters."""
    assert contacts.contacts(store, "adtaum").are_near_only
    assert not contacts.contacts(store, "adatum").are_near_only
    assert contacts.contacts(store, "cxh").total == 0


def test_a_long_list_comes_a_page_at_a_time(store: Store) -> None:
    """The second page of two has the third and the fourth."""
    page = contacts.contacts(store, limit=2, offset=2)
    assert page.total == 5
    assert page.frame["contact_name"].tolist() == ["Robert Townes", "Société Générique"]
    assert page.frame["open_now"].tolist() == [1, 0]
    assert contacts.contacts(store, limit=2, offset=99).total == 5


def test_a_list_can_hold_one_kind_or_one_salesperson(store: Store) -> None:
    """One person; nobody's contacts are Jim's."""
    assert contacts.contacts(store, type_=ContactType.PERSON).total == 1
    assert contacts.contacts(store, owner_code="JO").total == 0


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("Adatum Corp.", ["Adatum Corporation"]),
        ("ADATUM", ["Adatum Corporation"]),
        ("Societe Generique SA", ["Société Générique"]),
        ("Coho Vinery", ["Coho Winery"]),
        ("Trey Research", []),
        ("!!!", []),
        ("", []),
    ],
)
def test_one_that_may_be_there_already_is_shown(store: Store, name: str, like: list[str]) -> None:
    """Legal forms, signs, case and accents make no other company."""
    assert contacts.alike(store, name, ContactType.COMPANY)["name"].tolist() == like


def test_a_contact_is_not_like_itself(store: Store) -> None:
    """Nor is a person like a company."""
    own = contacts.alike(store, "Coho Winery", ContactType.COMPANY, no="CT000002")
    assert own.empty
    assert contacts.alike(store, "Coho Winery", ContactType.PERSON).empty


def test_a_company_has_its_persons(store: Store) -> None:
    """With what each has open."""
    persons = contacts.persons(store, "CT000001")
    assert persons[["contact_name", "open_now"]].to_numpy().tolist() == [["Robert Townes", 1]]
