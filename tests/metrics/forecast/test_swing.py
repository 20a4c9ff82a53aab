"""Swing and leverage by hand, the way to a quota, and what is supposed of the open ones."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.forecast.method import METHODS
from pipeline.metrics.forecast.swing import (
    chance_if,
    concentration,
    exact_chance,
    exact_swings,
    path,
    swings,
    together,
)
from pipeline.metrics.forecast.what_if import Change, supposed
from tests.metrics.forecast.made import CUT, deals, past_of

WEIGHTED = METHODS["stage-weighted"]
AMOUNTS, CHANCES = np.array([100.0, 60.0, 40.0]), np.array([0.5, 0.3, 0.2])


def three() -> Forecast:
    """100 with 50 percent, 60 with 30, 40 with 20."""
    return WEIGHTED.forecast(deals((100, 50), (60, 30), (40, 20)))


def test_the_three_swing_by_94_10_and_15_percent() -> None:
    """With 100 as target the smallest matters more than the middle one; leverage p (1 - p)."""
    found = exact_swings(AMOUNTS, CHANCES, 100)
    assert found["swing"].round(2).tolist() == [0.94, 0.10, 0.15]
    assert found["leverage"].round(4).tolist() == [0.235, 0.021, 0.024]
    assert round(exact_chance(AMOUNTS, CHANCES, 100), 10) == 0.53


def test_drawn_swings_are_the_exact_ones_within_what_draws_leave_open() -> None:
    """Ten thousand draws: each swing within two points of the exact one, in their order."""
    found = swings(three(), 100)
    assert found["amount"].tolist() == [100, 40, 60]
    assert found["swing"].tolist() == pytest.approx([0.94, 0.15, 0.10], abs=0.02)
    assert found["leverage"].tolist() == pytest.approx([0.235, 0.024, 0.021], abs=0.005)
    assert found["expected_share"].tolist() == pytest.approx([50 / 76, 8 / 76, 18 / 76])


def test_concentration_is_that_of_what_is_expected() -> None:
    """50, 18 and 8 of 76: the squares of their shares, one over it, and the largest."""
    found = concentration(three())
    index = (50**2 + 18**2 + 8**2) / 76**2
    assert found["hhi"] == pytest.approx(index)
    assert found["effective_opportunities"] == pytest.approx(1 / index)
    assert found["top_share_rate"] == pytest.approx(50 / 76)
    assert concentration(WEIGHTED.forecast(deals((100, 0))))["hhi"] is None


def test_the_fewest_opportunities_close_the_gap_and_of_as_few_the_likelier() -> None:
    """Wins add 50, 42 and 32: a gap of 40 takes one, the likelier one; one of 80 takes two."""
    forecast = three()
    one = path(forecast, 40, 116)
    assert one["amount"].tolist() == [100]
    assert one["closes"].tolist() == [True]
    two = path(forecast, 80, 156)
    assert two["gain_amount"].tolist() == [50, 42]
    assert two["gain_so_far_amount"].tolist() == [50, 92]
    assert two["chance_so_far"].iloc[-1] == 1
    assert together(forecast, [1, 2]) == pytest.approx(0.15, abs=0.02)
    likelier = path(WEIGHTED.forecast(deals((100, 20), (90, 40))), 50, 100)
    assert likelier["win_chance"].tolist() == [0.4]


def test_a_gap_that_nothing_closes_is_said_and_none_needs_no_way() -> None:
    """All three add 124; a gap of 200 is not closed by them. Without a gap there is no way."""
    assert path(three(), 200, 276)["closes"].tolist() == [False] * 3
    assert path(three(), -5, 71).empty
    assert path(three(), None, None).empty
    assert path(WEIGHTED.forecast(deals((100, 3))), 50, 100).empty


def test_a_method_without_single_opportunities_gives_no_row() -> None:
    """The run rate knows of none."""
    forecast = METHODS["run-rate"].forecast(deals((100, 50)))
    assert swings(forecast, 100).empty
    assert path(forecast, 100, 100).empty


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(0, 100)), min_size=1, max_size=8),
    st.integers(1, 2_000),
)
@settings(max_examples=40, deadline=None)
def test_swing_lies_between_nought_and_one_and_winning_never_hurts(
    made: list[tuple[int, int]], target: int
) -> None:
    """With everything won the chance is no lower, with everything lost no higher."""
    forecast = WEIGHTED.forecast(deals(*made), draws=500)
    found = swings(forecast, target)
    assert found["swing"].between(0, 1).all()
    assert (found["leverage"] <= found["swing"] / 4 + 1e-9).all()
    now = forecast.chance(target)
    assert (found["chance_if_won"] >= now - 1e-9).all()
    assert (found["chance_if_lost"] <= now + 1e-9).all()
    every = list(forecast.single)
    assert chance_if(forecast, dict.fromkeys(every, True), target) >= now
    assert chance_if(forecast, dict.fromkeys(every, False), target) <= now


def test_what_is_supposed_changes_the_forecast_and_nothing_else() -> None:
    """Won counts as won, dropped is gone, another amount counts, a date behind the end takes out.

    The draws of what nobody touched are the same before and after.
    """
    past = deals((100, 50), (60, 30), (40, 20))
    before = WEIGHTED.forecast(past)
    assert supposed(past, []) is past
    won = WEIGHTED.forecast(supposed(past, [Change(opportunity_id=1, outcome="won", amount=90)]))
    assert (won.won, won.from_open) == (90, pytest.approx(26))
    dropped = WEIGHTED.forecast(supposed(past, [Change(opportunity_id=1, outcome="dropped")]))
    assert dropped.mean == pytest.approx(26)
    assert before.parts is not None
    assert dropped.parts is not None
    own = before.parts[:, before.single.index(2)]
    assert (dropped.parts[:, dropped.single.index(2)] == own).all()
    later = Change(opportunity_id=1, expected_close_on=date(2026, 4, 1))
    after = supposed(past, [later])
    assert WEIGHTED.forecast(after).mean == pytest.approx(26)
    assert after.open["pushes"].tolist()[0] == past.open["pushes"].tolist()[0] + 1
    larger = WEIGHTED.forecast(supposed(past, [Change(opportunity_id=3, amount=400)]))
    assert larger.mean == pytest.approx(76 + 72)


def test_what_history_teaches_is_not_learned_anew() -> None:
    """The same figures supposed again give the very same forecast, with the method that learns."""
    past = past_of("steady")
    method = METHODS["monte-carlo"]
    before = method.forecast(past)
    first = past.open.iloc[0]
    same = Change(opportunity_id=int(first["opportunity_id"]), amount=float(first["amount"]))
    again = method.forecast(supposed(past, [same]))
    assert (again.p10, again.p50, again.p90) == (before.p10, before.p50, before.p90)
    assert past.cut == CUT
