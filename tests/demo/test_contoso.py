"""The published example company comes out with its published figures."""

from collections.abc import Iterator
from datetime import date

import pytest

import pipeline
from pipeline.commands import CreateOpportunity, carry_out
from pipeline.demo.contoso import WORK_DATE, load_contoso
from pipeline.domain.errors import StoreNotEmptyError
from pipeline.store import Store
from pipeline.store.check import check


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """The example company, in memory."""
    with pipeline.open() as store:
        load_contoso(store)
        yield store


def test_five_are_won_five_in_progress_one_not_started_four_lost(store: Store) -> None:
    """As the published company has it; so the win rate is 5 of 9."""
    counted = store.rows("select status, count(*) from opportunities group by status")
    assert dict(counted) == {"won": 5, "in progress": 5, "not started": 1, "lost": 4}


def test_the_open_pipeline_of_existing_customers_is_20500_weighted_410(store: Store) -> None:
    """Five opportunities, all in the first stage, which is 2 % completed; none is open in NEW."""
    open_ = store.rows(
        "select cycle_code, stage, count(*), sum(amount)::varchar, sum(weighted_amount)::varchar "
        "from opportunities where status = 'in progress' group by all"
    )
    assert open_ == [("EXISTING", 1, 5, "20500.00", "410.0000000000")]


def test_the_funnel_of_existing_customers_is_9_4_4_4(store: Store) -> None:
    """Entries ever made into stages 1 to 4."""
    funnel = store.rows(
        "select stage, count(*) from transitions "
        "where cycle_code = 'EXISTING' and stage > 0 group by stage order by stage"
    )
    assert [entries for _, entries in funnel] == [9, 4, 4, 4]


def test_the_first_opportunity_runs_through_its_published_entries(store: Store) -> None:
    """OP100015, "Assembling furniture": typed chances stay, the rest is computed.

    | stage | chances | completed | weighted amount | from | until |
    |---|---|---|---|---|---|
    | 1 | 10 | 2 | 200 | 6 January | 7 January |
    | 2 | 30 | 50 | 5,000 | 7 January | 11 January |
    | 3 | 55 | 80 | 9,600 | 11 January | 13 January |
    | 4 | 95 | 95 | 8,550 | 13 January | 26 January |
    | won | 100 | 100 | 9,000 | 26 January | |
    """
    rows = store.rows(
        "select t.stage, t.chances_percent::int, t.completed_percent::int, "
        "t.weighted_amount::int, day(valid_from), day(valid_to) "
        "from transitions as t join opportunities using (opportunity_id) "
        "where opportunity_no = 'OP100015' order by nth"
    )
    assert rows == [
        (1, 10, 2, 200, 6, 7),
        (2, 30, 50, 5000, 7, 11),
        (3, 55, 80, 9600, 11, 13),
        (4, 95, 95, 8550, 13, 26),
        (0, 100, 100, 9000, 26, None),
    ]


def test_new_customers_count_by_chances(store: Store) -> None:
    """The cycle NEW takes the chance of success alone: 20,000 at 50 % is 10,000."""
    ((weighted,),) = store.rows(
        "select t.weighted_amount::int "
        "from transitions as t join opportunities using (opportunity_id) "
        "where opportunity_no = 'OP100018' and nth = 2"
    )
    assert weighted == 10_000


def test_three_were_lost_before_they_were_started(store: Store) -> None:
    """They have one entry, without a stage, and were never anywhere."""
    rows = store.rows(
        "select opportunity_no, last_nth, path, amount::int from opportunities "
        "where status = 'lost' and path = '' order by opportunity_no"
    )
    assert rows == [("OP100038", 1, "", 0), ("OP100039", 1, "", 0), ("OP100040", 1, "", 0)]


def test_every_close_reason_that_was_used_was_used_once(store: Store) -> None:
    """Nine of eighteen."""
    used = store.rows(
        "select close_reason_code, count(*) from opportunities "
        "where close_reason_code is not null group by close_reason_code"
    )
    assert len(used) == 9
    assert {times for _, times in used} == {1}


def test_the_log_is_intact(store: Store) -> None:
    """By the store's own check."""
    assert str(check(store)) == "The log is intact: 15 opportunities, 35 transitions."


def test_work_goes_on_where_the_example_ends() -> None:
    """The next opportunity gets the first number of the series; contacts are persons."""
    with pipeline.open() as store:
        load_contoso(store)
        wish = CreateOpportunity(
            description="More chairs", contact_no="10001", owner_code="JO", cycle_code="NEW"
        )
        (recorded,) = carry_out(store, wish, by="JO", today=date(2026, 1, 29))
        assert recorded.no == "OP000001"


def test_a_store_with_opportunities_is_left_alone(store: Store) -> None:
    """Nobody gets an example company into real work by mistake."""
    with pytest.raises(StoreNotEmptyError, match="already holds 15 opportunities"):
        load_contoso(store, today=WORK_DATE)
