"""What must hold of every story between any two days: the waterfall closes, chains and adds up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipeline import reports
from pipeline.domain.scope import Scope
from pipeline.metrics.waterfall import NAMES
from tests.random_stories import FIRST_DAY, STORIES, Wish, examples, told

FEW = examples(6)
CHANGES = slice(1, -1)
"""The bars between the two ends."""
Window = dict[str, Any]


@dataclass(frozen=True)
class Between:
    """Two days of a story, a day between them, and a window of expected close dates."""

    first: date
    middle: date
    last: date
    window: Window

    def scope(self, **parts: Any) -> Scope:  # noqa: ANN401  any part of a scope
        """The whole period, of some owners, teams or cycles."""
        return Scope(as_of=self.last, from_on=self.first, to_on=self.last, **parts)


@st.composite
def betweens(draw: st.DrawFn, last: date) -> Between:
    """Draw two days of a story up to its last, a day between, perhaps a window."""
    span = (last - FIRST_DAY).days
    days = sorted(draw(st.lists(st.integers(0, span), min_size=3, max_size=3)))
    first, middle, end = (FIRST_DAY + timedelta(days=day) for day in days)
    opens = draw(st.none() | st.integers(0, 60))
    closes = draw(st.none() | st.integers(0, 60))
    window: Window = {
        "expected_from": None if opens is None else FIRST_DAY + timedelta(days=opens),
        "expected_to": None
        if closes is None
        else FIRST_DAY + timedelta(days=closes + (opens or 0)),
    }
    return Between(first, middle, end, window)


def cents(frame: pd.DataFrame, column: str = "change_amount") -> list[int]:
    """A column of money in whole cents, bucket by bucket."""
    return [round(amount * 100) for amount in frame[column]]


def views(between: Between) -> Iterator[Scope]:
    """Each owner, team and cycle by itself, and all together."""
    yield between.scope()
    yield between.scope(owners=("ANN",))
    yield between.scope(teams=("SOUTH",))
    yield between.scope(cycles=("ONE",), owners=("BOB",))
    yield between.scope(contacts=("C1",))


@FEW
@given(story=STORIES, data=st.data())
def test_start_and_changes_make_the_end(story: list[Wish], data: st.DataObject) -> None:
    """Every event and the comparison both close to the cent, whatever the view and the window.

    The ends are read from the log on their own; they are not what the changes happen to add up to.
    """
    store, last = told(story)
    between = data.draw(betweens(last))
    for scope in views(between):
        frame = reports.what_changed(store, scope, **between.window).frame
        for column in ("change_amount", "compared_amount"):
            bars = cents(frame, column)
            assert sum(bars[:-1]) == bars[-1]
        assert sum(cents(frame, "hidden_amount")) == 0


@FEW
@given(story=STORIES, data=st.data())
def test_the_ends_are_the_pipeline_of_their_days(story: list[Wish], data: st.DataObject) -> None:
    """Without a window, start and end are the open pipeline of the two days."""
    store, last = told(story)
    between = data.draw(betweens(last))
    for scope in views(between):
        totals = reports.what_changed(store, scope).totals
        for day, end in (
            (between.first - timedelta(days=1), "starting_amount"),
            (between.last, "ending_amount"),
        ):
            there = replace(scope, as_of=day, from_on=None, to_on=None)
            assert totals[end] == reports.weighted_pipeline(store, there).totals["amount"]


@FEW
@given(story=STORIES, data=st.data())
def test_two_periods_in_a_row_make_one(story: list[Wish], data: st.DataObject) -> None:
    """Bucket by bucket, number and amount, up to a day in the middle and from there on."""
    store, last = told(story)
    between = data.draw(betweens(last))
    for scope in views(between):
        day_after = between.middle + timedelta(days=1)
        whole, before, after = (
            reports.what_changed(store, part, **between.window).frame
            for part in (
                scope,
                replace(scope, as_of=between.middle, to_on=between.middle),
                replace(scope, from_on=day_after),
            )
        )
        for column in ("change_amount", "transitions"):
            both = zip(cents(before, column), cents(after, column), strict=True)
            assert [sum(pair) for pair in both][CHANGES] == cents(whole, column)[CHANGES]


@FEW
@given(story=STORIES, data=st.data())
def test_the_teams_make_the_company_and_transfers_cancel(
    story: list[Wish], data: st.DataObject
) -> None:
    """North and south together are the company; what one team gave the other got."""
    store, last = told(story)
    between = data.draw(betweens(last))
    company = cents(reports.what_changed(store, between.scope(), **between.window).frame)
    north, south = (
        cents(reports.what_changed(store, between.scope(teams=(team,)), **between.window).frame)
        for team in ("NORTH", "SOUTH")
    )
    teams = [sum(pair) for pair in zip(north, south, strict=True)]
    come, gone = NAMES.index("transferred in"), NAMES.index("transferred out")
    assert teams[come] + teams[gone] == 0
    assert company[come] == company[gone] == 0
    teams[come] = teams[gone] = 0
    assert teams == company


@FEW
@given(story=STORIES, data=st.data())
def test_the_causes_of_a_bar_are_as_many_and_as_much_as_the_bar(
    story: list[Wish], data: st.DataObject
) -> None:
    """Number and sum, bar by bar; and the hidden opportunities hide what the bars say."""
    store, last = told(story)
    between = data.draw(betweens(last))
    scope = data.draw(st.sampled_from(list(views(between))))
    changed = reports.what_changed(store, scope, **between.window)
    for bar in changed.frame.to_dict("records"):
        causes = reports.what_changed_causes(
            store, scope, bucket=bar["bucket"], limit=None, **between.window
        )
        assert len(causes.frame) == causes.totals["transitions"] == bar["transitions"]
        assert sum(cents(causes.frame)) == round(bar["change_amount"] * 100)
    hidden = reports.hidden_flow(store, scope, **between.window).totals
    assert hidden["opportunities"] == changed.totals["hidden_opportunities"]
    assert hidden["hidden_amount"] == changed.totals["hidden_amount"]


@FEW
@given(story=STORIES, data=st.data())
def test_what_was_known_then_closes_too(story: list[Wish], data: st.DataObject) -> None:
    """As known at a moment of the story, later retractions and deletions undone."""
    store, last = told(story)
    between = data.draw(betweens(last))
    moment = datetime.combine(between.middle, time(23))
    scope = replace(between.scope(), known_at=moment)
    bars = cents(reports.what_changed(store, scope, **between.window).frame)
    assert sum(bars[:-1]) == bars[-1]
