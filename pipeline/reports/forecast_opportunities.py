"""Report: what is open in the period, each with its category, and the one its chance suggests."""

from functools import partial

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.forecast.method import METHODS
from pipeline.metrics.landing import suggested
from pipeline.reports.coverage import won_or_open
from pipeline.reports.forecast_default import default_method
from pipeline.reports.forecast_period import Asked, asked
from pipeline.reports.landing import forecastable
from pipeline.reports.report import Drill, Report, Row
from pipeline.store import Session, targets

NAME = "forecast-opportunities"
DEFINITION = (
    "What is in progress and expected to close in the period, the largest first: its forecast "
    "category, set by somebody or else that of its stage; the chance to be won by the end of the "
    "period; and the category that this chance suggests. A category that was set stays until it is "
    "changed or left to the stage again."
)
AT_MOST = 100


def forecast_opportunities(
    session: Session, scope: Scope, *, method: str | None = None, limit: int = AT_MOST
) -> Report:
    """The largest open opportunities of the period with their categories."""
    looked = asked(session, scope)
    name = method or default_method(session, looked.scope).name
    chosen = METHODS.get(name, METHODS[next(iter(METHODS))])
    return of_forecast(session, looked, chosen.forecast(forecastable(session, looked)), limit=limit)


def of_forecast(
    session: Session, looked: Asked, forecast: Forecast, *, limit: int = AT_MOST
) -> Report:
    """The same from a forecast that is there already.

    Columns: `opportunity_no, description, contact_name, owner_name, stage_description, amount,
    expected_close_on, probability_percent, category, is_set, win_chance_rate, chance_category,
    differs`; and `version`, `opportunity_id` for who edits them.
    """
    rows = session.frame("forecast_opportunities", looked.scope, limit=limit)
    chances = forecast.chances.set_index("opportunity_id")["win_chance"]
    chance = rows["opportunity_id"].map(chances).astype("float64")
    proposed = suggested(chance, targets.thresholds(session))
    frame = rows.astype({"amount": "float64", "probability_percent": "float64"}).assign(
        win_chance_rate=chance,
        chance_category=proposed,
        differs=proposed.notna() & (proposed != rows["category"]) & (rows["category"] != "omitted"),
    )
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame[list(_SHOWN)],
        scope=looked.scope,
        totals={"opportunities": float(_all(rows))},
        leads_to=partial(_lead, looked),
    )


_SHOWN = (
    *("opportunity_no", "description", "contact_name", "owner_name", "stage_description"),
    *("amount", "expected_close_on", "probability_percent", "category", "is_set"),
    *("win_chance_rate", "chance_category", "differs", "version"),
)


def _all(rows: pd.DataFrame) -> int:
    return int(rows["opportunities"].iloc[0]) if len(rows) else 0


def _lead(looked: Asked, _row: Row, _column: str) -> Drill:
    return looked.scope, won_or_open(looked, won=False)
