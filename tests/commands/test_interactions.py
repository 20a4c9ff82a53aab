"""Interactions are logged, canceled, and become opportunities."""

from datetime import date

import pytest

from pipeline.commands import (
    AddComment,
    CancelInteraction,
    CreateFromInteraction,
    DefineCampaign,
    DefineSetting,
    LogInteraction,
)
from pipeline.domain.comments import About
from pipeline.domain.errors import (
    BelowZeroError,
    ChoiceError,
    InteractionCanceledError,
    InteractionCompanyError,
    InteractionDateError,
    InteractionTakenError,
    MissingFieldError,
    PipelineError,
    UnknownContactError,
    UnknownInteractionError,
)
from pipeline.domain.interactions import Interaction
from pipeline.domain.opportunities import Status
from pipeline.store import comments, interactions
from tests.commands.conftest import WORK_DATE, Company


def interaction(company: Company, no: str) -> Interaction:
    """An interaction as it stands."""
    return interactions.interaction(company.store, no)


def logged(company: Company, **fields: object) -> str:
    """Log a call with a contact and give its number."""
    wish = {"description": "Wants chairs", "contact_no": "C1"} | fields
    return company.go(LogInteraction(**wish))[0].no  # type: ignore[arg-type]


def test_an_interaction_keeps_what_it_was(company: Company) -> None:
    """A meeting with its day, duration and cost."""
    no = logged(
        company,
        type="meeting",
        happened_on=date(2026, 5, 4),
        owner_code="JO",
        minutes=90,
        cost="12.50",
    )
    one = interaction(company, no)
    assert (one.type, one.happened_on, one.owner_code) == ("meeting", date(2026, 5, 4), "JO")
    assert (one.minutes, str(one.cost), one.canceled) == (90, "12.50", False)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"description": " "}, MissingFieldError),
        ({"contact_no": None}, MissingFieldError),
        ({"contact_no": "C9"}, UnknownContactError),
        ({"type": "fax"}, ChoiceError),
        ({"happened_on": date(2026, 5, 16)}, InteractionDateError),
        ({"minutes": -1}, BelowZeroError),
        ({"cost": -1}, BelowZeroError),
    ],
)
def test_what_cannot_have_happened_is_refused(
    company: Company, fields: dict[str, object], refusal: type[PipelineError]
) -> None:
    """Nothing is recorded."""
    with pytest.raises(refusal):
        logged(company, **fields)
    assert company.store.rows("select count(*) from interactions") == [(0,)]


def test_one_of_an_opportunity_takes_its_contact_owner_and_campaign(company: Company) -> None:
    """What is given stays; a person of the same company may be named, another company not."""
    company.go(DefineCampaign(no="K1", starts_on=WORK_DATE, ends_on=WORK_DATE, activated=True))
    no = company.started("CHA", owner_code="JO", campaign_no="K1")
    taken = interaction(company, logged(company, contact_no=None, opportunity_no=no))
    assert (taken.contact_no, taken.owner_code, taken.campaign_no) == ("C1", "JO", "K1")
    assert taken.opportunity_no == no
    person = interaction(company, logged(company, contact_no="P1", opportunity_no=no))
    assert person.contact_no == "P1"
    with pytest.raises(InteractionCompanyError):
        logged(company, contact_no="C2", opportunity_no=no)


def test_bc_45_from_an_interaction(company: Company) -> None:
    """The first becomes an opportunity, not started; a canceled and a linked one are refused."""
    company.go(DefineSetting(name="default_cycle", value="CHA"))
    first = logged(company, owner_code="JO")
    company.go(AddComment(about="interaction", no=first, text="Red ones", said_on=date(2026, 5, 1)))
    no = company.go(CreateFromInteraction(interaction_no=first))[0].no
    opportunity = company.opportunity(no)
    assert opportunity.status is Status.NOT_STARTED
    assert (opportunity.description, opportunity.contact_no) == ("Wants chairs", "C1")
    assert (opportunity.owner_code, opportunity.cycle_code) == ("JO", "CHA")
    assert interaction(company, first).opportunity_no == no
    (copied,) = comments.about(company.store, About.OPPORTUNITY, no)
    assert (copied.text, copied.said_on) == ("Red ones", date(2026, 5, 1))
    assert len(comments.about(company.store, About.INTERACTION, first)) == 1

    canceled = logged(company)
    company.go(CancelInteraction(interaction_no=canceled))
    with pytest.raises(InteractionCanceledError):
        company.go(CreateFromInteraction(interaction_no=canceled))
    with pytest.raises(InteractionTakenError, match=no):
        company.go(CreateFromInteraction(interaction_no=first))


def test_an_opportunity_keeps_the_campaign_its_interaction_came_from(company: Company) -> None:
    """Even one that has ended: that is where the contact came from."""
    company.go(
        DefineCampaign(no="OLD", starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1)),
        DefineSetting(name="default_cycle", value="CHA"),
    )
    first = logged(company, campaign_no="OLD", owner_code="SP1")
    no = company.go(CreateFromInteraction(interaction_no=first))[0].no
    assert company.opportunity(no).campaign_no == "OLD"


def test_an_interaction_is_canceled_once(company: Company) -> None:
    """It stays readable; a number that is none offers the nearest."""
    no = logged(company)
    company.go(CancelInteraction(interaction_no=no))
    assert interaction(company, no).canceled
    with pytest.raises(InteractionCanceledError):
        company.go(CancelInteraction(interaction_no=no))
    with pytest.raises(UnknownInteractionError, match=no):
        company.go(CancelInteraction(interaction_no="IN00001"))
