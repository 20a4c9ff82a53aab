"""The default: the hazard, what amounts become, what is still to begin, a shared shock."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pipeline.metrics.forecast.amounts import brought
from pipeline.metrics.forecast.arrivals import New, new_business
from pipeline.metrics.forecast.distribution import SEED, Forecast
from pipeline.metrics.forecast.features import Rows
from pipeline.metrics.forecast.hazard import Hazard, fit_hazard
from pipeline.metrics.forecast.landmarks import WEEK
from pipeline.metrics.forecast.logistic import expit, logit
from pipeline.metrics.forecast.past import Floats, Past
from pipeline.metrics.forecast.recalibration import platt, width
from pipeline.metrics.forecast.simulation import Deals, roll_up
from pipeline.metrics.forecast.windows import (
    UNTOLD_SHOCK,
    money_off,
    owner_effects,
    shock,
    windows,
)
from pipeline.metrics.forecast.yields import stated_in_time

NEW_SEED = SEED + 1
PRIOR_CLOSED = 20.0
"""So many closed opportunities the stated percentages weigh."""
FEW = 100
"""With fewer closed opportunities the reader is told how much is prior."""


@dataclass(frozen=True, eq=False)
class Learned:
    """What is learned from the past for one cut and period; several methods use it."""

    hazard: Hazard
    raw: Floats
    """The hazard's chances of the open opportunities to be won by the period's end."""
    chances: Floats
    """The same, set right by owner, level and size, and drawn to the stated as far as it must."""
    tau: float
    """The standard deviation of the shock that all of them share, in log odds."""
    width: float
    """By how much the range is stretched."""
    closed: int
    """How many closed opportunities all of it rests on."""
    closed_inside: int
    """How many of them are of the scope."""
    shown: Deals
    new: New

    @property
    def evidence_share(self) -> float:
        """How much of the chances comes from history; the rest from the stated percentages."""
        return self.closed / (self.closed + PRIOR_CLOSED)

    @property
    def evidence(self) -> str:
        """The same in words."""
        return (
            f"{self.closed:,} closed opportunities of the company, {self.closed_inside:,} of them "
            f"in this scope; the stated percentages weigh as {PRIOR_CLOSED:.0f}"
        )


@lru_cache(maxsize=2)
def learned(past: Past) -> Learned:
    """Learn from a past; kept for the next method that asks the same."""
    days = past.days_ahead
    hazard = fit_hazard(past, days)
    look = windows(past, hazard, days)
    owners = owner_effects(look, len(hazard.words.owners))
    size = hazard.words.size(look.rows.amount)
    with_owner = expit(logit(look.chance) + owners[look.rows.owner])
    right = platt(with_owner, look.won, size, look.overlap)
    checked = right.right(with_owner, size)
    rows = hazard.words.rows(past.open)
    raw = _by_the_end(past, hazard, rows)
    model = right.right(expit(logit(raw) + owners[rows.owner]), hazard.words.size(rows.amount))
    closed, inside = _closed(past)
    told = closed / (closed + PRIOR_CLOSED)
    tau = float(np.hypot(told * shock(look, checked), (1 - told) * UNTOLD_SHOCK))
    chances = (told * model + (1 - told) * stated_in_time(past)) if days else raw
    amounts, ratios = brought(past)
    off, spread = money_off(look, checked, tau) if len(checked) else (raw[:0], raw[:0])
    return Learned(
        hazard=hazard,
        raw=raw,
        chances=chances,
        tau=tau,
        width=width(off, spread, len(off) * look.overlap),
        closed=closed,
        closed_inside=inside,
        shown=Deals(
            amounts=amounts,
            chances=chances,
            ids=past.ids,
            ratios=ratios,
        ),
        new=new_business(past),
    )


def _by_the_end(past: Past, hazard: Hazard, rows: Rows) -> Floats:
    """Give the hazard's chance to be won inside the period, after the cut."""
    if not past.days_ahead or not len(past.open):
        return np.zeros(len(past.open))
    won, _ = hazard.paths(rows, np.full(len(past.open), past.cut_day), past.days_ahead)
    before = past.first_day - 1 - past.cut_day
    early = won[:, min(before // WEEK, won.shape[1]) - 1] if before >= WEEK else 0.0
    return np.clip(won[:, -1] - early, 1e-9, 1 - 1e-9)


def _closed(past: Past) -> tuple[int, int]:
    closed = past.lives[past.lives["stage"] == 0]
    number = closed["opportunity_id"].nunique() / past.lives_share
    inside = closed.loc[closed["is_inside"], "opportunity_id"].nunique() / past.lives_share
    return round(number), round(inside)


def hazard_alone(past: Past, draws: int) -> Forecast:
    """Won so far, and each open opportunity with the chance that the hazard gives it."""
    got = learned(past)
    deals = Deals(
        amounts=got.shown.amounts, chances=got.raw, ids=got.shown.ids, ratios=got.shown.ratios
    )
    return roll_up(
        past,
        method="hazard",
        deals=deals,
        draws=draws,
        evidence_share=got.evidence_share,
        evidence=got.evidence,
        notes=_few(got),
    )


def monte_carlo(past: Past, draws: int) -> Forecast:
    """Everything together: see the definition of the method."""
    got = learned(past)
    new = got.new.draw(draws, np.random.default_rng(NEW_SEED))
    forecast = roll_up(
        past,
        method="monte-carlo",
        deals=got.shown,
        draws=draws,
        tau=got.tau,
        new=new,
        from_new=got.new.expected,
        evidence_share=got.evidence_share,
        evidence=got.evidence,
        notes=_few(got),
    )
    return forecast.stretched(got.width)


def _few(got: Learned) -> tuple[str, ...]:
    if got.closed >= FEW:
        return ()
    return (
        (
            f"Only {got.closed:,} opportunities have been closed: {1 - got.evidence_share:.0%} of "
            "the chances is what the sales cycles state, and the range is wide for it."
        ),
    )
