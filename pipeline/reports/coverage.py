"""Report: coverage of what is missing, beside the coverage that is needed here, at this time."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import coverage as metric
from pipeline.metrics.targets import attainment
from pipeline.reports.forecast_period import Asked, asked
from pipeline.reports.left_out import drafts, some
from pipeline.reports.quotas import Target, target_of
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.rollup_sums import Sums, sums_of
from pipeline.store import Session

NAME = "coverage"
DEFINITION = (
    "Open pipeline in the window / (quota − won so far). The window holds what is in progress and "
    "expected to close in the period, at full amount, omitted left out. Needed is 1 / yield: the "
    "share of what stood in the window on the same day of past periods that was then won in the "
    "period, by amount. A win rate is no such yield: it knows nothing of what slips. To create is "
    "what would have to begin, at the yield past periods had of what began so late."
)


@dataclass(frozen=True, kw_only=True)
class Covered:
    """How a scope stands against its target on a day."""

    target: Target
    sums: Sums
    yields: metric.Yields

    @property
    def remaining(self) -> float | None:
        """Quota − won so far; below 0 when it is met."""
        return None if self.target.amount is None else self.target.amount - self.sums.won_amount

    @property
    def coverage(self) -> float | None:
        """In-window open pipeline / remaining."""
        return metric.coverage(self.sums.open_amount, self.target.amount, self.sums.won_amount)

    @property
    def needed(self) -> float | None:
        """1 / yield."""
        return metric.needed(self.yields.yield_rate)

    @property
    def is_met(self) -> bool:
        """Whether nothing remains to be won."""
        return self.remaining is not None and self.remaining <= 0

    @property
    def status(self) -> str:
        """In a word: met, enough, short, or what cannot be said."""
        if self.remaining is None:
            return "no quota"
        if self.remaining <= 0:
            return metric.MET
        if self.coverage is None or self.needed is None:
            return "no past to compare with"
        return "enough" if self.coverage >= self.needed else "short"


def covered(session: Session, looked: Asked, *, sums: Sums | None = None) -> Covered:
    """Read what coverage is made of, for a period and a scope."""
    return Covered(
        target=target_of(session, looked),
        sums=sums or sums_of(session, looked),
        yields=yields_of(session, looked),
    )


def yields_of(session: Session, looked: Asked) -> metric.Yields:
    """What past periods made of their pipeline from the same day of theirs on."""
    past = looked.past()
    rows = session.frame(
        "coverage_yields",
        looked.scope,
        firsts=[one.first for one in past],
        lasts=[one.last for one in past],
        days=[one.at(looked.period, looked.day) for one in past],
        first_day=past[0].first,
        last_day=past[-1].last,
    )
    return metric.yields(rows.astype(dict.fromkeys(_MONEY, "float64")))


_MONEY = (
    *("open_then_amount", "open_won_amount", "begun_amount", "begun_won_amount", "won_amount"),
)


def coverage(session: Session, scope: Scope) -> Report:
    """One row: quota, won, what remains, what stands in the window, coverage and what is needed.

    `yield_low` and `yield_high` are the lowest and highest of a single past period; `past_periods`
    says how many there are to learn from.
    """
    looked = asked(session, scope)
    found = covered(session, looked)
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=pd.DataFrame([_row(found, looked)]),
        scope=looked.scope,
        excluded=some(
            {
                "that are not started": drafts(session, looked.scope),
                "that are omitted": found.sums.omitted,
                "without an amount, from the sums only": found.sums.open_without_amount,
                "without an expected close date, outside every period": found.sums.undated,
                "expected before the period and still open": found.sums.before,
            }
        ),
        opens=("won", "open_in_window"),
        leads_to=partial(_lead, looked),
    )


def _row(found: Covered, looked: Asked) -> dict[str, object]:
    begun = found.yields.begun_rate
    gap = max(0.0, (found.remaining or 0) - found.sums.weighted_amount)
    return {
        "fiscal_period": looked.period.label,
        "week": looked.week,
        "target": found.target.amount,
        "target_basis": found.target.basis,
        "won": found.sums.won,
        "won_amount": found.sums.won_amount,
        "attainment_rate": attainment(found.sums.won_amount, found.target.amount),
        "remaining_amount": found.remaining,
        "open_in_window": found.sums.open,
        "open_in_window_amount": found.sums.open_amount,
        "open_in_window_weighted_amount": found.sums.weighted_amount,
        "coverage_ratio": found.coverage,
        "needed_coverage": found.needed,
        "coverage_status": found.status,
        "yield_rate": found.yields.yield_rate,
        "yield_low": found.yields.least,
        "yield_high": found.yields.most,
        "past_periods": found.yields.periods,
        "create_and_close_rate": begun,
        "to_create_amount": None if found.remaining is None else metric.to_create(gap, begun),
    }


def _lead(looked: Asked, _row: Row, column: str) -> Drill:
    return looked.scope, won_or_open(looked, won=column == "won")


def won_or_open(looked: Asked, *, won: bool) -> Selection:
    """What was won in the period so far, or what is in progress in its window, omitted left out."""
    day: date = min(looked.day, looked.period.last)
    if won:
        return Selection(statuses=("won",), closed_from=looked.period.first, closed_to=day)
    return Selection(
        statuses=("in progress",),
        expected_from=looked.period.first,
        expected_to=looked.period.last,
        categories=FORECAST_CATEGORIES,
    )


FORECAST_CATEGORIES = ("pipeline", "best case", "most likely", "commit")
