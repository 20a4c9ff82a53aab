"""What every method owes: a distribution, honest parts, no look ahead, the same numbers again."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from pipeline.metrics.forecast.convolution import exact
from pipeline.metrics.forecast.known import Lives
from pipeline.metrics.forecast.method import METHODS, Method
from pipeline.metrics.forecast.monte_carlo import learned
from tests.metrics.forecast.made import CUT, DAY, Q1, QUARTERS, deals, lives_of, past_of

EACH = pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))


@EACH
def test_every_method_gives_a_distribution_with_its_parts(method: Method) -> None:
    """Ordered quantiles, parts that add up to the mean, words about the evidence."""
    past = past_of("steady")
    found = method.forecast(past, draws=2_000)
    assert found.method == method.name
    assert past.won <= found.p10 <= found.p50 <= found.p90
    assert found.mean == pytest.approx(found.won + found.from_open + found.from_new)
    assert found.totals.mean() == pytest.approx(found.mean, rel=0.03)
    assert found.quantile_error(0.9) > 0
    assert found.evidence_share is None or (0 <= found.evidence_share <= 1 and found.evidence)
    assert found.chances["win_chance"].between(0, 1).all()


@EACH
def test_the_same_past_gives_the_same_numbers(method: Method) -> None:
    """Nothing is drawn from a clock."""
    one, two = (method.forecast(past_of("small"), draws=500) for _ in range(2))
    assert one.totals.tolist() == two.totals.tolist()


@EACH
def test_what_comes_after_the_cut_changes_nothing(method: Method) -> None:
    """Outcomes after the cut are shuffled, stages and amounts too: the forecast stays."""
    lives = lives_of("dates kept")
    late = (lives.rows["from_day"] > DAY).to_numpy()
    rng = np.random.default_rng(1)
    rows = lives.rows.copy()
    for name in ("stage", "amount", "probability_percent", "owner_code", "expected_close_day"):
        rows.loc[late, name] = rng.permutation(rows.loc[late, name].to_numpy())
    told = Lives(rows=rows).at(CUT, Q1, QUARTERS)
    known = past_of("dates kept")
    assert method.forecast(told, draws=500).totals.tolist() == pytest.approx(
        method.forecast(known, draws=500).totals.tolist()
    )


@EACH
def test_doubling_every_amount_doubles_the_money_and_no_chance(method: Method) -> None:
    """Chances, days and shares stay what they are."""
    lives = lives_of("dates missing")
    twice = Lives(rows=lives.rows.assign(amount=lives.rows["amount"] * 2))
    one = method.forecast(lives.at(CUT, Q1, QUARTERS), draws=500)
    two = method.forecast(twice.at(CUT, Q1, QUARTERS), draws=500)
    assert two.mean == pytest.approx(2 * one.mean)
    assert two.p90 == pytest.approx(2 * one.p90)
    assert two.chances["win_chance"].tolist() == pytest.approx(one.chances["win_chance"].tolist())


@EACH
def test_a_company_without_any_history_gets_a_forecast_that_says_so(method: Method) -> None:
    """Three open opportunities and nothing else: a range, and no evidence."""
    found = method.forecast(deals((100, 50), (60, 30), (40, 20)), draws=500)
    assert 0 <= found.p10 <= found.p90 <= 200
    assert not found.evidence_share


@EACH
def test_a_company_without_anything_gets_nothing(method: Method) -> None:
    """No opportunity at all: nothing is expected, and nothing breaks."""
    empty = deals((100, 50))
    past = replace(empty, open=empty.open.iloc[:0], lives=empty.lives.iloc[:0])
    past = replace(past, arrivals=past.arrivals.iloc[:0])
    assert method.forecast(past, draws=100).p90 == 0


@EACH
def test_a_period_that_is_over_is_what_was_won(method: Method) -> None:
    """After the last day nothing is uncertain, but for a call that nobody corrects."""
    past = lives_of("small").at(date(2026, 4, 20), Q1, QUARTERS)
    found = method.forecast(past, draws=100)
    if method.name != "stage-weighted":
        assert found.p10 == found.p90 == pytest.approx(past.won)


def test_the_simulation_is_the_exact_distribution_within_its_error() -> None:
    """25 opportunities: mean within 3 standard errors, quantiles within theirs."""
    rng = np.random.default_rng(4)
    amounts = (rng.integers(1, 90, 25) * 100).astype("float64")
    percents = rng.integers(5, 95, 25).astype("float64")
    pairs = list(zip(amounts.tolist(), percents.tolist(), strict=True))
    past = deals(*pairs)
    found = METHODS["stage-weighted"].forecast(past)
    oracle = exact(amounts, percents / 100)
    assert found.totals.mean() == pytest.approx(
        oracle.mean, abs=3 * oracle.deviation / np.sqrt(len(found.totals))
    )
    for q in (0.1, 0.5, 0.9):
        assert found.quantile(q) == pytest.approx(
            oracle.quantile(q), abs=2 * found.quantile_error(q) + 100
        )
    assert found.chance(60_000) == pytest.approx(oracle.chance(60_000), abs=0.015)


def test_the_three_swing_as_by_hand() -> None:
    """100 (.5), 60 (.3), 40 (.2), target 100: chance .53, swings .94, .10, .15."""
    found = METHODS["stage-weighted"].forecast(deals((100, 50), (60, 30), (40, 20)))
    assert found.chance(100) == pytest.approx(0.53, abs=0.015)
    swings = found.swings(100).set_index("opportunity_id")["swing_rate"]
    assert swings.sort_index().tolist() == pytest.approx([0.94, 0.10, 0.15], abs=0.015)
    assert found.chance_with(1, 100, won=True) == 1
    with pytest.raises(KeyError):
        found.chance_with(99, 100, won=True)


def test_another_opportunity_lowers_no_quantile_and_a_quota_raises_no_chance() -> None:
    """Draw by draw: each has a seed of its own, so what is added is added."""
    few = METHODS["stage-weighted"].forecast(deals((100, 50), (60, 30)))
    more = METHODS["stage-weighted"].forecast(deals((100, 50), (60, 30), (500, 70)))
    levels = np.linspace(0.01, 0.99, 99)
    assert all(more.quantile(q) >= few.quantile(q) for q in levels)
    chances = [more.chance(target) for target in range(0, 800, 20)]
    assert chances == sorted(chances, reverse=True)


def test_what_comes_in_the_period_is_no_more_than_what_ever_comes() -> None:
    """The chance to be won by a later day is never smaller."""
    lives = lives_of("steady")
    by_march = learned(lives.at(CUT, Q1, QUARTERS)).raw.sum()
    by_june = learned(lives.at(CUT, (Q1[0], date(2026, 6, 30)), QUARTERS)).raw.sum()
    assert 0 < by_march < by_june < len(lives.at(CUT, Q1, QUARTERS).open)


def test_large_companies_are_drawn_in_groups_with_the_same_moments() -> None:
    """Two thousand alike: the mean and spread of the sum are those of independent ones."""
    found = METHODS["stage-weighted"].forecast(deals(*[(100.0, 30.0)] * 2_000))
    assert found.totals.mean() == pytest.approx(60_000, rel=0.002)
    assert found.totals.std() == pytest.approx(100 * np.sqrt(2_000 * 0.21), rel=0.03)
    assert len(found.single) == 300


def test_the_hazard_finds_the_rate_at_which_things_are_won() -> None:
    """Over three years of months: expected and actual wins within three standard errors."""
    lives = lives_of("many small")
    for back in (0, 120, 240):
        cut = date(2026, 8, 1 + back // 120)
        past = lives.at(cut, (cut, date(2026, 8, 28)), QUARTERS)
        chances = learned(past).raw
        later = lives.at(date(2026, 9, 30), Q1, QUARTERS).wins
        won = past.open["opportunity_id"].isin(
            later.loc[later["won_day"] <= (date(2026, 8, 28) - date(1970, 1, 1)).days,
                      "opportunity_id"]
        ).sum()  # fmt: skip
        error = np.sqrt((chances * (1 - chances)).sum())
        assert abs(chances.sum() - won) < 3 * error


def test_owners_are_renamed_without_a_number_changing() -> None:
    """Names carry nothing."""
    lives = lives_of("small")
    other = Lives(rows=lives.rows.assign(owner_code="X" + lives.rows["owner_code"].str[::-1]))
    one, two = (
        METHODS["monte-carlo"].forecast(each.at(CUT, Q1, QUARTERS), draws=500)
        for each in (lives, other)
    )
    assert two.mean == pytest.approx(one.mean)


def test_a_call_is_a_total_and_is_judged_by_earlier_calls() -> None:
    """Owners used to call twice what came: 900 called, about half is expected, never below won."""
    past = past_of("steady")
    days = [[(day - date(1970, 1, 1)).days for day in each] for each in (*QUARTERS[-6:], Q1)]
    won = past.wins["amount"].groupby(past.wins["won_day"]).sum()
    came = [float(won[(won.index >= first) & (won.index <= last)].sum()) for first, last in days]
    said = [2 * amount for amount in came[:-1]] + [2_000_000.0]
    calls = pd.DataFrame(
        {
            "level": "owner", "code": "ANN", "amount": said,
            "called_day": [last - 28 for _, last in days],
            "from_day": [first for first, _ in days], "to_day": [last for _, last in days],
        }
    )  # fmt: skip
    found = METHODS["call"].forecast(replace(past, calls=calls))
    expected = 2_000_000 * (6 * 0.5 + 3) / 9
    assert found.mean == pytest.approx(max(expected, past.won), rel=0.02)
    assert found.p10 >= past.won
    assert found.evidence_share == pytest.approx(6 / 9)
