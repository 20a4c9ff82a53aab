"""What if: the landing of a period before and after supposed changes, nothing recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.forecast.past import Past
from pipeline.metrics.forecast.what_if import OUTCOMES, Change, supposed
from pipeline.reports.coverage import won_or_open
from pipeline.reports.forecast_period import Asked
from pipeline.reports.landing import Landing, land_from, left_out
from pipeline.reports.report import Drill, Report, Row
from pipeline.store import Session

__all__ = ["OUTCOMES", "Change", "Ground", "WhatIf", "compared", "ground", "opportunities"]

NAME = "what-if"
DEFINITION = (
    "The forecast of the period as everything is recorded, and as if the changes had been made at "
    "the end of the day: what is won counts with its amount, what is dropped is gone, a later "
    "expected close date is one more push. What history teaches and the random draws are the same "
    "before and after, so that the difference is that of the changes."
)
LIST_NAME = "what-if-opportunities"
LIST_DEFINITION = (
    "What is in progress and forecast, the largest first: what is expected to close in the period "
    "or overdue, or everything."
)
AT_MOST = 200


@dataclass(frozen=True, eq=False, kw_only=True)
class Ground:
    """What changes are tried on: the landing as it is, and what it was computed from."""

    landing: Landing
    past: Past


@dataclass(frozen=True, eq=False, kw_only=True)
class WhatIf:
    """A forecast before and after supposed changes."""

    ground: Ground
    after: Forecast

    @property
    def before(self) -> Forecast:
        """The forecast as everything is recorded."""
        return self.ground.landing.forecast

    @property
    def target(self) -> float | None:
        """The quota."""
        return self.ground.landing.target.amount

    def chance(self, forecast: Forecast) -> float | None:
        """The chance of a forecast to reach the quota; None without one."""
        return None if self.target is None else forecast.chance(self.target)


def ground(session: Session, scope: Scope, *, method: str | None = None) -> Ground:
    """Read once what changes are tried on. Raises `UnknownMethodError`."""
    found, past = land_from(session, scope, method=method)
    return Ground(landing=found, past=past)


def compared(on: Ground, changes: Sequence[Change]) -> WhatIf:
    """Forecast the period as if the changes had been made; nothing is recorded."""
    if not changes:
        return WhatIf(ground=on, after=on.landing.forecast)
    return WhatIf(ground=on, after=on.landing.method.forecast(supposed(on.past, changes)))


def report_of(session: Session, tried: WhatIf) -> Report:
    """The two forecasts side by side: a row before, a row after, a row of the differences.

    Columns: `supposed, won_so_far_amount, from_open_amount, from_new_amount, mean_amount,
    p10_amount, p50_amount, p90_amount, hit_chance_rate`.
    """
    rows = [_row("As recorded", tried, tried.before), _row("With the changes", tried, tried.after)]
    frame = pd.DataFrame(rows).astype({"hit_chance_rate": "float64"})
    numbers = frame.columns.drop("supposed")
    change = frame[numbers].diff().iloc[[1]].assign(supposed="Difference")
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=pd.concat([frame, change[list(frame.columns)]], ignore_index=True),
        scope=tried.ground.landing.looked.scope,
        excluded=left_out(session, tried.ground.landing),
        totals={"target": tried.target},
    )


def _row(words: str, tried: WhatIf, forecast: Forecast) -> dict[str, object]:
    return {
        "supposed": words,
        "won_so_far_amount": forecast.won,
        "from_open_amount": forecast.from_open,
        "from_new_amount": forecast.from_new,
        "mean_amount": forecast.mean,
        "p10_amount": forecast.p10,
        "p50_amount": forecast.p50,
        "p90_amount": forecast.p90,
        "hit_chance_rate": tried.chance(forecast),
    }


def opportunities(
    session: Session, on: Ground, *, everything: bool = False, limit: int = AT_MOST
) -> Report:
    """The open opportunities that changes are tried on, the largest first.

    Columns: `opportunity_no, description, contact_name, owner_name, stage_description, amount,
    expected_close_on, category, win_chance_rate`, and `opportunity_id, version, quote_amount` for
    who changes them: an assigned quote says what a win brings. What is omitted is not in it.
    """
    looked = on.landing.looked
    scope = replace(looked.scope, known_at=None) if looked.scope.known_at else looked.scope
    rows = session.frame("what_if_opportunities", scope, everything=everything, limit=limit)
    chances = on.landing.forecast.chances.set_index("opportunity_id")["win_chance"]
    frame = rows[rows["opportunity_id"].isin(on.past.ids)].astype(
        {"amount": "float64", "quote_amount": "float64"}
    )
    return Report(
        name=LIST_NAME,
        definition=LIST_DEFINITION,
        frame=frame.assign(
            win_chance_rate=frame["opportunity_id"].map(chances).astype("float64")
        ).reset_index(drop=True)[list(_SHOWN)],
        scope=scope,
        totals={"opportunities": float(rows["opportunities"].iloc[0]) if len(rows) else 0.0},
        leads_to=partial(_lead, looked),
    )


_SHOWN = (
    *("opportunity_no", "description", "contact_name", "owner_name", "stage_description"),
    *("amount", "expected_close_on", "category", "win_chance_rate", "opportunity_id"),
    *("version", "quote_amount"),
)


def _lead(looked: Asked, _row: Row, _column: str) -> Drill:
    return looked.scope, won_or_open(looked, won=False)
