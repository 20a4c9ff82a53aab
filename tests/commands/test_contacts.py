"""Companies and persons, and what becomes of their opportunities when they change or go."""

import pytest

from pipeline.commands import (
    CloseAsLost,
    DefineContact,
    DefineQuote,
    RemoveContact,
)
from pipeline.domain.errors import (
    ContactInUseError,
    ContactTypeError,
    NotACompanyError,
    UnknownContactError,
)
from pipeline.store import records
from tests.commands.conftest import Company


def test_a_new_person_takes_the_salesperson_of_the_company(company: Company) -> None:
    """One of its own goes before; a change later takes nothing from the company."""
    company.go(DefineContact(no="C3", name="Coho", owner_code="JO"))
    company.go(
        DefineContact(no="P3", type="person", name="Ann", company_no="C3"),
        DefineContact(no="P4", type="person", name="Bo", company_no="C3", owner_code="SP1"),
    )
    assert records.contact(company.store, "P3").owner_code == "JO"
    assert records.contact(company.store, "P4").owner_code == "SP1"
    company.go(DefineContact(no="P3", type="person", name="Ann", company_no="C3"))
    assert records.contact(company.store, "P3").owner_code is None


def test_only_a_company_has_persons(company: Company) -> None:
    """A person of a person is refused, one of nobody is not."""
    with pytest.raises(NotACompanyError, match="P1 is a person"):
        company.go(DefineContact(type="person", name="Ann", company_no="P1"))
    company.go(DefineContact(no="P9", type="person", name="Ann"))
    assert records.contact(company.store, "P9").company_no is None


def test_the_opportunities_of_a_person_follow_it_to_another_company(company: Company) -> None:
    """Robert goes from Adatum to Trey Research."""
    no = company.started("COM", contact_no="P1")
    company.go(DefineContact(no="P1", type="person", name="Robert Townes", company_no="C2"))
    assert company.opportunity(no).company_no == "C2"


def test_the_type_stays_while_something_is_linked(company: Company) -> None:
    """Adatum has a person, Trey Research an opportunity; a contact without either may change."""
    company.create("COM", contact_no="C2")
    with pytest.raises(ContactTypeError, match="0 opportunities and 1 person"):
        company.go(DefineContact(no="C1", type="person", name="Adatum"))
    with pytest.raises(ContactTypeError, match="1 opportunity and 0 persons"):
        company.go(DefineContact(no="C2", type="person", name="Trey"))
    company.go(DefineContact(no="P1", type="company", name="Townes Ltd"))
    assert records.contact(company.store, "P1").company_no == "P1"


def test_a_contact_with_open_opportunities_stays(company: Company) -> None:
    """Its own, not started; and of a company those of its persons too."""
    company.create("COM", contact_no="P1")
    for no in ("P1", "C1"):
        with pytest.raises(ContactInUseError, match=f"{no} has 1 open") as refusal:
            company.go(RemoveContact(no=no))
        assert refusal.value.no == no


def test_a_person_leaves_its_opportunities_to_the_company(company: Company) -> None:
    """In the log too: the closed one counts for Adatum from now on, whatever day is looked at."""
    no = company.started("COM", contact_no="P1")
    company.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"))
    company.go(DefineQuote(no="Q1", contact_no="P1", amount=1))
    company.go(RemoveContact(no="P1"))

    assert company.opportunity(no).contact_no == "C1"
    assert {row["contact_no"] for row in company.log(no)} == {"C1"}
    assert records.quote(company.store, "Q1").contact_no == "C1"
    with pytest.raises(UnknownContactError):
        records.contact(company.store, "P1")


def test_a_company_leaves_its_opportunities_without_a_contact(company: Company) -> None:
    """Its person stays, without a company."""
    no = company.lost()
    company.go(RemoveContact(no="C1"))
    assert company.opportunity(no).contact_no is None
    assert company.opportunity(no).company_no is None
    assert {row["contact_no"] for row in company.log(no)} == {None}
    assert records.contact(company.store, "P1").company_no is None
