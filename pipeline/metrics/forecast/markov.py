"""The absorbing Markov chain: from stage to stage until won or lost, day by day where time counts.

By stay the chain has no memory: how likely a stage leads where depends on the stage alone. By day
each stage is split by how long an opportunity has been in it, so that what sits long is not taken
for fresh.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.amounts import brought
from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.forecast.landmarks import LONGEST_LOOK
from pipeline.metrics.forecast.past import Floats, Ints, Past
from pipeline.metrics.forecast.simulation import Deals, roll_up

EDGES = np.array([0, 15, 45, 90, 10_000])
"""Days in a stage at which its age bands begin, and the end of the last."""
BANDS = len(EDGES) - 1
OLDEST = 91
"""Days in a stage told apart; the rest counts as the last."""
WON, LOST, LASTS = -1, -2, -3
"""Where a stay leads that leads to no stage."""
BAND_STRENGTH = 5.0
"""So many exits of prior lie on an age band being as its stage."""
STAGE_STRENGTH = 5.0


class Absorbed(NamedTuple):
    """Where a chain ends, and how often it is in a state before."""

    ends: Floats
    """B = (I - Q)^-1 R: from each state (row) to each end (column)."""
    visits: Floats
    """(I - Q)^-1: how often it is in each state (column), from each (row)."""


def absorbing(between: Floats, into: Floats) -> Absorbed:
    """Solve an absorbing chain: chances between states, and from states into ends.

    For three stages 1 -> 2 .6, 2 -> 1 .1, 2 -> 3 .5, 3 -> 2 .1, 3 -> won .6, the rest lost: won
    from .202247, .337079, .633708; from the first 1.0674, .6742, .3371 visits.
    """
    visits = np.linalg.inv(np.eye(len(between)) - between)
    return Absorbed(visits @ into, visits)


class Stays(NamedTuple):
    """Stays in stages: of which stage, how long, whether ended, and where it led."""

    stage: Ints
    """Number of the stage among all."""
    days: Ints
    to: Ints
    """Number of the stage it led to; or WON, LOST, LASTS: not ended by the cut."""


def stays(past: Past, stages: pd.MultiIndex) -> Stays:
    """Give the stays of the last years, from the lives."""
    lives = past.lives
    ids, entered = lives["opportunity_id"].to_numpy("int64"), lives["entered_day"].to_numpy("int64")
    number = lives["stage"].to_numpy("int64")
    is_open = number > 0
    code = stages.get_indexer(pd.MultiIndex.from_frame(lives[["cycle_code", "stage"]]))
    code = np.where(is_open, code, np.where(lives["is_won"], WON, LOST))
    key = [ids, entered, number]
    new = np.ones(len(lives), bool)
    new[1:] = np.logical_or.reduce([each[1:] != each[:-1] for each in key])
    first = np.flatnonzero(new)
    following = np.append(first[1:], len(ids)) if len(first) else first
    same = np.zeros(len(first), bool)
    inside = following < len(ids)
    same[inside] = ids[following[inside]] == ids[first[inside]]
    at = np.where(same, following, 0)
    end = np.where(same, lives["valid_day"].to_numpy("int64")[at], past.cut_day)
    to = np.where(same, code[at], LASTS)
    chosen = is_open[first] & (end > past.cut_day - LONGEST_LOOK)
    days = np.maximum(end - entered[first], 0)
    return Stays(code[first][chosen].astype(np.int64), days[chosen], to[chosen].astype(np.int64))


def daily(found: Stays, stages: int) -> Floats:
    """Give the chance a day of each move: stage x age band x (stages, then won, then lost).

    Exits / days under risk of the stage's band, drawn towards the stage's, that to all stages'.
    """
    ends = stages + 2
    to = np.where(found.to == WON, stages, np.where(found.to == LOST, stages + 1, found.to))
    exits = np.zeros((stages, BANDS, ends))
    risk = np.zeros((stages, BANDS))
    left = found.to != LASTS
    band = np.clip(np.searchsorted(EDGES, found.days, side="right") - 1, 0, BANDS - 1)
    np.add.at(exits, (found.stage[left], band[left], to[left]), 1)
    for each in range(BANDS):
        inside = np.clip(found.days, EDGES[each], EDGES[each + 1]) - EDGES[each]
        risk[:, each] = np.bincount(found.stage, inside + 0.5 * (band == each), stages)
    overall = exits.sum() / max(risk.sum(), 1.0)
    of_stage = exits.sum(axis=1)
    exposure = risk.sum(axis=1)
    before = (of_stage.sum(axis=1) + STAGE_STRENGTH) / (
        exposure + STAGE_STRENGTH / max(overall, 1e-6)
    )
    shares = (of_stage + 1e-9) / (of_stage.sum(axis=1, keepdims=True) + 1e-9 * ends)
    prior = (before[:, None] * shares)[:, None, :]
    strength = BAND_STRENGTH / np.maximum(before, 1e-9)
    rate = (exits + prior * strength[:, None, None]) / (risk + strength[:, None])[:, :, None]
    return np.asarray(1 - np.exp(-rate))


def won_within(moves: Floats, days: int) -> Floats:
    """Give the chance to be won within so many days: stage x days in the stage so far."""
    stages = len(moves)
    band = np.searchsorted(EDGES, np.arange(OLDEST + 1), side="right") - 1
    step = moves[:, np.clip(band, 0, BANDS - 1), :]
    stay = np.maximum(1 - step.sum(axis=2), 0)
    won = np.zeros((stages, OLDEST + 1))
    older = np.minimum(np.arange(OLDEST + 1) + 1, OLDEST)
    for _ in range(days):
        fresh = np.einsum("sab,b->sa", step[:, :, :stages], won[:, 0])
        won = step[:, :, stages] + fresh + stay * won[:, older]
    return won


def markov(past: Past, draws: int) -> Forecast:
    """Won so far, and each open opportunity with its chance along the chain by the period's end."""
    keys = past.lives.loc[past.lives["stage"] > 0, ["cycle_code", "stage"]].drop_duplicates()
    stages = pd.MultiIndex.from_frame(keys.sort_values(["cycle_code", "stage"]))
    found = stays(past, stages)
    code = stages.get_indexer(pd.MultiIndex.from_frame(past.open[["cycle_code", "stage"]]))
    age = np.clip(past.cut_day - past.open["entered_day"].to_numpy("int64"), 0, OLDEST)
    chance = np.zeros(len(past.open))
    if len(stages):
        known = code >= 0
        moves = daily(found, len(stages))
        table = won_within(moves, past.days_ahead) - won_within(moves, past.days_before)
        chance[known] = table[code[known], age[known]]
    amounts, ratios = brought(past)
    ended = int((found.to != LASTS).sum())
    return roll_up(
        past,
        method="markov",
        deals=Deals(
            amounts=amounts,
            chances=np.clip(chance, 0, 1),
            ids=past.ids,
            ratios=ratios,
        ),
        draws=draws,
        evidence_share=min(ended / (ended + STAGE_STRENGTH * max(len(stages), 1)), past.told),
        evidence=f"{ended:,} stays that ended; the prior is the mean of all stages",
    )
