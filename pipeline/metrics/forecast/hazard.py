"""The competing-risk hazard: by the week, how likely an open opportunity is won, or lost.

From what an opportunity looks like at a cut, for each of the weeks that follow: the chance that it
is won in that week, and that it is lost, given that it was still open before. Both are fitted, by
penalised logistic regression, on opportunity-weeks: what was open on past days, followed week by
week to its closing or to the cut.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.metrics.forecast.features import (
    AGE,
    AMOUNT_BANDS,
    PUSHES,
    QUARTERS,
    REACH,
    STAGE_AGE,
    Rows,
    Words,
    band,
    reach_band,
)
from pipeline.metrics.forecast.landmarks import WEEK, Landmarks, landmarks
from pipeline.metrics.forecast.logistic import Design, expit, fit, split
from pipeline.metrics.forecast.past import Floats, Ints, Past, day_number

AHEAD = (1, 3, 6, 10)
"""Weeks ahead in bands: the first, to the third, to the sixth, to the tenth, later."""
TO_END = (6, 13, 27, 48)
"""Days to the end of the period in bands: many sales are closed just before it, fewer earlier."""
MOST_WEEKS = 13
"""So many weeks ahead are told apart; what comes later goes on like the last of them."""
MOST_ROWS = 40_000
"""So many opportunity-weeks, about, are fitted at most."""
HALF_YEARS = 1.5
"""So many years ago a week counts half."""
LIGHT, HEAVY = 1.0, 3.0
"""The precision of the prior of a coefficient that all share, and of a stage's own."""


@dataclass(frozen=True, eq=False)
class Hazard:
    """A fitted hazard: chances of being won and lost by week, for rows as they are on a day."""

    words: Words
    won: Floats
    lost: Floats
    ends: Ints
    """The last days of periods, in order: more is closed just before them."""
    number: float
    """How many opportunity-weeks it was fitted on."""

    def paths(self, rows: Rows, day: Ints, days: int) -> tuple[Floats, Floats]:
        """Give the chance to be won within 1, 2, ... weeks, up to so many days, and to be lost.

        One row an opportunity, one column a week; the last week may be a part of one.
        """
        weeks = -(-days // WEEK)
        stays = np.ones(len(day))
        scored = [_Scored(self, beta, rows, day) for beta in (self.won, self.lost)]
        won, lost = np.zeros((2, len(day), weeks))
        before_won = before_lost = np.zeros(len(day))
        for week in range(1, weeks + 1):
            part = min(1.0, (days - WEEK * (week - 1)) / WEEK)
            middle = day + WEEK * week - 3
            moving = reach_band(middle, rows.expected), period_end(middle, self.ends)
            h_won, h_lost = (_part(expit(one.at(week, *moving)), part) for one in scored)
            leaves = np.minimum(h_won + h_lost, 1.0)
            before_won = won[:, week - 1] = before_won + stays * h_won
            before_lost = lost[:, week - 1] = before_lost + stays * h_lost
            stays = stays * (1 - leaves)
        return won, lost


class _Scored:
    """The log odds of rows week by week: what stays from week to week is added up once."""

    def __init__(self, hazard: Hazard, beta: Floats, rows: Rows, day: Ints) -> None:
        parts = split(beta, sizes(hazard.words))
        self._rows = rows
        self._ahead, way, stage = parts[:3]
        self._way, self._stage = (part.reshape(-1, len(self._ahead)) for part in (way, stage))
        self._reach, self._end = parts[7:]
        lasting = zip(parts[3:7], _lasting(hazard.words, rows, day), strict=True)
        self._same = beta[0] + sum(own[column] for own, column in lasting)

    def at(self, week: int, reach: Ints, end: Ints) -> Floats:
        """Give the log odds of a week ahead."""
        ahead = int(band(np.array(min(week, MOST_WEEKS)), AHEAD))
        by_stage = (self._stage[:, ahead] + self._ahead[ahead])[self._rows.stage + 1]
        moving = self._way[:, ahead][self._rows.way] + self._reach[reach] + self._end[end]
        return np.asarray(self._same + by_stage + moving)


def _part(chance: Floats, part: float) -> Floats:
    return chance if part == 1 else np.asarray(1 - (1 - chance) ** part)


def sizes(words: Words) -> list[int]:
    """How many values each factor of `codes` has."""
    ahead = len(AHEAD) + 1
    return [
        ahead,
        QUARTERS * ahead,
        (len(words.stages) + 1) * ahead,
        len(STAGE_AGE) + 1,
        len(AGE) + 1,
        len(PUSHES) + 1,
        AMOUNT_BANDS,
        len(REACH) + 2,
        len(TO_END) + 1,
    ]


def codes(words: Words, rows: Rows, day: Ints, week: Ints, ends: Ints) -> list[Ints]:
    """Give the factors of opportunity-weeks: so many weeks ahead of a day, as rows are on it."""
    ahead = band(np.minimum(week, MOST_WEEKS), AHEAD)
    several = len(AHEAD) + 1
    middle = day + WEEK * week - 3
    return [
        ahead,
        rows.way * several + ahead,
        (rows.stage + 1) * several + ahead,
        *_lasting(words, rows, day),
        reach_band(middle, rows.expected),
        period_end(middle, ends),
    ]


def _lasting(words: Words, rows: Rows, day: Ints) -> list[Ints]:
    """Give the factors that are the same for every week ahead."""
    return [
        band(day - rows.entered, STAGE_AGE),
        band(day - rows.began, AGE),
        rows.pushes,
        words.amount_band(rows.amount),
    ]


def period_end(day: Ints, ends: Ints) -> Ints:
    """Give in which band of `TO_END` the days to the end of the period lie; the last: far."""
    if not len(ends):
        return np.full(len(day), len(TO_END), np.int64)
    following = np.searchsorted(ends, day)
    known = following < len(ends)
    left = ends[np.minimum(following, len(ends) - 1)] - day
    return np.asarray(np.where(known, np.searchsorted(TO_END, left), len(TO_END)))


def period_ends(past: Past) -> Ints:
    """Give the last days of the periods before and of this one, in order."""
    days = {day_number(last) for _, last in past.periods} | {past.last_day}
    return np.array(sorted(days), np.int64)


def fit_hazard(past: Past, days: int) -> Hazard:
    """Fit the hazard on what is known at the cut, for looking so many days ahead."""
    weeks = min(MOST_WEEKS, max(1, -(-days // WEEK)))
    words = Words(past.lives)
    rows = words.rows(past.lives)
    ends = period_ends(past)
    marks = landmarks(past, _every(past, weeks))
    mark, week, happened = opportunity_weeks(marks, weeks)
    weight = 0.5 ** (marks.followed[mark] / 365 / HALF_YEARS)
    factors = codes(words, rows.at(marks.row[mark]), marks.day[mark], week, ends)
    counts = sizes(words)
    cell, back = _cells(factors, counts)
    design = Design([column[cell] for column in factors], counts)
    number = np.bincount(back, weight, len(cell))
    won = np.bincount(back, weight * (happened == 1), len(cell))
    lost = np.bincount(back, weight * (happened == -1), len(cell))
    penalty = _penalty(counts)
    return Hazard(
        words=words,
        won=fit(design, number, won, penalty),
        lost=fit(design, number, lost, penalty),
        ends=ends,
        number=float(len(mark)),
    )


def opportunity_weeks(marks: Landmarks, weeks: int) -> tuple[Ints, Ints, Ints]:
    """Follow landmarks week by week: the landmark, how many weeks ahead, and what happened.

    1: won in that week, -1: lost, 0: neither. Only whole weeks before the cut count, and the
    week of the closing is the last.
    """
    closing = -(-marks.closed_after // WEEK)
    times = np.minimum(np.minimum(closing, marks.followed // WEEK), weeks)
    mark = np.repeat(np.arange(len(times)), times)
    week = np.arange(len(mark)) - np.repeat(np.cumsum(times) - times, times) + 1
    closes = week == closing[mark]
    return mark, week, np.where(closes, np.where(marks.won[mark], 1, -1), 0)


def _every(past: Past, weeks: int) -> int:
    """How many days lie between the days looked from, so that the rows do not become too many."""
    lives = past.lives
    open_rows = lives[lives["stage"] > 0]
    length = np.minimum(open_rows["to_day"], past.cut_day) - open_rows["from_day"]
    total = float(np.maximum(length, 0).sum()) / WEEK * (weeks + 1) / 2
    least = max(1, round(weeks / 3))
    return WEEK * max(least, int(np.ceil(total / MOST_ROWS)))


def _cells(factors: list[Ints], counts: list[int]) -> tuple[Ints, Ints]:
    """Put alike rows together: the first row of each cell, and the cell of each row."""
    key = np.zeros(len(factors[0]), np.int64)
    for column, size in zip(factors, counts, strict=True):
        key = key * size + column
    _, first, back = np.unique(key, return_index=True, return_inverse=True)
    return first.astype(np.int64), back.astype(np.int64)


def _penalty(counts: list[int]) -> Floats:
    strengths = [LIGHT] * len(counts)
    strengths[2] = HEAVY
    return np.concatenate(
        [[1e-3], *(np.full(n, k) for n, k in zip(counts, strengths, strict=True))]
    )
