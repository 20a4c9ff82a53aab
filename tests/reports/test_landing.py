"""The forecast of the ten: coverage, attainment, roll-up, calls, landing, categories."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

import pipeline
from pipeline import reports
from pipeline.commands import (
    DefineSetting,
    DefineStage,
    SetCategory,
    SetDaysActive,
    SetQuota,
    SubmitCall,
    carry_out,
)
from pipeline.domain.errors import UnknownMethodError
from pipeline.domain.scope import Scope, Selection
from pipeline.reports.forecast_period import asked, choices, holder_of
from pipeline.reports.landing import closers, land, landing, methods
from pipeline.store import Store
from tests.stories import Q1, ten_opportunities

MIDDLE = replace(Q1, as_of=date(2025, 3, 15))
"""The first quarter, looked at from the fifteenth of March."""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """The ten opportunities, with quotas: the company 90,000 a quarter, Ann 60,000, Bob 40,000."""
    with pipeline.open(":memory:") as opened:
        ten_opportunities(opened)
        carry_out(
            opened,
            SetQuota(on=date(2025, 1, 1), target=90_000),
            SetQuota(on=date(2025, 4, 1), target=90_000),
            SetQuota(level="owner", code="ANN", on=date(2025, 1, 1), target=60_000),
            SetQuota(level="owner", code="BOB", on=date(2025, 1, 1), target=40_000),
            SetDaysActive(code="BOB", joined_on=date(2025, 2, 15)),
            by="ANN",
            today=date(2025, 1, 2),
            at=datetime.combine(date(2025, 1, 2), time(12)),
        )
        yield opened


@pytest.fixture
def own() -> Iterator[Store]:
    """The ten opportunities in a store that a test may change."""
    with pipeline.open(":memory:") as opened:
        yield ten_opportunities(opened)


def record(store: Store, *commands: object, by: str = "ANN", today: date = MIDDLE.as_of) -> None:
    """Carry out commands on the fifteenth of March."""
    carry_out(store, *commands, by=by, today=today)  # type: ignore[arg-type]


def test_coverage_of_the_first_quarter_in_the_middle_of_march(store: Store) -> None:
    """10,000 won of 90,000; D03, D05, D06, D07 and D08 hold 120,000: 1.50 times the rest."""
    row = reports.coverage(store, MIDDLE).frame.iloc[0]
    assert (row["won_amount"], row["remaining_amount"]) == (10_000, 80_000)
    assert (row["open_in_window"], row["open_in_window_amount"]) == (5, 120_000)
    assert row["coverage_ratio"] == 1.5
    assert row["needed_coverage"] is None
    assert row["coverage_status"] == "no past to compare with"
    assert row["target_basis"] == "the quota of the company"
    assert row["week"] == 11


def test_needed_coverage_is_the_own_yield_of_the_same_day_of_the_period_before(
    store: Store,
) -> None:
    """On 13 June, day 74 as 15 March was: of 120,000 then, 52,000 were won: 2.31 are needed."""
    row = reports.coverage(store, Scope(as_of=date(2025, 6, 13))).frame.iloc[0]
    assert row["yield_rate"] == pytest.approx(52 / 120)
    assert row["needed_coverage"] == pytest.approx(2.31, abs=0.005)
    assert row["coverage_status"] == "short"
    assert row["past_periods"] == 1


def test_coverage_is_met_once_nothing_remains(own: Store) -> None:
    """A quota of 10,000 is won; there is no coverage of nothing."""
    record(own, SetQuota(on=MIDDLE.as_of, target=10_000))
    row = reports.coverage(own, MIDDLE).frame.iloc[0]
    assert (row["coverage_ratio"], row["coverage_status"]) == (None, "met")


def test_attainment_of_the_fixture(store: Store) -> None:
    """62,000 of 90,000 are 68.9 percent; Bob's 40,000 count for 45 of 90 days."""
    report = reports.attainment(store, Q1)
    assert report.totals["attainment_rate"] == pytest.approx(0.6889, abs=5e-5)
    rows = report.frame.set_index(["holder", "code"])
    assert rows.loc[("owner", "BOB"), "quota"] == 20_000
    assert rows.loc[("company", ""), "members_quota"] == 80_000
    assert rows.loc[("company", ""), "over_assigned"] == -10_000
    counted = reports.attainment(store, Q1, measure="won count")
    assert counted.totals["won"] == 3
    assert counted.totals["attainment_rate"] is None


def test_a_revised_quota_counts_from_its_day_and_as_it_was_known(own: Store) -> None:
    """90,000 until the revision of 15 March, 80,000 after it; unknown on the day before."""
    early = datetime.combine(date(2025, 1, 2), time(12))
    carry_out(own, SetQuota(on=Q1.as_of, target=90_000), by="ANN", today=early.date(), at=early)
    later = datetime.combine(MIDDLE.as_of, time(12))
    carry_out(own, SetQuota(on=Q1.as_of, target=80_000), by="ANN", today=MIDDLE.as_of, at=later)

    def target(scope: Scope) -> float | None:
        return reports.attainment(own, scope).totals["target"]

    assert target(replace(Q1, as_of=date(2025, 3, 14))) == 90_000
    assert target(MIDDLE) == 80_000
    assert target(replace(MIDDLE, known_at=early)) == 90_000
    assert target(replace(MIDDLE, known_at=datetime(2025, 1, 1))) is None  # noqa: DTZ001  UTC


def test_the_roll_up_opens_to_lists_of_its_length_and_sum(store: Store) -> None:
    """Closed 62,000 in three; best case 45,000 (D05), pipeline 8,000 (D07); 115,000 in all."""
    report = reports.forecast_rollup(store, Q1)
    top = report.frame.iloc[0]
    assert (top["won"], top["won_amount"], top["best_case_amount"]) == (3, 62_000, 45_000)
    assert (top["pipeline_amount"], top["open_amount"]) == (8_000, 53_000)
    listed = reports.opportunities(store, *report.behind(top, "best_case"))
    assert list(listed.frame["opportunity_no"]) == ["D05"]
    added = reports.forecast_rollup(store, Q1, rollup="cumulative").frame.iloc[0]
    assert added["pipeline_total"] == 115_000
    assert added["arithmetic"].endswith("+ pipeline 8,000 = 115,000")


def test_a_stage_s_category_and_an_override_decide_where_an_opportunity_stands(own: Store) -> None:
    """Propose becomes commit for all in it; D05 is omitted by hand, counted, and in no sum."""
    stage = DefineStage(
        cycle_code="F10",
        stage=2,
        description="Propose",
        chances_percent=40,
        allow_skip=True,
        forecast_category="commit",
    )
    record(own, stage)
    top = reports.forecast_rollup(own, MIDDLE).frame.iloc[0]
    assert (top["commit"], top["commit_amount"]) == (3, 82_000)
    record(own, SetCategory(opportunity_no="D05", category="omitted", reason="A duplicate"))
    report = reports.forecast_rollup(own, MIDDLE)
    top = report.frame.iloc[0]
    assert (top["commit_amount"], top["omitted"], top["open_amount"]) == (37_000, 1, 75_000)
    found = reports.coverage(own, MIDDLE)
    assert found.frame.iloc[0]["open_in_window_amount"] == 75_000
    assert found.excluded["that are omitted"] == 1
    omitted = Selection(categories=("omitted",))
    assert reports.opportunities(own, MIDDLE, omitted).totals["opportunities"] == 1


def test_words_of_other_systems_are_read_as_categories(own: Store) -> None:
    """“Best_Case” is best case, “Upside” too; a word nobody knows leaves it to the stage."""
    for word, category in [("Best_Case", "best case"), ("Upside", "best case"), ("?", "pipeline")]:
        own.execute(
            "update transitions set forecast_category = ? where opportunity_id = "
            "(select opportunity_id from opportunities where opportunity_no = 'D07')",
            [word],
        )
        rows = reports.forecast_opportunities(own, MIDDLE, method="stage-weighted").frame
        assert rows.set_index("opportunity_no").loc["D07", "category"] == category


def test_landing_by_every_way_adds_up_and_opens(store: Store) -> None:
    """Won 10,000; weighted 54,600 of 120,000; each way is won + remaining + not yet created."""
    report = landing(store, MIDDLE, method="stage-weighted")
    rows = report.frame.set_index("basis")
    assert rows.loc["won", "landing_amount"] == 10_000
    assert rows.loc["weighted", "remaining_amount"] == 54_600
    assert rows.loc["weighted", "landing_amount"] == 64_600
    assert rows.loc["expected", "landing_amount"] == pytest.approx(report.totals["mean_amount"])
    total = rows["won_so_far_amount"] + rows["remaining_amount"] + rows["new_amount"]
    assert (rows["landing_amount"] == total).all()
    for row in report.frame.to_dict("records"):
        listed = reports.opportunities(store, *report.behind(row, "opportunities"), limit=1)
        assert listed.totals["opportunities"] == row["opportunities"]


def test_the_range_holds_and_the_chance_is_that_of_the_draws(store: Store) -> None:
    """P10 <= P50 <= P90; the stage-weighted mean is won + 54,600 within what draws allow."""
    found = land(store, MIDDLE, method="stage-weighted")
    totals = landing(store, MIDDLE, method="stage-weighted").totals
    assert found.forecast.p10 <= found.forecast.p50 <= found.forecast.p90
    assert totals["mean_amount"] == pytest.approx(64_600)
    assert found.gap == pytest.approx(25_400)
    assert found.chance == found.forecast.chance(90_000)
    assert 0 < (found.chance or 0) < 1


@pytest.mark.parametrize("method", [None, *methods().values()])
def test_every_method_lands_from_the_first_closed_opportunity_on(
    store: Store, method: str | None
) -> None:
    """One was closed by 12 March; each says how much it knows, and never less than is won."""
    scope = replace(Q1, as_of=date(2025, 3, 12))
    found = land(store, scope, method=method)
    assert found.forecast.p10 >= found.sums.won_amount == 10_000
    said = landing(store, scope, method=method).definition
    assert "is prior" in said or "nothing of it is learned" in said


def test_a_new_company_lands_without_any_past() -> None:
    """Nothing was ever recorded: nothing is expected, and nothing breaks."""
    with pipeline.open(":memory:") as empty:
        report = landing(empty, MIDDLE)
        assert report.totals["mean_amount"] == 0
        assert report.totals["hit_chance_rate"] is None
        assert reports.pacing(empty, MIDDLE).totals["expected_share"] is None
        assert reports.forecast_opportunities(empty, MIDDLE).frame.empty


def test_an_unknown_method_is_refused_with_the_nearest(store: Store) -> None:
    """A slip of the keyboard is a sentence."""
    with pytest.raises(UnknownMethodError, match="Did you mean stage-weighted"):
        land(store, MIDDLE, method="stage-weigted")


def test_the_few_that_would_close_the_gap_are_named(store: Store) -> None:
    """25,400 are missing; opportunities with their names, and what each would add."""
    found = land(store, MIDDLE, method="stage-weighted")
    report = closers(store, found)
    assert report.frame["gain_so_far_amount"].iloc[-1] >= found.gap
    assert set(report.frame["opportunity_no"]) <= {"D03", "D05", "D06", "D07", "D08"}
    assert found.gap_opportunities == pytest.approx(25_400 / 24_000)


def test_a_call_is_shown_beside_and_never_added(own: Store) -> None:
    """A manager called 75,000: the period lands there by the call, with 10,000 won or without."""
    record(own, SubmitCall(on=MIDDLE.as_of, amount=60_000))
    record(own, SubmitCall(on=MIDDLE.as_of, amount=75_000, confidence_percent=60, note="Board"))
    record(own, SubmitCall(level="owner", code="ANN", on=MIDDLE.as_of, amount=50_000))
    rows = landing(own, MIDDLE).frame.set_index("basis")
    assert rows.loc["call", "landing_amount"] == 75_000
    report = reports.calls(own, MIDDLE)
    assert len(report.frame) == 3
    latest = report.frame[report.frame["is_latest"]]
    assert sorted(latest["called_amount"]) == [50_000, 75_000]
    assert reports.calls(own, replace(MIDDLE, as_of=date(2025, 3, 14))).frame.empty
    of_ann = reports.calls(own, replace(MIDDLE, owners=("ANN",))).frame
    assert list(of_ann["caller"]) == ["seller"]


def test_the_locked_call_is_the_last_one_in_time(own: Store) -> None:
    """With a cut-off of 20 days, 11 March is the last day; what came on the 15th is late."""
    record(own, DefineSetting(name="call_cutoff_days", value="20"))
    record(own, SubmitCall(on=MIDDLE.as_of, amount=70_000), today=date(2025, 3, 10))
    record(own, SubmitCall(on=MIDDLE.as_of, amount=80_000))
    frame = reports.calls(own, MIDDLE).frame.set_index("called_amount")
    assert list(frame["is_late"]) == [True, False]
    assert (bool(frame.loc[70_000, "is_locked"]), bool(frame.loc[80_000, "is_latest"])) == (
        True,
        True,
    )


def test_pacing_of_the_second_quarter_is_held_against_the_first(store: Store) -> None:
    """By 13 June, day 74 of the period, the first quarter had 10,000 of its 62,000."""
    totals = reports.pacing(store, Scope(as_of=date(2025, 6, 13))).totals
    assert totals["expected_share"] == pytest.approx(10 / 62)
    assert totals["expected_to_date_amount"] == pytest.approx(90_000 * 10 / 62)
    assert totals["pacing_gap_amount"] == pytest.approx(15_000 - 90_000 * 10 / 62)


def test_a_scope_is_the_company_a_team_an_owner_or_nobody(store: Store) -> None:
    """Several owners have their quotas together; a sales cycle has none."""
    day = MIDDLE

    def target(**parts: Any) -> object:  # noqa: ANN401  parts of a scope
        return reports.coverage(store, replace(day, **parts)).frame.iloc[0]["target"]

    assert target() == 90_000
    assert target(owners=("ANN",)) == 60_000
    assert target(owners=("ANN", "BOB")) == 80_000
    assert target(teams=("NORTH",)) == 60_000
    assert target(cycles=("F10",)) is None
    assert holder_of(replace(day, owners=("ANN", "BOB"))) is None


def test_a_period_is_the_fiscal_quarter_of_the_day_unless_it_is_named(own: Store) -> None:
    """With a year from February, 15 March lies in the first quarter of FY2026."""
    assert asked(own, Scope(as_of=MIDDLE.as_of)).period.label == "2025 Q1"
    record(own, DefineSetting(name="fiscal_year_start", value="2"))
    looked = asked(own, Scope(as_of=MIDDLE.as_of))
    assert (looked.period.label, looked.period.first) == ("FY2026 Q1", date(2025, 2, 1))
    assert next(iter(choices(own, MIDDLE.as_of))) == "FY2026 Q1"
    custom = asked(own, replace(MIDDLE, from_on=date(2025, 1, 10), to_on=date(2025, 1, 19)))
    assert [one.days for one in custom.past(2)] == [10, 10]
    assert custom.past(1)[0].last == date(2025, 1, 9)


def test_the_suggested_category_follows_the_chance_by_the_end_of_the_period(own: Store) -> None:
    """Stage-weighted, D03 has .70: most likely; with a threshold of 65 it is commit."""

    def word(no: str) -> str:
        rows = reports.forecast_opportunities(own, MIDDLE, method="stage-weighted").frame
        return str(rows.set_index("opportunity_no").loc[no, "chance_category"])

    assert (word("D03"), word("D05"), word("D07")) == ("most likely", "best case", "pipeline")
    record(own, DefineSetting(name="category_commit_from", value="65"))
    assert word("D03") == "commit"


def test_the_quotas_that_are_set_are_listed_as_they_are_in_force(store: Store) -> None:
    """Three in the first quarter; of the fiscal year where no period is named, all four."""
    assert len(reports.quotas(store, Q1).frame) == 3
    rows = reports.quotas(store, Scope(as_of=Q1.as_of)).frame
    assert len(rows) == 4
    assert set(rows["name"]) == {"Company", "Ann Áspa", "Bob Bock"}
