"""The ten opportunities: how long they stay, what slips, what hangs on few; figures by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from pipeline import reports
from pipeline.commands import (
    CreateOpportunity,
    DefineSetting,
    MoveToNextStage,
    UpdateOpportunity,
    carry_out,
)
from pipeline.domain.scope import Scope
from pipeline.metrics.sales_cycle import won_within
from pipeline.reports.concentration import Part
from pipeline.store import Store
from tests.stories import Q1, QUARTER_END, company, three_stages

DAY = Scope(as_of=QUARTER_END)


def stages(report: reports.Report) -> pd.DataFrame:
    """Give the rows of a report by stage."""
    return report.frame.set_index("stage")


def cells(table: pd.DataFrame, row: object, *columns: str) -> list[float]:
    """Give some cells of one row."""
    found: list[float] = table.loc[[row], list(columns)].to_numpy()[0].tolist()
    return found


def test_time_in_stage_counts_what_still_stands_there(ten: Store) -> None:
    """Medians 30, 32 and 20; of what is over alone they would be 22, 31.5 and 20."""
    table = stages(reports.time_in_stage(ten, DAY))
    assert table["median_days"].tolist() == [30, 32, 20]
    assert table["median_stay_days"].tolist() == [22, 31.5, 20]
    assert table["average_stay_days"].tolist() == pytest.approx([25.29, 34.67, 18.8], abs=0.005)
    assert table["stays"].tolist() == [10, 8, 5]
    assert table["stays_open"].tolist() == [3, 2, 0]


def test_business_centrals_average_stands_beside(ten: Store) -> None:
    """D04, D05 and D06 were updated in stage 2: five entries too many, so the mean is lower."""
    table = stages(reports.time_in_stage(ten, DAY))
    assert table["average_days"].iloc[1] < table["average_stay_days"].iloc[1]


def test_time_in_stage_of_each_opportunity_adds_its_stays_up(ten: Store) -> None:
    """D01 21, D02 32, D04 38+, D05 81+, D06 54, D08 59: the median is 54."""
    table = stages(reports.time_in_stage(ten, DAY, by="opportunity"))
    assert table["median_days"].tolist() == [30, 54, 20]
    assert table["stays"].tolist() == [10, 6, 5]
    steps = reports.time_in_stage_curve(ten, DAY, by="opportunity").frame
    assert steps.loc[steps["stage"] == 2, "days"].tolist() == [21, 32, 38, 54, 59, 81]


def test_the_curve_of_stage_two(ten: Store) -> None:
    """Down by an eighth at a time; where they went adds up with who is left."""
    frame = reports.time_in_stage_curve(ten, DAY).frame
    steps = frame[frame["stage"] == 2].set_index("days")
    assert steps.loc[[21, 28, 31, 32, 42, 54], "survival_rate"].tolist() == pytest.approx(
        [0.875, 0.75, 0.625, 0.5, 0.25, 0]
    )
    shares = ["survival_rate", "forward_rate", "back_rate", "won_here_rate", "lost_here_rate"]
    assert frame[shares].sum(axis="columns").to_numpy() == pytest.approx([1] * len(frame))


def test_a_reopening_begins_a_stay_and_the_time_between_is_in_no_stage(ten: Store) -> None:
    """D08 was 31 days in stage 2, lost, and 28 days there again 36 days later."""
    stays = reports.time_in_stage_curve(ten, DAY).frame
    assert stays.loc[stays["stage"] == 2, "days"].tolist() == [21, 28, 31, 32, 38, 39, 42, 54]


def test_a_period_keeps_the_stays_that_began_in_it(ten: Store) -> None:
    """In March D07 came into stage 1, nobody into stage 2, and D06 and D08 into stage 3."""
    march = Scope(as_of=QUARTER_END, from_on=date(2025, 3, 1))
    assert reports.time_in_stage(ten, march).frame["stays"].tolist() == [1, 0, 2]


def test_a_past_day_sees_the_stays_as_they_were_then(ten: Store) -> None:
    """On 25 January D06 had just come into stage 2, beside D01 since the 20th and D05, 36 days."""
    table = stages(reports.time_in_stage(ten, DAY.on(date(2025, 1, 25))))
    assert cells(table, 2, "stays", "stays_open") == [4, 3]
    assert table.loc[2, "longest_days"] == 36


def test_a_narrowed_scope_has_the_same_stays(ten: Store) -> None:
    """All belong to Ann: asked for alone, she has what all have."""
    hers = reports.time_in_stage(ten, replace(DAY, owners=("ANN",)))
    pd.testing.assert_frame_equal(hers.frame, reports.time_in_stage(ten, DAY).frame)
    nobodys = reports.time_in_stage(ten, replace(DAY, owners=("BOB",)))
    assert nobodys.frame["stays"].tolist() == [0, 0, 0]


def test_the_length_of_the_won_and_of_the_lost(ten: Store) -> None:
    """64, 64 and 118 days; D08 was active for 82 of its 118."""
    frame = reports.sales_cycle_length(ten, Q1).frame.set_index("outcome")
    assert cells(frame, "won", "average_cycle_days", "median_cycle_days") == [82, 64]
    assert frame.loc["won", "average_active_days"] == pytest.approx((64 + 64 + 82) / 3)
    assert frame.loc["lost", "average_cycle_days"] == 78.5
    assert frame.loc["won", "half_by_days"] == 64


def test_the_win_curve_of_the_ten(ten: Store) -> None:
    """48.6 percent won by day 118; of what is open at 93 days a third is won within 30 more."""
    report = reports.win_curve(ten, DAY)
    steps = report.frame.set_index("days")
    assert steps.index.tolist() == [54, 64, 103, 118]
    assert steps["at_risk"].tolist() == [8, 6, 3, 2]
    assert steps["won_by_age_rate"].tolist() == pytest.approx([0, 0.2917, 0.2917, 0.4861], abs=1e-4)
    assert steps["lost_by_age_rate"].tolist() == pytest.approx(
        [0.125, 0.125, 0.3194, 0.3194], abs=1e-4
    )
    assert won_within(report.frame, age=93, days=30) == pytest.approx(1 / 3)
    assert won_within(report.frame, age=0, days=118) == pytest.approx(0.4861, abs=1e-4)


def test_the_velocity_of_the_quarter(ten: Store) -> None:
    """756.10 per day; the period before it, 90 days up to New Year's Eve, had no win."""
    report = reports.velocity(ten, Q1)
    assert report.totals["velocity_per_day"] == pytest.approx(756.10, abs=0.005)
    assert report.frame["to_on"].dt.date.tolist() == [date(2024, 12, 31), QUARTER_END]
    assert report.frame["velocity_per_day"].isna().tolist() == [True, False]


def test_the_pipeline_hangs_on_few(ten: Store) -> None:
    """Five are open, as concentrated as three equal ones; D05 holds half."""
    row = reports.concentration(ten, DAY).frame.iloc[0]
    assert row["hhi"] == pytest.approx(0.3349, abs=5e-5)
    assert row["effective_opportunities"] == pytest.approx(2.99, abs=0.005)
    assert row["top_share_rate"] == pytest.approx(0.517, abs=5e-4)
    assert row["opportunity_no"] == "D05"


@pytest.mark.parametrize("by", ["owner", "cycle"])
def test_concentration_of_the_parts(ten: Store, by: Part) -> None:
    """One owner and one cycle have all."""
    frame = reports.concentration(ten, DAY, by=by).frame
    assert frame["opportunities"].tolist() == [5]


def test_what_slipped_in_the_quarter(ten: Store) -> None:
    """D04 by 36 days, D05 by 31, D10 by 97; D06 came 18 days earlier; D08's new date is no push."""
    totals = reports.slippage(ten, Q1).totals
    assert totals["pushes"] == 3
    assert totals["days_pushed"] == 36 + 31 + 97
    assert totals["pulls"] == 1
    assert totals["days_pulled"] == 18
    assert reports.slippage(ten, DAY).totals == totals


def test_what_was_pushed_out_of_the_quarter(ten: Store) -> None:
    """At its start D10 of three, 18,000 of 83,000; of all that ever were in it D04 and D10 of 9."""
    totals = reports.slippage(ten, Q1).totals
    assert totals["opening_out_amount_rate"] == pytest.approx(0.217, abs=5e-4)
    assert totals["opening_out_rate"] == pytest.approx(1 / 3)
    assert (totals["ever_out"], totals["ever_inside"]) == (2, 9)


def test_slippage_by_owner_and_of_a_period_without_any(ten: Store) -> None:
    """All were Ann's; in February only D05 slipped; in October nothing was there."""
    assert reports.slippage(ten, Q1, by="owner").frame["pushes"].tolist() == [3]
    february = Scope(as_of=QUARTER_END, from_on=date(2025, 2, 1), to_on=date(2025, 2, 28))
    assert reports.slippage(ten, february).totals["days_pushed"] == 31
    october = Scope(as_of=date(2024, 10, 31))
    assert reports.slippage(ten, october).totals["pushes"] == 0
    assert reports.slippage(ten, october).totals["opening_out_rate"] is None


def test_who_is_pushed_again(ten: Store) -> None:
    """Three of ten were pushed, none twice."""
    table = reports.repeat_slip(ten, DAY).frame.set_index("pushes")
    assert cells(table, 0, "pushed_so_often", "pushed_again") == [10, 3]
    assert cells(table, 1, "pushed_so_often", "pushed_again") == [3, 0]


def test_dates_stated_a_month_earlier(ten: Store) -> None:
    """All five that closed did so on or before the date that had stood 30 days before."""
    row = reports.close_date_reliability(ten, Q1).frame.iloc[0]
    assert row[["closed", "stated", "in_time"]].tolist() == [5, 5, 5]
    assert row["owner_name"] == "Ann Áspa"


def test_what_is_missing_the_day_after(ten: Store) -> None:
    """On 1 April D05 and D07 are overdue: 53,000, of which 18,800 weighted. Nothing else lacks."""
    report = reports.missing_data(ten, DAY.on(date(2025, 4, 1)))
    first = report.frame.iloc[0]
    assert first["lack"] == "overdue"
    assert first[["opportunities", "worth_amount", "worth_weighted_amount"]].tolist() == [
        2,
        53_000,
        18_800,
    ]


@pytest.fixture(scope="module")
def rotten() -> Store:
    """Twenty that went from stage 1 to 2 after 1 to 20 days, and three that stay in 1."""
    store = Store.open(":memory:")
    begin = date(2025, 1, 1)
    create = [
        CreateOpportunity(
            no=f"R{number:02}",
            description=f"Number {number}",
            contact_no="C1",
            owner_code="ANN",
            cycle_code="F10",
            activate=True,
            amount=1_000 + number,
            expected_close_on=date(2025, 6, 1),
        )
        for number in range(1, 24)
    ]
    carry_out(store, *company(), *three_stages(), *create, by="ANN", today=begin)
    for number in range(1, 21):
        move = MoveToNextStage(opportunity_no=f"R{number:02}")
        carry_out(store, move, by="ANN", today=date(2025, 1, 1 + number))
    push = UpdateOpportunity(opportunity_no="R21", expected_close_on=date(2025, 8, 1))
    carry_out(store, push, by="ANN", today=date(2025, 1, 16))
    return store


@pytest.mark.parametrize(("day", "source", "rotting"), [(20, "none", 0), (21, "learned", 3)])
def test_what_stands_longer_than_three_quarters_rots(
    rotten: Store, day: int, source: str, rotting: int
) -> None:
    """The twentieth goes on on 21 January: 15 days are the limit from then on."""
    report = reports.rotting_by_stage(rotten, Scope(as_of=date(2025, 1, day)))
    assert report.frame["limit_source"].iloc[0] == source
    assert report.totals["rotting"] == rotting


def test_the_rotting_are_listed_with_what_they_are_older_than(rotten: Store) -> None:
    """On 22 January three stand in stage 1 for 21 days: longer than all twenty that advanced."""
    report = reports.rotting(rotten, Scope(as_of=date(2025, 1, 22)))
    assert report.frame["opportunity_no"].tolist() == ["R23", "R22", "R21"]
    assert report.frame["older_than_rate"].tolist() == [1, 1, 1]
    assert report.frame["limit_days"].tolist() == [15, 15, 15]
    assert report.totals["opportunities"] == 3
    shorter = reports.rotting(rotten, Scope(as_of=date(2025, 1, 22)), limit=1)
    assert shorter.totals == report.totals


def test_a_company_may_set_a_limit_where_none_can_be_learned(ten: Store) -> None:
    """Set to 40 days: of stage 1 D09 and D10 are older, of stage 2 nothing is."""
    with ten.session() as session:
        session.execute("begin transaction")
        session.execute("insert into settings values ('rotting_days', '40')")
        table = stages(reports.rotting_by_stage(session, DAY))
        session.execute("rollback")
    assert table["limit_source"].unique().tolist() == ["set"]
    assert table["rotting"].tolist() == [2, 0, 0]


def test_the_limit_is_a_setting_of_the_company() -> None:
    """It is set as any other."""
    with Store.open(":memory:") as store:
        carry_out(
            store, DefineSetting(name="rotting_days", value="60"), by="ANN", today=QUARTER_END
        )
        assert reports.rotting_by_stage(store, DAY).frame.empty


def test_ten_are_too_few_to_judge_a_stage(ten: Store) -> None:
    """Every check says no or too few to tell; each says on how many it looked."""
    report = reports.stage_lint(ten, DAY)
    assert report.totals["found"] == 0
    skipped = report.frame[report.frame["check"] == "mostly skipped"].set_index("stage")
    assert skipped.loc[2, "effect"] == pytest.approx(1 / 7)
    assert skipped["tested"].to_dict() == {1: 10, 2: 7, 3: 5}


FORMS = [
    reports.REPORTS[name]
    for name in (
        "time-in-stage",
        "time-in-stage-curve",
        "sales-cycle-length",
        "win-curve",
        "velocity",
        "concentration",
        "slippage",
        "repeat-slip",
        "close-date-reliability",
        "rotting-by-stage",
        "rotting",
        "missing-data",
        "stage-lint",
    )
]


@pytest.mark.parametrize("ask", FORMS)
def test_a_store_without_anything_reports_nothing(
    ask: Callable[[Store, Scope], reports.Report],
) -> None:
    """No rows, or noughts; never an error, and no rate of nothing."""
    with Store.open(":memory:") as store:
        report = ask(store, DAY)
    rates = report.frame.filter(like="_rate").to_numpy(dtype="float64")
    assert not (rates > 0).any()
    assert not report.excluded
