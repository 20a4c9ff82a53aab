"""The lives of a block of opportunities: all take one stay per turn, until all have ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.demo.simulator_company import (
    CYCLES,
    DUPLICATE,
    HABITS,
    KINDS,
    LOST_REASONS,
    SEGMENTS,
    WON_REASONS,
)
from pipeline.demo.simulator_people import Flags, Floats, Ints, Sellers
from pipeline.demo.simulator_rates import (
    CHANCES,
    DUPLICATES,
    STAGES,
    STEPS,
    STRETCH,
    exit_shares,
    pick,
    stay_days,
)
from pipeline.demo.simulator_rows import ACTION, CARRY, NONE, Rows
from pipeline.demo.simulator_words import REOPENINGS

WON, LOST = KINDS.index("won"), KINDS.index("lost")
MOVES = np.array([ACTION.get(kind, 0) for kind in KINDS])
REASONS = ("", *WON_REASONS, *LOST_REASONS, DUPLICATE)
"""Close reasons by position; 0 is none."""
CATEGORIES = ("", "pipeline", "best case", "commit", "omitted")
"""Forecast categories by position; 0 is none."""
TURNS = 60
"""More stays than any life has."""


@dataclass(frozen=True, eq=False)
class Block:
    """Opportunities by their position in the block, as they are when they arise."""

    created: Ints
    cycle: Ints
    segment: Ints
    owner: Ints
    amount: Ints


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


def draw_block(rng: np.random.Generator, created: Ints, sellers: Sellers) -> Block:
    """Draw what the opportunities that arise on these days are."""
    size = len(created)
    cycle = pick(rng, _alike([cycle.share for cycle in CYCLES], size))
    segment = pick(rng, _alike([segment.share for segment in SEGMENTS], size))
    medians = np.array([segment.median_amount for segment in SEGMENTS])[segment]
    spread = np.array([segment.spread for segment in SEGMENTS])[segment]
    return Block(
        created=created,
        cycle=cycle,
        segment=segment,
        owner=pick(rng, sellers.mix[cycle, segment]),
        amount=_rounded(medians * rng.lognormal(0, spread)),
    )


def live(rng: np.random.Generator, block: Block, sellers: Sellers, today: int) -> dict[str, Ints]:
    """Let the block live until today and give the rows of the log, in order.

    An opportunity that had no chance to start until today has no rows.
    """
    rows = Rows()
    entries = _start(rng, block, rows, today)
    for step in range(1, TURNS):
        if not len(entries.opp):
            break
        entries = _stay(rng, block, sellers, rows, entries, step=step, today=today)
    return rows.table()


def _start(rng: np.random.Generator, block: Block, rows: Rows, today: int) -> Entries:
    """Start the opportunities some days after they arise; a few are lost before."""
    size = len(block.created)
    waits = rng.random(size) >= HABITS.started_at_once
    delay = np.where(waits, rng.geometric(1 / HABITS.start_delay_days, size), 0)
    early = rng.random(size) < HABITS.lost_before_start
    opp = np.arange(size)
    entries = Entries(
        opp=opp,
        day=block.created + delay,
        action=np.full(size, ACTION["first"]),
        stage=np.ones(size, np.int64),
        owner=block.owner,
        amount=block.amount,
        expected=np.zeros(size, np.int64),
        note=np.zeros(size, np.int64),
    )
    lost = entries.where(early & (entries.day + 7 <= today))
    reason = _lost_reason(rng, block, lost)
    rows.add(
        "lost",
        opp=lost.opp,
        step=0,
        seq=0,
        day=lost.day + 7,
        stage=0,
        amount=0,
        expected=lost.day + 7,
        chances=NONE,
        owner=lost.owner,
        category=NONE,
        reason=reason,
    )
    return entries.where(~early & (entries.day <= today))


def _stay(
    rng: np.random.Generator,
    block: Block,
    sellers: Sellers,
    rows: Rows,
    entries: Entries,
    *,
    step: int,
    today: int,
) -> Entries:
    """Let entered opportunities stay, note what happens meanwhile, and give the next entries."""
    cycle, segment = block.cycle[entries.opp], block.segment[entries.opp]
    owner, handover = _handover(rng, sellers, entries.owner)
    days = stay_days(rng, cycle, entries.stage, segment)
    shares = exit_shares(cycle, entries.stage, segment, sellers.skill[owner], days)
    kind = pick(rng, shares)
    stay = Stay(
        step=step,
        cycle=cycle,
        segment=segment,
        until=np.minimum(entries.day + days, today),
        ended=entries.day + days <= today,
        kind=kind,
    )
    expected = _enter(rng, rows, entries, stay)
    _hand_over(rng, rows, entries, stay, owner, handover)
    expected = _push(rng, rows, entries, stay, expected)
    amount = _correct_amount(rng, rows, entries, stay)
    _categorise(rng, rows, entries, stay)
    after = Entries(**vars(entries) | {"owner": owner, "amount": amount, "expected": expected})
    return _leave(rng, block, rows, after, stay, today)


@dataclass(frozen=True, eq=False)
class Stay:
    """The stays of one turn: how long they can be seen, and how they end if they do by today."""

    step: int
    cycle: Ints
    segment: Ints
    until: Ints
    ended: Flags
    kind: Ints


def _handover(rng: np.random.Generator, sellers: Sellers, owner: Ints) -> tuple[Ints, Flags]:
    """Draw who is responsible for the stay, and where that is somebody new."""
    handover = rng.random(len(owner)) < HABITS.handover
    other = pick(rng, sellers.handed_to[owner])
    return np.where(handover, other, owner), handover


def _enter(rng: np.random.Generator, rows: Rows, entries: Entries, stay: Stay) -> Ints:
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


def _hand_over(
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


def _push(
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


def _correct_amount(rng: np.random.Generator, rows: Rows, entries: Entries, stay: Stay) -> Ints:
    """Correct some amounts on a day of the stay."""
    size = len(entries.opp)
    at = np.flatnonzero(rng.random(size) < HABITS.amount_change)
    day = _some_day(rng, entries, stay)[at]
    factor = rng.lognormal(0, HABITS.amount_spread, size)[at]
    amount = entries.amount.copy()
    amount[at] = _rounded(amount[at] * factor)
    rows.add("update", opp=entries.opp[at], step=stay.step, seq=8, day=day, amount=amount[at])
    return amount


def _categorise(rng: np.random.Generator, rows: Rows, entries: Entries, stay: Stay) -> None:
    """Set a forecast category in some stays of the last two stages."""
    size = len(entries.opp)
    late = entries.stage >= STAGES[stay.cycle] - 1
    at = np.flatnonzero(late & (rng.random(size) < HABITS.category))
    category = rng.choice([1, 2, 2, 3, 3, 4], size)[at]
    day = _some_day(rng, entries, stay)[at]
    rows.add("edit", opp=entries.opp[at], step=stay.step, seq=9, day=day, category=category)


def _leave(
    rng: np.random.Generator, block: Block, rows: Rows, entries: Entries, stay: Stay, today: int
) -> Entries:
    """Close what is won or lost by today, and give what enters another stage or the same again."""
    _win(rng, rows, entries, stay)
    again = _lose(rng, block, rows, entries, stay)
    moves = stay.ended & (stay.kind != WON) & (stay.kind != LOST)
    least, mean = HABITS.reopen_after_days
    pause = (least + rng.exponential(mean, len(again))).astype(np.int64)
    values = {
        "day": np.where(again, stay.until + pause, stay.until),
        "stage": entries.stage + STEPS[stay.kind],
        "action": np.where(again, ACTION["reopen"], MOVES[stay.kind]),
        "note": np.where(again, rng.integers(1, len(REOPENINGS) + 1, len(again)), NONE),
    }
    following = Entries(**vars(entries) | values)
    return following.where((moves | again) & (following.day <= today))


def _win(rng: np.random.Generator, rows: Rows, entries: Entries, stay: Stay) -> None:
    """Note the wins, some for less than the last amount."""
    size = len(entries.opp)
    reason = 1 + pick(rng, _alike([share for _, share in WON_REASONS.values()], size))
    less = rng.random(size) < HABITS.discount
    paid = np.where(less, _rounded(entries.amount * rng.uniform(0.8, 1, size)), entries.amount)
    at = np.flatnonzero(stay.ended & (stay.kind == WON))
    rows.add(
        "won",
        opp=entries.opp[at],
        step=stay.step,
        seq=10,
        day=stay.until[at],
        stage=0,
        chances=NONE,
        won_amount=paid[at],
        reason=reason[at],
    )


def _lose(rng: np.random.Generator, block: Block, rows: Rows, entries: Entries, stay: Stay) -> Ints:
    """Note the losses and say which of all will be reopened."""
    reason = _lost_reason(rng, block, entries)
    lost = stay.ended & (stay.kind == LOST)
    at = np.flatnonzero(lost)
    rows.add(
        "lost",
        opp=entries.opp[at],
        step=stay.step,
        seq=10,
        day=stay.until[at],
        stage=0,
        chances=NONE,
        reason=reason[at],
    )
    again = rng.random(len(lost)) < HABITS.reopen
    return np.asarray(lost & again & (reason != REASONS.index(DUPLICATE)))


def _lost_reason(rng: np.random.Generator, block: Block, entries: Entries) -> Ints:
    """Draw why something would be lost in its stage."""
    cycle = block.cycle[entries.opp]
    third = np.minimum((entries.stage - 1) * 3 // STAGES[cycle], 2)
    shares = np.array([shares for _, shares in LOST_REASONS.values()]).T
    reason = 1 + len(WON_REASONS) + pick(rng, shares[third])
    duplicate = rng.random(len(reason)) < DUPLICATES[entries.stage]
    return np.where(duplicate, REASONS.index(DUPLICATE), reason)


def _some_day(rng: np.random.Generator, entries: Entries, stay: Stay) -> Ints:
    """Draw a day of each stay, as far as it can be seen."""
    return np.asarray(rng.integers(entries.day, stay.until + 1))


def _rounded(amount: Floats) -> Ints:
    """Round as people do: to fifties."""
    return np.asarray((np.maximum(np.round(amount / 50), 1) * 50).astype(np.int64))


def _alike(shares: Sequence[float], size: int) -> Floats:
    """Give the same shares for each of many draws."""
    return np.broadcast_to(np.asarray(shares), (size, len(shares)))
