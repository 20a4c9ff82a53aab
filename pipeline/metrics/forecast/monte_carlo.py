"""The default: the hazard, what amounts become, what is still to begin, a shared shock."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from pipeline.domain.percentages import share
from pipeline.domain.words import agreeing, counted
from pipeline.metrics.forecast.amounts import brought
from pipeline.metrics.forecast.arrivals import New, new_business
from pipeline.metrics.forecast.distribution import SEED, Forecast
from pipeline.metrics.forecast.features import Rows
from pipeline.metrics.forecast.hazard import Hazard, fit_hazard
from pipeline.metrics.forecast.landmarks import WEEK
from pipeline.metrics.forecast.logistic import expit, logit
from pipeline.metrics.forecast.past import PRIOR_CLOSED, Floats, Past
from pipeline.metrics.forecast.recalibration import platt, set_right, width
from pipeline.metrics.forecast.simulation import Deals, roll_up
from pipeline.metrics.forecast.windows import (
    UNTOLD_SHOCK,
    Windows,
    money_off,
    owner_effects,
    shock,
    unsure,
    windows,
)
from pipeline.metrics.forecast.yields import stated_in_time

NEW_SEED = SEED + 1
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
    shown: Deals
    new: New


class _Told:
    """A past as what it teaches: the same log, day and period teach the same.

    Whatever is open, and whichever part of the company is looked at.
    """

    def __init__(self, past: Past) -> None:
        self.past = past
        log = past.lives if past.company is None else past.company
        self._key = (id(log), past.cut, past.from_on, past.to_on, past.periods)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=2)
def _history(told: _Told) -> tuple[Hazard, Windows]:
    """Fit what looks at no open opportunity; trying out other figures of these does not undo it."""
    past = told.past
    hazard = fit_hazard(past, past.days_ahead)
    return hazard, windows(past, hazard, past.days_ahead)


@lru_cache(maxsize=2)
def learned(past: Past) -> Learned:
    """Learn from a past; kept for the next method that asks the same."""
    hazard, look = _history(_Told(past))
    rows = hazard.words.rows(past.open)
    raw = _by_the_end(past, hazard, rows)
    checked, model = _set_right(look, hazard, rows, raw)
    together = float(np.hypot(shock(look, checked), unsure(look)))
    tau = float(np.hypot(past.told * together, (1 - past.told) * UNTOLD_SHOCK))
    off, spread = money_off(look, checked, tau)
    amounts, ratios = brought(past)
    chances = _with_prior(past, model)
    return Learned(
        hazard=hazard,
        raw=raw,
        chances=chances,
        tau=tau,
        width=width(off, spread, len(off) * look.overlap),
        shown=Deals(amounts=amounts, chances=chances, ids=past.ids, ratios=ratios),
        new=new_business(past),
    )


def _set_right(look: Windows, hazard: Hazard, rows: Rows, raw: Floats) -> tuple[Floats, Floats]:
    """Set the chances of past windows and of now right: by owner, by size, by level, by shape."""
    owners = owner_effects(look, len(hazard.words.owners))
    then = expit(logit(look.chance) + owners[look.rows.owner])
    now = expit(logit(raw) + owners[rows.owner])
    size = hazard.words.size
    right = platt(then, look.won, size(look.rows.amount), look.overlap)
    then = right.right(then, size(look.rows.amount))
    now = right.right(now, size(rows.amount))
    scored = len(then) * look.overlap
    return set_right(then, look.won, then, scored), set_right(then, look.won, now, scored)


def _with_prior(past: Past, chances: Floats) -> Floats:
    """Draw chances towards the stated ones as far as there is little history."""
    if not past.days_ahead:
        return np.zeros(len(chances))
    return np.asarray(past.told * chances + (1 - past.told) * stated_in_time(past))


def _by_the_end(past: Past, hazard: Hazard, rows: Rows) -> Floats:
    """Give the hazard's chance to be won inside the period, after the cut."""
    if not past.days_ahead or not len(past.open):
        return np.zeros(len(past.open))
    won, _ = hazard.paths(rows, np.full(len(past.open), past.cut_day), past.days_ahead)
    weeks = min(past.days_before // WEEK, won.shape[1])
    early = won[:, weeks - 1] if weeks else 0.0
    return np.clip(won[:, -1] - early, 1e-9, 1 - 1e-9)


def hazard_alone(past: Past, draws: int) -> Forecast:
    """Won so far, and each open opportunity with the chance that the hazard gives it."""
    got = learned(past)
    deals = replace(got.shown, chances=_with_prior(past, got.raw))
    return roll_up(
        past,
        method="hazard",
        deals=deals,
        draws=draws,
        evidence_share=past.told,
        evidence=_evidence(past),
        notes=_few(past),
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
        evidence_share=past.told,
        evidence=_evidence(past),
        notes=_few(past),
    )
    return forecast.stretched(got.width)


def _evidence(past: Past) -> str:
    return (
        f"{counted(past.closed, 'closed opportunity')} of the company, {past.closed_inside:,} of "
        f"them in this scope; the stated percentages weigh as {PRIOR_CLOSED:.0f}"
    )


def _few(past: Past) -> tuple[str, ...]:
    if past.closed >= FEW:
        return ()
    prior = share(1 - past.told)
    closed = agreeing(past.closed, "opportunity has been closed", "opportunities have been closed")
    said = (
        f"Only {closed}: {prior} of the chances is what the sales cycles state, and the range is "
        "wide for it."
    )
    return (said,)
