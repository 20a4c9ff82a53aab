"""The lives of a block of opportunities: all take one stay per turn, until all have ended."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.demo.simulator_company import (
    CYCLES,
    DUPLICATE,
    HABITS,
    KINDS,
    LOST_REASONS,
    SEGMENTS,
    WON_REASONS,
)
from pipeline.demo.simulator_habits import (
    Entries,
    Stay,
    categorise,
    correct_amount,
    enter,
    hand_over,
    push,
    rounded,
)
from pipeline.demo.simulator_people import Flags, Floats, Ints, Sellers
from pipeline.demo.simulator_rates import (
    DUPLICATES,
    STAGES,
    STEPS,
    exit_shares,
    pick,
    stay_days,
)
from pipeline.demo.simulator_rows import ACTION, NONE, Rows
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
        amount=rounded(medians * rng.lognormal(0, spread)),
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
    expected = enter(rng, rows, entries, stay)
    hand_over(rng, rows, entries, stay, owner, handover)
    expected = push(rng, rows, entries, stay, expected)
    amount = correct_amount(rng, rows, entries, stay)
    categorise(rng, rows, entries, stay)
    after = Entries(**vars(entries) | {"owner": owner, "amount": amount, "expected": expected})
    return _leave(rng, block, rows, after, stay, today)


def _handover(rng: np.random.Generator, sellers: Sellers, owner: Ints) -> tuple[Ints, Flags]:
    """Draw who is responsible for the stay, and where that is somebody new."""
    handover = rng.random(len(owner)) < HABITS.handover
    other = pick(rng, sellers.handed_to[owner])
    return np.where(handover, other, owner), handover


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
    paid = np.where(less, rounded(entries.amount * rng.uniform(0.8, 1, size)), entries.amount)
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


def _alike(shares: Sequence[float], size: int) -> Floats:
    """Give the same shares for each of many draws."""
    return np.broadcast_to(np.asarray(shares), (size, len(shares)))
