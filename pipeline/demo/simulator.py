"""A believable company of any size whose true rates are known: `simulate` records it.

The same opportunities, seed and day give the same rows, on every machine and at every size of
memory, because the company is made in blocks of a fixed size: the days on which all opportunities
arise are drawn first and sorted; block n takes the next `BLOCK` of them and draws from
`default_rng([seed, n + 1])`. `BLOCK` is part of the data, not a setting. A block is made when it
is recorded and forgotten afterwards, so the memory that is needed does not grow with the
company, and the log lies roughly in the order of its days.

Everything is recorded in one transaction: a run that fails or is stopped leaves nothing.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from pipeline.commands import RecordHistory, carry_out
from pipeline.commands.desk import Desk, Recorded
from pipeline.demo.simulator_arrivals import draw_arrivals
from pipeline.demo.simulator_frames import opportunity_frame, transition_frame
from pipeline.demo.simulator_lives import draw_block, live
from pipeline.demo.simulator_people import Ints, Market, Sellers, draw_market, draw_sellers
from pipeline.demo.simulator_setup import set_up
from pipeline.demo.simulator_targets import RecordTargets
from pipeline.demo.simulator_truth import Json, truth
from pipeline.store import Store
from pipeline.store.history import refuse_unless_empty

BLOCK = 50_000
"""Opportunities in a block."""
SOURCE = "simulated"

Progress = Callable[[int, int], None]
"""Is told how many opportunities of how many are recorded."""


def simulate(
    store: Store,
    *,
    opportunities: int,
    seed: int,
    today: date,
    progress: Progress | None = None,
    by: str = "SIMULATOR",
) -> Json:
    """Record a simulated company that lived until the evening before `today`; give its truth.

    The truth is also written beside the file of the store (`truth_path`). Raises
    `StoreNotEmptyError` when the store has opportunities already.
    """
    refuse_unless_empty(store)
    company = draw_company(opportunities=opportunities, seed=seed, today=today)
    begins = today - timedelta(days=company.until - int(company.created[0]) + 1)
    blocks = [
        RecordBlock(company=company, number=number, progress=progress)
        for number in range(company.blocks)
    ]
    aims = RecordTargets(sellers=company.sellers, seed=seed)
    carry_out(store, *set_up(company.sellers, begins, today), *blocks, aims, by=by, today=today)
    known = truth(company.sellers, opportunities=opportunities, seed=seed, today=today.isoformat())
    if path := truth_path(store.address):
        path.write_text(json.dumps(known, indent=1, ensure_ascii=False), encoding="utf-8")
    return known


def truth_path(address: str) -> Path | None:
    """Give where the truth of a store is written: beside its file; none for one in memory.

    >>> truth_path("data/pipeline.duckdb").name
    'demo-truth.json'
    """
    return None if address == ":memory:" else Path(address).parent / "demo-truth.json"


@dataclass(frozen=True, eq=False)
class Company:
    """What is drawn before any block: the people, and the days on which opportunities arise."""

    seed: int
    sellers: Sellers
    market: Market
    created: Ints
    until: int
    """The last day that is lived."""

    @property
    def blocks(self) -> int:
        """How many blocks it takes."""
        return -(-len(self.created) // BLOCK)


def draw_company(*, opportunities: int, seed: int, today: date) -> Company:
    """Draw the people and the days; draws are independent of everything that follows."""
    rng = np.random.default_rng([seed, 0])
    until = (today - date(1970, 1, 1)).days - 1
    return Company(
        seed=seed,
        sellers=draw_sellers(rng),
        market=draw_market(rng, opportunities),
        created=draw_arrivals(rng, opportunities, until),
        until=until,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class RecordBlock:
    """Record one block of a simulated company, made at the moment it is recorded."""

    company: Company
    number: int
    progress: Progress | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Make the block, record it as a history, and tell how far things are."""
        recorded = self.history().apply(desk)
        if self.progress is not None:
            done = min((self.number + 1) * BLOCK, len(self.company.created))
            self.progress(done, len(self.company.created))
        return recorded

    def history(self) -> RecordHistory:
        """Make the block; the first one brings the contacts of all."""
        company, first = self.company, self.number * BLOCK
        rng = np.random.default_rng([company.seed, self.number + 1])
        block = draw_block(rng, company.created[first : first + BLOCK], company.sellers)
        table = live(rng, block, company.sellers, company.until)
        opportunities = opportunity_frame(rng, block, company.sellers, company.market, first + 1)
        ids = opportunities["external_id"]
        return RecordHistory(
            source=SOURCE,
            opportunities=opportunities,
            transitions=transition_frame(rng, table, company.sellers, ids, company.until),
            contacts=company.market.contacts() if self.number == 0 else None,
        )
