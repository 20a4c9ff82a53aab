"""The check finds what is broken: each rule is broken by hand once, and named."""

from collections.abc import Iterator
from datetime import date

import pytest

import pipeline
from pipeline.commands import CloseAsWon, MoveToNextStage, carry_out
from pipeline.store import Store
from pipeline.store.check import check
from tests.store.test_connection import set_up


@pytest.fixture
def store() -> Iterator[Store]:
    """Two opportunities: one in its second stage, one won."""
    with pipeline.open() as store:
        days = date(2026, 5, 15), date(2026, 5, 20)
        moved = set_up(store)
        carry_out(store, MoveToNextStage(opportunity_no=moved), by="JO", today=days[1])
        won = set_up(store)
        carry_out(
            store,
            CloseAsWon(opportunity_no=won, close_reason_code="W"),
            by="JO",
            today=days[1],
        )
        yield store


def test_an_untouched_log_is_intact(store: Store) -> None:
    """And the finding says how much it looked at."""
    assert str(check(store)) == "The log is intact: 2 opportunities, 4 transitions."


@pytest.mark.parametrize(
    ("tampering", "rule"),
    [
        ("update transitions set valid_to = null where nth = 1", "one current row"),
        ("update transitions set nth = 3 where nth = 2", "numbers without holes"),
        ("update transitions set valid_to = '2026-05-18' where nth = 1", "no gaps and no overlaps"),
        ("update transitions set valid_from = '2026-05-21' where nth = 1", "no gaps"),
        ("update transitions set from_stage = 0 where nth = 2", "the stage before"),
        ("update transitions set path = '1' where action = 'next'", "the path of stays"),
        ("update transitions set action = 'update' where nth = 1", "stages and closing"),
        ("update transitions set probability_percent = 3 where nth = 1", "probability"),
        ("update transitions set completed_percent = 3 where action = 'won'", "probability"),
        ("update transitions set weighted_amount = 3 where nth = 1", "weighted amount"),
        ("update opportunities set amount = 3", "the standing is the last row"),
        ("update opportunities set status = 'lost'", "the standing is the last row"),
        ("update opportunities set forecast_category = 'commit'", "the standing is the last row"),
        ("update opportunities set started_on = null", "when it was started"),
        ("delete from opportunities where status = 'won'", "no orphans"),
        ("delete from batches", "recorded in a batch"),
    ],
)
def test_a_broken_rule_is_named(store: Store, tampering: str, rule: str) -> None:
    """Whoever writes to the file by hand is found out."""
    store.execute(tampering)
    finding = check(store)
    assert not finding.intact
    assert rule in str(finding)
