"""The methods against numbers worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from pipeline.metrics import survival
from pipeline.metrics.forecast.convolution import MOST, exact, swing
from pipeline.metrics.forecast.levels import drawn
from pipeline.metrics.forecast.markov import absorbing
from pipeline.metrics.forecast.recalibration import Platt, isotonic, platt, set_right, width
from pipeline.metrics.forecast.win_curve import chance_within

AMOUNTS, CHANCES = np.array([100.0, 60.0, 40.0]), np.array([0.5, 0.3, 0.2])


def test_shrunken_rates_are_those_worked_by_hand() -> None:
    """Prior .30, strength 20: 4 of 5 is .400 with 20 % evidence; 40 of 100 .383; 0 of 3 .261."""
    frame = pd.DataFrame({"stage": [1, 2, 3], "prior": 0.3})
    seen = pd.DataFrame(
        {
            "stage": [1] * 5 + [2] * 100 + [3] * 3,
            "won": [1] * 4 + [0] + [1] * 40 + [0] * 60 + [0] * 3,
        }
    )
    few = [drawn(frame[frame["stage"] == each], seen, [["stage"]]) for each in (1, 2, 3)]
    rates = pd.concat(few)
    assert rates["rate"].round(3).tolist() == [0.4, 0.383, 0.261]
    assert rates["evidence_share"].round(2).tolist() == [0.2, 0.83, 0.13]


def test_levels_are_nested_and_their_evidence_adds_up() -> None:
    """An owner without history has the stage's rate; one with much keeps nearly his own."""
    frame = pd.DataFrame({"stage": 1, "owner": ["NEW", "OLD"], "prior": 0.5})
    seen = pd.DataFrame({"stage": 1, "owner": "OLD", "won": [1.0] * 300 + [0.0] * 100})
    rates = drawn(frame, seen, [["stage"], ["stage", "owner"]])
    stage = (300 + 20 * 0.5) / 420
    assert rates["rate"].tolist() == pytest.approx([stage, (300 + 20 * stage) / 420])
    assert rates["evidence_share"].tolist() == pytest.approx([1 - 20 / 420, 1 - (20 / 420) ** 2])


def test_the_absorbing_chain_ends_where_it_must() -> None:
    """Three stages with moves back: won from .202, .337, .634; visits from the first."""
    between = np.array([[0, 0.6, 0], [0.1, 0, 0.5], [0, 0.1, 0]])
    into = np.array([[0, 0.4], [0, 0.4], [0.6, 0.3]])
    found = absorbing(between, into)
    assert found.ends[:, 0].round(6).tolist() == [0.202247, 0.337079, 0.633708]
    assert found.visits[0].round(4).tolist() == [1.0674, 0.6742, 0.3371]


def test_an_opportunity_of_93_days_is_won_within_30_with_a_third() -> None:
    """The ten opportunities by age, won and lost in competition; D10 is 93 days old."""
    counts = pd.DataFrame(
        [
            (54, "lost"), (64, "won"), (64, "won"), (103, "lost"), (118, "won"),
            (21, "open"), (49, "open"), (58, "open"), (93, "open"), (131, "open"),
        ],
        columns=["days", "kind"],
    ).assign(number=1, cycle="TEN")  # fmt: skip
    rows = survival.lifetimes(counts, ["cycle"], ["won", "lost"])
    curve = survival.aalen_johansen(rows, ["cycle"], ["won", "lost"])
    found = chance_within(curve, 93, 30)
    assert found is not None
    assert round(found, 4) == 0.3333
    assert chance_within(curve.assign(survival_rate=0.0), 200, 30) is None


def test_three_opportunities_have_the_distribution_worked_by_hand() -> None:
    """100 (.5), 60 (.3), 40 (.2): every total, mean 76, deviation 59.26, H .53, P10 0, P90 160."""
    found = exact(AMOUNTS, CHANCES)
    assert found.totals.tolist() == [0, 40, 60, 100, 140, 160, 200]
    assert found.probability.round(10).tolist() == [0.28, 0.07, 0.12, 0.31, 0.07, 0.12, 0.03]
    assert round(found.mean, 6) == 76
    assert round(found.deviation, 2) == 59.26
    assert round(found.chance(100), 10) == 0.53
    assert [found.quantile(q) for q in (0.1, 0.5, 0.9)] == [0, 100, 160]


def test_the_smallest_swings_more_than_the_middle_one() -> None:
    """With 100 as target the three swing by .94, .10 and .15."""
    swings = [swing(AMOUNTS, CHANCES, deal, 100) for deal in range(3)]
    assert [round(each, 2) for each in swings] == [0.94, 0.10, 0.15]


def test_amounts_without_a_common_measure_are_rounded_and_it_is_said() -> None:
    """Cents that share no divisor: the mean holds to the error that is told."""
    rng = np.random.default_rng(5)
    amounts = np.round(rng.uniform(100_000, 900_000, 20), 2)
    found = exact(amounts, np.full(20, 0.4))
    assert 0 < found.error < 100
    assert found.mean == pytest.approx(float(amounts.sum() * 0.4), abs=found.error)
    with pytest.raises(ValueError, match=str(MOST + 1)):
        exact(np.ones(MOST + 1), np.ones(MOST + 1))


def test_platt_finds_what_was_done_to_the_chances() -> None:
    """Odds were halved and their slope flattened: with enough cases that is found again."""
    rng = np.random.default_rng(1)
    true = rng.uniform(0.05, 0.9, 20_000)
    said = Platt(intercept=0.7, slope=1.25).right(true)
    found = platt(said, (rng.random(20_000) < true) * 1.0)
    assert found.slope == pytest.approx(1 / 1.25, abs=0.05)
    assert float(np.abs(found.right(said) - true).mean()) < 0.01


def test_without_a_case_chances_stay_what_they_are() -> None:
    """Nothing scored: nothing changes, with either way, and no range is stretched."""
    none, now = np.zeros(0), np.array([0.2, 0.7])
    assert set_right(none, none, now, 0).tolist() == pytest.approx([0.2, 0.7])
    assert isotonic(none, none).right(now).tolist() == [0.2, 0.7]
    assert width(none, none, 0) == 1


def test_many_cases_are_set_right_by_a_rising_curve() -> None:
    """What is said sits where no two numbers can mend it: a curve does, and never falls."""
    rng = np.random.default_rng(2)
    said = rng.uniform(0.01, 0.99, 30_000)
    true = np.where(said < 0.5, 0.1, 0.8)
    happened = (rng.random(30_000) < true) * 1.0
    right = set_right(said, happened, said, 30_000)
    assert float(np.abs(right - true).mean()) < 0.02
    assert (np.diff(right[np.argsort(said)]) >= -1e-12).all()


def test_a_range_is_stretched_until_earlier_sums_fall_in() -> None:
    """Sums missed by twice the spread they were given: many ask for nearly twice as wide."""
    off = np.random.default_rng(3).normal(0, 2, 400)
    assert width(off, np.ones(400), 400) == pytest.approx(1.95, abs=0.12)
    assert 1 < width(off[:2], np.ones(2), 2) < 1.5
