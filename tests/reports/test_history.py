"""The pipeline over time, and what was known then: each day's figures are those of that day."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import pipeline
from pipeline import reports
from pipeline.commands import CloseAsLost, RetractLastTransition, UpdateOpportunity, carry_out
from pipeline.domain.scope import Scope
from pipeline.store import Store
from tests.random_stories import STORIES, Wish, examples, told
from tests.stories import Q1, QUARTER_END, ten_opportunities

FEW = examples(6)


def test_the_ends_of_the_months_of_the_quarter(ten: Store) -> None:
    """130,000 at the end of January, 175,000 in February, 87,000 in March."""
    frame = reports.pipeline_history(ten, Q1).frame
    sums = frame.groupby("counted_on")[["opportunities", "amount", "weighted_amount"]].sum()
    assert [f"{day:%m-%d}" for day in sums.index] == ["01-31", "02-28", "03-31"]
    assert sums["opportunities"].tolist() == [6, 9, 5]
    assert sums["amount"].tolist() == [130_000, 175_000, 87_000]
    assert sums["weighted_amount"].tolist() == [43_600, 75_100, 26_700]


def test_weeks_end_on_sunday_and_the_newest_on_the_day(ten: Store) -> None:
    """Half a year of weeks; the last, cut short, ends on Monday 31 March."""
    days = reports.pipeline_history(ten, Scope(as_of=QUARTER_END), by="week").frame["counted_on"]
    assert (days.iloc[0].date(), days.iloc[-1].date()) == (date(2024, 10, 6), QUARTER_END)
    assert set(days.dt.day_name().iloc[:-3]) == {"Sunday"}


def test_without_a_period_two_years_of_months(ten: Store) -> None:
    """From March 2023 on, long before anything was there: noughts, not gaps."""
    frame = reports.pipeline_history(ten, Scope(as_of=QUARTER_END)).frame
    assert frame["counted_on"].nunique() == 25
    assert frame["opportunities"].iloc[0] == 0


@FEW
@given(story=STORIES, by=st.sampled_from(["month", "week"]), owners=st.sampled_from([(), ("ANN",)]))
def test_each_day_is_the_weighted_pipeline_of_that_day(
    story: list[Wish], by: Literal["month", "week"], owners: tuple[str, ...]
) -> None:
    """Stage by stage: number, amount and weighted amount, exactly."""
    store, last = told(story)
    scope = Scope(as_of=last, from_on=date(2025, 1, 1), owners=owners)
    frame = reports.pipeline_history(store, scope, by=by).frame
    for day in pd.DatetimeIndex(frame["counted_on"].unique()):
        there = replace(scope, as_of=day.date(), from_on=None)
        standing = reports.weighted_pipeline(store, there).frame
        assert_frame_equal(held(frame[frame["counted_on"] == day]), held(standing))


def held(frame: pd.DataFrame) -> pd.DataFrame:
    """The stages that hold anything, with what they hold."""
    rows = frame[frame["opportunities"] > 0].set_index(["cycle_code", "stage"])
    return rows[["opportunities", "amount", "weighted_amount"]]


@pytest.fixture
def restated() -> tuple[Store, datetime]:
    """After the quarter was read on its evening, some of it is recorded otherwise.

    On 2 April D07 is found lost on 30 March; the change of amount of D05 on 1 March is taken back.
    """
    store = ten_opportunities(pipeline.open(":memory:"))
    later = date(2025, 4, 2)
    lost = CloseAsLost(opportunity_no="D07", close_reason_code="PRICE", on=date(2025, 3, 30))
    carry_out(
        store,
        lost,
        RetractLastTransition(opportunity_no="D05"),
        by="BOB",
        today=later,
        at=datetime.combine(later, time(9)),
    )
    return store, datetime.combine(QUARTER_END, time(20))


def test_late_entries_and_what_was_taken_back_are_named(restated: tuple[Store, datetime]) -> None:
    """D07 was lost already, and D05 is worth 40,000 again: 87,000 became 74,000."""
    store, evening = restated
    scope = Scope(as_of=QUARTER_END, known_at=evening)
    rows = reports.then_and_now_causes(store, scope).frame.set_index("opportunity_no")
    assert rows["reason"].to_dict() == {"D05": "taken back", "D07": "entered late"}
    assert rows["recorded_by"].unique().tolist() == ["BOB"]
    assert list(rows.loc["D07", ["then_state", "now_state"]]) == ["Qualify", "lost"]
    assert list(rows.loc["D05", ["then_amount", "now_amount"]]) == [45_000, 40_000]
    figures = reports.then_and_now(store, scope).frame.set_index("status")
    assert list(figures.loc["in progress", ["then_amount", "now_amount"]]) == [87_000, 74_000]
    assert figures["more_opportunities"].tolist() == [-1, 0, 1]


def test_what_is_entered_again_is_corrected(restated: tuple[Store, datetime]) -> None:
    """D05 is given another amount, on the first of March, after the first was taken back."""
    store, evening = restated
    again = UpdateOpportunity(opportunity_no="D05", amount=42_000, on=date(2025, 3, 1))
    later = date(2025, 4, 3)
    carry_out(store, again, by="ANN", today=later, at=datetime.combine(later, time(9)))
    scope = Scope(as_of=QUARTER_END, known_at=evening)
    rows = reports.then_and_now_causes(store, scope).frame.set_index("opportunity_no")
    assert rows.loc["D05", "reason"] == "corrected"
    assert rows.loc["D05", "now_amount"] == 42_000


def test_nothing_recorded_since_is_no_difference(ten: Store) -> None:
    """The moment is the end of the day where none is asked for; all was recorded by then."""
    report = reports.then_and_now(ten, Scope(as_of=QUARTER_END))
    assert (report.totals["difference_amount"], report.totals["more_opportunities"]) == (0, 0)
    assert report.totals["then_amount"] == report.totals["now_amount"] == 87_000
    assert report.scope.known_at == datetime.combine(QUARTER_END, time.max)
    assert reports.then_and_now_causes(ten, Scope(as_of=QUARTER_END)).frame.empty


@FEW
@given(story=STORIES, data=st.data())
def test_then_is_what_the_report_said_then(story: list[Wish], data: st.DataObject) -> None:
    """The figures of then are those of the reports as known then, however the log went on.

    And the differences are those of the single opportunities, added up.
    """
    store, last = told(story)
    back = data.draw(st.integers(0, 30)), data.draw(st.integers(0, 30))
    day, moment = (last - timedelta(days=days) for days in back)
    owners = data.draw(st.sampled_from([(), ("BOB",)]))
    scope = Scope(as_of=day, known_at=datetime.combine(moment, time(18)), owners=owners)
    figures = reports.then_and_now(store, scope).frame.set_index("status")
    for when, known in (("then", scope), ("now", replace(scope, known_at=None))):
        totals = reports.weighted_pipeline(store, known).totals
        there = figures.loc["in progress"]
        assert there[f"{when}_opportunities"] == totals["opportunities"]
        assert round(there[f"{when}_amount"], 2) == round(totals["amount"] or 0, 2)
        closed = reports.close_reasons(store, known).frame
        assert (
            figures.loc[["won", "lost"], f"{when}_opportunities"].sum()
            == closed["opportunities"].sum()
        )
        assert figures.loc[["won", "lost"], f"{when}_amount"].sum() == pytest.approx(
            closed["amount"].sum()
        )
    rows = reports.then_and_now_causes(store, scope).frame
    change = rows["now_amount"].fillna(0).sum() - rows["then_amount"].fillna(0).sum()
    assert round(change, 2) == round(figures["difference_amount"].sum(), 2)
