"""Flows through stages and between forecast categories: worked by hand, and balanced always."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline import reports
from pipeline.commands import (
    Command,
    DefineSetting,
    DefineStage,
    MoveToNextStage,
    Reassign,
    SetCategory,
    UpdateOpportunity,
)
from pipeline.domain.categories import ForecastCategory
from pipeline.domain.scope import Scope
from pipeline.metrics.flows import EXITS
from pipeline.metrics.waterfall import Name
from pipeline.store import Store
from tests.random_stories import FIRST_DAY, STORIES, Wish, examples, told
from tests.stories import Q1, QUARTER_END, Told, tell, ten_opportunities

FEW = examples(6)
WINDOW: dict[str, Any] = {"expected_from": date(2025, 1, 1), "expected_to": QUARTER_END}


def test_every_stage_of_the_quarter_balances(ten: Store) -> None:
    """2 + 6 = 5 + 3; 2 + 6 = 4 on + 2 lost + 2; 0 + 5 = 1 back + 3 won + 1 lost."""
    frame = reports.stage_flow(ten, Q1).frame
    columns = ["at_start", "entries", "moved_on", "moved_back", "left_won", "left_lost", "at_end"]
    assert frame[columns].to_numpy().tolist() == [
        [2, 6, 5, 0, 0, 0, 3],
        [2, 6, 4, 0, 0, 2, 2],
        [0, 5, 0, 1, 3, 1, 0],
    ]
    assert frame[["left_scope", "left_removed"]].eq(0).all(axis=None)


def test_categories_flow_from_the_start_to_the_end(ten: Store) -> None:
    """Nobody set one, so each is in that of its stage: 10 % is pipeline, 40 % best case."""
    frame = reports.category_flow(ten, Q1, **WINDOW).frame
    flows = frame.set_index(["came_from", "went_to"])["amount"].to_dict()
    assert flows == {
        ("best case", "best case"): 40_000,
        ("pipeline", "pushed out"): 18_000,
        ("best case", "won"): 25_000,
        ("new", "pipeline"): 8_000,
        ("increased", "best case"): 5_000,
    }


@pytest.mark.parametrize(
    "said",
    [
        DefineStage(cycle_code="F10", stage=2, chances_percent=40, forecast_category="commit"),
        DefineSetting(name="category_commit_from", value="40"),
    ],
    ids=["of the stage", "by its chances"],
)
def test_a_flow_ends_in_the_categories_that_are_forecast(said: Command) -> None:
    """What stands in stage 2 is committed now, and wherever categories are read it is so."""
    ten = ten_opportunities(pipeline.open(":memory:"))
    before = _standing(ten)
    tell(ten, [Told(QUARTER_END, said)])
    flow = reports.category_flow(ten, Q1).frame
    rollup = _standing(ten)
    assert before == {"best case": 60_000, "pipeline": 27_000}
    assert rollup == {"commit": 60_000, "pipeline": 27_000}
    ends = flow[flow["went_to"].isin(rollup)].groupby("went_to")["amount"].sum().to_dict()
    assert ends == rollup


def _standing(store: Store) -> dict[str, float]:
    """What is open on the last day of the quarter by the category that the forecast reads."""
    rows = store.frame("forecast_rollup", Q1).astype({"amount": "float64"})
    return dict(rows[rows["category"] != "closed"].groupby("category")["amount"].sum())


@pytest.fixture
def spring() -> Store:
    """In April D05 is committed and worth more, D10 goes to Bob, one stage on, as best case."""
    store = ten_opportunities(pipeline.open(":memory:"))
    april, june = date(2025, 4, 10), date(2025, 6, 30)
    tell(
        store,
        [
            Told(april, SetCategory(opportunity_no="D05", category="commit", reason="Sure")),
            Told(
                april,
                UpdateOpportunity(opportunity_no="D05", amount=50_000, expected_close_on=june),
            ),
            Told(april, Reassign(opportunity_no="D10", owner_code="BOB")),
            Told(april, MoveToNextStage(opportunity_no="D10")),
            Told(april, SetCategory(opportunity_no="D10", category="best case", reason="May be")),
        ],
    )
    return store


def test_a_category_gets_what_moves_into_it(spring: Store) -> None:
    """45,000 of D05 go to commit and 5,000 are new to it; 14,000 of D10 go to best case."""
    scope = Scope(as_of=date(2025, 4, 15), from_on=date(2025, 4, 1))
    frame = reports.category_flow(spring, scope).frame
    flows = frame.set_index(["came_from", "went_to"])["amount"].to_dict()
    assert flows == {
        ("increased", "commit"): 5_000,
        ("pipeline", "best case"): 14_000,
        ("best case", "commit"): 45_000,
        ("best case", "best case"): 15_000,
        ("pipeline", "pipeline"): 13_000,
    }


def test_a_transfer_leaves_the_one_and_enters_the_other(spring: Store) -> None:
    """D10 was handed over in stage 1: out of it for Ann; into it, and on from it, for Bob."""
    scope = Scope(as_of=date(2025, 4, 15), from_on=date(2025, 4, 1))
    ann, bob = (
        reports.stage_flow(spring, replace(scope, owners=(owner,))).frame
        for owner in ("ANN", "BOB")
    )
    assert ann["left_scope"].tolist() == [1, 0, 0]
    assert bob["entries"].tolist() == [1, 1, 0]
    assert bob["moved_on"].tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    ("owner", "bucket", "amount"),
    [("ANN", "transferred out", -14_000), ("BOB", "transferred in", 14_000)],
)
def test_a_transfer_is_a_bar_of_both_waterfalls(
    spring: Store, owner: str, bucket: Name, amount: int
) -> None:
    """With its cause: from Ann to Bob, and back."""
    scope = Scope(as_of=date(2025, 4, 15), from_on=date(2025, 4, 1), owners=(owner,))
    bars = reports.what_changed(spring, scope).frame.set_index("bucket")
    assert bars.loc[bucket, "change_amount"] == amount
    cause = reports.what_changed_causes(spring, scope, bucket=bucket).frame.iloc[0]
    assert (cause["before"], cause["after"]) == ("Ann Áspa", "Bob Bock")


@st.composite
def periods(draw: st.DrawFn, last: date) -> Scope:
    """Draw two days of a story, and perhaps an owner and a cycle."""
    span = (last - FIRST_DAY).days
    first, end = sorted(draw(st.lists(st.integers(0, span), min_size=2, max_size=2)))
    return Scope(
        as_of=last,
        from_on=FIRST_DAY + timedelta(days=first),
        to_on=FIRST_DAY + timedelta(days=end),
        owners=draw(st.sampled_from([(), ("ANN",)])),
        cycles=draw(st.sampled_from([(), ("ONE",)])),
    )


@FEW
@given(story=STORIES, data=st.data())
def test_every_stage_balances_in_every_period(story: list[Wish], data: st.DataObject) -> None:
    """At the start + entries = all exits + at the end; the ends are the open pipeline's."""
    store, last = told(story)
    scope = data.draw(periods(last))
    frame = reports.stage_flow(store, scope).frame
    left = frame["at_end"] + frame[EXITS].sum(axis=1)
    assert (frame["at_start"] + frame["entries"] == left).all()
    for day, end in ((scope.from_on, "at_start"), (scope.to_on, "at_end")):
        assert day is not None
        as_of = day - timedelta(days=1) if end == "at_start" else day
        there = replace(scope, as_of=as_of, from_on=None, to_on=None)
        standing = reports.weighted_pipeline(store, there).frame
        assert frame[end].tolist() == standing["opportunities"].tolist()


@FEW
@given(story=STORIES, data=st.data())
def test_categories_hold_at_the_ends_what_flows_from_and_to_them(
    story: list[Wish], data: st.DataObject
) -> None:
    """Over all categories: what comes from them is the start, what goes to them is the end."""
    store, last = told(story)
    scope = data.draw(periods(last))
    flows = reports.category_flow(store, scope).frame
    totals = reports.what_changed(store, scope).totals
    for column, end in (("came_from", "starting_amount"), ("went_to", "ending_amount")):
        inside = flows[flows[column].isin(list(ForecastCategory))]
        assert round(inside["amount"].sum(), 2) == totals[end]


def test_nothing_flows_in_an_empty_company() -> None:
    """No stage, no category, no row; and no error."""
    with pipeline.open(":memory:") as store:
        scope = Scope(as_of=date(2025, 3, 31))
        assert reports.stage_flow(store, scope).frame.empty
        assert reports.category_flow(store, scope).frame.empty
        assert reports.pipeline_history(store, scope).frame.empty
        assert isinstance(reports.then_and_now(store, scope).frame, pd.DataFrame)
        assert reports.then_and_now_causes(store, scope).frame.empty
