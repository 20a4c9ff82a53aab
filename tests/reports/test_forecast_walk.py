"""Walking forward over the past: nothing leaks, what is kept stays, the best method is told."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pandas as pd
import pytest

from pipeline.commands import StoreForecasts, SubmitCall, carry_out
from pipeline.demo.simulator import simulate
from pipeline.domain.errors import HorizonError, MethodNotKeptError
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast import ranking
from pipeline.metrics.forecast.method import DEFAULT, METHODS
from pipeline.reports import (
    forecast_accuracy,
    forecast_ranking,
    forecast_reliability,
    forecast_track_record,
    opportunities,
)
from pipeline.reports.forecast_default import default_method
from pipeline.reports.forecast_walk import ALL_METHODS, cuts, plan, walk, whose
from pipeline.store import Store

TODAY = date(2026, 1, 28)
EVENING = Scope(as_of=date(2026, 1, 27))
CHEAP = ("last-period", "same-period-last-year", "run-rate", "stage-weighted")
FIGURES = ["method", "cut_on", "forecast_amount", "p10_amount", "p50_amount", "p90_amount"]


def keep(store: Store, scope: Scope = EVENING, **asked: Any) -> int:  # noqa: ANN401  what `walk` takes
    """Walk, and keep what is computed; gives how many forecasts were."""
    number = 0
    for step in walk(store, scope, **asked):
        if step.is_to_be_kept:
            kept = StoreForecasts(forecasts=step.forecasts, chances=step.chances)
            carry_out(store, kept, by="ANN", today=TODAY)
            number += len(step.forecasts)
    return number


def kept_figures(store: Store) -> pd.DataFrame:
    """The figures of all kept forecasts."""
    return store.execute(
        f"select {', '.join(FIGURES)} from forecasts order by all"  # noqa: S608  names of columns
    ).df()


@pytest.fixture(scope="module")
def lived() -> Iterator[Store]:
    """A company of 1,500; its last eight quarters were forecast by simple methods."""
    with Store.open(":memory:") as store:
        simulate(store, opportunities=1_500, seed=5, today=TODAY)
        keep(store, periods=8, methods=CHEAP)
        yield store


def test_cuts_lie_so_many_weeks_before_the_ends_of_quarters_that_are_over(lived: Store) -> None:
    """Two quarters before 27 January 2026, five horizons each, the newest first."""
    found = cuts(lived, EVENING, periods=2)
    assert [(cut.period.label, cut.weeks_before, cut.on.isoformat()) for cut in found] == [
        ("2025 Q4", 13, "2025-10-01"),
        ("2025 Q4", 8, "2025-11-05"),
        ("2025 Q4", 4, "2025-12-03"),
        ("2025 Q4", 2, "2025-12-17"),
        ("2025 Q4", 1, "2025-12-24"),
        ("2025 Q3", 13, "2025-07-01"),
        ("2025 Q3", 8, "2025-08-05"),
        ("2025 Q3", 4, "2025-09-02"),
        ("2025 Q3", 2, "2025-09-16"),
        ("2025 Q3", 1, "2025-09-23"),
    ]


def test_quarters_are_those_of_the_fiscal_calendar() -> None:
    """The year begins in February: the last quarter over on 31 January is that to 31 January."""
    with Store.open(":memory:") as store:
        simulate(store, opportunities=50, seed=5, today=TODAY)
        store.execute("delete from settings where name = 'fiscal_year_start'")
        store.execute("insert into settings values ('fiscal_year_start', '2')")
        on = Scope(as_of=date(2026, 1, 31))
        assert cuts(store, on, periods=1)[-1].period.last == date(2026, 1, 31)
        earlier = Scope(as_of=date(2026, 1, 30))
        assert cuts(store, earlier, periods=1)[-1].period.last == date(2025, 10, 31)


def test_a_company_without_a_past_has_no_cuts() -> None:
    """Nothing was known of it."""
    with Store.open(":memory:") as store:
        assert cuts(store, EVENING) == ()
        assert list(walk(store, EVENING)) == []
        assert plan(store, EVENING).forecasts == 0
        assert forecast_accuracy(store, EVENING).frame.empty
        assert default_method(store, EVENING).name == DEFAULT


# --- nothing leaks -------------------------------------------------------------------------------


def shuffled_after(store: Store, cut: date) -> None:
    """Let all that was learned after a day have come differently: outcomes, amounts, days."""
    store.execute(
        "update transitions set "
        "stage = case when stage = 0 then 0 else stage end, "
        "probability_percent = case when stage = 0 then 100 - probability_percent else 50 end, "
        "weighted_amount = coalesce(amount, 0) * 3, amount = coalesce(amount, 0) * 3, "
        "expected_close_on = expected_close_on + 45 "
        "where greatest(valid_from, recorded_at::date) > ?",
        [cut],
    )


def test_what_comes_after_the_cut_changes_no_forecast() -> None:
    """The leak test: outcomes, amounts and dates after the cut are others, forecasts the same.

    Every method, at the last cut of a quarter; those after it do change, or nothing would be shown.
    """
    with Store.open(":memory:") as store:
        simulate(store, opportunities=600, seed=9, today=TODAY)
        asked = Scope(as_of=date(2025, 12, 31))
        cut = date(2025, 12, 3)
        before = {
            step.forecasts["cut_on"].iloc[0]: step.forecasts
            for step in walk(store, asked, periods=1, horizons=(4,))
            if step.is_to_be_kept
        }
        later = next(iter(walk(store, asked, periods=1, horizons=(1,)))).forecasts
        shuffled_after(store, cut)
        again = next(iter(walk(store, asked, periods=1, horizons=(4,)))).forecasts
        pd.testing.assert_frame_equal(before[cut], again)
        assert set(again["method"]) == set(ALL_METHODS)
        other = next(iter(walk(store, asked, periods=1, horizons=(1,)))).forecasts
        assert (later["forecast_amount"] != other["forecast_amount"]).any()
        assert (later["log_print"] != other["log_print"]).all()


def test_what_is_recorded_late_was_not_known_then() -> None:
    """A win of November that is recorded in January is not in a forecast of December."""
    with Store.open(":memory:") as store:
        simulate(store, opportunities=600, seed=9, today=TODAY)
        asked = Scope(as_of=date(2025, 12, 31))
        first = next(iter(walk(store, asked, periods=1, horizons=(4,), methods=CHEAP))).forecasts
        store.execute(
            "update transitions set recorded_at = ? where opportunity_id in (select opportunity_id "
            "from transitions where stage = 0 and probability_percent > 0 and valid_from between "
            "date '2025-11-01' and date '2025-12-01' limit 1) and stage = 0",
            [date(2026, 1, 5)],
        )
        second = next(iter(walk(store, asked, periods=1, horizons=(4,), methods=CHEAP))).forecasts
        rates: list[Any] = [
            frame.set_index("method").loc["run-rate", "forecast_amount"]
            for frame in (first, second)
        ]
        assert rates[1] < rates[0]


def test_where_nobody_called_a_call_says_nothing() -> None:
    """Its forecast would be that of another method: none is kept, and it is not ranked."""
    with Store.open(":memory:") as store:
        simulate(store, opportunities=100, seed=9, today=TODAY)
        store.execute("delete from calls")
        asked: dict[str, Any] = {"periods": 1, "horizons": (4,), "methods": ("call", "run-rate")}
        assert keep(store, **asked) == 2
        assert keep(store, **asked) == 0
        assert forecast_ranking(store, EVENING).frame["method"].tolist() == ["run-rate"]
        called = SubmitCall(on=date(2025, 12, 1), amount=1_000)
        day = date(2025, 11, 20)
        carry_out(store, called, by="ANN", today=day, at=datetime.combine(day, time(12)))
        step = next(iter(walk(store, EVENING, periods=1, horizons=(2,), methods=("call",))))
        assert step.forecasts["forecast_amount"].notna().all()


# --- what is kept stays --------------------------------------------------------------------------


def test_the_second_walk_computes_nothing(lived: Store) -> None:
    """All is kept: no step, and the same figures."""
    before = kept_figures(lived)
    assert list(walk(lived, EVENING, periods=8, methods=CHEAP)) == []
    assert plan(lived, EVENING, periods=8, methods=CHEAP).forecasts == 0
    pd.testing.assert_frame_equal(kept_figures(lived), before)


def test_a_walk_that_was_left_goes_on_where_it_stopped() -> None:
    """After one of three quarters two are missing; then none."""
    with Store.open(":memory:") as store:
        simulate(store, opportunities=300, seed=3, today=TODAY)
        asked: dict[str, Any] = {"periods": 3, "methods": CHEAP}
        for step in walk(store, EVENING, **asked):
            if step.is_to_be_kept:
                kept = StoreForecasts(forecasts=step.forecasts, chances=step.chances)
                carry_out(store, kept, by="ANN", today=TODAY)
                break
        missing = plan(store, EVENING, **asked)
        assert {cut.period.label for cut, _ in missing.missing} == {"2025 Q2", "2025 Q3"}
        assert missing.kept == 20
        assert keep(store, **asked) == 40


def test_a_kept_forecast_is_never_changed_by_what_is_learned_of_its_past() -> None:
    """The log of then changes: a second version stands beside the first, which stays as it was."""
    with Store.open(":memory:") as store:
        simulate(store, opportunities=300, seed=3, today=TODAY)
        asked: dict[str, Any] = {"periods": 1, "horizons": (4,), "methods": CHEAP}
        keep(store, **asked)
        before = kept_figures(store)
        store.execute(
            "update transitions set amount = amount * 2, weighted_amount = weighted_amount * 2, "
            "batch_id = batch_id + 1 where valid_from < date '2025-11-01'"
        )
        assert keep(store, **asked) == 4
        versions = store.execute("select version, count(*) from forecasts group by 1 order by 1")
        assert versions.fetchall() == [(1, 4), (2, 4)]
        first = store.execute(
            f"select {', '.join(FIGURES)} from forecasts where version = 1 order by all"  # noqa: S608  names of columns
        ).df()
        pd.testing.assert_frame_equal(first, before)
        record = forecast_track_record(store, EVENING, method="run-rate")
        assert record.frame["versions"].tolist() == [2]


def test_the_same_forecast_is_kept_once(lived: Store) -> None:
    """Two who run the bake-off at once leave one forecast and one set of chances."""
    before = lived.execute("select count(*) from forecasts").fetchone()
    whole = lived.execute("select * from forecasts where method = 'stage-weighted'").df()
    given = lived.execute("select * from forecast_chances").df()
    cases = lived.execute("select sum(cases) from forecast_chances").fetchone()
    done = carry_out(lived, StoreForecasts(forecasts=whole, chances=given), by="BOB", today=TODAY)
    assert done[0].no == "0"
    assert lived.execute("select count(*) from forecasts").fetchone() == before
    assert lived.execute("select sum(cases) from forecast_chances").fetchone() == cases


def test_every_scope_has_its_own_forecasts(lived: Store) -> None:
    """An owner's are not the company's."""
    assert whose(EVENING) == ""
    owner = Scope(as_of=EVENING.as_of, owners=("S001",))
    assert forecast_accuracy(lived, owner).frame.empty
    assert plan(lived, owner, periods=1, methods=CHEAP).forecasts == 20


# --- and is held against what came ---------------------------------------------------------------


def test_what_came_is_what_stands_as_won(lived: Store) -> None:
    """Each quarter opens to its wins: as many, for as much."""
    record = forecast_track_record(lived, EVENING, method="stage-weighted")
    assert len(record.frame) == 8
    for row in record.frame.to_dict("records"):
        totals = opportunities(lived, *record.behind(row), limit=1).totals
        assert totals["opportunities"] == row["won"]
        assert totals["weighted_amount"] == pytest.approx(row["actual_amount"])


def test_held_ranges_are_counted_with_their_band(lived: Store) -> None:
    """Of eight ranges, four to eight may hold without remark."""
    record = forecast_track_record(lived, EVENING, method="run-rate", weeks_before=8)
    assert record.totals["held_ranges"] == int(record.frame["held"].sum())
    assert (record.totals["band_low"], record.totals["band_high"]) == (4, 8)


def test_chances_are_counted_once_for_each_forecast(lived: Store) -> None:
    """As many cases as were open at the cuts; what happened is a whole number of them."""
    curve = forecast_reliability(lived, EVENING, method="stage-weighted", weeks_before=4)
    open_then = sum(
        len(
            lived.rows(
                "select 1 from transitions where valid_from <= $d and retracted_at is null "
                "and (valid_to is null or valid_to > $d) and stage > 0",
                {"d": cut.on},
            )
        )
        for cut in cuts(lived, EVENING, periods=8, horizons=(4,))
    )
    assert curve.totals["cases"] == pytest.approx(open_then, rel=0.02)
    assert (curve.frame["happened"] <= curve.frame["cases"]).all()


def test_the_table_has_every_method_at_every_horizon(lived: Store) -> None:
    """Four methods, five horizons; the benchmark's skill against itself is nought."""
    table = forecast_accuracy(lived, EVENING).frame
    assert len(table) == 4 * 5
    own = table[table["method"] == "stage-weighted"]
    assert (own["skill_stage_weighted_rate"] == 0).all()
    assert table["ranges"].isna().sum() == 10


def test_the_period_of_a_scope_narrows_the_quarters(lived: Store) -> None:
    """Of 2025 only: four quarters, too few to rank."""
    only = Scope(as_of=EVENING.as_of, from_on=date(2025, 1, 1), to_on=date(2025, 12, 31))
    assert set(forecast_accuracy(lived, only).frame["periods"]) == {4}
    assert set(forecast_ranking(lived, only).frame["ranking_verdict"]) == {ranking.TOO_FEW}


def test_the_best_method_is_the_default_and_says_why(lived: Store) -> None:
    """Of the two methods that were run, the one that errs less; how often its range held."""
    chosen = default_method(lived, EVENING)
    assert chosen.is_ranked
    assert chosen.name in METHODS
    assert chosen.reason.startswith(f"Over the last 8 quarters {METHODS[chosen.name].title} was")
    assert chosen.track_record.startswith("In the last 8 quarters the range held ")
    assert chosen.ranges == 8


def test_with_few_quarters_the_most_robust_method_is_the_default(lived: Store) -> None:
    """Looked at when four quarters were over: too few periods to rank."""
    early = default_method(lived, Scope(as_of=date(2025, 1, 15)))
    assert (early.name, early.is_ranked) == (DEFAULT, False)
    assert "too few periods to rank" in early.reason


def test_an_owner_without_a_bake_off_has_the_companys_default(lived: Store) -> None:
    """And the company's track record."""
    owner = Scope(as_of=EVENING.as_of, owners=("S001",))
    assert default_method(lived, owner) == default_method(lived, EVENING)


def test_a_method_or_horizon_that_is_none_is_refused_with_those_there_are(lived: Store) -> None:
    """The nearest method is offered."""
    with pytest.raises(MethodNotKeptError, match="Did you mean run-rate"):
        forecast_track_record(lived, EVENING, method="run_rat")
    with pytest.raises(HorizonError, match="13, 8, 4, 2, 1 weeks"):
        forecast_reliability(lived, EVENING, weeks_before=5)
