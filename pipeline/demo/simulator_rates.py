"""The stated rates as arrays, and the one place that says how a stay ends."""

import numpy as np

from pipeline.demo.simulator_company import CYCLES, FORWARD, HABITS, KINDS, SEGMENTS
from pipeline.demo.simulator_people import Floats, Ints

STAGES = np.array([len(cycle.stages) for cycle in CYCLES])
"""[cycle]: how many stages it has; they are numbered from 1."""
MOST = int(STAGES.max()) + 1


def _of_stages(name: str) -> Floats:
    """Give an attribute of the stages as [cycle, stage]; stage 0 and gaps hold 1."""
    table = np.ones((len(CYCLES), MOST))
    for number, cycle in enumerate(CYCLES):
        for stage in cycle.stages:
            table[number, stage.stage] = getattr(stage, name)
    return table


SHAPE = _of_stages("shape")
SCALE = _of_stages("scale_days")
COOLING = _of_stages("cooling")
CHANCES = _of_stages("chances_percent")
STRETCH = np.array([segment.stretch for segment in SEGMENTS])
ODDS = np.array([segment.odds for segment in SEGMENTS])
DUPLICATES = np.array([0.0, *HABITS.duplicates, *[0.0] * MOST])[:MOST]
"""[stage]: share of duplicates among its losses."""
STEPS = np.array([1, 2, 0, -1, -2, 0])
"""[kind]: how far the stage moves."""


def _weights() -> Floats:
    table = np.zeros((len(CYCLES), MOST, len(KINDS)))
    for number, cycle in enumerate(CYCLES):
        for stage in cycle.stages:
            table[number, stage.stage] = [stage.weights.get(kind, 0.0) for kind in KINDS]
    return table


WEIGHTS = _weights()
"""[cycle, stage, kind]: the stated weights of the exits."""
_IS_FORWARD = np.arange(len(KINDS)) < FORWARD


def stay_days(rng: np.random.Generator, cycle: Ints, stage: Ints, segment: Ints) -> Ints:
    """Draw how many whole days stays last."""
    scale = SCALE[cycle, stage] * STRETCH[segment]
    times = rng.weibull(SHAPE[cycle, stage]) * scale
    return np.asarray(np.minimum(times, 20_000).astype(np.int64))


def exit_shares(
    cycle: Ints | int, stage: Ints | int, segment: Ints | int, skill: Floats, days: Ints
) -> Floats:
    """Give the chance of each kind of exit ([..., kind]) of stays that end after so many days."""
    scale = SCALE[cycle, stage] * STRETCH[segment]
    ahead = ODDS[segment] * np.exp(skill) * (1 + days / scale) ** -COOLING[cycle, stage]
    weights = WEIGHTS[cycle, stage] * np.where(_IS_FORWARD, ahead[..., None], 1)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def pick(rng: np.random.Generator, shares: Floats) -> Ints:
    """Draw a position in each row of shares; they need not sum to 1."""
    up_to = shares.cumsum(axis=1)
    drawn = rng.random(len(shares))[:, None] * up_to[:, -1:]
    return np.asarray((up_to <= drawn).sum(axis=1).clip(max=shares.shape[1] - 1))
