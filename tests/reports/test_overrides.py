"""What calls and categories gained or cost, against what the model said on the same day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

from pipeline.commands import (
    SetCategory,
    StoreForecasts,
    SubmitCall,
    carry_out,
)
from pipeline.domain.calendar import FiscalCalendar
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast import monte_carlo
from pipeline.reports import category_overrides, forecast_weights, override_scoreboard
from pipeline.reports.forecast_beside_calls import beside_calls, standing_calls
from pipeline.reports.forecast_past import all_lives
from pipeline.reports.forecast_walk import DRAWS, REACH, whose
from pipeline.reports.overrides import combined, steps
from pipeline.store import Store
from tests.stories import Told, company, tell, ten, ten_opportunities, three_stages

CALLED = date(2025, 3, 10)
AFTER = Scope(as_of=date(2025, 4, 30))
QUARTER = FiscalCalendar().quarter(CALLED)


def said_beside(store: Store, method: str) -> int:
    """Compute and keep what the model said beside the calls."""
    number = 0
    for step in beside_calls(store, AFTER, method=method):
        if step.is_to_be_kept:
            kept = StoreForecasts(forecasts=step.forecasts, chances=step.chances)
            carry_out(store, kept, by="EVE", today=AFTER.as_of)
            number += len(step.forecasts)
    return number


@pytest.fixture(scope="module")
def called() -> Iterator[Store]:
    """The ten opportunities, and what was called of the first quarter on 10 March.

    Ann called 70,000 for herself, Bob, who has nothing, 5,000; Ann's manager called 66,000 for the
    company after 50,000 in January; 62,000 came, all of it Ann's.
    """
    with Store.open(":memory:") as store:
        ten_opportunities(store)
        call = SubmitCall(on=CALLED, amount=50_000)
        carry_out(store, call, by="EVE", today=date(2025, 1, 20))
        for code, amount in (("ANN", 70_000), ("BOB", 5_000)):
            own = SubmitCall(on=CALLED, level="owner", code=code, amount=amount)
            carry_out(store, own, by=code, today=CALLED)
        carry_out(store, SubmitCall(on=CALLED, amount=66_000), by="EVE", today=CALLED)
        yield store


@pytest.fixture(scope="module")
def scored(called: Store) -> Store:
    """The same with what the default method said that day."""
    from pipeline.metrics.forecast.method import DEFAULT  # noqa: PLC0415

    assert said_beside(called, DEFAULT) == 3
    return called


def test_the_last_call_in_time_stands(called: Store) -> None:
    """Not the one of January."""
    calls = standing_calls(called, AFTER)
    assert calls["after_amount"].tolist() == [66_000, 70_000, 5_000]
    assert calls["caller"].tolist() == ["manager", "seller", "seller"]


def test_a_call_of_a_quarter_that_runs_is_not_scored(called: Store) -> None:
    """Nothing is known of what comes yet."""
    assert standing_calls(called, Scope(as_of=date(2025, 3, 30))).empty
    assert override_scoreboard(called, Scope(as_of=date(2025, 3, 30))).frame.empty


def test_a_team_sees_its_own_calls(called: Store) -> None:
    """Ann is in team north; an owner sees the own."""
    north = standing_calls(called, Scope(as_of=AFTER.as_of, teams=("NORTH",)))
    assert north["code"].tolist() == ["ANN"]
    assert len(standing_calls(called, Scope(as_of=AFTER.as_of, owners=("BOB",)))) == 1


def test_without_what_the_model_said_nothing_is_claimed() -> None:
    """The calls are there, the bake-off is not: left out, and it is said."""
    with Store.open(":memory:") as store:
        ten_opportunities(store)
        carry_out(store, SubmitCall(on=CALLED, amount=66_000), by="EVE", today=CALLED)
        board = override_scoreboard(store, AFTER)
        assert board.frame.empty
        assert "1 call is left out" in board.definition


def test_each_call_stands_beside_what_was_there_before_and_what_came(scored: Store) -> None:
    """62,000 came of Ann's; of Bob's nothing. The manager's call is over the sellers' changes."""
    told: Any = steps(scored, AFTER)[0].set_index(["level", "code"])
    ann, bob = told.loc[("seller", "ANN")], told.loc[("seller", "BOB")]
    whole = told.loc[("manager", "")]
    assert (ann["actual_amount"], bob["actual_amount"], whole["actual_amount"]) == (
        62_000,
        0,
        62_000,
    )
    assert bob["model_amount"] == 0
    changes = (70_000 - ann["model_amount"]) + (5_000 - bob["model_amount"])
    assert whole["before_amount"] == pytest.approx(whole["model_amount"] + changes)


def test_value_added_is_the_error_before_less_the_error_after(scored: Store) -> None:
    """Of the manager: from the model with the sellers' changes to 66,000, of 62,000."""
    told: Any = steps(scored, AFTER)[0].set_index("level")
    board: Any = override_scoreboard(scored, AFTER).frame.set_index("level")
    before = abs(told.loc["manager", "before_amount"] - 62_000)
    assert board.loc["manager", "value_added_rate"] == pytest.approx((before - 4_000) / 62_000)
    assert board.loc["seller", "calls"] == 2


def test_the_board_is_split_by_person_direction_and_size_or_shows_each_call(scored: Store) -> None:
    """Every split has all three calls."""
    people = override_scoreboard(scored, AFTER, by="person").frame
    assert people["person_code"].tolist() == ["EVE", "ANN", "BOB"]
    assert people["person_name"].tolist()[1:] == ["Ann Áspa", "Bob Bock"]
    for by in ("direction", "size"):
        assert override_scoreboard(scored, AFTER, by=by).frame["calls"].sum() == 3
    each = override_scoreboard(scored, AFTER, by="call").frame
    assert each["after_amount"].tolist() == [70_000, 5_000, 66_000] or len(each) == 3
    assert set(each["period_label"]) == {"2025 Q1"}


def test_weights_come_from_past_errors_and_sum_to_one(scored: Store) -> None:
    """Of one quarter: the manager, 4,000 off, gains a little over an equal share."""
    table: Any = forecast_weights(scored, AFTER).frame.set_index("forecast_source")
    assert table["weight"].sum() == pytest.approx(1)
    assert table.loc["manager", "past_error_amount"] == 4_000
    assert 1 / 3 < table.loc["manager", "weight"] < 0.42
    mean = combined(scored, AFTER, {"model": 100.0, "seller": 100.0, "manager": 100.0})
    assert mean == pytest.approx(100)


def test_what_the_model_said_beside_a_call_is_kept_once(scored: Store) -> None:
    """A second time nothing is computed."""
    from pipeline.metrics.forecast.method import DEFAULT  # noqa: PLC0415

    assert said_beside(scored, DEFAULT) == 0


def test_a_category_that_somebody_set_is_held_against_the_one_of_the_stage() -> None:
    """D05 stood in stage 2 (40 percent, best case) and was put into commit; it was not won.

    D03 stood in stage 3 (70, most likely), was put into commit as well, and was won. Commit stands
    for 0.9: a gap of 0.81 and 0.01, where best case and most likely had 0.1225 each.
    """
    with Store.open(":memory:") as store:
        carry_out(store, *company(), *three_stages(), by="ANN", today=date(2024, 11, 1))
        said = [
            Told(day, SetCategory(opportunity_no=no, category="commit", reason="They said so"))
            for no, day in (("D05", date(2025, 3, 1)), ("D03", date(2025, 2, 20)))
        ]
        tell(store, [*ten(), *said])
        table: Any = category_overrides(store, AFTER).frame.set_index("suggested_category")
        assert table["stated_category"].tolist() == ["commit", "commit"]
        assert table.loc["best case", "before_brier"] == pytest.approx(0.35**2)
        assert table.loc["best case", "after_brier"] == pytest.approx(0.81)
        assert table.loc["most likely", "won"] == 1
        assert table.loc["most likely", "brier_added"] == pytest.approx(0.35**2 - 0.01)


def test_no_categories_no_table(called: Store) -> None:
    """Nobody set one."""
    assert category_overrides(called, AFTER).frame.empty
    assert isinstance(category_overrides(called, AFTER).frame, pd.DataFrame)


def test_what_is_learned_of_the_company_is_learned_once_a_day_and_the_same_for_each(
    called: Store,
) -> None:
    """Three callers of one day: one fit, and of each holder what a fit of its own gives."""
    monte_carlo._history.cache_clear()
    together = pd.concat([step.forecasts for step in beside_calls(called, AFTER, method="hazard")])
    assert monte_carlo._history.cache_info().misses == together["cut_on"].nunique()
    for held in (Scope(as_of=AFTER.as_of, owners=("ANN",)), AFTER):
        monte_carlo._history.cache_clear()
        lives = all_lives(called, held, AFTER.as_of)
        own = together[together["scope"] == whose(held)].iloc[0]
        quarter = (own["period_from"], own["period_to"])
        before = [(each.first, each.last) for each in FiscalCalendar().past(QUARTER, REACH)]
        alone = monte_carlo.hazard_alone(lives.at(own["cut_on"], quarter, before), DRAWS)
        assert own["forecast_amount"] == pytest.approx(alone.mean)
