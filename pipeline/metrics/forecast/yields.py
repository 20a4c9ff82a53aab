"""Yields: of what stood in a stage or a category with as many days left, the share won in time."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.amounts import brought
from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.forecast.landmarks import landmarks, step
from pipeline.metrics.forecast.levels import drawn
from pipeline.metrics.forecast.past import Floats, Past
from pipeline.metrics.forecast.simulation import Deals, roll_up

ON_TIME, LATER = 0.5, 0.1
"""How much of a stated probability is expected in the period before anything is known: of what is
expected to close by its end, and of what is not."""
CATEGORIES = {
    "closed": 0.95,
    "commit": 0.85,
    "most likely": 0.65,
    "best case": 0.35,
    "pipeline": 0.1,
    "omitted": 0.02,
}
"""What a forecast category is worth before anything is known of it."""
BY_STAGE = (
    ("way", "due"),
    ("cycle_code", "stage", "due"),
    ("cycle_code", "stage", "largeness"),
    ("cycle_code", "stage", "owner_code"),
)
BY_CATEGORY = (
    ("category",),
    ("category", "due"),
    ("category", "largeness"),
    ("category", "owner_code"),
)


LEAST_STEP = 28
"""Windows begin so many days apart at least; shorter ones leave days between them."""
MOST_ROWS = 20_000
"""So many rows of windows, about, are counted at most."""
SIZES = (0.5, 0.8, 0.95)
"""Amounts are divided where so much of the open ones lies below: large sales are won less often."""


class Yields(NamedTuple):
    """The rates of the open opportunities, and how many past ones they rest on."""

    rates: pd.DataFrame
    """`rate | evidence_share`, a row for each open opportunity."""
    seen: int


def stage_yields(past: Past, draws: int) -> Forecast:
    """Won so far, and each open opportunity with the yield of its stage, cycle and owner."""
    found = yields(past, BY_STAGE)
    evidence = (
        f"{found.seen:,} times an opportunity stood in a stage with as many days left; the prior "
        "is what the cycles state, half of it in time"
    )
    return _rolled(past, "stage-yields", found, draws, evidence)


@lru_cache(maxsize=2)
def category(past: Past, draws: int) -> Forecast:
    """Won so far, and each open opportunity with the yield of its forecast category and owner."""
    found = yields(past, BY_CATEGORY)
    told = int(past.open["forecast_category"].notna().sum())
    evidence = (
        f"{found.seen:,} times an opportunity stood in a category with as many days left; the "
        "prior is what categories usually mean"
    )
    forecast = _rolled(past, "category", found, draws, evidence)
    return forecast.noted(
        f"{told:,} of {len(past.open):,} open opportunities have a category; the others count as "
        "a category of their own."
    )


def _rolled(past: Past, method: str, found: Yields, draws: int, evidence: str) -> Forecast:
    amounts, ratios = brought(past)
    share = found.rates["evidence_share"]
    return roll_up(
        past,
        method=method,
        deals=Deals(
            amounts=amounts,
            chances=found.rates["rate"].to_numpy("float64"),
            ids=past.ids,
            ratios=ratios,
        ),
        draws=draws,
        evidence_share=min(float(share.mean()), past.told) if len(share) else 0.0,
        evidence=evidence,
    )


def yields(past: Past, levels: Sequence[Sequence[str]]) -> Yields:
    """Give the rates of the open opportunities from past windows that do not overlap."""
    days = past.days_ahead
    if not days:
        return Yields(pd.DataFrame({"rate": 0.0, "evidence_share": 1.0}, index=past.open.index), 0)
    marks = landmarks(past, step(past, max(days, LEAST_STEP), MOST_ROWS), days)
    keys = ["cycle_code", "stage", "position", "stages", "owner_code", "forecast_category"]
    columns = [*keys, "amount", "expected_close_day", "probability_percent"]
    then = past.lives[columns].take(marks.row).reset_index(drop=True)
    seen = _keyed(then).assign(
        won=marks.won * 1.0 * (marks.closed_after <= days) * (marks.closed_after > past.days_before)
    )
    edges = np.nanquantile(past.open["amount"], SIZES) if past.open["amount"].notna().any() else []
    seen["largeness"] = np.searchsorted(edges, then["amount"])
    seen["due"] = due(then["expected_close_day"], pd.Series(marks.day + days))
    frame = _keyed(past.open)
    frame["largeness"] = np.searchsorted(edges, past.open["amount"])
    frame["due"] = due(past.open["expected_close_day"], pd.Series(past.last_day, past.open.index))
    prior = np.where(frame["due"] == "in time", ON_TIME, LATER)
    frame["prior"] = _stated(past.open, by_category="category" in levels[0]) * prior
    return Yields(drawn(frame, seen, levels), len(seen))


def stated_in_time(past: Past) -> Floats:
    """Give what the cycles state of the open opportunities, as far as it may come in the period."""
    until = pd.Series(past.last_day, index=past.open.index)
    in_time = due(past.open["expected_close_day"], until) == "in time"
    stated = _stated(past.open, by_category=False).to_numpy("float64")
    return np.asarray(stated * np.where(in_time, ON_TIME, LATER))


def due(expected: pd.Series, until: pd.Series) -> pd.Series:
    """Say whether something is expected to close by a day, later, or has no date."""
    late = pd.Series("later", index=expected.index).mask(expected <= until, "in time")
    return late.mask(expected.isna(), "no date")


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    place = np.ceil(rows["position"] * 4 / rows["stages"].where(rows["stages"] > 0, 1))
    return rows.assign(way=place, category=rows["forecast_category"])


def _stated(rows: pd.DataFrame, *, by_category: bool) -> pd.Series:
    stated = (rows["probability_percent"] / 100).clip(0.005, 0.98)
    if not by_category:
        return stated
    return rows["forecast_category"].map(CATEGORIES).astype("float64").fillna(stated)
