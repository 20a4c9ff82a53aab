"""Whole histories are recorded at once: what follows is computed, what is wrong is named."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.commands import (
    Command,
    CreateOpportunity,
    DefineCloseReason,
    DefineContact,
    DefineNumberSeries,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    RecordHistory,
    carry_out,
)
from pipeline.domain.errors import NumberSeriesEndedError
from pipeline.domain.histories import HistoryColumnsError, HistoryRefusedError
from pipeline.domain.transitions import STARTS_A_STAY, Action, lengthen
from pipeline.store import Store
from pipeline.store.check import check
from tests.random_stories import examples

DAY = date(2026, 3, 2)
METHODS = {"multiply": 20, "add": 45, "chances": 50, "completed": 40}
"""Method -> the probability it makes of chances 50 and completed 40."""


def company() -> Iterator[Command]:
    """A cycle for each probability method; stage 1 is 40 % completed and has chance 50."""
    yield DefineNumberSeries(code="OPP", starting_no="OP008", ending_no="OP999")
    yield DefineSetting(name="opportunity_series", value="OPP")
    yield DefineSalesperson(code="ANN", name="Ann")
    yield DefineSalesperson(code="BOB", name="Bob")
    yield DefineContact(no="C1", name="Kiosk Ltd")
    yield DefineCloseReason(code="W", description="Best", outcome="won")
    yield DefineCloseReason(code="L", description="Dear", outcome="lost")
    for method in METHODS:
        code = method.upper()
        yield DefineSalesCycle(code=code, probability_method=method)
        yield DefineStage(cycle_code=code, stage=1, completed_percent=40, chances_percent=50)
        yield DefineStage(cycle_code=code, stage=2, completed_percent=60, chances_percent=70)
        yield DefineStage(cycle_code=code, stage=3, completed_percent=90)


@pytest.fixture
def store() -> Iterator[Store]:
    """The company without any opportunity."""
    with pipeline.open() as store:
        carry_out(store, *company(), by="ANN", today=DAY)
        yield store


def opportunity(external_id: str = "A", /, **columns: object) -> dict[str, object]:
    """One opportunity of the history."""
    usual = {
        "description": "Shelves",
        "contact_no": "C1",
        "owner_code": "ANN",
        "cycle_code": "MULTIPLY",
        "campaign_no": None,
        "created_on": DAY,
    }
    return {"external_id": external_id} | usual | columns


def life(
    *moves: tuple[str, int], external_id: str = "A", **columns: object
) -> list[dict[str, Any]]:
    """The transitions of one opportunity: an action and a stage for each, a day apart."""
    return [
        {
            "external_id": external_id,
            "nth": nth,
            "action": action,
            "stage": stage,
            "amount": 100_000,
            "chances_percent": None,
            "expected_close_on": date(2026, 6, 30),
            "owner_code": "ANN",
            "close_reason_code": {"won": "W", "lost": "L"}.get(action),
            "valid_from": DAY + timedelta(days=nth - 1),
            "recorded_at": datetime.combine(DAY, time(12)) + timedelta(days=nth - 1),
            "recorded_by": "ANN",
        }
        | columns
        for nth, (action, stage) in enumerate(moves, start=1)
    ]


def history(
    opportunities: list[dict[str, Any]],
    transitions: list[dict[str, Any]],
    *,
    source: str = "old system",
    contacts: pd.DataFrame | None = None,
) -> RecordHistory:
    """The command for these rows."""
    return RecordHistory(
        source=source,
        opportunities=pd.DataFrame(opportunities),
        transitions=pd.DataFrame(transitions, columns=list(life(("first", 1))[0])),
        contacts=contacts,
    )


def record(store: Store, *histories: RecordHistory) -> None:
    """Carry histories out."""
    carry_out(store, *histories, by="IMPORT", today=DAY)


@pytest.mark.parametrize(("method", "percent"), METHODS.items())
def test_probability_follows_the_method_of_the_cycle(
    store: Store, method: str, percent: int
) -> None:
    """100,000 in a stage with chances 50 and completed 40."""
    record(store, history([opportunity(cycle_code=method.upper())], life(("first", 1))))
    ((probability, weighted),) = store.rows(
        "select probability_percent, weighted_amount from transitions"
    )
    assert (probability, weighted) == (percent, percent * 1_000)


def test_a_life_becomes_rows_that_follow_each_other(store: Store) -> None:
    """Stage 1, 3, updated there, back to 2, lost, reopened in 2, won.

    | nth | action | from | stage | path | valid for days |
    |---|---|---|---|---|---|
    | 1 | first | 0 | 1 | 1 | 1 |
    | 2 | skip | 1 | 3 | 1 3 | 1 |
    | 3 | update | 3 | 3 | 1 3 | 1 |
    | 4 | previous | 3 | 2 | 1 3 2 | 1 |
    | 5 | lost | 2 | 0 | 1 3 2 | 1 |
    | 6 | reopen | 0 | 2 | 1 3 2 2 | 1 |
    | 7 | won | 2 | 0 | 1 3 2 2 | still |
    """
    moves = [("first", 1), ("skip", 3), ("update", 3), ("previous", 2), ("lost", 0)]
    record(store, history([opportunity()], life(*moves, ("reopen", 2), ("won", 0))))
    rows = store.rows(
        "select nth, action, from_stage, stage, path, valid_to - valid_from from transitions "
        "order by nth"
    )
    assert rows == [
        (1, "first", 0, 1, "1", 1),
        (2, "skip", 1, 3, "1 3", 1),
        (3, "update", 3, 3, "1 3", 1),
        (4, "previous", 3, 2, "1 3 2", 1),
        (5, "lost", 2, 0, "1 3 2", 1),
        (6, "reopen", 0, 2, "1 3 2 2", 1),
        (7, "won", 2, 0, "1 3 2 2", None),
    ]


def test_the_opportunity_keeps_a_copy_of_its_newest_row(store: Store) -> None:
    """Two moves and an update: in stage 2 since the second day, as it is since the third."""
    record(store, history([opportunity()], life(("first", 1), ("next", 2), ("update", 2))))
    row = store.rows(
        "select opportunity_no, status, stage, path, day(started_on), day(stage_since), "
        "day(standing_since), closed_on, last_nth, version from opportunities"
    )
    assert row == [("OP008", "in progress", 2, "1 2", 2, 3, 4, None, 3, 4)]


def test_without_transitions_it_is_not_started(store: Store) -> None:
    """It has no stage, no amount and no chances yet."""
    record(store, history([opportunity()], []))
    row = store.rows(
        "select status, stage, amount, probability_percent, path, started_on, last_nth "
        "from opportunities"
    )
    assert row == [("not started", None, None, 0, "", None, 0)]


@pytest.mark.parametrize(
    ("action", "typed", "kept"),
    [("next", 35, 35), ("next", None, 70), ("next", 0, 70), ("skip", 35, 70), ("jump", 35, 70)],
)
def test_a_typed_chance_is_kept_but_for_skip_and_jump(
    store: Store, action: str, typed: int | None, kept: int
) -> None:
    """Stage 2 has chance 70: it fills gaps, and rules where a stage is skipped to or jumped to."""
    first, second = life(("first", 1), (action, 2))
    record(store, history([opportunity()], [first, second | {"chances_percent": typed}]))
    ((chances,),) = store.rows("select chances_percent from transitions where nth = 2")
    assert chances == kept


def test_winning_takes_the_won_amount_and_losing_nothing(store: Store) -> None:
    """The estimate of 100,000 stays in both; closing sets the expected close date to its day."""
    won = [row | {"won_amount": 88_000} for row in life(("won", 0), external_id="B")]
    command = RecordHistory(
        source="old system",
        opportunities=pd.DataFrame([opportunity("A"), opportunity("B")]),
        transitions=pd.DataFrame([*life(("lost", 0)), *won]),
    )
    record(store, command)
    rows = store.rows(
        "select external_id, amount::int, weighted_amount::int, chances_percent::int, "
        "completed_percent::int, probability_percent::int, expected_close_on, closed_on "
        "from opportunities order by external_id"
    )
    assert rows == [
        ("A", 100_000, 0, 0, 100, 0, DAY, DAY),
        ("B", 100_000, 88_000, 100, 100, 100, DAY, DAY),
    ]


def test_an_amount_that_is_not_known_stays_unknown(store: Store) -> None:
    """Null is not zero: the weighted amount is null, too."""
    record(store, history([opportunity()], life(("first", 1), amount=None)))
    assert store.rows("select amount, weighted_amount from opportunities") == [(None, None)]


def test_moments_with_a_zone_are_kept_as_utc(store: Store) -> None:
    """Nine in the morning in Tokyo is midnight in Greenwich."""
    moment = pd.Timestamp("2026-03-02 09:00", tz="Asia/Tokyo")
    record(store, history([opportunity()], life(("first", 1), recorded_at=moment)))
    assert store.rows("select recorded_at from transitions") == [(datetime.combine(DAY, time(0)),)]


def test_numbers_are_given_by_day_of_creation_and_go_on(store: Store) -> None:
    """OP009 is given by hand, so the others get OP008 and OP010; the next made is OP011."""
    later = DAY + timedelta(days=1)
    opportunities = [
        opportunity("LATE", created_on=later, opportunity_no=None),
        opportunity("EARLY", opportunity_no=None),
        opportunity("MANUAL", opportunity_no="OP009"),
    ]
    record(store, history(opportunities, []))
    numbers = dict(store.rows("select external_id, opportunity_no from opportunities"))
    assert numbers == {"EARLY": "OP008", "MANUAL": "OP009", "LATE": "OP010"}
    wish = CreateOpportunity(
        description="Next", contact_no="C1", owner_code="ANN", cycle_code="ADD"
    )
    (made,) = carry_out(store, wish, by="ANN", today=later)
    assert made.no == "OP011"
    assert store.rows("select max(opportunity_id) from opportunities") == [(4,)]


def test_a_series_that_ends_refuses_the_whole_history(store: Store) -> None:
    """OP008 to OP999 are 992 numbers."""
    opportunities = [opportunity(str(number)) for number in range(993)]
    with pytest.raises(NumberSeriesEndedError, match="OP999"):
        record(store, history(opportunities, []))
    assert store.rows("select count(*) from opportunities") == [(0,)]


def test_contacts_come_along_where_they_are_new(store: Store) -> None:
    """C1 is known and stays as it is; a company is its own company; the deal is with P2's."""
    contacts = pd.DataFrame(
        [
            ("C1", "company", "Another name", None, None, True),
            ("C2", "company", "Bakery Ltd", None, "ANN", True),
            ("P2", "person", "Zoe Adler", "C2", None, None),
        ],
        columns=["contact_no", "type", "name", "company_no", "owner_code", "is_customer"],
    )
    record(store, history([opportunity(contact_no="P2")], [], contacts=contacts))
    assert store.rows("select contact_no, name, company_no from contacts order by contact_no") == [
        ("C1", "Kiosk Ltd", "C1"),
        ("C2", "Bakery Ltd", "C2"),
        ("P2", "Zoe Adler", "C2"),
    ]
    assert store.rows("select contact_no, company_no from opportunities") == [("P2", "C2")]


def test_the_log_lies_in_the_order_of_its_days(store: Store) -> None:
    """So that reading an early day can stop early."""
    late = life(("first", 1), external_id="A", valid_from=DAY + timedelta(days=9))
    early = life(("first", 1), ("next", 2), external_id="B")
    record(store, history([opportunity("A"), opportunity("B")], [*late, *early]))
    days = [day for (day,) in store.rows("select valid_from from transitions order by rowid")]
    assert days == sorted(days)


def change(row: int, /, **columns: object) -> Callable[[list[dict[str, Any]]], None]:
    """Give a way to spoil one row of a life."""

    def spoil(rows: list[dict[str, Any]]) -> None:
        rows[row - 1] |= columns

    return spoil


def test_a_win_whose_order_was_deleted_goes_on_as_a_loss(store: Store) -> None:
    """Won, then lost without a reopening between; nothing else may follow a close, nor this."""
    closed = life(("first", 1), ("won", 0), ("lost", 0))
    record(store, history([opportunity()], closed))
    rows = store.rows("select action, stage, from_stage, weighted_amount from transitions")
    assert rows[1:] == [("won", 0, 1, 100_000), ("lost", 0, 0, 0)]
    assert store.rows("select status from opportunities") == [("lost",)]
    assert check(store).intact
    for again in (("won", "won"), ("lost", "lost"), ("lost", "won"), ("won", "update")):
        rows_again = life(("first", 1), *((action, 0) for action in again))
        with pytest.raises(HistoryRefusedError, match="after they were closed"):
            record(store, history([opportunity()], rows_again, source="other"))


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (change(2, action="leap"), "unknown action"),
        (change(2, valid_from=None), "undated"),
        (change(2, nth=5), "not in sequence"),
        (change(2, valid_from=date(2026, 3, 1)), "runs backwards"),
        (change(1, action="next"), "wrong beginning"),
        (change(2, action="first"), "begins again"),
        (change(1, action="lost", stage=0), "after the close"),
        (change(2, action="reopen"), "reopened while open"),
        (change(2, stage=7), "unknown stage"),
        (change(3, stage=2), "closed in a stage"),
        (change(2, action="update"), "moved without a move"),
        (change(2, amount=-1), "negative amount"),
        (change(2, chances_percent=101), "chances out of range"),
        (change(3, close_reason_code="L"), "unknown close reason"),
        (change(2, owner_code="ZED"), "unknown owner"),
        (change(2, external_id="?"), "of no opportunity"),
    ],
)
def test_a_spoiled_life_is_refused_by_name(
    store: Store, spoil: Callable[[list[dict[str, Any]]], None], key: str
) -> None:
    """Stage 1, stage 2, won; one thing is wrong with it, and nothing is recorded."""
    rows = life(("first", 1), ("next", 2), ("won", 0))
    spoil(rows)
    with pytest.raises(HistoryRefusedError) as refused:
        record(store, history([opportunity()], rows))
    assert key in [fault.key for fault in refused.value.faults]
    assert store.rows("select count(*) from transitions") == [(0,)]


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ({"cycle_code": "NONE"}, "unknown cycle"),
        ({"owner_code": "ZED"}, "unknown owner"),
        ({"contact_no": "C9"}, "unknown contact"),
        ({"campaign_no": "X"}, "unknown campaign"),
        ({"priority": "urgent"}, "unknown priority"),
        ({"description": None}, "nameless"),
    ],
)
def test_an_opportunity_that_names_nothing_known_is_refused(
    store: Store, columns: dict[str, object], key: str
) -> None:
    """Nothing is made up for it."""
    with pytest.raises(HistoryRefusedError) as refused:
        record(store, history([opportunity(**columns)], []))
    assert [fault.key for fault in refused.value.faults] == [key]


def test_a_refusal_says_how_many_and_the_first_few(store: Store) -> None:
    """Five wrong cycles and a negative amount, in one sentence."""
    opportunities = [opportunity(name, cycle_code="NEWW") for name in "ABCDE"]
    opportunities.append(opportunity("F"))
    rows = life(("first", 1), external_id="F", amount=-5)
    with pytest.raises(HistoryRefusedError) as refused:
        record(store, history(opportunities, rows))
    assert str(refused.value) == (
        "The history from “old system” cannot be recorded. "
        "1 amounts are negative: F (-5.00); "
        "5 opportunities name a sales cycle that does not exist: "
        "A (NEWW), B (NEWW), C (NEWW) and 2 more."
    )


def test_the_same_history_twice_is_refused(store: Store) -> None:
    """One source gives an external id once; another source may use it, too."""
    once = history([opportunity()], life(("first", 1)))
    record(store, once)
    with pytest.raises(HistoryRefusedError, match="recorded already: A"):
        record(store, once)
    record(store, history([opportunity()], [], source="another system"))
    assert store.rows("select count(*) from opportunities") == [(2,)]


def test_one_external_id_for_two_is_refused(store: Store) -> None:
    """Nobody could tell whose the transitions are."""
    with pytest.raises(HistoryRefusedError, match="more than one opportunity: A"):
        record(store, history([opportunity(), opportunity()], []))


def test_a_refused_history_can_be_mended_and_recorded(store: Store) -> None:
    """The refusal leaves nothing in the way."""
    with pytest.raises(HistoryRefusedError):
        record(store, history([opportunity()], life(("next", 1))))
    record(store, history([opportunity()], life(("first", 1))))
    assert check(store).intact


def test_a_column_that_must_be_there_is_asked_for(store: Store) -> None:
    """Optional columns are not."""
    command = history([opportunity()], life(("first", 1)))
    lacking = RecordHistory(
        source="old system",
        opportunities=command.opportunities,
        transitions=command.transitions.drop(columns="valid_from"),
    )
    with pytest.raises(HistoryColumnsError, match="transitions lacks the columns valid_from"):
        record(store, lacking)


MOVES = [("next", 1), ("next", 2), ("next", 3), ("previous", 1), ("skip", 3), ("jump", 2)]
STANDS = [("update", None), ("reassign", None), ("edit", None)]


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[str, int]]:
    """Any life: moves, updates that stay, perhaps a close, perhaps a reopening after it."""
    told: list[tuple[str, int]] = [("first", draw(st.integers(1, 3)))]
    for action, stage in draw(st.lists(st.sampled_from(MOVES + STANDS), max_size=6)):
        told.append((action, told[-1][1] if stage is None else stage))
    if draw(st.booleans()):
        told.append((draw(st.sampled_from(["won", "lost"])), 0))
        if draw(st.booleans()):
            told.append(("reopen", draw(st.integers(1, 3))))
    return told


@given(st.lists(lives(), min_size=1, max_size=5))
@examples(12)
def test_any_history_gives_an_intact_log(told: list[list[tuple[str, int]]]) -> None:
    """The store's check agrees, and paths are what walking them one by one gives."""
    ids = [f"X{number}" for number in range(len(told))]
    transitions = [
        row for id_, moves in zip(ids, told, strict=True) for row in life(*moves, external_id=id_)
    ]
    with pipeline.open() as store:
        carry_out(store, *company(), by="ANN", today=DAY)
        record(store, history([opportunity(id_) for id_ in ids], transitions))
        assert check(store).intact, str(check(store))
        paths = store.rows(
            "select external_id, list(t.path order by nth) from transitions as t "
            "join opportunities using (opportunity_id) group by external_id"
        )
    assert dict(paths) == {id_: walked(moves) for id_, moves in zip(ids, told, strict=True)}


def walked(moves: list[tuple[str, int]]) -> list[str]:
    """Give the path after each move, one by one as the domain lengthens it."""

    def step(path: str, move: tuple[str, int]) -> str:
        return lengthen(path, move[1]) if Action(move[0]) in STARTS_A_STAY else path

    return list(accumulate(moves, step, initial=""))[1:]
