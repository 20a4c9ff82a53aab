"""The default: the hazard's chances, what amounts become, what is still to begin, a shared shock."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pipeline.metrics.forecast.amounts import brought
from pipeline.metrics.forecast.arrivals import New, new_business
from pipeline.metrics.forecast.distribution import SEED, Forecast
from pipeline.metrics.forecast.hazard import Hazard, fit_hazard
from pipeline.metrics.forecast.logistic import expit, logit
from pipeline.metrics.forecast.past import Floats, Past
from pipeline.metrics.forecast.simulation import Deals, roll_up
from pipeline.metrics.forecast.windows import Windows, level, owner_effects, shock, windows

NEW_SEED = SEED + 1


@dataclass(frozen=True, eq=False)
class Learned:
    hazard: Hazard
    look: Windows
    chances: Floats
    deals: Deals
    tau: float
    new: New
    evidence: float


@lru_cache(maxsize=4)
def learned(past: Past) -> Learned:
    days = past.days_ahead
    hazard = fit_hazard(past, days)
    look = windows(past, hazard, days)
    owners = owner_effects(look, len(hazard.words.owners))
    before = expit(logit(look.chance) + owners[look.rows.owner])
    size = hazard.words.size
    right = level(look, before, size(look.rows.amount))
    checked = right.right(before, size(look.rows.amount))
    tau = shock(look, checked)
    rows = hazard.words.rows(past.open)
    day = np.full(len(past.open), past.cut_day)
    if days:
        won, _ = hazard.paths(rows, day, days)
        raw = np.clip(won[:, -1], 1e-9, 1 - 1e-9)
        if past.cut_day < past.first_day - 1:
            early = past.first_day - 1 - past.cut_day
            raw = np.clip(raw - hazard.paths(rows, day, early)[0][:, -1], 1e-9, 1)
        chance = right.right(expit(logit(raw) + owners[rows.owner]), size(rows.amount))
    else:
        chance = np.zeros(len(day))
    amounts, ratios = brought(past)
    return Learned(
        hazard=hazard,
        look=look,
        chances=chance,
        deals=Deals(amounts=amounts, chances=chance, ratios=ratios),
        tau=tau,
        new=new_business(past),
        evidence=float(look.won.sum()) * look.overlap,
    )


def monte_carlo(past: Past, draws: int) -> Forecast:
    got = learned(past)
    rng = np.random.default_rng(NEW_SEED)
    return roll_up(
        past,
        method="monte-carlo",
        deals=got.deals,
        draws=draws,
        tau=got.tau,
        new=got.new.draw(draws, rng),
        from_new=got.new.expected,
        evidence_share=got.evidence / (got.evidence + 20),
        evidence=f"{got.evidence:.0f} wins",
    )
