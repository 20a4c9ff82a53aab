"""The numbers of the roll-up belong to an opportunity and a draw, whoever else is drawn."""

import numpy as np

from pipeline.metrics.forecast.simulation import uniform

DRAWS = np.arange(50)[:, None]


def test_the_number_of_an_id_in_a_draw_is_the_same_however_it_is_asked_for() -> None:
    """All at once, one by one, or among others."""
    ids = np.array([3, 70_001, 12], np.uint64)
    every = uniform(ids, DRAWS, seed=9)
    draw, column = np.nonzero(every < 0.4)
    np.testing.assert_array_equal(uniform(ids[column], draw, seed=9), every[draw, column])
    np.testing.assert_array_equal(uniform(ids[1:2], DRAWS, seed=9)[:, 0], every[:, 1])


def test_the_numbers_are_spread_evenly() -> None:
    """Between 0 and 1, with a mean of a half; other seeds give other numbers."""
    ids, draws = np.arange(100, dtype=np.uint64), np.arange(500)[:, None]
    numbers = uniform(ids, draws, seed=1)
    assert 0 <= numbers.min() <= numbers.max() < 1
    assert abs(numbers.mean() - 0.5) < 0.005
    assert not np.array_equal(numbers, uniform(ids, draws, seed=2))
