"""What reports leave out is counted and said: drafts, missing amounts and dates, other reasons."""

from collections.abc import Iterator
from datetime import date, datetime

import pandas as pd
import pytest

import pipeline
from pipeline import reports
from pipeline.commands import (
    ActivateFirstStage,
    CloseAsLost,
    CloseAsWon,
    CreateOpportunity,
    RecordHistory,
    RemoveStage,
    carry_out,
)
from pipeline.domain.scope import Scope, Selection
from pipeline.store import Store
from tests.stories import company, three_stages

DAY = date(2025, 1, 10)
NOW = Scope(as_of=date(2025, 1, 31))


@pytest.fixture
def store() -> Iterator[Store]:
    """A company with one cycle, ready to sell."""
    with pipeline.open(":memory:") as store:
        carry_out(store, *company(), *three_stages("ONE"), by="ANN", today=date(2025, 1, 1))
        yield store


def draft(no: str) -> CreateOpportunity:
    """A wish for an opportunity that is not started."""
    return CreateOpportunity(
        no=no, description=no, contact_no="C1", owner_code="ANN", cycle_code="ONE"
    )


def imported(*lives: tuple[str, list[tuple[str, int]], float | None]) -> RecordHistory:
    """A wish to record lives that were lived elsewhere, a day per transition, without dates."""
    opportunities = pd.DataFrame(
        {
            "external_id": [key for key, _, _ in lives],
            "description": [key for key, _, _ in lives],
            "contact_no": "C1",
            "owner_code": "ANN",
            "cycle_code": "ONE",
            "campaign_no": None,
            "created_on": DAY,
        }
    )
    rows = [
        (key, nth, action, stage, amount, date(2025, 1, 9 + nth))
        for key, life, amount in lives
        for nth, (action, stage) in enumerate(life, start=1)
    ]
    transitions = pd.DataFrame(
        rows, columns=["external_id", "nth", "action", "stage", "amount", "valid_from"]
    ).assign(
        chances_percent=None,
        expected_close_on=None,
        owner_code=None,
        close_reason_code=None,
        recorded_at=datetime(2025, 1, 20, 12),  # noqa: DTZ001  moments are UTC without a zone
        recorded_by="ANN",
    )
    return RecordHistory(source="elsewhere", opportunities=opportunities, transitions=transitions)


def test_drafts_are_counted_apart_until_they_start(store: Store) -> None:
    """Two are entered, one starts on the 20th: left out are two before, one after."""
    carry_out(store, draft("OP1"), draft("OP2"), by="ANN", today=DAY)
    start = ActivateFirstStage(opportunity_no="OP1", amount=500)
    carry_out(store, start, by="ANN", today=date(2025, 1, 20))
    early, late = (Scope(as_of=date(2025, 1, day)) for day in (19, 20))
    for report in (reports.weighted_pipeline, reports.stage_conversion, reports.stage_statistics):
        assert report(store, early).excluded == {"that are not started": 2}
        assert report(store, late).excluded == {"that are not started": 1}
    assert reports.weighted_pipeline(store, late).totals["amount"] == 500
    drafts = reports.opportunities(store, late, Selection(statuses=("not started",)))
    assert drafts.frame["opportunity_no"].tolist() == ["OP2"]


def test_an_amount_that_is_not_known_counts_but_adds_nothing(store: Store) -> None:
    """One of 100, one without an amount: two opportunities, 100, and it is said."""
    history = imported(("A", [("first", 1)], 100), ("B", [("first", 1)], None))
    carry_out(store, history, by="ANN", today=NOW.as_of)
    report = reports.weighted_pipeline(store, NOW)
    assert (report.totals["opportunities"], report.totals["amount"]) == (2, 100)
    assert report.excluded == {"without an amount, from the sums only": 1}
    behind = reports.opportunities(store, *report.behind(report.frame.iloc[0], "without_amount"))
    assert behind.frame["description"].tolist() == ["B"]


def test_what_has_no_date_is_outside_every_period(store: Store) -> None:
    """Without a period it stands in the row without a month; with one it is left out."""
    carry_out(store, imported(("A", [("first", 1)], 100)), by="ANN", today=NOW.as_of)
    by_month = reports.weighted_pipeline(store, NOW, by="month")
    assert by_month.frame["expected_month"].isna().tolist() == [True]
    behind = reports.opportunities(store, *by_month.behind(by_month.frame.iloc[0]))
    assert behind.totals["opportunities"] == 1
    january = Scope(as_of=NOW.as_of, from_on=date(2025, 1, 1), to_on=date(2025, 1, 31))
    report = reports.weighted_pipeline(store, january)
    assert report.totals["opportunities"] == 0
    assert report.excluded == {"without an expected close date, outside every period": 1}


def test_what_was_entered_twice_is_no_defeat(store: Store) -> None:
    """One won, one lost on price, one closed because it was there twice: 1 of 2."""
    carry_out(store, draft("OP1"), draft("OP2"), draft("OP3"), by="ANN", today=DAY)
    carry_out(
        store,
        CloseAsWon(opportunity_no="OP1", sales_amount=70),
        CloseAsLost(opportunity_no="OP2", close_reason_code="PRICE"),
        CloseAsLost(opportunity_no="OP3", close_reason_code="DOUBLE"),
        by="ANN",
        today=date(2025, 1, 20),
    )
    report = reports.win_rate(store, NOW)
    assert (report.totals["won"], report.totals["decided"]) == (1, 2)
    assert report.excluded == {"closed for a reason that does not count in the win rate": 1}
    reasons = reports.close_reasons(store, NOW).frame
    assert reasons["close_reason_code"].tolist() == ["DOUBLE", "PRICE", "GOOD"]


def test_closed_without_starting_reached_no_stage(store: Store) -> None:
    """It was won from the draft: the win rate counts it, the conversion leaves it out."""
    carry_out(store, draft("OP1"), by="ANN", today=DAY)
    won = CloseAsWon(opportunity_no="OP1", sales_amount=70)
    carry_out(store, won, by="ANN", today=date(2025, 1, 20))
    assert reports.win_rate(store, NOW).totals["won"] == 1
    report = reports.stage_conversion(store, NOW)
    assert report.frame["reached"].tolist() == [0, 0, 0]
    assert report.totals["won_rate"] is None
    assert report.excluded == {"closed without ever being started": 1}


def test_a_stage_that_was_removed_is_passed_over(store: Store) -> None:
    """A was only in stage 3, B in 1 and 3; then 3 leaves the cycle: A has no place, B stands at 1.

    The entries in 3 stay in the statistics, under a name that says so.
    """
    history = imported(
        ("A", [("first", 3), ("lost", 0)], 100),
        ("B", [("first", 1), ("skip", 3), ("lost", 0)], 100),
    )
    carry_out(store, history, by="ANN", today=NOW.as_of)
    carry_out(store, RemoveStage(cycle_code="ONE", stage=3), by="ANN", today=NOW.as_of)
    report = reports.stage_conversion(store, NOW)
    assert report.frame["reached"].tolist() == [1, 0]
    assert report.frame["lost_here"].tolist() == [1, 0]
    assert report.excluded == {"only ever in stages the cycle no longer has": 1}
    stages = reports.stage_statistics(store, NOW).frame
    assert stages["stage_description"].tolist() == ["Qualify", "Propose", "Stage 3 (removed)"]
    assert stages["entries_ever"].tolist() == [1, 0, 2]


def test_a_store_without_anything_reports_nothing() -> None:
    """No cycle, no opportunity: empty tables, noughts, and no rate."""
    with pipeline.open(":memory:") as empty:
        for name, report in reports.REPORTS.items():
            made = report(empty, NOW)
            assert made.name == name
            assert made.excluded == {}
        assert reports.weighted_pipeline(empty, NOW).frame.empty
        assert reports.opportunities(empty, NOW).totals["opportunities"] == 0
        assert reports.win_rate(empty, NOW).totals["win_rate"] is None


@pytest.mark.parametrize("known_at", [None, datetime(2025, 2, 1, 12)])  # noqa: DTZ001  UTC
def test_a_past_owner_keeps_the_past(store: Store, known_at: datetime | None) -> None:
    """Scopes look at the owner of the day: nobody else's pipeline has it."""
    carry_out(store, imported(("A", [("first", 1)], 100)), by="ANN", today=NOW.as_of)
    for owner, opportunities in (("ANN", 1), ("BOB", 0)):
        scope = Scope(as_of=NOW.as_of, owners=(owner,), known_at=known_at)
        assert reports.weighted_pipeline(store, scope).totals["opportunities"] == opportunities
