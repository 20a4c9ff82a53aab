"""From the lives of a block to the frames of a history: words, numbers, days and moments."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipeline.demo.simulator_company import CYCLES, HABITS
from pipeline.demo.simulator_lives import CATEGORIES, REASONS, Block
from pipeline.demo.simulator_people import Ints, Market, Sellers
from pipeline.demo.simulator_rates import pick
from pipeline.demo.simulator_rows import ACTIONS, numbered
from pipeline.demo.simulator_words import OCCASIONS, PRODUCTS, REOPENINGS

PRIORITIES = ("low", "normal", "high")
HOUR = 3600
DAY = 24 * HOUR
CLOSING_TIME = 20 * HOUR
"""What is still to be recorded on the last day has been by this time of the day."""


def opportunity_frame(
    rng: np.random.Generator,
    block: Block,
    sellers: Sellers,
    market: Market,
    first_number: int,
) -> pd.DataFrame:
    """Give the opportunities of a block; their external ids count on over all blocks."""
    size = len(block.created)
    company = _companies(rng, block, market)
    return pd.DataFrame(
        {
            "external_id": external_ids(first_number, size),
            "description": _descriptions(rng, block),
            "contact_no": np.array(market.person_nos())[company],
            "company_no": np.array(market.company_nos())[company],
            "owner_code": named(block.owner, sellers.codes),
            "cycle_code": named(block.cycle, [cycle.code for cycle in CYCLES]),
            "campaign_no": _campaigns(rng, block),
            "priority": named(rng.choice([0, 1, 1, 1, 1, 1, 2], size), PRIORITIES),
            "created_on": days(block.created),
            "created_at": seconds(block.created * DAY + rng.integers(7 * HOUR, 8 * HOUR, size)),
            "created_by": named(block.owner, sellers.codes),
        }
    )


def transition_frame(
    rng: np.random.Generator,
    table: dict[str, Ints],
    sellers: Sellers,
    ids: pd.Series,
    today: int,
) -> pd.DataFrame:
    """Give the transitions of a block, in order; `ids` are the external ids by position."""
    reason, category, note = table["reason"], table["category"], table["note"]
    return pd.DataFrame(
        {
            "external_id": named(table["opp"], ids),
            "nth": numbered(table["opp"]),
            "action": named(table["action"], ACTIONS),
            "stage": table["stage"],
            "amount": table["amount"].astype(np.float64),
            "won_amount": np.where(table["won_amount"] < 0, np.nan, table["won_amount"]),
            "chances_percent": table["chances"],
            "expected_close_on": days(table["expected"]),
            "owner_code": named(table["owner"], sellers.codes),
            "forecast_category": named(category - 1, CATEGORIES[1:]),
            "close_reason_code": named(reason - 1, REASONS[1:]),
            "valid_from": days(table["day"]),
            "recorded_at": _moments(rng, table["opp"], table["day"], today),
            "recorded_by": named(table["owner"], sellers.codes),
            "note": named(note - 1, REOPENINGS),
        }
    )


def external_ids(first: int, size: int) -> pd.Series:
    """Give external ids that sort as they count: D00000001, D00000002 ..."""
    numbers = pd.Series(np.arange(first, first + size)).astype("str").str.zfill(8)
    return "D" + numbers


def named(positions: Ints, names: Sequence[str] | pd.Series) -> pd.Categorical:
    """Give names for positions; -1 is null."""
    return pd.Categorical.from_codes(positions, categories=pd.Index(list(names), dtype="str"))


def days(numbers: Ints) -> pd.Series:
    """Give days from their numbers since 1970-01-01."""
    return pd.Series(numbers.astype("datetime64[D]").astype("datetime64[s]"))


def seconds(numbers: Ints) -> pd.Series:
    """Give moments from their seconds since 1970-01-01."""
    return pd.Series(numbers.astype("datetime64[s]"))


def _companies(rng: np.random.Generator, block: Block, market: Market) -> Ints:
    """Draw whom each opportunity is with: a company of its segment, a customer or not yet one."""
    wants_customer = np.array([cycle.for_customers for cycle in CYCLES])[block.cycle]
    company = np.zeros(len(block.created), np.int64)
    for (segment, is_customer), pool in market.pools.items():
        at = np.flatnonzero((block.segment == segment) & (wants_customer == is_customer))
        company[at] = pool[rng.integers(len(pool), size=len(at))]
    return company


def _descriptions(rng: np.random.Generator, block: Block) -> pd.Categorical:
    """Draw what is sold, from the words of the sales cycle."""
    names = [
        f"{product}{occasion}"
        for cycle in CYCLES
        for product in PRODUCTS[cycle.code]
        for occasion in OCCASIONS
    ]
    sizes = np.array([len(PRODUCTS[cycle.code]) * len(OCCASIONS) for cycle in CYCLES])
    begins = np.cumsum(sizes) - sizes
    return named(begins[block.cycle] + rng.integers(0, sizes[block.cycle]), names)


def _campaigns(rng: np.random.Generator, block: Block) -> pd.Categorical:
    """Draw which new-customer opportunities come from the campaign of their quarter."""
    months = block.created.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    quarters = np.arange(months.min() // 3, months.max() // 3 + 1)
    comes = (rng.random(len(months)) < HABITS.campaign) & (block.cycle == 0)
    position = np.where(comes, months // 3 - quarters[0], -1)
    return named(position, [campaign_no(int(quarter)) for quarter in quarters])


def campaign_no(quarter: int) -> str:
    """Give the campaign of a quarter (counted since 1970).

    >>> campaign_no(224)
    'CAM2026Q1'
    """
    return f"CAM{1970 + quarter // 4}Q{quarter % 4 + 1}"


def _moments(rng: np.random.Generator, opp: Ints, day: Ints, today: int) -> pd.Series:
    """Draw when each row was recorded: in working hours of its day or later, in order, by today."""
    shares, means = np.array(HABITS.late).T
    late = means[pick(rng, np.broadcast_to(shares, (len(day), len(shares))))]
    second = day * DAY + rng.integers(8 * HOUR, 18 * HOUR, len(day))
    second = second + (rng.exponential(1, len(day)) * late * DAY).astype(np.int64)
    apart = opp * (200 * 365 * DAY)
    in_order = np.maximum.accumulate(second + apart) - apart
    by_now = np.minimum(in_order, today * DAY + CLOSING_TIME) + numbered(opp)
    return seconds(by_now)
