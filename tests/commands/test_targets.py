"""Quotas, calls, days active and forecast categories: what is recorded and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.commands import (
    DefineSetting,
    DefineTeam,
    ImportQuotas,
    RemoveQuota,
    SetCategory,
    SetDaysActive,
    SetQuota,
    SubmitCall,
    carry_out,
)
from pipeline.domain.errors import (
    CallLockedError,
    CallUnchangedError,
    CategoryNotOpenError,
    ChangedMeanwhileError,
    ChoiceError,
    DaysActiveError,
    EffectiveDayError,
    LevelCodeError,
    MissingFieldError,
    MonthNumberError,
    NegativeAmountError,
    NothingToChangeError,
    NotInProgressError,
    QuotaRowError,
    UnknownQuotaError,
    UnknownSalespersonError,
    UnknownTeamError,
)
from pipeline.domain.targets import Holder, Level, Measure
from pipeline.store import targets
from tests.commands.conftest import WORK_DATE, Company

ANN = Holder(level=Level.OWNER, code="SP1")
Q2 = date(2026, 6, 30)


def in_force(company: Company, on: date, holder: Holder = ANN) -> Decimal | None:
    """The quota of the quarter of 15 May 2026 that counts on a day."""
    period = targets.calendar(company.store).quarter(WORK_DATE)
    return targets.quota_in_force(company.store, holder, Measure.WON_AMOUNT, period, on)


def test_the_first_quota_of_a_period_counts_from_its_first_day(company: Company) -> None:
    """Set in May, the quota of the second quarter was the aim in April too."""
    company.go(SetQuota(level="owner", code="sp1", on=Q2, target="90000"))
    assert in_force(company, date(2026, 4, 1)) == Decimal(90_000)
    assert in_force(company, date(2026, 3, 31)) is None


def test_a_revision_counts_from_its_day_and_leaves_the_days_before_alone(company: Company) -> None:
    """90,000 until 14 May, 80,000 from then on; a third one from 1 June."""
    company.go(SetQuota(level="owner", code="SP1", on=Q2, target=90_000))
    company.go(SetQuota(level="owner", code="SP1", on=Q2, target=80_000))
    later = SetQuota(
        level="owner", code="SP1", on=Q2, target=85_000, effective_from=date(2026, 6, 1)
    )
    company.go(later)
    days = [date(2026, 5, 14), WORK_DATE, date(2026, 5, 31), date(2026, 6, 1)]
    assert [in_force(company, day) for day in days] == [90_000, 80_000, 80_000, 85_000]


def test_a_quota_keeps_its_days_when_the_fiscal_year_is_moved(company: Company) -> None:
    """No set-up of today wipes what was aimed at."""
    company.go(SetQuota(on=Q2, target=90_000))
    company.go(DefineSetting(name="fiscal_year_start", value="2"))
    assert company.store.rows("select starts_on, ends_on, target from quotas") == [
        (date(2026, 4, 1), date(2026, 6, 30), Decimal(90_000))
    ]


def test_setting_the_same_quota_again_records_nothing_new(company: Company) -> None:
    """A file of quotas can be imported twice."""
    for _ in range(2):
        company.go(SetQuota(on=Q2, target=90_000))
    assert company.store.rows("select count(*) from quotas") == [(1,)]


def test_a_quota_is_removed_with_its_revisions(company: Company) -> None:
    """Then none was ever aimed at; a second time there is nothing to remove."""
    company.go(SetQuota(on=Q2, target=90_000))
    company.go(SetQuota(on=Q2, target=80_000))
    company.go(RemoveQuota(on=Q2))
    assert company.store.rows("select count(*) from quotas") == [(0,)]
    with pytest.raises(UnknownQuotaError):
        company.go(RemoveQuota(on=Q2))


@pytest.mark.parametrize(
    ("quota", "refusal"),
    [
        (SetQuota(on=Q2, target=1, level="owner", code="NOBODY"), UnknownSalespersonError),
        (SetQuota(on=Q2, target=1, level="team", code="NONE"), UnknownTeamError),
        (SetQuota(on=Q2, target=1, level="owner"), LevelCodeError),
        (SetQuota(on=Q2, target=1, code="SP1"), LevelCodeError),
        (SetQuota(on=Q2, target=1, level="planet"), ChoiceError),
        (SetQuota(on=Q2, target=1, kind="week"), ChoiceError),
        (SetQuota(on=Q2, target=1, measure="calls"), ChoiceError),
        (SetQuota(on=Q2, target=-1), NegativeAmountError),
        (SetQuota(on=Q2, target=1, effective_from=date(2026, 7, 1)), EffectiveDayError),
    ],
)
def test_a_quota_that_cannot_be_is_refused(
    company: Company, quota: SetQuota, refusal: type[Exception]
) -> None:
    """Whose, which period, which measure, how much and from when are checked."""
    with pytest.raises(refusal):
        company.go(quota)


def test_quotas_of_a_file_are_set_all_or_none(company: Company) -> None:
    """The refusal names the row of the file."""
    good = SetQuota(level="owner", code="SP1", on=Q2, target=90_000)
    bad = SetQuota(level="owner", code="SP9", on=Q2, target=90_000)
    with pytest.raises(QuotaRowError, match="Row 3"):
        company.go(ImportQuotas(rows=((2, good), (3, bad))))
    assert in_force(company, WORK_DATE) is None
    company.go(ImportQuotas(rows=((2, good),)))
    assert in_force(company, WORK_DATE) == 90_000


def test_a_call_is_never_overwritten(company: Company) -> None:
    """Each is a version; who calls for the own opportunities is a seller, the other a manager."""
    company.go(SubmitCall(level="owner", code="SP1", on=Q2, amount=900, confidence_percent=70))
    company.go(SubmitCall(level="owner", code="SP1", on=Q2, amount=950, note="They signed"))
    call = SubmitCall(level="owner", code="SP1", on=Q2, amount=800)
    carry_out(company.store, call, by="JO", today=WORK_DATE)
    assert company.store.rows(
        "select caller, version, amount, confidence_percent, note, created_by, is_late from calls "
        "order by caller desc, version"
    ) == [
        ("seller", 1, 900, 70, "", "SP1", False),
        ("seller", 2, 950, None, "They signed", "SP1", False),
        ("manager", 1, 800, None, "", "JO", False),
    ]
    with pytest.raises(CallUnchangedError):
        carry_out(company.store, call, by="JO", today=WORK_DATE)


def test_a_call_behind_the_cut_off_is_late_and_one_behind_the_period_is_refused(
    company: Company,
) -> None:
    """With 14 days, the calls of the quarter lock at the end of 16 June; 30 June is the end."""
    company.go(DefineSetting(name="call_cutoff_days", value="14"))
    for amount, day in enumerate([date(2026, 6, 16), date(2026, 6, 17), Q2], start=1):
        company.go(SubmitCall(on=Q2, amount=amount), today=day)
    rows = company.store.rows("select submitted_on, is_late from calls order by version")
    assert [late for _, late in rows] == [False, True, True]
    with pytest.raises(CallLockedError):
        company.go(SubmitCall(on=Q2, amount=9), today=date(2026, 7, 1))
    with pytest.raises(MissingFieldError):
        company.go(SubmitCall(on=Q2, amount=None))


def test_days_active_are_in_order(company: Company) -> None:
    """Nobody leaves before joining; the name and the team stay as they are."""
    company.go(SetDaysActive(code="SP1", joined_on=date(2026, 5, 1)))
    row = company.store.one(
        "select name, joined_on, left_on from salespeople where owner_code='SP1'"
    )
    assert row == ("Sam Porter", date(2026, 5, 1), None)
    with pytest.raises(DaysActiveError):
        company.go(SetDaysActive(code="SP1", joined_on=Q2, left_on=WORK_DATE))


def test_a_category_is_set_with_a_reason_that_stands_in_the_log(company: Company) -> None:
    """It stays over a move, and a blank one leaves it to the stage again."""
    no = company.started("COM")
    company.go(SetCategory(opportunity_no=no, category="commit", reason="Signed by the board"))
    assert company.last(no).forecast_category == "commit"
    assert company.last(no).note == "forecast category: by stage → commit; Signed by the board"
    company.go(SetCategory(opportunity_no=no, category="", reason="Board withdrew"))
    assert company.last(no).forecast_category is None
    assert company.last(no).note == "forecast category: commit → by stage; Board withdrew"


def test_a_category_that_cannot_be_is_refused(company: Company) -> None:
    """Without a reason, as it is already, of what is closed, unknown, or seen too long ago."""
    no = company.started("COM")
    company.go(SetCategory(opportunity_no=no, category="commit", reason="Sure"))
    refused = [
        (SetCategory(opportunity_no=no, category="best case", reason=" "), MissingFieldError),
        (SetCategory(opportunity_no=no, category="commit", reason="Sure"), NothingToChangeError),
        (SetCategory(opportunity_no=no, category="closed", reason="Won"), CategoryNotOpenError),
        (SetCategory(opportunity_no=no, category="sure", reason="Sure"), ChoiceError),
        (
            SetCategory(opportunity_no=no, category="omitted", reason="No", seen=1),
            ChangedMeanwhileError,
        ),
        (
            SetCategory(opportunity_no=company.won(), category="omitted", reason="No"),
            NotInProgressError,
        ),
        (
            SetCategory(opportunity_no=company.create("COM"), category="omitted", reason="No"),
            NotInProgressError,
        ),
    ]
    for command, refusal in refused:
        with pytest.raises(refusal):
            company.go(command)


def test_settings_of_the_forecast_are_checked(company: Company) -> None:
    """A month from 1 to 12, one of the patterns, a percentage."""
    with pytest.raises(MonthNumberError):
        company.go(DefineSetting(name="fiscal_year_start", value="13"))
    with pytest.raises(ChoiceError):
        company.go(DefineSetting(name="fiscal_pattern", value="5-5-5"))
    company.go(DefineSetting(name="fiscal_pattern", value="4-4-5"))
    assert targets.calendar(company.store).quarter(date(2027, 1, 3)).label == "FY2026 Q4"
    company.go(DefineSetting(name="category_commit_from", value="90"))
    assert targets.thresholds(company.store).category(85) == "most likely"


def test_a_team_has_a_quota_of_its_own(company: Company) -> None:
    """Beside those of its members."""
    company.go(DefineTeam(code="EAST", name="East"))
    company.go(SetQuota(level="team", code="EAST", on=Q2, target=100_000))
    assert in_force(company, WORK_DATE, Holder(level=Level.TEAM, code="EAST")) == 100_000
