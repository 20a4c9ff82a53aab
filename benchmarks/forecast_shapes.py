"""Companies of many shapes whose truth is known, as the log that forecasts read.

Unlike the demo company they are made to be different from each other: steady and seasonal, growing
and shrinking, with many small sales or a few that decide everything, with close dates that are
kept, never kept or missing. A shape is a handful of numbers; a seed gives the same company always.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.metrics.forecast.known import Lives
from pipeline.metrics.forecast.past import NEVER, day_number

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LAST = date(2026, 9, 30)
QUARTER_ENDS = (
    np.arange("2015-04", "2040-01", 3, dtype="datetime64[M]")
    .astype("datetime64[D]")
    .astype("int64")
    - 1
)
"""The last days of calendar quarters."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a company is like."""

    name: str
    a_year: int = 1500
    """Opportunities that begin in the last year."""
    years: float = 5.0
    growth: float = 0.0
    """Logarithm of the growth of arrivals a year."""
    season: float = 0.0
    """By how much more begins in autumn than on average, and less in spring, as a logarithm."""
    stages: int = 4
    stay_days: float = 30.0
    forward: float = 0.72
    """The chance that a stay ends with the next stage; the last one with winning."""
    cooling: float = 0.15
    """How the odds of going forward fall with each month in a stage."""
    spread: float = 0.8
    """Standard deviation of the logarithm of amounts."""
    tail: float = 0.0
    """With a Pareto tail of this exponent on top; 0: none."""
    big_are_slow: float = 0.2
    """By how much the odds fall, and stays lengthen, with each unit of logarithm of the amount."""
    dates: str = "pushed"
    """kept, pushed, ignored (set once at random), or missing."""
    rush: float = 0.0
    """The share of wins that wait for the last week of their quarter."""
    shock: float = 0.0
    """Standard deviation of the log odds all stays of a quarter share."""
    skip: float = 0.0
    no_amount: float = 0.0
    stated: float = 1.5
    """By how much the probabilities that the cycle states exceed the truth, as a factor of odds."""


SHAPES = (
    Shape(name="steady"),
    Shape(name="seasonal", season=0.5, rush=0.4),
    Shape(name="growing", growth=0.4),
    Shape(name="shrinking", growth=-0.4, a_year=700),
    Shape(name="lumpy", a_year=400, spread=1.0, tail=1.5),
    Shape(name="many small", a_year=8000, spread=0.4, stay_days=15),
    Shape(name="fast", a_year=3000, stages=2, stay_days=8),
    Shape(name="dates kept", dates="kept"),
    Shape(name="dates ignored", dates="ignored"),
    Shape(name="dates missing", dates="missing", no_amount=0.2, skip=0.15),
    Shape(name="shaken", shock=0.35),
    Shape(name="young", years=1.6),
    Shape(name="small", a_year=120),
)


def company(shape: Shape, seed: int) -> Lives:
    """Make a company and give its log as forecasts read it; everything is known on its day."""
    rng = np.random.default_rng([seed, sum(map(ord, shape.name))])
    until = day_number(LAST)
    began = _beginnings(shape, rng, until)
    amount = _amounts(shape, rng, len(began))
    moves, closed, won = _lives(shape, rng, began, amount, until)
    rows = pd.concat([moves, _pushes(shape, rng, moves, closed, won, until)])
    return Lives(rows=_log(shape, rng, rows, began, amount))


def _beginnings(shape: Shape, rng: np.random.Generator, until: int) -> Ints:
    days = np.arange(until - round(shape.years * 365.25), until + 1)
    ago = (until - days) / 365.25
    phase = 2 * np.pi * ((days % 365.25) / 365.25 - 0.8)
    rate = shape.a_year / 365.25 * np.exp(-shape.growth * ago + shape.season * np.cos(phase))
    rate = rate * np.where((days + 3) % 7 >= 5, 0.1, 1.36)
    return np.repeat(days, rng.poisson(rate)).astype(np.int64)


def _amounts(shape: Shape, rng: np.random.Generator, size: int) -> Floats:
    amount = 10_000 * rng.lognormal(0, shape.spread, size)
    if shape.tail:
        amount = amount * (1 + rng.pareto(shape.tail, size))
    return np.maximum(np.round(amount, -2), 100.0)


def _lives(
    shape: Shape, rng: np.random.Generator, began: Ints, amount: Floats, until: int
) -> tuple[pd.DataFrame, Floats, npt.NDArray[np.bool_]]:
    size = len(began)
    skill = rng.normal(0, 0.3, 12)
    owner = rng.integers(12, size=size)
    shocks = rng.normal(0, shape.shock, len(QUARTER_ENDS))
    large = np.log(amount / 10_000).clip(-2, 3)
    closed, won = np.full(size, np.inf), np.zeros(size, bool)
    at, day, stage = np.arange(size), began.copy(), np.ones(size, np.int64)
    tables = []
    while len(at):
        tables.append(pd.DataFrame({"opp": at, "day": day, "stage": stage}))
        scale = shape.stay_days * np.exp(shape.big_are_slow * large[at])
        stay = 1 + (scale * rng.weibull(1.1, len(at))).astype(np.int64)
        ends = day + stay
        odds = np.log(shape.forward / (1 - shape.forward)) - shape.cooling * stay / 30
        odds += skill[owner[at]] - shape.big_are_slow * large[at]
        odds += shocks[np.searchsorted(QUARTER_ENDS, ends)]
        forward = rng.random(len(at)) < 1 / (1 + np.exp(-odds))
        step = 1 + (rng.random(len(at)) < shape.skip)
        following = np.where(forward, stage + step, 0)
        wins = following > shape.stages
        ends = np.where(wins, _rushed(shape, rng, ends), ends)
        over = wins | ~forward
        closed[at[over]] = ends[over]
        won[at[over]] = wins[over]
        over_now = over & (ends <= until)
        closes = {
            "opp": at[over_now],
            "day": ends[over_now],
            "stage": 0,
            "won": wins[over_now] * 1.0,
        }
        tables.append(pd.DataFrame(closes))
        on = ~over & (ends <= until)
        at, day, stage = at[on], ends[on], following[on]
    return pd.concat(tables).assign(owner=lambda rows: owner[rows["opp"]]), closed, won


def _rushed(shape: Shape, rng: np.random.Generator, ends: Ints) -> Ints:
    left = QUARTER_ENDS[np.searchsorted(QUARTER_ENDS, ends)] - ends
    late = rng.integers(0, 7, len(ends))
    waits = (rng.random(len(ends)) < shape.rush) & (left > late) & (left < 45)
    return np.asarray(np.where(waits, ends + left - late, ends))


def _pushes(
    shape: Shape,
    rng: np.random.Generator,
    moves: pd.DataFrame,
    closed: Floats,
    won: npt.NDArray[np.bool_],
    until: int,
) -> pd.DataFrame:
    """Close dates: set at the beginning, and pushed when they come up."""
    size = len(closed)
    began = moves.groupby("opp")["day"].min().to_numpy("int64")
    guess = began + 20 + shape.stages * shape.stay_days * rng.lognormal(0, 0.5, size)
    truth = np.where(np.isfinite(closed), closed, guess)
    if shape.dates == "missing":
        return pd.DataFrame({"opp": np.arange(size), "day": began, "expected": np.nan}).iloc[:0]
    if shape.dates == "kept":
        guess = np.where(won, truth + rng.normal(0, 10, size), guess)
    tables = [pd.DataFrame({"opp": np.arange(size), "day": began, "expected": np.round(guess)})]
    at, expected = np.arange(size), np.round(guess)
    end = np.minimum(np.where(np.isfinite(closed), closed, until), until)
    for _ in range(0 if shape.dates == "ignored" else 8):
        due = (expected < end[at] - 1) & (expected > began[at])
        at, day = at[due], expected[due]
        expected = np.round(day + 25 * rng.lognormal(0, 0.5, len(at)))
        tables.append(pd.DataFrame({"opp": at, "day": day, "expected": expected}))
    return pd.concat(tables)


def _log(
    shape: Shape, rng: np.random.Generator, rows: pd.DataFrame, began: Ints, amount: Floats
) -> pd.DataFrame:
    rows = rows.sort_values(["opp", "day", "stage"], kind="stable", na_position="last")
    closing = rows["stage"] == 0
    rows = rows[~closing | ~rows.duplicated(["opp", "stage"])]
    last = rows[closing].groupby("opp")["day"].min().reindex(range(len(began)))
    keep = rows["day"].to_numpy() <= np.nan_to_num(last.to_numpy()[rows["opp"]], nan=NEVER)
    rows = rows[keep].sort_values(["opp", "day"], kind="stable")
    is_zero = (rows["stage"] == 0).to_numpy()
    rows = pd.concat([rows[~is_zero], rows[is_zero]]).sort_values("opp", kind="stable")
    rows = rows.reset_index(drop=True)
    opp = rows["opp"].to_numpy("int64")
    stage = rows.groupby("opp")["stage"].ffill().fillna(1).to_numpy("int64")
    expected = rows["expected"] if "expected" in rows else pd.Series(np.nan, index=rows.index)
    expected = expected.groupby(rows["opp"]).ffill()
    expected = expected.groupby(rows["opp"]).bfill()
    is_move = rows["stage"].notna().to_numpy()
    day = rows["day"].to_numpy("int64")
    entered = pd.Series(np.where(is_move, day, np.nan)).groupby(opp).ffill().fillna(0)
    before = expected.groupby(opp).shift()
    pushed = pd.Series(~is_move & (expected > before).to_numpy()).groupby(opp).cumsum()
    to_day = pd.Series(day).groupby(opp).shift(-1).fillna(NEVER).astype("int64")
    nth = rows.groupby("opp").cumcount() + 1
    given = np.where(rng.random(len(began)) < shape.no_amount, np.nan, amount)
    true = shape.forward ** (shape.stages - stage + 1)
    odds = true / (1 - true) * shape.stated
    won = rows["won"].fillna(0).to_numpy("float64") > 0
    percent = np.where(stage > 0, 100 * odds / (1 + odds), np.where(won, 100.0, 0.0))
    return pd.DataFrame(
        {
            "opportunity_id": opp + 1,
            "nth": nth,
            "from_day": day,
            "to_day": to_day,
            "began_day": began[opp],
            "entered_day": entered.astype("int64"),
            "cycle_code": "ONE",
            "stage": stage,
            "position": stage,
            "stages": np.where(stage > 0, shape.stages, 0),
            "owner_code": pd.Series(rows["owner"].groupby(rows["opp"]).ffill().fillna(0))
            .astype("int64")
            .astype("str"),
            "team_code": None,
            "amount": np.where(stage > 0, given[opp], np.where(won, amount[opp], np.nan)),
            "probability_percent": percent,
            "forecast_category": None,
            "expected_close_day": np.where(stage == 0, day, expected),
            "valid_day": day,
            "pushes": pushed.to_numpy("int64"),
            "is_inside": True,
            "is_sampled": True,
        }
    )
