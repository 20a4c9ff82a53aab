"""The board: its totals, its cards a window at a time, and what a next step does to rotting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

import pipeline
from pipeline import reports
from pipeline.commands import (
    CompleteTask,
    CreateOpportunity,
    CreateTask,
    DefineSetting,
    carry_out,
)
from pipeline.domain.scope import Scope
from pipeline.reports.board import as_seen, board, board_cards, notes
from pipeline.store import Store
from tests.reports.test_every_number_opens import check
from tests.stories import Q1, QUARTER_END, company, three_stages

DAY = Scope(as_of=QUARTER_END)
MADE_AT = datetime.combine(date(2025, 3, 10), time(12))
"""When the tasks of the rotten company were made."""
PIPELINE = ["opportunities", "amount", "weighted_amount", "without_amount", "overdue"]


NO_LIMITS = pd.DataFrame({"cycle_code": [], "stage": [], "limit_days": []})
"""For what is not about rotting; learning limits takes its time."""


def started(report: reports.Report) -> npt.NDArray[np.float64]:
    """Give the figures of the stages, what is not started left out."""
    frame = report.frame
    return frame.loc[frame["stage"] > 0, PIPELINE].to_numpy(dtype="float64")


SCOPES = {
    "everything": Scope(as_of=QUARTER_END),
    "of Ann": Scope(as_of=QUARTER_END, owners=("ANN",)),
    "of Bob, who has nothing": Scope(as_of=QUARTER_END, owners=("BOB",)),
    "of the south": Scope(as_of=QUARTER_END, teams=("SOUTH",)),
    "of one cycle": Scope(as_of=QUARTER_END, cycles=("F10",)),
    "expected in April": Scope(
        as_of=QUARTER_END, from_on=date(2025, 4, 1), to_on=date(2025, 4, 30)
    ),
    "as known in February": Scope(
        as_of=QUARTER_END, known_at=datetime.combine(date(2025, 2, 20), time(12))
    ),
}


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_the_columns_are_the_weighted_pipeline(ten: Store, scope: Scope) -> None:
    """On any day, in any scope: the same stages, the same sums; what is not started is apart."""
    for day in (date(2024, 12, 31), date(2025, 2, 15), QUARTER_END):
        here = scope.on(day)
        columns, expected = board(ten, here, limits=NO_LIMITS), reports.weighted_pipeline(ten, here)
        assert started(columns) == pytest.approx(expected.frame[PIPELINE].to_numpy())
        for name in ("opportunities", "amount", "weighted_amount"):
            assert columns.totals[name] == pytest.approx(expected.totals[name] or 0)


# --- a company in which everything rots -----------------------------------------------------------


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_what_opportunities_keep_is_what_the_log_says(ten: Store, scope: Scope) -> None:
    """After all that happened, the quick way and the way over the log give the same board."""
    known = ten.one("select max(recorded_at) + interval 1 day from transitions")
    assert known is not None
    now = replace(scope, as_of=date(2025, 12, 31), known_at=None)
    by_log = replace(now, known_at=known[0])
    for ask in (board, board_cards):
        quick, slow = ask(ten, now, limits=NO_LIMITS), ask(ten, by_log, limits=NO_LIMITS)
        pd.testing.assert_frame_equal(quick.frame, slow.frame)


@pytest.fixture(scope="module")
def rotten() -> Iterator[Store]:
    """Six in stage 1 for 30 days, where 10 are the limit, and one that is not started.

    P has nothing planned; A a step on that day, B in 10 days, C in 11; D had one that was to be
    yesterday; E had one for tomorrow, done on the day before.
    """
    with pipeline.open() as store:
        entered = QUARTER_END - timedelta(days=30)
        carry_out(store, *company(), *three_stages(), by="ANN", today=entered)
        carry_out(store, DefineSetting(name="rotting_days", value="10"), by="ANN", today=entered)
        for at, no in enumerate("PABCDE"):
            carry_out(store, _new(no, amount=100 * 2**at), by="ANN", today=entered)
        carry_out(store, replace(_new("DRAFT", 0), activate=False), by="ANN", today=entered)
        for no, days in {"A": 0, "B": 10, "C": 11, "D": -1, "E": 1}.items():
            due_on = QUARTER_END + timedelta(days=days)
            wish = CreateTask(opportunity_no=no, description=f"Call {no}", due_on=due_on)
            task = carry_out(store, wish, by="ANN", today=entered, at=MADE_AT)[0]
            if no == "E":
                day_before = QUARTER_END - timedelta(days=1)
                carry_out(store, CompleteTask(task_no=task.no), by="ANN", today=day_before)
        yield store


def _new(no: str, amount: int) -> CreateOpportunity:
    return CreateOpportunity(
        no=no,
        description=f"Opportunity {no}",
        contact_no="C1",
        owner_code="ANN",
        cycle_code="F10",
        activate=True,
        amount=amount or None,
        expected_close_on=date(2025, 6, 30),
    )


def rotting_nos(store: Store, scope: Scope = DAY) -> list[str]:
    """Give the numbers of what the report on rotting lists."""
    return sorted(reports.rotting(store, scope).frame["opportunity_no"])


def test_a_near_next_step_stops_the_rotting_everywhere(rotten: Store) -> None:
    """A and B are left in peace. C's step is further than the limit, D's late, E's done: they rot.

    The list, the table by stage and the board agree, in number and in money.
    """
    assert rotting_nos(rotten) == ["C", "D", "E", "P"]
    amount = 100 * (1 + 8 + 16 + 32)
    by_stage = reports.rotting_by_stage(rotten, DAY)
    assert by_stage.totals["rotting"] == 4
    assert by_stage.totals["rotting_amount"] == amount
    assert by_stage.excluded["beyond their limit, whose next step is near"] == 2
    column = board(rotten, DAY).frame.set_index("stage").loc[1]
    assert (column["rotting"], column["rotting_amount"]) == (4, amount)
    assert column["without_next_step"] == 2
    marked = board_cards(rotten, DAY).frame.set_index("opportunity_no")["is_rotting"]
    assert sorted(marked[marked].index) == ["C", "D", "E", "P"]


def test_the_numbers_open_to_what_rots_and_what_has_no_next_step(rotten: Store) -> None:
    """Each list is as long as its number says and adds up to the sum beside it."""
    for day in (QUARTER_END, QUARTER_END - timedelta(days=15)):
        for ask in (board, reports.rotting_by_stage):
            check(rotten, ask(rotten, Scope(as_of=day)), {})


def test_the_mark_comes_back_when_the_day_of_the_step_is_over(rotten: Store) -> None:
    """A's step was for the last day of March; on the first of April it is late."""
    assert "A" in rotting_nos(rotten, DAY.on(QUARTER_END + timedelta(days=1)))


def test_a_past_day_knows_what_was_open_then(rotten: Store) -> None:
    """Two days before, E's step was still to be done."""
    assert "E" not in rotting_nos(rotten, DAY.on(QUARTER_END - timedelta(days=2)))


def test_as_known_before_they_were_planned_nothing_suspends(rotten: Store) -> None:
    """The opportunities were told later than their day says, so the moment lies after that."""
    known = rotten.one("select max(recorded_at) from transitions")
    assert known is not None
    rotten.execute("update tasks set created_at = ? where task_no <> ''", [known[0]])
    assert rotting_nos(rotten, replace(DAY, known_at=known[0])) == ["C", "D", "E", "P"]
    later = known[0] + timedelta(days=1)
    rotten.execute("update tasks set created_at = ? where task_no <> ''", [later])
    before = rotting_nos(rotten, replace(DAY, known_at=known[0]))
    rotten.execute("update tasks set created_at = ? where task_no <> ''", [MADE_AT])
    assert before == [*"ABCDEP"]


def test_what_is_not_started_stands_apart(rotten: Store) -> None:
    """One draft in the first column, in no total."""
    report = board(rotten, DAY)
    first = report.frame.iloc[0]
    assert (first["stage"], first["stage_description"], first["opportunities"]) == (
        0,
        "Not started",
        1,
    )
    assert report.totals["opportunities"] == 6
    assert report.totals["not_started"] == 1


# --- cards ----------------------------------------------------------------------------------------


def test_cards_are_sorted_and_given_a_window_at_a_time(rotten: Store) -> None:
    """The largest first; from the second place on, two of them; the draft in its own column."""
    whole = board_cards(rotten, DAY, order_by="amount").frame
    assert whole.loc[whole["stage"] == 1, "opportunity_no"].tolist() == [*"EDCBAP"]
    part = board_cards(
        rotten, DAY, order_by="amount", windows={("F10", 1): 1, ("F10", 0): 0}, at_most=2
    ).frame
    assert part["opportunity_no"].tolist() == ["DRAFT", "D", "C"]
    assert part["place"].tolist() == [0, 1, 2]


def test_what_was_just_moved_stands_first(rotten: Store) -> None:
    """The last moved on top, whatever the column is sorted by."""
    ids = [as_seen(rotten, no, None).id for no in ("P", "B")]
    frame = board_cards(rotten, DAY, order_by="amount", moved=ids).frame
    assert frame.loc[frame["stage"] == 1, "opportunity_no"].tolist() == [*"PBEDCA"]


def test_a_card_names_its_next_step_and_its_version(rotten: Store) -> None:
    """The version is the one a move has to name; D's step is late and still its next."""
    cards = board_cards(rotten, DAY).frame
    row = cards[cards["opportunity_no"] == "D"].to_dict("records")[0]
    assert row["next_step"] == "Call D"
    assert row["next_step_on"].date() == QUARTER_END - timedelta(days=1)
    assert as_seen(rotten, "D", row["version"]).no == "D"
    assert notes(rotten, "D").empty


def test_the_period_keeps_what_is_expected_to_close_in_it(ten: Store) -> None:
    """As in the weighted pipeline; what is not started has no date and is in no period."""
    expected = reports.weighted_pipeline(ten, Q1).frame[PIPELINE].to_numpy()
    assert started(board(ten, Q1, limits=NO_LIMITS)) == pytest.approx(expected)
