"""What stands on the newest day: the copies that opportunities keep say what the log says."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given

import pipeline
from pipeline.demo.simulator import simulate
from pipeline.domain.scope import Scope
from pipeline.store import Store
from pipeline.store.frames import statement
from tests.random_stories import STORIES, Wish, examples, told

QUERIES: dict[str, dict[str, object]] = {
    "forecast_wins": {},
    "forecast_arrivals": {},
    "won_by_day": {"since": date(2020, 1, 1)},
    "forecast_rollup": {},
    "forecast_open": {
        "parts": 1_000_003,
        "cycle_codes": ["ONE", "TWO", "NEW"],
        "owner_codes": ["ANN", "BOB", "OF"],
        "categories": ["commit"],
    },
}


def read(store: Store, query: str, scope: Scope, *, is_newest: bool) -> pd.DataFrame:
    """A frame, with the log or with the copies."""
    sql, values = statement(query, scope, QUERIES[query], is_newest=is_newest)
    frame = store.execute(sql, values).df()
    return frame.sort_values(list(frame.columns), ignore_index=True)


def same(store: Store, scope: Scope) -> None:
    """Every query gives the same both ways."""
    for query in QUERIES:
        pd.testing.assert_frame_equal(
            read(store, query, scope, is_newest=True), read(store, query, scope, is_newest=False)
        )


@given(STORIES)
@examples(8)
def test_copies_say_what_the_log_says(wishes: list[Wish]) -> None:
    """Whatever was moved, closed, retracted, deleted: on the last day and long after it."""
    store, day = told(wishes)
    with store:
        for on in (day, day + timedelta(days=400)):
            same(store, Scope(as_of=on, from_on=date(2025, 1, 1), to_on=on))
            same(store, Scope(as_of=on, from_on=on, to_on=on, owners=("ANN",), contacts=("C1",)))


@pytest.mark.parametrize("known_at", [None, pd.Timestamp("2025-09-01").to_pydatetime()])
def test_an_earlier_day_is_read_from_the_log(known_at: object) -> None:
    """The copies know nothing of yesterday: a day before the newest has what stood then."""
    with pipeline.open(":memory:") as store:
        simulate(store, opportunities=120, seed=2, today=date(2026, 1, 1))
        then = Scope(as_of=date(2025, 6, 1), known_at=known_at)  # type: ignore[arg-type]
        wins = store.frame("forecast_wins", then)
        assert 0 < len(wins) < len(store.frame("forecast_wins", Scope(as_of=date(2026, 1, 1))))
        assert wins["won_day"].max() <= (date(2025, 6, 1) - date(1970, 1, 1)).days
