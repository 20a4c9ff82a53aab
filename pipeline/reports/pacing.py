"""Report: what is won so far beside what past periods had won by the same week."""

from dataclasses import dataclass

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.metrics import pacing as metric
from pipeline.metrics.targets import attainment
from pipeline.reports.forecast_period import Asked, asked
from pipeline.reports.quotas import Target, target_of
from pipeline.reports.report import Report
from pipeline.store import Session

NAME = "pacing"
DEFINITION = (
    "What was won by the end of each week of the period, beside the share of their final won "
    "amount that past periods had by the same week: the mean, and the range from 10 to 90 percent "
    "of them. Expected to date is that mean share × quota: time as wins keep it, not as the "
    "calendar does. The pacing gap is what was won less what was expected to date."
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Pace:
    """How a period runs beside those before it."""

    target: Target
    fan: pd.DataFrame
    won_amount: float
    share: float | None
    """The mean share of the final won amount that past periods had by this day of theirs."""
    periods: int

    @property
    def expected_to_date(self) -> float | None:
        """Share × quota."""
        if self.share is None or self.target.amount is None:
            return None
        return self.share * self.target.amount

    @property
    def gap(self) -> float | None:
        """Won less expected to date; below 0: behind."""
        expected = self.expected_to_date
        return None if expected is None else self.won_amount - expected


def pace(session: Session, looked: Asked, *, target: Target | None = None) -> Pace:
    """Read what was won day by day, and hold it against past periods."""
    past = looked.past()
    won = session.frame("won_by_day", looked.scope, since=past[0].first)
    aim = target or target_of(session, looked)
    fan = metric.fan(won, past, looked.period, looked.day, aim.amount)
    days = pd.to_datetime(won["won_on"])
    inside = days.between(pd.Timestamp(looked.period.first), pd.Timestamp(looked.period.last))
    return Pace(
        target=aim,
        fan=fan,
        won_amount=float(won.loc[inside, "won_amount"].astype("float64").sum()),
        share=metric.share_by(won, past, looked.period, looked.day),
        periods=int(fan["past_periods"].iloc[0]),
    )


def pacing(session: Session, scope: Scope) -> Report:
    """Week by week, the frame of `metrics.pacing.fan`; `totals` says how it stands today."""
    looked = asked(session, scope)
    found = pace(session, looked)
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=found.fan,
        scope=looked.scope,
        totals={
            "target": found.target.amount,
            "won_amount": found.won_amount,
            "attainment_rate": attainment(found.won_amount, found.target.amount),
            "expected_share": found.share,
            "expected_to_date_amount": found.expected_to_date,
            "pacing_gap_amount": found.gap,
            "past_periods": found.periods,
        },
    )
