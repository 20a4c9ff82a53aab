"""Stays, pushes and lengths of random stories, against walking through the log row by row."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import reports
from pipeline.domain.scope import Scope
from pipeline.store import Store
from tests.random_stories import FIRST_DAY, STORIES, Wish, examples, told

SOME = examples(6)
KINDS = {"next": "forward", "skip": "forward", "previous": "back", "jump": "back"}
BEGINS = {"first", "next", "previous", "skip", "jump", "reopen"}
Row = dict[str, Any]
Stay = tuple[str, int, int, str]
"""Cycle, stage, days and how it ended."""


def lives(store: Store, as_of: date) -> Iterator[list[Row]]:
    """Give the rows of each opportunity that was there on a day, in order, up to that day."""
    rows = store.execute(
        """
        select transitions.* from transitions join opportunities using (opportunity_id)
        where retracted_at is null and valid_from <= $day
        and (removed_on is null or removed_on > $day)
        order by opportunity_id, nth
        """,
        {"day": as_of},
    ).df()
    records = [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]
    for _, life in groupby(records, key=lambda row: row["opportunity_id"]):
        yield list(life)


def stays(life: list[Row], as_of: date) -> Iterator[Stay]:
    """Walk through one life: a stay lasts until the row that ends it, or until the day."""
    began: Row | None = None
    for row in life:
        ends = row["action"] in BEGINS | {"won", "lost"}
        if began is not None and ends:
            kind = KINDS.get(row["action"], str(row["action"]))
            yield began["cycle_code"], began["stage"], _days(began, row["valid_from"]), kind
        if ends:
            began = row if row["action"] in BEGINS else None
    if began is not None:
        yield began["cycle_code"], began["stage"], _days(began, as_of), "open"


def _days(row: Row, until: Any) -> int:  # noqa: ANN401  a date or a stamp
    return int((date(until.year, until.month, until.day) - row["valid_from"].date()).days)


def counted(report: reports.Report) -> Counter[tuple[str, int, int]]:
    """Give how many came to an end or stood on each day, by cycle, stage and days."""
    frame = report.frame
    gone = frame.groupby(["cycle_code", "stage"])["at_risk"].diff(-1).fillna(frame["at_risk"])
    keys = zip(frame["cycle_code"], frame["stage"], frame["days"], strict=True)
    return Counter({key: int(number) for key, number in zip(keys, gone, strict=True)})


@SOME
@given(story=STORIES, data=st.data())
def test_stays_are_those_one_walks_through(story: list[Wish], data: st.DataObject) -> None:
    """On any day, narrowed to an owner or not: the same stays, of the same lengths."""
    store, last = told(story)
    day = FIRST_DAY + timedelta(days=data.draw(st.integers(0, (last - FIRST_DAY).days)))
    walked = [stay for life in lives(store, day) for stay in stays(life, day)]
    frame = reports.time_in_stage_curve(store, Scope(as_of=day))
    assert counted(frame) == Counter(stay[:3] for stay in walked)
    ended = Counter((cycle, stage) for cycle, stage, _, kind in walked if kind != "open")
    sums = frame.frame.groupby(["cycle_code", "stage"])["ended"].sum()
    assert {key: number for key, number in sums.items() if number} == ended
    both = Scope(as_of=day, teams=("NORTH", "SOUTH"))
    assert counted(reports.time_in_stage_curve(store, both)) == counted(frame)


@SOME
@given(story=STORIES)
def test_time_of_an_opportunity_is_the_sum_of_its_stays(story: list[Wish]) -> None:
    """Added up by opportunity and stage, each counts once."""
    store, last = told(story)
    sums: Counter[tuple[str, int, int]] = Counter()
    for life in lives(store, last):
        days: Counter[tuple[str, int]] = Counter()
        for cycle, stage, length, _ in stays(life, last):
            days[cycle, stage] += length
        sums.update((*key, total) for key, total in days.items())
    report = reports.time_in_stage_curve(store, Scope(as_of=last), by="opportunity")
    assert counted(report) == sums


@SOME
@given(story=STORIES, data=st.data())
def test_pushes_are_those_one_walks_through(story: list[Wish], data: st.DataObject) -> None:
    """A later date than the row before had, on a row in progress that is no reopening."""
    store, last = told(story)
    first = FIRST_DAY + timedelta(days=data.draw(st.integers(0, (last - FIRST_DAY).days)))
    later = [
        (after["expected_close_on"] - before["expected_close_on"]).days
        for life in lives(store, last)
        for before, after in pairwise(life)
        if after["stage"] > 0 and after["action"] != "reopen"
        if after["valid_from"].date() >= first
    ]
    totals = reports.slippage(store, Scope(as_of=last, from_on=first, to_on=last)).totals
    assert totals["pushes"] == sum(days > 0 for days in later)
    assert totals["days_pushed"] == sum(days for days in later if days > 0)
    assert totals["pulls"] == sum(days < 0 for days in later)


@SOME
@given(story=STORIES)
def test_the_curves_of_any_story_add_up(story: list[Wish]) -> None:
    """Won, lost and open by age are all there is; so are the ends of stays and what lasts."""
    store, last = told(story)
    ages = reports.win_curve(store, Scope(as_of=last)).frame.filter(like="_age_rate")
    assert ages.sum(axis="columns").tolist() == pytest.approx([1] * len(ages))
    ends = ["survival_rate", "forward_rate", "back_rate", "won_here_rate", "lost_here_rate"]
    steps = reports.time_in_stage_curve(store, Scope(as_of=last)).frame[ends]
    assert steps.sum(axis="columns").tolist() == pytest.approx([1] * len(steps))
