"""The simulated company keeps to its stated truth, and lives like a company."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pipeline
from pipeline.demo.simulator import (
    BLOCK,
    RecordBlock,
    draw_company,
    simulate,
    truth_path,
)
from pipeline.domain.errors import StoreNotEmptyError
from pipeline.domain.transitions import Action
from pipeline.store import Store
from pipeline.store.check import check

TODAY = date(2026, 1, 28)
SIZE = 20_000
MATURE = "date '2024-01-28'"
"""What began two years before the last day has come to its end, but for very few."""

Lived = tuple[Store, dict[str, Any]]


@pytest.fixture(scope="module")
def lived() -> Iterator[Lived]:
    """A company of 20,000 opportunities and what is true of it."""
    with pipeline.open() as store:
        yield store, simulate(store, opportunities=SIZE, seed=11, today=TODAY)


def fingerprint(store: Store) -> str:
    """A hash of every row of opportunities and log, but for when it was simulated."""
    rows = [
        *store.rows("select * exclude (batch_id) from opportunities order by opportunity_id"),
        *store.rows("select * exclude (batch_id) from transitions order by opportunity_id, nth"),
        *store.rows("select * from contacts order by contact_no"),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def assert_drawn_from_the_truth(frame: pd.DataFrame) -> None:
    """Counts that `happened` among `of` scatter about their true `share` as chance has it.

    Each is within three standard errors, but for one in a hundred where there are many; their
    mean square is near 1, so that neither rates nor the independence of the draws are off.
    """
    happened, of, share = (frame[name].to_numpy(float) for name in ("happened", "of", "share"))
    far = (happened - of * share) / np.sqrt(of * share * (1 - share))
    told = frame.assign(far=far).sort_values("far").to_string()
    assert len(far)
    assert (np.abs(far) > 3).sum() <= len(far) // 100, told
    assert np.mean(far**2) < 1 + 3 * np.sqrt(2 / len(far)), told


# --- the same again ----------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_company() -> None:
    """Row by row; another seed gives another one."""

    def made(seed: int) -> str:
        with pipeline.open() as store:
            simulate(store, opportunities=600, seed=seed, today=TODAY)
            return fingerprint(store)

    assert made(1) == made(1)
    assert made(1) != made(2)


def test_a_block_does_not_depend_on_those_before_it() -> None:
    """The second block made alone is the second block made after the first."""
    company = draw_company(opportunities=BLOCK + 400, seed=5, today=TODAY)
    alone = RecordBlock(company=company, number=1).history()
    RecordBlock(company=company, number=0).history()
    after = RecordBlock(company=company, number=1).history()
    pd.testing.assert_frame_equal(alone.opportunities, after.opportunities)
    pd.testing.assert_frame_equal(alone.transitions, after.transitions)
    assert len(alone.opportunities) == 400
    assert alone.opportunities["external_id"].iloc[0] == f"D{BLOCK + 1:08}"


# --- it lives like a company -------------------------------------------------------------------


def test_its_log_is_intact(lived: Lived) -> None:
    """By the store's own check."""
    assert check(lived[0]).intact, str(check(lived[0]))


def test_everything_that_can_happen_happens(lived: Lived) -> None:
    """Moves of all kinds, updates, handovers, closings, reopenings."""
    actions = lived[0].rows("select distinct action from transitions")
    assert {action for (action,) in actions} == {action.value for action in Action}


def test_about_a_tenth_is_open(lived: Lived) -> None:
    """Four years after it began, as in companies that close in months."""
    ((share,),) = lived[0].rows(
        "select avg((status in ('in progress', 'not started'))::int) from opportunities"
    )
    assert 0.08 < share < 0.15


def test_nothing_is_dated_after_the_last_evening(lived: Lived) -> None:
    """Neither business days nor moments of recording; expected close dates look ahead."""
    store, _ = lived
    ((day, moment, created),) = store.rows(
        "select max(valid_from), max(recorded_at), (select max(created_on) from opportunities) "
        "from transitions"
    )
    assert day < TODAY
    assert created < TODAY
    assert moment < datetime.combine(TODAY, datetime.min.time())


def test_rows_are_recorded_in_order_some_late_none_early(lived: Lived) -> None:
    """A quarter is recorded on a later day than it happened."""
    store, _ = lived
    assert store.rows(
        "select count(*) from (select recorded_at, lag(recorded_at) over "
        "(partition by opportunity_id order by nth) as before from transitions) "
        "where recorded_at <= before"
    ) == [(0,)]
    ((early, late),) = store.rows(
        "select count(*) filter (recorded_at < valid_from), "
        "avg((recorded_at::date > valid_from)::int) from transitions"
    )
    assert early == 0
    assert 0.1 < late < 0.35


def test_it_obeys_the_moves_that_cycles_offer(lived: Lived) -> None:
    """Only stages that allow it are skipped, and a jump goes back by two at least."""
    skipped = lived[0].rows(
        "select distinct t.cycle_code, t.stage - 1, s.allow_skip from transitions as t "
        "join stages as s on s.cycle_code = t.cycle_code and s.stage = t.stage - 1 "
        "where action = 'skip'"
    )
    assert skipped
    assert all(allowed for *_, allowed in skipped)
    assert lived[0].rows(
        "select count(*) from transitions where action = 'jump' and stage > from_stage - 2"
    ) == [(0,)]


def test_losses_by_duplicates_are_not_in_the_win_rate(lived: Lived) -> None:
    """They are lost early, and their reason says so; no decision counts as a loss."""
    ((duplicates, latest),) = lived[0].rows(
        "select count(*), max(from_stage) from transitions "
        "join close_reasons using (close_reason_code) where not in_win_rate"
    )
    assert duplicates > 0
    assert latest == 2


def test_arrivals_have_seasons(lived: Lived) -> None:
    """August is quieter than the months on both sides, and weekends are quiet."""
    months = dict(
        lived[0].rows("select month(created_on), count(*) from opportunities group by all")
    )
    assert months[8] < 0.8 * min(months[6], months[9])
    ((weekend,),) = lived[0].rows("select avg((isodow(created_on) >= 6)::int) from opportunities")
    assert weekend < 0.05


# --- it keeps to the truth ---------------------------------------------------------------------

SEGMENTS = """
with segments as (
    select contact_no as company_no, case
        when name similar to '.* (Group|Holding|International)' then 'large'
        when name similar to '.* (Ltd|Supplies|Works)' then 'medium'
        else 'small'
    end as segment
    from contacts where type = 'company'
)
"""
GROUP = ["cycle", "segment"]


def started(store: Store) -> pd.DataFrame:
    """Opportunities that started two years before the end: how far they came, whether they won."""
    return store.execute(
        f"""{SEGMENTS}
        select
            cycle_code as cycle, segment, status = 'won' as won,
            list_max(string_split(path, ' ')::integer[]) as furthest,
            first_owner as owner_code
        from opportunities
        join segments using (company_no)
        join (
            select opportunity_id, owner_code as first_owner
            from transitions where action = 'first'
        ) using (opportunity_id)
        where started_on < {MATURE}
        """  # noqa: S608 - composed of this module's own constants
    ).df()


def stays(store: Store) -> pd.DataFrame:
    """Stays that began two years before the end: how they ended, after how many days."""
    return store.execute(
        f"""{SEGMENTS}
        select
            moves.cycle_code as cycle, segment, moves.stage, ended_by,
            coalesce(ended_on, date '{TODAY}') - moves.valid_from as days
        from (
            select
                *,
                lead(action) over life as ended_by,
                lead(valid_from) over life as ended_on
            from transitions
            where action not in ('update', 'reassign', 'edit')
            window life as (partition by opportunity_id order by nth)
        ) as moves
        join opportunities using (opportunity_id)
        join segments using (company_no)
        where moves.stage > 0 and moves.valid_from < {MATURE}
        """  # noqa: S608 - composed of this module's own constants
    ).df()


def test_win_rates_of_cycles_and_segments_are_the_true_ones(lived: Lived) -> None:
    """Won of started, in nine groups."""
    store, truth = lived
    true = pd.DataFrame(truth["groups"]).drop(columns="share")
    won = started(store).groupby(GROUP)["won"].agg(["sum", "size"]).reset_index()
    assert_drawn_from_the_truth(
        won.merge(true).rename(columns={"sum": "happened", "size": "of", "win_rate": "share"})
    )


def test_stages_are_reached_as_often_as_the_chain_says(lived: Lived) -> None:
    """In a stage or beyond it, or won: what the share of passing each stage multiplies up to."""
    store, truth = lived
    true = pd.DataFrame(truth["stages"]).rename(columns={"reached": "share"})
    seen = started(store).merge(true.loc[true["stage"] > 1, [*GROUP, "stage", "share"]])
    reached = seen.assign(reached=(seen["furthest"] >= seen["stage"]) | seen["won"])
    assert_drawn_from_the_truth(
        reached.groupby([*GROUP, "stage", "share"])["reached"]
        .agg(happened="sum", of="size")
        .reset_index()
    )


def test_stays_end_as_stated(lived: Lived) -> None:
    """Every kind of exit from every stage, for every segment."""
    store, truth = lived
    true = pd.DataFrame(
        [
            {**{name: row[name] for name in [*GROUP, "stage"]}, "ended_by": kind, "share": share}
            for row in truth["stages"]
            for kind, share in row["exits"].items()
            if 0 < share < 1
        ]
    )
    ended = stays(store)
    happened = ended.groupby([*GROUP, "stage", "ended_by"]).size().rename("happened").reset_index()
    of = ended.groupby([*GROUP, "stage"]).size().rename("of").reset_index()
    frame = true.merge(happened, how="left").fillna({"happened": 0}).merge(of)
    assert_drawn_from_the_truth(frame.loc[frame["of"] * frame["share"] >= 10])


@pytest.mark.parametrize("days", [0, 14, 60])
def test_stays_last_as_stated(lived: Lived, days: int) -> None:
    """The share that lasts longer, from every stage and for every segment."""
    store, truth = lived
    true = pd.DataFrame(
        [
            {**{n: row[n] for n in [*GROUP, "stage"]}, "share": row["lasts_longer"][str(days)]}
            for row in truth["stages"]
        ]
    )
    ended = stays(store)
    longer = (
        ended.assign(longer=ended["days"] > days)
        .groupby([*GROUP, "stage"])["longer"]
        .agg(happened="sum", of="size")
        .reset_index()
    )
    assert_drawn_from_the_truth(longer.merge(true))


def test_the_true_median_halves_the_stays(lived: Lived) -> None:
    """The smallest number of days within which half of the stays have ended."""
    for row in lived[1]["stages"]:
        assert row["p25_days"] <= row["median_days"] <= row["p75_days"]
    store, truth = lived
    true = pd.DataFrame(truth["stages"])[[*GROUP, "stage", "median_days"]]
    within = stays(store).merge(true)
    share = (within["days"] <= within["median_days"]).groupby(within["stage"]).mean()
    assert share.between(0.48, 0.56).all(), share


def test_owners_win_as_their_skill_has_it(lived: Lived) -> None:
    """Of what began with them; handovers are in the truth, too."""
    store, truth = lived
    true = pd.DataFrame(truth["owners"])[["owner_code", "win_rate"]]
    won = started(store).groupby("owner_code")["won"].agg(["sum", "size"]).reset_index()
    assert_drawn_from_the_truth(
        won.merge(true).rename(columns={"sum": "happened", "size": "of", "win_rate": "share"})
    )


# --- how it is recorded ------------------------------------------------------------------------


def test_the_truth_is_written_beside_the_store(tmp_path: Path) -> None:
    """As JSON, and it is what `simulate` gives back."""
    address = tmp_path / "small.duckdb"
    with pipeline.open(str(address)) as store:
        truth = simulate(store, opportunities=300, seed=2, today=TODAY)
        path = truth_path(store.address)
    assert path == tmp_path / "demo-truth.json"
    assert json.loads(path.read_text("utf-8")) == json.loads(json.dumps(truth))


def test_it_tells_how_far_it_is() -> None:
    """Opportunities recorded, of how many."""
    told: list[tuple[int, int]] = []
    with pipeline.open() as store:
        simulate(
            store,
            opportunities=300,
            seed=2,
            today=TODAY,
            progress=lambda done, of: told.append((done, of)),
        )
    assert told == [(300, 300)]


def test_a_run_that_is_stopped_leaves_nothing() -> None:
    """Not half a company, not even its set-up."""

    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pipeline.open() as store:
        with pytest.raises(KeyboardInterrupt):
            simulate(store, opportunities=300, seed=2, today=TODAY, progress=stop)
        for table in ("opportunities", "transitions", "contacts", "salespeople", "batches"):
            assert store.rows(f"from {table}") == []
        simulate(store, opportunities=300, seed=2, today=TODAY)
        assert check(store).intact


def test_it_needs_an_empty_store() -> None:
    """Real opportunities and invented ones are never mixed."""
    with pipeline.open() as store:
        simulate(store, opportunities=150, seed=2, today=TODAY)
        with pytest.raises(StoreNotEmptyError, match="already holds 150 opportunities"):
            simulate(store, opportunities=150, seed=2, today=TODAY)
