"""What has not begun yet: arrivals by week, how many of them are won in time, and for how much."""

from dataclasses import dataclass

import numpy as np

from pipeline.metrics.forecast.past import Floats, Ints, Past

WEEK = 7
RECENT = 26 * WEEK
"""The days whose arrivals tell how many there are now."""
YEAR = 52 * WEEK
SEASON_STRENGTH = 60.0
"""So many arrivals of prior lie on a season being as the rest of its year."""
CURVE_STRENGTH = 50.0
"""So many beginnings of prior lie on the scope's being won as fast as the company's."""
RATIO_STRENGTH = 10.0
SHOCK, SHOCK_PERIODS = 0.2, 4.0
LEAST_POOL = 30
WIDEST = 2.0
"""A level that may be seven times as high is as good as unknown; more would overflow."""
MOST_AMOUNTS = 2_000_000


@dataclass(frozen=True, eq=False)
class New:
    """What opportunities that begin after the cut will bring by the end of the period."""

    number: float
    """How many of them are expected to be won."""
    arrivals: float
    """How many are expected to begin."""
    spread: float
    """Standard deviation of the logarithm of the level that all of them share."""
    amounts: Floats
    """Amounts of comparable wins."""
    seen: float
    """How many wins of that kind were seen in the past."""

    @property
    def expected(self) -> float:
        """What they are expected to bring."""
        return self.number * float(self.amounts.mean()) if len(self.amounts) else 0.0

    def draw(self, draws: int, rng: np.random.Generator) -> Floats:
        """Draw what they bring: a negative binomial number of amounts."""
        if self.number <= 0 or not len(self.amounts):
            return np.zeros(draws)
        shape = 1 / max(np.expm1(min(self.spread, WIDEST) ** 2), 1e-9)
        numbers = rng.poisson(self.number * rng.gamma(shape, 1 / shape, draws))
        if numbers.sum() > MOST_AMOUNTS:
            mean, deviation = self.amounts.mean(), self.amounts.std()
            noise = rng.standard_normal(draws) * np.sqrt(numbers) * deviation
            return np.asarray(np.maximum(numbers * mean + noise, 0))
        drawn = self.amounts[rng.integers(len(self.amounts), size=int(numbers.sum()))]
        owner = np.repeat(np.arange(draws), numbers)
        return np.bincount(owner, drawn, draws)


def new_business(past: Past) -> New:
    """Expect what begins after the cut: arrivals, the share won in time, and amounts."""
    days = past.days_ahead
    spells = _spells(past)
    curve = win_curve(spells, past.cut_day, days)
    daily = _daily(past)
    again = _again(spells)
    rate = expected_rate(daily, days)
    arriving = rate * again
    reach = np.arange(days - 1, -1, -1)
    expected = arriving * float(curve[reach].sum())
    expected -= arriving * float(curve[: past.days_before].sum())
    ratio, seen, spread = _checked(past, spells, curve, days)
    wins = past.wins
    fast = (wins["won_day"] - wins["began_day"]) <= max(days, 30)
    pool = wins.loc[fast, "amount"].fillna(0).to_numpy("float64")
    if len(pool) < LEAST_POOL:
        pool = wins["amount"].fillna(0).to_numpy("float64")
    return New(
        number=max(expected * ratio, 0.0),
        arrivals=arriving * days,
        spread=spread,
        amounts=pool,
        seen=seen,
    )


@dataclass(frozen=True, eq=False)
class Spells:
    """Times in progress: from a beginning or reopening to the closing that ended them."""

    begins: Ints
    ends: Ints
    """0: still in progress at the cut."""
    won: Floats
    inside: np.ndarray
    first: np.ndarray


def _spells(past: Past) -> Spells:
    lives = past.lives
    ids = lives["opportunity_id"].to_numpy("int64")
    stage = lives["stage"].to_numpy("int64")
    valid = lives["valid_day"].to_numpy("int64")
    same = np.append(False, ids[1:] == ids[:-1]) if len(ids) else np.zeros(0, bool)
    was_open = np.append(False, stage[:-1] > 0) & same if len(ids) else same
    starts = np.flatnonzero((stage > 0) & ~was_open)
    closes = np.flatnonzero((stage == 0) & was_open)
    spell = np.cumsum((stage > 0) & ~was_open) - 1
    ends = np.zeros(len(starts), np.int64)
    won = np.zeros(len(starts))
    ends[spell[closes]] = valid[closes]
    won[spell[closes]] = lives["is_won"].to_numpy("bool")[closes]
    return Spells(
        begins=valid[starts],
        ends=ends,
        won=won,
        inside=lives["is_inside"].to_numpy(bool)[starts],
        first=~same[starts],
    )


def win_curve(spells: Spells, cut: int, days: int) -> Floats:
    """Give the share won by each age in days, 0 to `days`; the scope's, drawn to the company's."""
    recent = spells.begins > cut - 3 * 366
    whole = _curve(spells, recent, cut, days)
    own = _curve(spells, recent & spells.inside, cut, days)
    n = float((recent & spells.inside).sum())
    return np.asarray((n * own + CURVE_STRENGTH * whole) / (n + CURVE_STRENGTH))


def _curve(spells: Spells, chosen: np.ndarray, cut: int, days: int) -> Floats:
    """Aalen and Johansen's estimate, by day."""
    begins, ends, won = spells.begins[chosen], spells.ends[chosen], spells.won[chosen]
    ended = ends > 0
    age = np.clip(np.where(ended, ends, cut) - begins, 0, days + 1)
    at_risk = len(age) - np.append(0, np.cumsum(np.bincount(age, minlength=days + 2)))[:-1]
    wins = np.bincount(age, won * ended, days + 2)
    exits = np.bincount(age, ended, days + 2)
    risk = np.maximum(at_risk, 1)
    stays = np.append(1.0, np.cumprod(1 - exits / risk))[:-1]
    return np.asarray(np.cumsum(stays * wins / risk)[: days + 1])


def _daily(past: Past) -> Floats:
    """Arrivals by day, the cut last, at most four years."""
    day = past.arrivals["began_day"].to_numpy("int64")
    number = past.arrivals["number"].to_numpy("float64")
    if not len(day):
        return np.zeros(0)
    length = min(past.cut_day - int(day.min()) + 1, 4 * YEAR + RECENT)
    back = past.cut_day - day
    inside = (back >= 0) & (back < length)
    return np.bincount(back[inside], number[inside], length)[::-1]


def _again(spells: Spells) -> float:
    """How many spells there are for each opportunity that begins: reopenings make it more."""
    first = float(spells.first.sum())
    return float(len(spells.first)) / first if first else 1.0


def expected_rate(daily: Floats, days: int) -> float:
    """Give how many arrive a day over the days ahead: as lately, times the season of other years.

    The season is what came in the same days of earlier years in relation to the half year before.
    """
    recent = daily[-RECENT:]
    if not len(recent) or not days:
        return 0.0
    rate = float(recent.sum()) / len(recent)
    came = expected = 0.0
    for year in range(1, 4):
        end = len(daily) - YEAR * year
        if end < RECENT:
            break
        before = float(daily[end - RECENT : end].sum()) / RECENT
        ahead = daily[end : end + days]
        came += float(ahead.sum())
        expected += before * len(ahead)
    return rate * (came + SEASON_STRENGTH) / (expected + SEASON_STRENGTH)


def _checked(past: Past, spells: Spells, curve: Floats, days: int) -> tuple[float, float, float]:
    """Compare past windows with the curve: what was won in relation to it, how many, the spread."""
    if not days or not spells.inside.any():
        return 1.0, 0.0, SHOCK * 2
    begins = spells.begins[spells.inside]
    ends, won = spells.ends[spells.inside], spells.won[spells.inside] > 0
    step = max(WEEK, days // 4)
    first = max(int(begins.min()) + RECENT, past.cut_day - 3 * 365)
    starts = np.arange(past.cut_day - days, first, -step)
    if not len(starts):
        return 1.0, 0.0, SHOCK * 2
    came = np.zeros(len(starts))
    expected = np.zeros(len(starts))
    for at, start in enumerate(starts):
        new = (begins > start) & (begins <= start + days)
        came[at] = (new & won & (ends <= start + days)).sum()
        expected[at] = curve[start + days - begins[new]].sum()
    part = min(1.0, step / days)
    ratio = (came.sum() * part + RATIO_STRENGTH) / (expected.sum() * part + RATIO_STRENGTH)
    periods = len(starts) * part
    off = (came - ratio * expected) ** 2 - ratio * expected
    squares = float(((ratio * expected) ** 2).sum())
    found = max(float(off.sum()) / squares, 0.0) if squares else 0.0
    spread = (found * periods + SHOCK**2 * SHOCK_PERIODS) / (periods + SHOCK_PERIODS)
    return float(ratio), float(came.sum() * part) / past.lives_share, float(np.sqrt(spread))
