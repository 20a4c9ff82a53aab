"""What people do while opportunities stay in a stage: enter figures, hand over, push, correct."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.demo.simulator_company import HABITS
from pipeline.demo.simulator_people import Flags, Floats, Ints
from pipeline.demo.simulator_rates import CHANCES, STAGES, STRETCH
from pipeline.demo.simulator_rows import ACTION, CARRY, NONE, Rows


@dataclass(frozen=True, eq=False)
class Entries:
    """Opportunities that enter a stage: which, when, by which action, and their standing."""

    opp: Ints
    day: Ints
    action: Ints
    stage: Ints
    owner: Ints
    amount: Ints
    expected: Ints
    note: Ints

    def where(self, chosen: npt.NDArray[Any]) -> "Entries":
        """Give some of them, by position or by a mask."""
        return Entries(**{name: column[chosen] for name, column in vars(self).items()})


@dataclass(frozen=True, eq=False)
class Stay:
    """The stays of one turn: how long they can be seen, and how they end if they do by today."""

    step: int
    cycle: Ints
    segment: Ints
    until: Ints
    ended: Flags
    kind: Ints


def enter(rng: np.random.Generator, rows: Rows, entries: Entries, stay: Stay) -> Ints:
    """Note the entry; a close date that has come is set anew, and some chances are typed."""
    size = len(entries.opp)
    left = (STAGES[stay.cycle] - entries.stage + 1) * 16 * STRETCH[stay.segment]
    anew = entries.day + 5 + (left * rng.lognormal(0, 0.4, size)).astype(np.int64)
    expected = np.where(entries.expected <= entries.day, anew, entries.expected)
    typed = CHANCES[stay.cycle, entries.stage] + rng.normal(*HABITS.optimism, size)
    typed = (np.round(typed / 5) * 5).clip(5, 100)
    chances = np.where(rng.random(size) < HABITS.typed_chances, typed, NONE).astype(np.int64)
    given = vars(entries) | {"expected": expected, "chances": chances}
    rows.add(**given, step=stay.step, seq=0, category=_first(entries, NONE))
    return np.asarray(expected)


def _first(entries: Entries, value: int) -> Ints:
    """Give a value where a life begins, and what was before elsewhere."""
    return np.where(entries.action == ACTION["first"], value, CARRY)


def hand_over(
    rng: np.random.Generator,
    rows: Rows,
    entries: Entries,
    stay: Stay,
    owner: Ints,
    handover: Flags,
) -> None:
    """Note handovers in the first days of the stay."""
    day = np.minimum(entries.day + rng.integers(0, 6, len(owner)), stay.until)
    at = np.flatnonzero(handover)
    rows.add("reassign", opp=entries.opp[at], step=stay.step, seq=1, day=day[at], owner=owner[at])


def push(
    rng: np.random.Generator, rows: Rows, entries: Entries, stay: Stay, expected: Ints
) -> Ints:
    """Push close dates that come up during the stay, again and again, until one is let pass."""
    expected = expected.copy()
    earliest = entries.day.copy()
    at = np.arange(len(expected))
    for seq in range(2, 8):
        due = (expected[at] < stay.until[at]) & (rng.random(len(at)) < HABITS.push)
        at = at[due]
        day = np.maximum(expected[at] - rng.integers(0, 6, len(at)), earliest[at])
        far = HABITS.push_days[0] * rng.lognormal(0, HABITS.push_days[1], len(at))
        expected[at] = np.maximum(day, expected[at]) + 1 + far.astype(np.int64)
        earliest[at] = day
        opp = entries.opp[at]
        rows.add("update", opp=opp, step=stay.step, seq=seq, day=day, expected=expected[at])
    return expected


def correct_amount(rng: np.random.Generator, rows: Rows, entries: Entries, stay: Stay) -> Ints:
    """Correct some amounts on a day of the stay."""
    size = len(entries.opp)
    at = np.flatnonzero(rng.random(size) < HABITS.amount_change)
    day = _some_day(rng, entries, stay)[at]
    factor = rng.lognormal(0, HABITS.amount_spread, size)[at]
    amount = entries.amount.copy()
    amount[at] = rounded(amount[at] * factor)
    rows.add("update", opp=entries.opp[at], step=stay.step, seq=8, day=day, amount=amount[at])
    return amount


def categorise(rng: np.random.Generator, rows: Rows, entries: Entries, stay: Stay) -> None:
    """Set a forecast category in some stays of the last two stages."""
    size = len(entries.opp)
    late = entries.stage >= STAGES[stay.cycle] - 1
    at = np.flatnonzero(late & (rng.random(size) < HABITS.category))
    category = rng.choice([1, 2, 2, 3, 3, 4], size)[at]
    day = _some_day(rng, entries, stay)[at]
    rows.add("edit", opp=entries.opp[at], step=stay.step, seq=9, day=day, category=category)


def rounded(amount: Floats) -> Ints:
    """Round as people do: to fifties."""
    return np.asarray((np.maximum(np.round(amount / 50), 1) * 50).astype(np.int64))


def _some_day(rng: np.random.Generator, entries: Entries, stay: Stay) -> Ints:
    """Draw a day of each stay, as far as it can be seen."""
    return np.asarray(rng.integers(entries.day, stay.until + 1))
