"""Two people change the same set-up record: fields are merged, a clash is refused and named."""

from datetime import date

import pytest

from pipeline.commands import (
    Amend,
    DefineActivity,
    DefineCampaign,
    DefineCloseReason,
    DefineContact,
    DefineContactList,
    DefineNumberSeries,
    DefineQuote,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    DefineTeam,
    RemoveCloseReason,
)
from pipeline.domain.activities import ActivityStep
from pipeline.domain.errors import SetUpChangedError, SetUpRemovedError
from pipeline.reports import set_up_pages
from pipeline.store import records
from tests.commands.conftest import Company


def stage(**fields: object) -> DefineStage:
    """Stage 2 of ADD as it was set up, some of its fields otherwise."""
    was = {
        "description": "Stage 2",
        "completed_percent": 50,
        "chances_percent": 40,
        "allow_skip": True,
    }
    return DefineStage(cycle_code="ADD", stage=2, **(was | fields))  # type: ignore[arg-type]


def test_what_two_people_changed_is_merged_field_by_field(company: Company) -> None:
    """One gives the stage another name, the other another chance; both count."""
    company.go(Amend(wish=stage(description="Offer"), shown=stage()))
    company.go(Amend(wish=stage(chances_percent=45), shown=stage()))
    stored = records.sales_cycle(company.store, "ADD").stage(2)
    assert (stored.description, stored.chances_percent) == ("Offer", 45)
    assert (stored.completed_percent, stored.allow_skip) == (50, True)


def test_the_second_change_of_a_field_is_refused_and_named(company: Company) -> None:
    """The first stands; the refusal says what it is now, and what it was."""
    company.go(Amend(wish=stage(chances_percent=45), shown=stage()))
    with pytest.raises(SetUpChangedError, match=r"Stage ADD 2 .*chances percent is “45.00” now"):
        company.go(Amend(wish=stage(chances_percent=60, description="X"), shown=stage()))
    stored = records.sales_cycle(company.store, "ADD").stage(2)
    assert (stored.description, stored.chances_percent) == ("Stage 2", 45)
    company.go(Amend(wish=stage(chances_percent=45, description="X"), shown=stage()))
    assert records.sales_cycle(company.store, "ADD").stage(2).description == "X"


def test_a_record_that_is_gone_is_not_made_again(company: Company) -> None:
    """Somebody removed it meanwhile."""
    shown = DefineCloseReason(code="L2", outcome="lost")
    company.go(RemoveCloseReason(code="L2"))
    with pytest.raises(SetUpRemovedError, match="Close reason L2 was removed"):
        company.go(
            Amend(
                wish=DefineCloseReason(code="L2", description="Late", outcome="lost"), shown=shown
            )
        )


YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (DefineTeam(code="T", name="T"), DefineTeam(code="T", name="Team")),
        (DefineSalesperson(code="S", name="S"), DefineSalesperson(code="S", name="Sam")),
        (DefineSalesCycle(code="S"), DefineSalesCycle(code="S", description="Sales")),
        (DefineContact(no="X", name="X"), DefineContact(no="X", name="Xi")),
        (
            DefineContact(no="X", name="X", type="person", company_no="C1"),
            DefineContact(no="X", name="X", type="person", company_no="C2"),
        ),
        (DefineCampaign(no="K", **YEAR), DefineCampaign(no="K", description="Kay", **YEAR)),  # type: ignore[arg-type]
        (DefineContactList(no="L", description="L"), DefineContactList(no="L", description="M")),
        (
            DefineQuote(no="Q", contact_no="C1", amount=1),
            DefineQuote(no="Q", contact_no="C1", amount=2),
        ),
        (
            DefineNumberSeries(code="N", starting_no="N1", ending_no="N9"),
            DefineNumberSeries(code="N", starting_no="N1", ending_no="N8"),
        ),
        (
            DefineActivity(code="A"),
            DefineActivity(code="A", steps=(ActivityStep(description="Call"),)),
        ),
        (
            DefineSetting(name="currency", value="EUR"),
            DefineSetting(name="currency", value="USD"),
        ),
    ],
    ids=lambda command: type(command).__name__,
)
def test_every_kind_of_record_is_amended_and_guarded(
    company: Company, first: object, second: object
) -> None:
    """What was shown is changed; to be shown as it was then is refused when it is changed again."""
    company.go(first)  # type: ignore[arg-type]
    company.go(Amend(wish=second, shown=first))  # type: ignore[arg-type]
    company.go(Amend(wish=first, shown=second))  # type: ignore[arg-type]
    company.go(Amend(wish=first, shown=first))  # type: ignore[arg-type]


def test_a_setting_that_somebody_else_set_is_refused(company: Company) -> None:
    """The default counts as what was shown while nothing is set."""
    shown = DefineSetting(name="currency", value="EUR")
    company.go(Amend(wish=DefineSetting(name="currency", value="USD"), shown=shown))
    with pytest.raises(SetUpChangedError, match=r"Setting currency .*“USD” now"):
        company.go(Amend(wish=DefineSetting(name="currency", value="CHF"), shown=shown))
    assert set_up_pages.settings(company.store)["currency"] == "USD"
