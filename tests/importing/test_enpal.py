"""A Pipedrive change log of 1,995 keys, five of which were used for two deals each."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.commands import carry_out
from pipeline.importing.draft import plan_import
from pipeline.importing.plan import ImportPlan
from pipeline.store import Store
from pipeline.store.check import check

pytestmark = pytest.mark.third_party

TODAY = date(2025, 4, 1)
USED_TWICE = {"399956", "554294", "556338", "851850", "955417"}


@pytest.fixture(scope="module")
def folder(datasets: Path) -> Path:
    """Where the log lies with its stages, people and fields."""
    return datasets / "enpal_pipedrive"


@pytest.fixture(scope="module")
def enpal(folder: Path) -> tuple[Store, ImportPlan]:
    """The store after the import, and the plan."""
    store = Store.open(":memory:")
    names = ("deal_changes.csv", "stages.csv", "users.csv", "fields.csv")
    plan = plan_import(store, [folder / name for name in names], by="ME", today=TODAY)
    carry_out(store, *plan.commands, by="ME", today=TODAY)
    return store, plan


def test_keys_that_were_used_twice_are_found_and_refused_whole(
    enpal: tuple[Store, ImportPlan],
) -> None:
    """Two lives under one key cannot be told apart; every row of theirs is named."""
    _, plan = enpal
    refused = plan.refused_rows()["deal_changes.csv"]
    assert set(refused["deal_id"]) == USED_TWICE
    assert (refused["changed_field_key"] == "add_time").sum() == 10
    assert len(plan.opportunities) == 1990


def test_stages_visited_and_reached_are_those_of_the_log(enpal: tuple[Store, ImportPlan]) -> None:
    """Visited 1,990 to 322; reached, skipped stages counted, 1,990; 1,985; 1,946 to 322."""
    store, _ = enpal
    visited = store.rows(
        "select stage, count(distinct opportunity_id) from transitions where stage > 0 "
        "group by 1 order by 1"
    )
    assert [n for _, n in visited] == [1990, 1474, 1300, 1082, 892, 738, 586, 476, 322]
    reached = store.rows(
        "select n, count(*) from range(1, 10) as t(n), "
        "(select max(stage) as furthest from transitions group by opportunity_id) "
        "where furthest >= n group by 1 order by 1"
    )
    assert [n for _, n in reached] == [1990, 1985, 1946, 1857, 1688, 1419, 1076, 720, 322]
    back = store.rows("select 1 from transitions where action in ('previous', 'jump')")
    assert back == []


def test_every_deal_was_lost_after_the_days_and_for_the_reasons_of_the_log(
    enpal: tuple[Store, ImportPlan],
) -> None:
    """104.74 days on average, 104 in the middle, 16 to 228; reasons by their labels."""
    store, _ = enpal
    days = store.rows(
        "select round(avg(closed_on - created_on), 2), median(closed_on - created_on), "
        "min(closed_on - created_on), max(closed_on - created_on) from opportunities "
        "where status = 'lost'"
    )
    assert days == [(104.74, 104, 16, 228)]
    reasons = store.rows(
        "select reason.description, count(*) from opportunities "
        "join close_reasons as reason using (close_reason_code) group by 1"
    )
    assert dict(reasons)["Pricing Issues"] == 399
    assert sum(dict(reasons).values()) == 1990
    assert check(store).intact


def test_each_stage_lasts_one_to_thirty_days(enpal: tuple[Store, ImportPlan]) -> None:
    """About 15.6 on average: nothing was split or joined."""
    store, _ = enpal
    stays = store.rows(
        "select min(valid_to - valid_from), max(valid_to - valid_from), "
        "round(avg(valid_to - valid_from), 1) from transitions where stage > 0"
    )
    assert stays == [(1, 30, 15.6)]


def test_people_have_their_names(enpal: tuple[Store, ImportPlan]) -> None:
    """The log holds numbers; the table of users beside it knows who they are."""
    store, _ = enpal
    assert store.rows("select name from salespeople where owner_code = 'PIPEDRIVE-1463'") != [
        ("1463",)
    ]
