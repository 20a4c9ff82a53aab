"""The CRM export that Maven Analytics published: 8,800 opportunities, compared with its figures."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.commands import carry_out
from pipeline.importing.draft import plan_import
from pipeline.store import Store
from pipeline.store.check import check

pytestmark = pytest.mark.third_party

IMPORTED_ON = date(2018, 1, 1)
WON_BY_MONTH = {
    3: (531, 1_134_672),
    4: (285, 721_932),
    5: (438, 1_025_713),
    6: (531, 1_338_466),
    7: (308, 696_932),
    8: (446, 1_050_059),
    9: (503, 1_235_264),
    10: (279, 731_980),
    11: (406, 938_943),
    12: (511, 1_131_573),
}


@pytest.fixture(scope="module")
def maven(datasets: Path) -> Store:
    """The store after the import of pipeline, accounts and teams."""
    folder = datasets / "maven_crm"
    files = [folder / name for name in ("sales_pipeline.csv", "accounts.csv", "sales_teams.csv")]
    store = Store.open(":memory:")
    plan = plan_import(store, files, by="ME", today=IMPORTED_ON)
    carry_out(store, *plan.commands, by="ME", today=IMPORTED_ON)
    return store


def test_every_opportunity_is_there_with_its_outcome(maven: Store) -> None:
    """8,800: 4,238 won for 10,005,534, 2,473 lost, 1,589 engaging, 500 prospecting."""
    rows = maven.rows(
        "select status, stage, count(*), sum(weighted_amount)::bigint from opportunities "
        "group by all order by all"
    )
    assert rows == [
        ("in progress", 1, 500, None),
        ("in progress", 2, 1589, None),
        ("lost", 0, 2473, 0),
        ("won", 0, 4238, 10_005_534),
    ]
    assert check(maven).intact


def test_days_to_close_are_those_of_the_file(maven: Store) -> None:
    """Won 51.78 on average and 57 in the middle, lost 41.48 and 14, both 47.99 and 45."""
    rows = maven.rows(
        "select status, round(avg(closed_on - created_on), 2), median(closed_on - created_on) "
        "from opportunities where closed_on is not null group by rollup (status) order by 1"
    )
    assert rows == [("lost", 41.48, 14), ("won", 51.78, 57), (None, 47.99, 45)]


def test_won_by_month_adds_up(maven: Store) -> None:
    """Count and value of what was won in each month of 2017."""
    rows = maven.rows(
        "select month(valid_from), count(*), sum(weighted_amount)::bigint from transitions "
        "where action = 'won' group by 1"
    )
    assert {month: (count, amount) for month, count, amount in rows} == WON_BY_MONTH


def test_the_open_set_of_a_past_day_is_read_from_the_log(maven: Store) -> None:
    """On 2017-06-30 there were 1,686 engaged; 969 of them closed in the third quarter."""
    rows = maven.rows(
        "with open_then as (select opportunity_id from transitions "
        "where valid_from <= '2017-06-30' and (valid_to is null or valid_to > '2017-06-30') "
        "and action not in ('won', 'lost')) "
        "select count(*), count(*) filter (closed_on between '2017-07-01' and '2017-09-30'), "
        "sum(weighted_amount) filter (status = 'won' and closed_on <= '2017-09-30')::bigint "
        "from opportunities join open_then using (opportunity_id)"
    )
    assert rows == [(1686, 969, 1_441_450)]


def test_nothing_is_left_unsaid(datasets: Path) -> None:
    """Missing accounts, missing dates and missing amounts are counted in the plan."""
    with Store.open(":memory:") as store:
        file = datasets / "maven_crm" / "sales_pipeline.csv"
        plan = plan_import(store, [file], by="ME", today=IMPORTED_ON)
    assert plan.notes[0].startswith("1,425 opportunities name no contact")
    assert plan.notes[1].startswith("500 opportunities carry no date")
    assert plan.faults.empty
