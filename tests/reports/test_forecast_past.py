"""Reading the past of a forecast from the log: the ten opportunities, and what was known when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

import pipeline
from pipeline import reports
from pipeline.commands import CloseAsWon, MoveToNextStage, carry_out
from pipeline.demo.simulator import simulate
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.method import METHODS
from pipeline.reports import forecast_past
from pipeline.reports.forecast_past import all_lives, earlier, past
from pipeline.store import Store
from tests.stories import Q1, QUARTER_END, ten_opportunities

FIRST_QUARTER = (date(2025, 1, 1), QUARTER_END)
SECOND_QUARTER = (date(2025, 4, 1), date(2025, 6, 30))
COLUMNS = ["amount", "stage", "position", "stages", "began_day", "entered_day", "pushes"]


def test_five_are_open_at_the_end_of_the_quarter(ten: Store) -> None:
    """Amounts, days and pushes of D04, D05, D07, D09, D10; 62,000 won."""
    known = past(ten, Q1, FIRST_QUARTER, QUARTER_END)
    found = known.open.sort_values("began_day")
    assert found["amount"].tolist() == [45_000, 14_000, 15_000, 5_000, 8_000]
    assert (known.cut_day - found["began_day"]).tolist() == [131, 93, 58, 49, 21]
    assert (known.cut_day - found["entered_day"]).tolist() == [39, 93, 38, 49, 21]
    assert found["pushes"].tolist() == [1, 1, 1, 0, 0]
    assert known.won == 62_000
    assert known.days_left == known.days_ahead == 0


def test_stage_weighted_adds_what_is_due_to_what_is_won(ten: Store) -> None:
    """On the eve of the second quarter: D04 6,000, D09 500 and D10 1,400 are due in it."""
    known = past(ten, Q1, SECOND_QUARTER, QUARTER_END)
    assert known.won == 0
    assert METHODS["stage-weighted"].forecast(known).mean == pytest.approx(7_900)


def test_a_team_is_forecast_by_what_it_owns_and_learns_from_all(ten: Store) -> None:
    """Nobody of the south has anything: nothing open, and the lives of the company are there."""
    known = past(ten, replace(Q1, teams=("SOUTH",)), FIRST_QUARTER, QUARTER_END)
    assert known.open.empty
    assert known.lives["opportunity_id"].nunique() == 10
    assert not known.lives["is_inside"].any()


def test_one_reading_serves_every_cut(ten: Store) -> None:
    """At any day the open ones are those that a reading of that day alone finds."""
    lives = all_lives(ten, Q1, QUARTER_END)
    for day in (date(2024, 12, 31), date(2025, 1, 31), date(2025, 3, 1), QUARTER_END):
        alone = past(ten, Q1, FIRST_QUARTER, day, as_known=True)
        found = lives.at(day, FIRST_QUARTER, earlier(FIRST_QUARTER))
        pd.testing.assert_frame_equal(found.open[COLUMNS], alone.open[COLUMNS])
        assert found.won == alone.won


@pytest.fixture
def told_late() -> Iterator[Store]:
    """The ten, of which D05 was moved on March 20 but recorded in May, and D10 won in April."""
    with pipeline.open(":memory:") as store:
        ten_opportunities(store)
        number = "select opportunity_no from opportunities where amount = {} and stage > 0"
        [(d05,)] = store.rows(number.format(45_000))
        [(d10,)] = store.rows(number.format(14_000))
        may = datetime(2025, 5, 2, 12)  # noqa: DTZ001  moments in the log are UTC
        carry_out(
            store, MoveToNextStage(opportunity_no=d05, on=date(2025, 3, 20)),
            by="ANN", today=date(2025, 5, 2), at=may,
        )  # fmt: skip
        carry_out(
            store, CloseAsWon(opportunity_no=d10, close_reason_code="GOOD"),
            by="ANN", today=date(2025, 5, 3), at=may,
        )  # fmt: skip
        yield store


def test_what_was_recorded_later_is_not_known(told_late: Store) -> None:
    """As known at the end of March D05 stands in stage 2; as recorded today in stage 3."""
    ask = (told_late, Q1, SECOND_QUARTER, QUARTER_END)
    then, now = past(*ask, as_known=True), past(*ask)
    assert then.open.loc[then.open["amount"] == 45_000, "stage"].tolist() == [2]
    assert now.open.loc[now.open["amount"] == 45_000, "stage"].tolist() == [3]
    assert len(then.open) == len(now.open) == 5
    assert now.notes
    assert not then.notes


def test_no_method_sees_what_was_recorded_later(told_late: Store, ten: Store) -> None:
    """The forecast of March, as known then, is what it is without the later entries."""
    for method in METHODS.values():
        found, plain = (
            method.forecast(past(store, Q1, SECOND_QUARTER, QUARTER_END, as_known=True), draws=300)
            for store in (told_late, ten)
        )
        assert found.mean == pytest.approx(plain.mean)


def test_an_imported_history_counts_as_known_on_its_days() -> None:
    """Everything was recorded today, in one batch: the past is read by the days it is about."""
    with pipeline.open(":memory:") as store:
        simulate(store, opportunities=400, seed=3, today=date(2026, 1, 1))
        store.execute("update transitions set recorded_at = timestamp '2026-01-02 09:00:00'")
        ask = (store, Scope(as_of=QUARTER_END), FIRST_QUARTER, QUARTER_END)
        then, now = past(*ask, as_known=True), past(*ask)
        assert len(then.open) == len(now.open) > 0
        assert then.won == now.won > 0


def test_a_large_company_is_sampled_and_its_sums_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """One in three tells how things go; open, won and begun are all of them."""
    with pipeline.open(":memory:") as store:
        simulate(store, opportunities=900, seed=3, today=date(2026, 1, 1))
        scope, cut = Scope(as_of=date(2025, 12, 1)), date(2025, 12, 1)
        period = (date(2025, 10, 1), date(2025, 12, 31))
        whole = past(store, scope, period, cut)
        monkeypatch.setattr(forecast_past, "SAMPLE", 300)
        part = past(store, scope, period, cut)
        assert part.lives_share == pytest.approx(1 / 3)
        assert 0.25 < part.lives["opportunity_id"].nunique() / 880 < 0.4
        names = ["opportunity_id", *COLUMNS, "expected_close_day"]
        one, two = (
            each.open[names].sort_values("opportunity_id", ignore_index=True)
            for each in (whole, part)
        )
        pd.testing.assert_frame_equal(one, two, check_dtype=False)
        assert part.won == pytest.approx(whole.won)
        assert part.arrivals["number"].sum() == whole.arrivals["number"].sum()


def test_a_sample_names_who_sells_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """An owner who stands in old rows of the log alone is read like everybody else."""
    with pipeline.open(":memory:") as store:
        simulate(store, opportunities=900, seed=3, today=date(2026, 1, 1))
        monkeypatch.setattr(forecast_past, "SAMPLE", 300)
        ask = (store, Scope(as_of=date(2025, 12, 1)), FIRST_QUARTER, date(2025, 12, 1))
        before = past(*ask)
        gone = before.lives["owner_code"].mode()[0]
        store.execute("update opportunities set owner_code = null where owner_code = ?", [gone])
        after = past(*ask)
        pd.testing.assert_series_equal(
            before.lives["owner_code"].astype("str"), after.lives["owner_code"].astype("str")
        )


def test_the_report_has_a_row_for_every_method(ten: Store) -> None:
    """Each with its range, its parts and what it rests on; five are open, three were won."""
    found = reports.forecast_methods(ten, Scope(as_of=date(2025, 3, 29)))
    frame = found.frame.set_index("method")
    assert list(frame.index) == list(METHODS)
    assert (frame["p10_amount"] <= frame["p90_amount"]).all()
    assert frame.loc["stage-weighted", "mean_amount"] == pytest.approx(62_000 + 18_000 + 800)
    assert (found.totals["in_progress"], found.totals["won"]) == (5, 3)
    assert "closed opportunities" in str(frame.loc["monte-carlo", "evidence"])
    assert "Only" in str(frame.loc["monte-carlo", "method_notes"])


def test_what_is_drawn_from_is_read_in_a_fixed_order() -> None:
    """Won opportunities that were recorded backwards are read by their number all the same."""
    with pipeline.open(":memory:") as store:
        simulate(store, opportunities=400, seed=3, today=date(2026, 1, 28))
        store.execute("create table backwards as from transitions order by opportunity_id desc")
        store.execute("delete from transitions")
        store.execute("insert into transitions from backwards")
        wins = store.frame("forecast_wins", Scope(as_of=date(2026, 1, 28)))
    assert len(wins) > 20
    assert wins["opportunity_id"].is_monotonic_increasing
