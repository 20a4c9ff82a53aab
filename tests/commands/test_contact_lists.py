"""Lists of contacts: made, filled, an opportunity for each, and what is in the way of removing."""

from datetime import date

import pytest

from pipeline.commands import (
    CloseAsLost,
    CreateForList,
    CreateOpportunity,
    DefineCampaign,
    DefineContact,
    DefineContactList,
    DefineListLine,
    DefineSetting,
    EditOpportunity,
    ListContacts,
    RemoveCampaign,
    RemoveContact,
    RemoveContactList,
    RemoveSalesperson,
    UnlistContacts,
)
from pipeline.domain.errors import (
    ContactListedError,
    ContactListInUseError,
    ContactNotListedError,
    EmptyContactListError,
    ListCampaignError,
    MissingFieldError,
    NobodyLeftError,
    NotPositiveError,
    PipelineError,
    UnknownContactError,
    UnknownContactListError,
)
from pipeline.domain.opportunities import Opportunity, Status
from pipeline.store import contact_lists, records
from tests.commands.conftest import FAR, Company

YEAR = {"starts_on": date(2026, 1, 1), "ends_on": FAR, "activated": True}


@pytest.fixture
def fair(company: Company) -> Company:
    """The list FAIR of two contacts; COM is the default cycle."""
    company.go(
        DefineSetting(name="default_cycle", value="COM"),
        DefineContactList(no="FAIR", description="Guests of the fair", owner_code="SP1"),
        ListContacts(list_no="FAIR", contact_nos=("C1", "C2")),
    )
    return company


def made_for(company: Company, list_no: str = "FAIR") -> list[Opportunity]:
    """The opportunities of a list, in the order they were made."""
    rows = company.store.rows(
        "select opportunity_no from opportunities where list_no = ? order by opportunity_id",
        [list_no],
    )
    return [company.opportunity(no) for (no,) in rows]


def test_an_opportunity_for_each_contact_of_a_list(fair: Company) -> None:
    """Each takes its line's words and owner, then the list's; none is started; one batch."""
    fair.go(DefineListLine(list_no="FAIR", contact_no="C2", description="Desks", owner_code="JO"))
    fair.go(CreateForList(list_no="FAIR"))
    first, second = made_for(fair)
    assert (first.contact_no, first.description, first.owner_code) == (
        "C1",
        "Guests of the fair",
        "SP1",
    )
    assert (second.contact_no, second.description, second.owner_code) == ("C2", "Desks", "JO")
    assert {first.status, second.status} == {Status.NOT_STARTED}
    batches = fair.store.rows("select distinct batch_id from opportunities")
    assert len(batches) == 1


def test_all_share_what_is_said_and_the_values_of_the_first_stage(fair: Company) -> None:
    """One description, owner and estimate for everybody."""
    fair.go(
        CreateForList(
            list_no="FAIR",
            description="Chairs",
            owner_code="JO",
            activate=True,
            amount=900,
            chances_percent=30,
            expected_close_on=FAR,
        )
    )
    for one in made_for(fair):
        assert (one.description, one.owner_code, one.status) == (
            "Chairs",
            "JO",
            Status.IN_PROGRESS,
        )
        assert one.last is not None
        assert (one.last.amount, one.last.chances_percent) == (900, 30)


def test_who_has_an_open_opportunity_can_be_left_out(fair: Company) -> None:
    """A closed one is no reason; when everybody is left out it is said."""
    no = fair.started("COM", contact_no="C1")
    fair.go(CreateForList(list_no="FAIR", skip_with_open=True))
    assert [one.contact_no for one in made_for(fair)] == ["C2"]
    with pytest.raises(NobodyLeftError, match=r"2 contacts"):
        fair.go(CreateForList(list_no="FAIR", skip_with_open=True))
    fair.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"))
    fair.go(CreateForList(list_no="FAIR", skip_with_open=True))
    assert [one.contact_no for one in made_for(fair)] == ["C2", "C1"]


def test_only_some_of_a_list_are_taken(fair: Company) -> None:
    """Those that are named; one who is not on it is refused."""
    fair.go(CreateForList(list_no="FAIR", contact_nos=("C2",)))
    assert [one.contact_no for one in made_for(fair)] == ["C2"]
    with pytest.raises(ContactNotListedError, match="P1 is not on list FAIR"):
        fair.go(CreateForList(list_no="FAIR", contact_nos=("P1",)))


def test_an_empty_list_is_refused(company: Company) -> None:
    """There is nobody to create an opportunity for."""
    company.go(DefineContactList(no="FAIR", description="Fair"))
    with pytest.raises(EmptyContactListError, match="FAIR has no contacts"):
        company.go(CreateForList(list_no="FAIR"))


def test_all_or_nobody(fair: Company) -> None:
    """What is refused for one is refused for all: nothing is recorded."""
    fair.go(DefineContact(no="C3", name="Coho"))
    with pytest.raises(NotPositiveError):
        fair.go(CreateForList(list_no="FAIR", activate=True, amount=0))
    fair.go(DefineContactList(no="FAIR", description="Fair"))
    with pytest.raises(MissingFieldError, match="owner"):
        fair.go(CreateForList(list_no="FAIR"))
    assert made_for(fair) == []


def test_contacts_are_listed_once_and_taken_off(fair: Company) -> None:
    """Twice is once; one nobody knows is refused with the nearest; off is off."""
    fair.go(ListContacts(list_no="FAIR", contact_nos=("C2", "P1", "P1")))
    lines = contact_lists.contact_list(fair.store, "FAIR").lines
    assert [line.contact_no for line in lines] == ["C1", "C2", "P1"]
    with pytest.raises(UnknownContactError, match="Did you mean"):
        fair.go(ListContacts(list_no="FAIR", contact_nos=("C11",)))
    fair.go(UnlistContacts(list_no="FAIR", contact_nos=("C2",)))
    lines = contact_lists.contact_list(fair.store, "FAIR").lines
    assert [line.contact_no for line in lines] == ["C1", "P1"]
    with pytest.raises(ContactNotListedError):
        fair.go(UnlistContacts(list_no="FAIR", contact_nos=("C2",)))


def test_a_list_without_a_number_gets_the_next(company: Company) -> None:
    """One that is not there is refused with the nearest."""
    assert company.go(DefineContactList(description="Fair"))[0].no == "CL000001"
    with pytest.raises(UnknownContactListError, match="Did you mean CL000001"):
        company.go(ListContacts(list_no="CL000002", contact_nos=("C1",)))
    with pytest.raises(MissingFieldError):
        company.go(DefineContactList(description=" "))


def test_a_list_with_opportunities_stays(fair: Company) -> None:
    """Without any it goes, and its contacts stay."""
    fair.go(CreateForList(list_no="FAIR", contact_nos=("C1",)))
    with pytest.raises(ContactListInUseError, match="1 opportunity that"):
        fair.go(RemoveContactList(no="FAIR"))
    (one,) = made_for(fair)
    fair.go(EditOpportunity(opportunity_no=one.no, list_no=""), RemoveContactList(no="FAIR"))
    assert records.count(fair.store, "contact_list_lines") == 0
    assert records.contact(fair.store, "C1").name == "Adatum"


def test_a_contact_on_a_list_is_not_removed(fair: Company) -> None:
    """The lists are named; off the list it goes."""
    with pytest.raises(ContactListedError, match="1 list: FAIR"):
        fair.go(RemoveContact(no="C2"))
    fair.go(UnlistContacts(list_no="FAIR", contact_nos=("C2",)), RemoveContact(no="C2"))


def test_lists_forget_a_salesperson_and_a_campaign_that_are_removed(fair: Company) -> None:
    """They name nobody then."""
    fair.go(
        DefineCampaign(no="K1", **YEAR),  # type: ignore[arg-type]
        DefineContactList(no="FAIR", description="Fair", campaign_no="K1", owner_code="JO"),
        DefineListLine(list_no="FAIR", contact_no="C1", owner_code="JO"),
        RemoveCampaign(no="K1"),
        RemoveSalesperson(code="JO"),
    )
    known = contact_lists.contact_list(fair.store, "FAIR")
    assert (known.campaign_no, known.owner_code) == (None, None)
    assert known.lines[0].owner_code is None


def test_bc_59_segment_of_the_campaign(company: Company) -> None:
    """K1 has exactly one list: it is filled in with the campaign; blanked by hand it stays so."""
    no = company.started("COM")
    company.go(
        DefineCampaign(no="K1", **YEAR),  # type: ignore[arg-type]
        DefineContactList(no="S1", description="Guests", campaign_no="K1"),
        EditOpportunity(opportunity_no=no, campaign_no="K1"),
    )
    assert company.opportunity(no).list_no == "S1"
    company.go(EditOpportunity(opportunity_no=no, list_no=""))
    assert company.opportunity(no).list_no is None


def test_a_campaign_with_two_lists_fills_in_none(company: Company) -> None:
    """A change of campaign takes the old list away; a list of another campaign is refused."""
    no = company.started("COM")
    company.go(
        DefineCampaign(no="K1", **YEAR),  # type: ignore[arg-type]
        DefineCampaign(no="K2", **YEAR),  # type: ignore[arg-type]
        DefineContactList(no="S1", description="Guests", campaign_no="K1"),
        EditOpportunity(opportunity_no=no, campaign_no="K1"),
        DefineContactList(no="S2", description="Guests", campaign_no="K2"),
        DefineContactList(no="S3", description="Guests", campaign_no="K2"),
    )
    with pytest.raises(ListCampaignError, match="S2 belongs to campaign K2"):
        company.go(EditOpportunity(opportunity_no=no, list_no="S2"))
    company.go(EditOpportunity(opportunity_no=no, campaign_no="K2"))
    assert company.opportunity(no).list_no is None
    company.go(EditOpportunity(opportunity_no=no, list_no="S3"))
    assert company.opportunity(no).list_no == "S3"


def test_the_owner_of_the_campaign_goes_before_the_contacts(company: Company) -> None:
    """Business Central's order: contact, then campaign; what is typed goes before both."""
    company.go(
        DefineContact(no="C3", name="Coho", owner_code="SP1"),
        DefineCampaign(no="K1", owner_code="JO", **YEAR),  # type: ignore[arg-type]
    )
    wish = {"description": "Desks", "contact_no": "C3", "cycle_code": "COM", "campaign_no": "K1"}
    no = company.go(CreateOpportunity(**wish))[0].no  # type: ignore[arg-type]
    assert company.opportunity(no).owner_code == "JO"
    no = company.go(CreateOpportunity(owner_code="SP1", **wish))[0].no  # type: ignore[arg-type]
    assert company.opportunity(no).owner_code == "SP1"


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (DefineContactList(description="Fair", campaign_no="K9"), "campaign_no"),
        (DefineContactList(description="Fair", owner_code="SP9"), "owner_code"),
        (ListContacts(list_no="FAIR", contact_nos=()), "contact_nos"),
        (ListContacts(list_no="FAIR", contact_nos=("P1",), owner_code="SP9"), "owner_code"),
        (DefineListLine(list_no="FAIR", contact_no="C1", owner_code="SP9"), "owner_code"),
        (DefineListLine(list_no="FAIR", contact_no="P1"), "contact_no"),
        (RemoveContactList(no="FAIRE"), "list_no"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fair: Company, command: object, field: str) -> None:
    """Nothing is recorded then."""
    with pytest.raises(PipelineError) as refusal:
        fair.go(command)  # type: ignore[arg-type]
    assert refusal.value.field == field
