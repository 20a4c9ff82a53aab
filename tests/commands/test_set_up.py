"""A company is set up and taken apart again: what is in the way of removing says so."""

from collections.abc import Iterator
from datetime import date

import pytest

import pipeline
from pipeline.commands import (
    AsNew,
    CloseAsLost,
    CloseAsWon,
    CreateOpportunity,
    DefineActivity,
    DefineCampaign,
    DefineCloseReason,
    DefineContact,
    DefineNumberSeries,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    DefineTeam,
    RemoveActivity,
    RemoveCampaign,
    RemoveSalesperson,
    RemoveTeam,
    StartWithUsual,
    carry_out,
)
from pipeline.domain.activities import ActivityStep
from pipeline.domain.errors import (
    ActivityInUseError,
    CampaignInUseError,
    CampaignOrderError,
    ChoiceError,
    CloseReasonOutcomeFixedError,
    CodeTakenError,
    CurrencyCodeError,
    DateFormulaError,
    FigureError,
    MissingFieldError,
    NumberSeriesOrderError,
    NumberTakenError,
    SalespersonInUseError,
    StageMapError,
    TeamInUseError,
    UnknownActivityError,
    UnknownNumberSeriesError,
    UnknownTimeZoneError,
)
from pipeline.reports import set_up_pages
from pipeline.store import Store, activities, records
from tests.commands.conftest import WORK_DATE, Company


@pytest.fixture
def empty() -> Iterator[Store]:
    """A store in which nothing was set up."""
    with pipeline.open() as store:
        yield store


def go(store: Store, *commands: pipeline.commands.Command) -> list[pipeline.commands.Recorded]:
    """Carry commands out on the work date."""
    return carry_out(store, *commands, by="x", today=WORK_DATE)


def test_one_name_is_enough_to_start(empty: Store) -> None:
    """The usual cycle, reasons for both outcomes, one person; an opportunity can be won."""
    assert go(empty, StartWithUsual(name="Jim Olive"))[0].no == "JO"
    assert set_up_pages.so_far(empty).is_complete
    cycle = records.sales_cycle(empty, "SALES")
    assert [stage.chances_percent for stage in cycle.stages] == [10, 25, 50, 70, 90]
    duplicate = records.close_reason(empty, "DUPLICATE")
    assert not duplicate.in_win_rate

    made = CreateOpportunity(
        description="Desks",
        company_name="Adatum",
        activate=True,
        amount=100,
        expected_close_on=WORK_DATE,
    )
    no = go(empty, made)[0].no
    go(empty, CloseAsWon(opportunity_no=no, close_reason_code="CONVINCED"))
    assert records.opportunity(empty, no).status.value == "won"


def test_the_start_leaves_alone_what_is_there(company: Company) -> None:
    """Cycles, reasons and people are there: nothing is added, and no name is asked for."""
    before = set_up_pages.close_reasons(company.store)
    company.go(StartWithUsual(name=""))
    assert set_up_pages.close_reasons(company.store).equals(before)
    assert not records.count(company.store, "sales_cycles", cycle_code="SALES")


def test_the_start_asks_for_the_name(empty: Store) -> None:
    """Without one nothing is made."""
    with pytest.raises(MissingFieldError, match="name is blank"):
        go(empty, StartWithUsual(name=" "))
    assert not set_up_pages.so_far(empty).has_cycle


def test_the_code_of_a_person_comes_from_the_initials(company: Company) -> None:
    """The second with the same initials gets a number."""
    made = company.go(DefineSalesperson(name="Åsa Ek"), DefineSalesperson(name="Anna Ekström"))
    assert [each.no for each in made] == ["AE", "AE2"]


def test_what_is_there_is_not_changed_by_adding_it_again(company: Company) -> None:
    """A new one with a code that is taken is refused, whatever it is."""
    with pytest.raises(CodeTakenError, match="Code JO is taken"):
        company.go(AsNew(DefineSalesperson(code="jo", name="Joan")))
    with pytest.raises(CodeTakenError):
        company.go(AsNew(DefineCloseReason(code="W1", outcome="lost")))
    with pytest.raises(NumberTakenError):
        company.go(AsNew(DefineContact(no="C1", name="Another")))
    assert records.salesperson(company.store, "JO").name == "Jim Olive"


def test_a_salesperson_with_open_opportunities_stays(company: Company) -> None:
    """Not started or in progress is in the way; a closed one is not, and keeps the code."""
    company.go(DefineTeam(code="EAST", name="East", manager_code="SP1"))
    company.go(DefineContact(no="C3", name="Coho", owner_code="SP1"))
    company.go(DefineSetting(name="default_owner", value="SP1"))
    no = company.create("COM")
    with pytest.raises(SalespersonInUseError, match="SP1 has 1 open opportunity") as refusal:
        company.go(RemoveSalesperson(code="SP1"))
    assert refusal.value.opportunities == 1

    company.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"))
    company.go(RemoveSalesperson(code="SP1"))
    assert company.opportunity(no).owner_code == "SP1"
    assert records.contact(company.store, "C3").owner_code is None
    assert records.setting(company.store, "default_owner") is None
    assert set_up_pages.teams(company.store)["manager_code"].isna().all()


def test_a_team_with_members_stays(company: Company) -> None:
    """The refusal names them."""
    company.go(
        DefineTeam(code="EAST", name="East"),
        DefineSalesperson(code="JO", name="Jim Olive", team_code="EAST"),
    )
    with pytest.raises(TeamInUseError, match="1 member: Jim Olive"):
        company.go(RemoveTeam(code="EAST"))
    company.go(DefineSalesperson(code="JO", name="Jim Olive"), RemoveTeam(code="EAST"))
    assert set_up_pages.teams(company.store).empty


def test_a_campaign_that_brought_something_stays(company: Company) -> None:
    """A campaign ends after it begins, and goes only when nothing came from it."""
    with pytest.raises(CampaignOrderError, match="before it begins"):
        company.go(
            DefineCampaign(no="K1", starts_on=WORK_DATE, ends_on=date(2026, 1, 1), activated=True)
        )
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    company.go(
        DefineCampaign(no="K1", activated=True, **days),  # type: ignore[arg-type]
        DefineCampaign(no="K2", activated=True, **days),  # type: ignore[arg-type]
    )
    company.create("COM", campaign_no="K1")
    with pytest.raises(CampaignInUseError, match="K1 has 1 opportunity"):
        company.go(RemoveCampaign(no="K1"))
    company.go(RemoveCampaign(no="K2"))
    assert set_up_pages.campaigns(company.store)["campaign_no"].tolist() == ["K1"]


def test_a_used_reason_keeps_its_outcome(company: Company) -> None:
    """What was won for it cannot turn into a loss; an unused one may change."""
    company.won()
    with pytest.raises(CloseReasonOutcomeFixedError, match="was won for close reason W1"):
        company.go(DefineCloseReason(code="W1", outcome="lost"))
    company.go(DefineCloseReason(code="W2", outcome="lost"))


def test_an_activity_has_steps_and_stays_while_a_stage_begins_with_it(company: Company) -> None:
    """Steps replace each other as a whole."""
    steps = (
        ActivityStep(description="Verify quality", priority="high"),
        ActivityStep(description="Call", type="phone call", date_formula="1 w"),
    )
    company.go(DefineActivity(code="init", steps=steps))
    stored = activities.activity(company.store, "INIT")
    assert [step.date_formula for step in stored.steps] == ["", "1W"]

    company.go(DefineStage(cycle_code="ADD", stage=1, activity_code="INIT"))
    with pytest.raises(ActivityInUseError, match="stage 1 of sales cycle ADD"):
        company.go(RemoveActivity(code="INIT"))
    company.go(DefineStage(cycle_code="ADD", stage=1), RemoveActivity(code="INIT"))
    with pytest.raises(UnknownActivityError):
        activities.activity(company.store, "INIT")


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (ActivityStep(description=""), MissingFieldError),
        (ActivityStep(description="Call", type="dance"), ChoiceError),
        (ActivityStep(description="Call", priority="urgent"), ChoiceError),
        (ActivityStep(description="Call", date_formula="soon"), DateFormulaError),
    ],
)
def test_a_step_that_cannot_be_is_refused(
    company: Company, step: ActivityStep, error: type[Exception]
) -> None:
    """Nothing of the activity is recorded then."""
    with pytest.raises(error):
        company.go(DefineActivity(code="INIT", steps=(step,)))


@pytest.mark.parametrize(
    ("name", "value", "error", "sentence"),
    [
        ("currency", "euro", CurrencyCodeError, "not three letters"),
        ("time_zone", "europe/berlín", UnknownTimeZoneError, "Did you mean Europe/Berlin"),
        ("rotting_days", "-3", FigureError, "number of days"),
        ("stage_map", "NEW 9 to 3", StageMapError, "“NEW 9 to 3” does not say"),
        ("opportunity_series", "OPS", UnknownNumberSeriesError, "Did you mean OP"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(
    empty: Store, name: str, value: str, error: type[Exception], sentence: str
) -> None:
    """Each setting is checked for what it means."""
    with pytest.raises(error, match=sentence):
        go(empty, DefineSetting(name=name, value=value))


def test_settings_are_kept_as_they_are_written_best(empty: Store) -> None:
    """The currency in capitals, days without noughts; blank takes a setting back."""
    go(
        empty,
        DefineSetting(name="currency", value="usd"),
        DefineSetting(name="rotting_days", value="030"),
        DefineSetting(name="time_zone", value="Asia/Tokyo"),
    )
    kept = set_up_pages.settings(empty)
    assert (kept["currency"], kept["rotting_days"]) == ("USD", "30")
    go(empty, DefineSetting(name="currency", value=""))
    assert set_up_pages.settings(empty)["currency"] == "EUR"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ending_no": "OP000000"}, "before it begins"),
        ({"step": 0}, "step must be at least 1"),
        ({"last_no": "OP000500"}, "lies outside"),
    ],
)
def test_a_number_series_counts_upwards(
    empty: Store, fields: dict[str, object], sentence: str
) -> None:
    """First, last given and last possible follow each other."""
    series = {"code": "OP", "starting_no": "OP000001", "ending_no": "OP000099"} | fields
    with pytest.raises(NumberSeriesOrderError, match=sentence):
        go(empty, DefineNumberSeries(**series))  # type: ignore[arg-type]


def test_the_next_numbers_are_told(empty: Store) -> None:
    """A series that ended has none."""
    assert set_up_pages.next_numbers(empty) == ["OP000001", "CT000001"]
    go(
        empty,
        DefineNumberSeries(code="CT", starting_no="C1", ending_no="C2", last_no="C2"),
    )
    assert set_up_pages.next_numbers(empty) == ["OP000001"]
