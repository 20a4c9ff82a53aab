"""Undoing restores every metric to its earlier value, and so does taking a merge apart."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import pipeline
from pipeline import reports
from pipeline.commands import (
    Command,
    CreateTask,
    MergeOpportunities,
    UndoBatch,
    UnmergeOpportunities,
    carry_out,
)
from pipeline.domain.errors import PipelineError
from pipeline.domain.scope import Scope
from pipeline.reports import Report
from pipeline.store import Store
from pipeline.store.check import check
from tests.random_stories import FIRST_DAY, STORIES, WISHES, Wish, _asked, _created, examples, told
from tests.stories import Q1, ten_opportunities

FEW = examples(3)
DONE = st.lists(
    st.tuples(WISHES, st.sampled_from(["wish", "merge", "task"])), min_size=1, max_size=5
)

METRICS: list[Callable[[Store, Scope], Report]] = [
    reports.weighted_pipeline,
    reports.stage_conversion,
    reports.win_rate,
    reports.stage_statistics,
    reports.time_in_stage,
    reports.slippage,
    reports.what_changed,
]
"""One report of each way of reading the log."""


def _wanted(wish: Wish, what: str, day: date, known: set[int]) -> list[Command]:
    """Give what one wish becomes: a move or an entry, a merge with the next one, a task with it."""
    no = f"OP000{wish.opportunity}"
    if what == "merge":
        other = f"OP000{(wish.opportunity + 1) % 5}"
        return [MergeOpportunities(survivor_no=no, loser_no=other)]
    asked = _asked(wish, day, 1) if wish.opportunity in known else _created(wish, day, 1)
    task = CreateTask(description="Call", due_on=day, opportunity_no=no)
    return [asked, task] if what == "task" else [asked]


@FEW
@given(story=STORIES, done=DONE, data=st.data())
def test_undoing_restores_every_metric(
    story: list[Wish], done: list[tuple[Wish, str]], data: st.DataObject
) -> None:
    """Batch after batch is carried out, then undone backwards; every report is what it was.

    As known before the undoing everything is what it was after the batches, too.
    """
    before, day = told(story)
    store, _ = told(story)
    known = {wish.opportunity for wish in story}
    noon = datetime.combine(day, time(13))
    batches = []
    for number, (wish, what) in enumerate(done):
        at = noon + timedelta(minutes=number)
        with suppress(PipelineError):
            recorded = carry_out(
                store, *_wanted(wish, what, day, known), by="ANN", today=day, at=at
            )
            batches.append(recorded[0].batch_id)
            known.add(wish.opportunity)
    as_of = FIRST_DAY + timedelta(days=data.draw(st.integers(0, (day - FIRST_DAY).days)))
    then = Scope(as_of=as_of, from_on=FIRST_DAY, to_on=as_of)
    known_then = replace(then, known_at=noon + timedelta(hours=1))
    seen = [reports.win_rate(store, known_then), reports.weighted_pipeline(store, known_then)]

    for number, batch in enumerate(reversed(batches)):
        at = noon + timedelta(hours=2, minutes=number)
        carry_out(store, UndoBatch(batch_id=batch or 0), by="ANN", today=day, at=at)
        assert check(store).intact, str(check(store))

    _same(before, store, then)
    again = [reports.win_rate(store, known_then), reports.weighted_pipeline(store, known_then)]
    assert [one.totals for one in seen] == [one.totals for one in again]


def _same(some: Store, other: Store, scope: Scope) -> None:
    for metric in METRICS:
        one, two = metric(some, scope), metric(other, scope)
        assert_frame_equal(one.frame, two.frame)
        assert (one.totals, one.excluded) == (two.totals, two.excluded)


def _bucket(store: Store, scope: Scope, name: str) -> float:
    frame = reports.what_changed(store, scope).frame
    return float(frame.set_index("bucket")["change_amount"][name])


def test_a_merged_one_is_removed_and_comes_back_as_restored() -> None:
    """D05 (45,000) goes into D10 on 5 April and comes out on 20 April.

    The pipeline loses it as removed in between and gains it as restored after; the waterfall
    closes over every stretch; as known on the 10th it is out; undoing the coming out leaves it out.
    """
    with pipeline.open() as store:
        ten_opportunities(store)
        merged, apart, end = date(2025, 4, 5), date(2025, 4, 20), date(2025, 4, 25)
        merge = MergeOpportunities(survivor_no="D10", loser_no="D05")
        carry_out(store, merge, by="ANN", today=merged, at=datetime.combine(merged, time(12)))
        out = UnmergeOpportunities(loser_no="D05")
        (recorded,) = carry_out(
            store, out, by="ANN", today=apart, at=datetime.combine(apart, time(12))
        )

        first = Scope(as_of=date(2025, 4, 10), from_on=date(2025, 4, 1), to_on=date(2025, 4, 10))
        assert _bucket(store, first, "removed") == -45_000
        second = Scope(as_of=end, from_on=date(2025, 4, 11), to_on=end)
        assert _bucket(store, second, "restored") == 45_000
        both = Scope(as_of=end, from_on=date(2025, 4, 1), to_on=end)
        assert (_bucket(store, both, "removed"), _bucket(store, both, "restored")) == (
            -45_000,
            45_000,
        )
        for scope in (first, second, both):
            frame = reports.what_changed(store, scope).frame
            amounts = frame["change_amount"].tolist()
            assert sum(amounts[:-1]) == amounts[-1]

        on_the_tenth = Scope(as_of=date(2025, 4, 10), known_at=datetime(2025, 4, 12))  # noqa: DTZ001
        known = reports.weighted_pipeline(store, on_the_tenth)
        now = reports.weighted_pipeline(store, Scope(as_of=date(2025, 4, 10)))
        assert known.totals == now.totals

        undo = UndoBatch(batch_id=recorded.batch_id or 0)
        carry_out(store, undo, by="ANN", today=apart, at=datetime.combine(apart, time(13)))
        assert _bucket(store, both, "restored") == 0
        assert check(store).intact


def test_the_survivor_keeps_its_statistics_and_the_loser_its_past() -> None:
    """The quarter before the merge reads as it did."""
    with pipeline.open() as store, pipeline.open() as untouched:
        ten_opportunities(store)
        ten_opportunities(untouched)
        carry_out(
            store,
            MergeOpportunities(survivor_no="D10", loser_no="D05"),
            by="ANN",
            today=date(2025, 5, 5),
        )
        _same(store, untouched, Q1)
