"""Business Central's role centre, matrix and printed reports, on its published example company."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

import pipeline
from pipeline import reports
from pipeline.commands import (
    CreateOpportunity,
    DefineActivity,
    DefineContact,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    MoveToNextStage,
    UpdateOpportunity,
    carry_out,
)
from pipeline.demo.contoso import WORK_DATE, load_contoso
from pipeline.domain.activities import ActivityStep
from pipeline.domain.errors import ChoiceError
from pipeline.domain.scope import Scope, Selection
from pipeline.reports.matrix_periods import begin, caption
from pipeline.reports.printing import printed
from pipeline.store import Store
from tests.stories import company, three_stages

A = Scope(as_of=WORK_DATE)


@pytest.fixture(scope="module")
def contoso() -> Iterator[Store]:
    """The published example company."""
    with pipeline.open(":memory:") as store:
        load_contoso(store)
        yield store


@pytest.fixture
def store() -> Iterator[Store]:
    """A company with one cycle of three stages."""
    with pipeline.open(":memory:") as store:
        carry_out(store, *company(), *three_stages("CYC"), by="ANN", today=date(2026, 5, 29))
        yield store


def test_bc_66_headline_figures(contoso: Store) -> None:
    """Open 6, closed 9, due in seven days 2, overdue 0, win/loss 55.56 %; cycles 5 and 0."""
    figures = reports.headline_figures(contoso, A).totals
    assert (figures["open_opportunities"], figures["closed_opportunities"]) == (6, 9)
    assert (figures["due_in_7_days"], figures["overdue"]) == (2, 0)
    assert figures["win_loss_rate"] == pytest.approx(5 / 9)
    cycles = reports.cycle_statistics(contoso, A).frame.set_index("cycle_code")
    row = cycles.loc["EXISTING"]
    assert (row["opportunities"], row["amount"], row["weighted_amount"]) == (5, 20_500, 410)


def test_due_in_seven_days_are_eight_days_and_yesterday_is_overdue(store: Store) -> None:
    """The work date and the seventh day after it are due; the eighth is not; the eve is overdue."""
    for days in (-1, 0, 7, 8):
        day = date(2026, 6, 10 + days)
        wish = CreateOpportunity(
            description=f"{days}",
            contact_no="C1",
            owner_code="ANN",
            cycle_code="CYC",
            activate=True,
            amount=1,
            expected_close_on=day,
        )
        carry_out(store, wish, by="ANN", today=date(2026, 6, 1))
    figures = reports.headline_figures(store, Scope(as_of=date(2026, 6, 10))).totals
    assert (figures["due_in_7_days"], figures["overdue"]) == (2, 1)


def test_every_headline_figure_opens_to_as_many_opportunities(contoso: Store) -> None:
    """The list behind a figure is as long as the figure says."""
    report = reports.headline_figures(contoso, A)
    row = report.frame.iloc[0]
    for column in report.opens:
        found = reports.opportunities(contoso, *report.behind(row, column)).totals
        assert found["opportunities"] == row[column], column


def test_bc_73_the_funnel_counts_history_and_the_true_figures_stand_beside_it(
    contoso: Store,
) -> None:
    """Entries ever 9, 4, 4, 4 of EXISTING, where 5, 0, 0, 0 stand and 9, 4, 4, 4 ever came."""
    frame = reports.pipeline_funnel(contoso, A).frame
    existing = frame[frame["cycle_code"] == "EXISTING"]
    assert existing["funnel_entries"].tolist() == [9, 4, 4, 4]
    assert existing["opportunities"].tolist() == [5, 0, 0, 0]
    assert existing["reached_ever"].tolist() == [9, 4, 4, 4]


def test_an_update_makes_a_bar_of_the_funnel_longer_and_nothing_else(store: Store) -> None:
    """Two entries of one opportunity in its stage: the funnel says 2, the true figures say 1."""
    made = carry_out(
        store,
        CreateOpportunity(
            description="Chairs",
            contact_no="C1",
            owner_code="ANN",
            cycle_code="CYC",
            activate=True,
            amount=5,
            expected_close_on=date(2026, 12, 1),
        ),
        by="ANN",
        today=date(2026, 5, 29),
    )
    carry_out(
        store,
        UpdateOpportunity(opportunity_no=made[0].no, amount=7),
        by="ANN",
        today=date(2026, 6, 1),
    )
    first = reports.pipeline_funnel(store, Scope(as_of=date(2026, 6, 1))).frame.iloc[0]
    assert (first["funnel_entries"], first["opportunities"], first["reached_ever"]) == (2, 1, 1)


def test_bc_75_opportunities_chart(contoso: Store) -> None:
    """Won in January 2026: JO 4, OF 1; lost in October 2025: OF 2 by what the example holds."""
    won = reports.opportunities_by_owner(contoso, A).frame
    assert dict(zip(won["owner_code"], won["opportunities"], strict=True)) == {"JO": 4, "OF": 1}
    october = reports.opportunities_by_owner(contoso, A.on(date(2025, 10, 31)), status="lost").frame
    assert dict(zip(october["owner_code"], october["opportunities"], strict=True)) == {"OF": 2}


def test_bc_77_matrix(contoso: Store) -> None:
    """HR has one of 10,000 (200) in February and two of 5,000 in all (2,500 each, 100) in March."""
    asked = {
        figure: reports.opportunities_matrix(contoso, A, figure=figure)
        .frame.set_index("line_no")[["2026-02-01", "2026-03-01"]]
        .to_dict("index")["HR"]
        for figure in ("opportunities", "amount", "weighted_amount", "average_amount")
    }
    february, march = "2026-02-01", "2026-03-01"
    assert asked == {
        "opportunities": {february: 1, march: 2},
        "amount": {february: 10_000, march: 5_000},
        "weighted_amount": {february: 200, march: 100},
        "average_amount": {february: 10_000, march: 2_500},
    }


def test_a_companys_line_has_what_its_persons_have_and_opens_to_it(contoso: Store) -> None:
    """The company stands before its persons, with their sum; its cell lists theirs."""
    report = reports.opportunities_matrix(contoso, A, lines="contact")
    frame = report.frame.set_index("line_no")
    companies = frame[frame["line_type"] == "company"]
    assert not companies.empty
    first = report.frame.iloc[0]
    assert first["line_type"] == "company"
    for _, row in report.frame.iterrows():
        for column in report.opens:
            found = reports.opportunities(contoso, *report.behind(row, column)).totals
            assert found["opportunities"] == row[column]


def test_the_totals_count_a_persons_opportunity_once(contoso: Store) -> None:
    """The lines of contacts add up to more than there is; the totals do not."""
    by_contact = reports.opportunities_matrix(contoso, A, lines="contact").totals
    by_owner = reports.opportunities_matrix(contoso, A, lines="owner").totals
    assert by_contact == by_owner
    assert sum(value or 0 for value in by_owner.values()) == 5


def test_rounding_takes_money_and_leaves_counts(contoso: Store) -> None:
    """In thousands 2,500 is 2.5; one opportunity stays one."""
    amount = reports.opportunities_matrix(
        contoso, A, figure="average_amount", rounding="1000"
    ).frame.set_index("line_no")
    assert amount.loc["HR", "2026-03-01"] == 2.5
    number = reports.opportunities_matrix(contoso, A, rounding="1000").frame.set_index("line_no")
    assert number.loc["HR", "2026-02-01"] == 1


def test_won_ones_stand_in_the_period_they_closed_in(contoso: Store) -> None:
    """Four of Jim Olive's were won in January 2026."""
    scope = replace(A, from_on=date(2026, 1, 1))
    frame = reports.opportunities_matrix(contoso, scope, status="won").frame.set_index("line_no")
    assert frame.loc["JO", "2026-01-01"] == 4


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("day", "2026-02-01"),
        ("week", "5.2026"),
        ("month", "Feb 2026"),
        ("quarter", "1/2026"),
        ("year", "2026"),
    ],
)
def test_a_period_is_headed_as_business_central_heads_it(by: str, words: str) -> None:
    """The day, week.year, month, quarter/year, year."""
    assert caption(date(2026, 2, 1), by) == words  # type: ignore[arg-type]


def test_accounting_periods_are_the_months_of_the_fiscal_calendar(store: Store) -> None:
    """Whole weeks 4-4-5 from July: the first begins on Monday 29 June and has 28 days, P03 has 35.

    What closes on the last day of one stands there, and its cell opens to it; the arrows move by
    these periods, not by months.
    """
    for name, value in (("fiscal_year_start", "7"), ("fiscal_pattern", "4-4-5")):
        carry_out(store, DefineSetting(name=name, value=value), by="ANN", today=date(2026, 5, 29))
    wish = CreateOpportunity(
        description="Pads",
        contact_no="C1",
        owner_code="ANN",
        cycle_code="CYC",
        activate=True,
        amount=100,
        expected_close_on=date(2026, 7, 26),
    )
    carry_out(store, wish, by="ANN", today=date(2026, 5, 29))
    scope = Scope(as_of=date(2026, 5, 29), from_on=date(2026, 7, 10))
    report = reports.opportunities_matrix(store, scope, by="accounting period", periods=3)
    assert [report.columns[name].label for name in report.opens] == [
        "FY2027 P01",
        "FY2027 P02",
        "FY2027 P03",
    ]
    assert list(report.opens) == ["2026-06-29", "2026-07-27", "2026-08-24"]
    row = report.frame.iloc[0]
    assert row["2026-06-29"] == 1
    found = reports.opportunities(store, *report.behind(row, "2026-06-29")).totals
    assert found["opportunities"] == 1
    assert begin(store, scope.from_on or scope.as_of, "accounting period", moved=3) == date(
        2026, 9, 28
    )
    assert begin(store, date(2026, 9, 28), "accounting period", moved=-3) == date(2026, 6, 29)


def test_more_periods_than_fit_are_refused(contoso: Store) -> None:
    """33 columns are one more than the matrix has."""
    with pytest.raises(ChoiceError, match="1 to 32"):
        reports.opportunities_matrix(contoso, A, periods=33)


def test_bc_79_planned_dates(store: Store) -> None:
    """At stage 1 with tasks from 29 May; stage 2 begins a week later with four steps."""
    steps = ("", "1W", "2W", "2W+1D")
    carry_out(
        store,
        DefineActivity(
            code="INIT",
            description="Initial",
            steps=(
                ActivityStep(description="Verify"),
                ActivityStep(description="Identify", date_formula="1W"),
            ),
        ),
        DefineActivity(
            code="QUAL",
            description="Qualify",
            steps=tuple(ActivityStep(description=f"Q{one}", date_formula=one) for one in steps),
        ),
        by="ANN",
        today=date(2026, 5, 29),
    )
    give_activities(store)
    made = carry_out(
        store,
        CreateOpportunity(
            description="Chairs",
            contact_no="C1",
            owner_code="ANN",
            cycle_code="CYC",
            activate=True,
            amount=5,
            expected_close_on=date(2026, 12, 1),
        ),
        by="ANN",
        today=date(2026, 5, 29),
    )
    frame = reports.opportunity_details(store, Scope(as_of=date(2026, 5, 29)), no=made[0].no).frame
    planned = frame[frame["kind"] == "planned"]
    assert [str(day)[:10] for day in planned["due_on"]] == [
        "2026-06-05",
        "2026-06-12",
        "2026-06-19",
        "2026-06-20",
    ]
    assert set(planned["task_status"]) == {"planned"}
    assert frame["kind"].tolist()[:3] == ["stage", "task of the stage", "task of the stage"]


def give_activities(store: Store) -> None:
    """Let stage 1 bring INIT and stage 2, a week later, QUAL."""
    stages = {one.stage: one for one in three_stages("CYC") if isinstance(one, DefineStage)}
    carry_out(
        store,
        replace(stages[1], activity_code="INIT"),
        replace(stages[2], activity_code="QUAL", date_formula="1W"),
        by="ANN",
        today=date(2026, 5, 29),
    )


def test_what_is_not_started_has_all_stages_planned(store: Store) -> None:
    """Before its first stage everything lies ahead, from the work date on."""
    carry_out(
        store,
        DefineActivity(code="INIT", steps=(ActivityStep(description="Verify"),)),
        DefineActivity(code="QUAL", steps=(ActivityStep(description="Qualify"),)),
        by="ANN",
        today=date(2026, 5, 29),
    )
    give_activities(store)
    made = carry_out(
        store,
        CreateOpportunity(
            description="Chairs", contact_no="C1", owner_code="ANN", cycle_code="CYC"
        ),
        by="ANN",
        today=date(2026, 5, 29),
    )
    scope = Scope(as_of=date(2026, 5, 29))
    frame = reports.opportunity_details(store, scope, no=made[0].no).frame
    assert frame["what"].tolist() == ["Verify", "Qualify"]
    assert set(frame["kind"]) == {"planned"}


def test_the_printed_lists_hold_every_opportunity_with_its_sums(contoso: Store) -> None:
    """Fifteen by number; by salesperson each with a line of sums; closed and open apart."""
    every = reports.opportunity_list(contoso, A)
    assert len(every.frame) == every.totals["opportunities"] == 15
    assert len(reports.opportunity_list(contoso, A, which="open").frame) == 6
    assert len(reports.opportunity_list(contoso, A, which="closed").frame) == 9
    page = printed(reports.salesperson_opportunities(contoso, A), "html").decode()
    assert page.count("<section>") == every.frame["owner_code"].nunique()
    assert "<h2>Helena Ray</h2>" in page
    assert "15,000.00" in page  # 2,000 + 10,000 + 3,000 of Helena Ray


def test_a_list_that_is_cut_says_so(contoso: Store) -> None:
    """Ten of fifteen are listed; five are left out, and counted."""
    report = reports.opportunity_list(contoso, A, limit=10)
    assert (len(report.frame), report.excluded) == (10, {"behind those listed": 5})


def test_the_analysis_of_cycles_has_each_stage_with_its_activity(contoso: Store) -> None:
    """Nine stages in two parts; the mean days are not added up."""
    report = reports.sales_cycle_analysis(contoso, A)
    assert len(report.frame) == 9
    assert report.frame["activity_code"].tolist()[0] == "INIT"
    page = printed(report, "html").decode()
    assert page.count("<section>") == 2


def test_entry_measures_count_each_opportunity_as_often_as_it_was_touched(contoso: Store) -> None:
    """Fourteen have entries, five are won; the sums over all entries exceed the active ones."""
    row = reports.entry_measures(contoso, A).frame.iloc[0]
    assert (row["in_entries"], row["won"], row["lost"]) == (14, 5, 4)
    assert row["entries_amount"] > row["active_amount"]
    assert row["win_loss_rate"] == pytest.approx(5 / 9)


def test_the_top_five_stand_largest_first(contoso: Store) -> None:
    """Of the six that are open the five largest, the largest first."""
    frame = reports.top_opportunities(contoso, A).frame
    assert frame["amount"].tolist() == [10_000, 5_000, 3_000, 2_000, 500]


def test_a_page_to_print_runs_nothing_that_people_typed(store: Store) -> None:
    """A name that looks like a script is shown as it was typed."""
    carry_out(
        store,
        DefineContact(no="C9", name="<script>alert(1)</script>"),
        DefineSalesperson(code="EVE", name="<b>Eve</b>"),
        CreateOpportunity(
            description="<img src=x>", contact_no="C9", owner_code="EVE", cycle_code="CYC"
        ),
        by="ANN",
        today=date(2026, 5, 29),
    )
    scope = Scope(as_of=date(2026, 5, 29))
    page = printed(reports.salesperson_opportunities(store, scope), "html").decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;b&gt;Eve&lt;/b&gt;" in page


def test_moving_on_ends_what_was_planned(store: Store) -> None:
    """In its last stage nothing is planned any more."""
    made = carry_out(
        store,
        CreateOpportunity(
            description="Chairs",
            contact_no="C1",
            owner_code="ANN",
            cycle_code="CYC",
            activate=True,
            amount=5,
            expected_close_on=date(2026, 12, 1),
        ),
        by="ANN",
        today=date(2026, 5, 29),
    )
    no = made[0].no
    moves = [MoveToNextStage(opportunity_no=no), MoveToNextStage(opportunity_no=no)]
    carry_out(store, *moves, by="ANN", today=date(2026, 5, 30))
    frame = reports.opportunity_details(store, Scope(as_of=date(2026, 5, 30)), no=no).frame
    assert frame["kind"].tolist() == ["stage", "stage", "stage"]


def test_the_list_behind_open_ones_has_those_not_started(contoso: Store) -> None:
    """Open are six: five in progress and one not started."""
    found = reports.opportunities(contoso, A, Selection(statuses=("not started", "in progress")))
    assert found.totals["opportunities"] == 6
