"""Report: what every method makes of a period, side by side, with its range and its evidence."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.distribution import P10, P90, Forecast
from pipeline.metrics.forecast.method import METHODS, Method
from pipeline.reports.coverage import won_or_open
from pipeline.reports.forecast_period import Asked, asked
from pipeline.reports.landing import forecastable
from pipeline.reports.left_out import some
from pipeline.reports.report import Drill, Report, Row
from pipeline.store import Session

NAME = "forecast-methods"
DEFINITION = (
    "What each method expects the period to bring in all, won so far included, of everything known "
    "at the end of the day: the mean with its three parts, and the totals that are not exceeded "
    "with 10, 50 and 90 percent chance. Evidence is how much of it the own history says, the rest "
    "is prior; a method without it learns nothing from history. The draws have a fixed seed: the "
    "same past gives the same numbers."
)


def forecast_methods(session: Session, scope: Scope) -> Report:
    """All methods for the period of the scope: the days it names, else the quarter of its day.

    Columns: `method, method_title, mean_amount, p10_amount, p50_amount, p90_amount,
    range_error_amount, won, won_so_far_amount, from_open_amount, from_new_amount, evidence_rate,
    evidence, method_notes`. With `known_at` of the scope only what had been recorded by the day.
    """
    looked = asked(session, scope)
    past = forecastable(session, looked)
    days = past.wins["won_day"]
    won = int(days.between(past.first_day, min(past.cut_day, past.last_day)).sum())
    rows = [_row(method, method.forecast(past), won) for method in METHODS.values()]
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=pd.DataFrame(rows),
        scope=looked.scope,
        excluded=some({"that are open without an amount": past.without_amount}),
        totals={"in_progress": len(past.open), "won": won, "won_so_far_amount": past.won},
        opens=("won",),
        leads_to=partial(_lead, looked),
    )


def _row(method: Method, forecast: Forecast, won: int) -> Mapping[str, object]:
    return {
        "method": method.name,
        "method_title": method.title,
        "mean_amount": forecast.mean,
        "p10_amount": forecast.p10,
        "p50_amount": forecast.p50,
        "p90_amount": forecast.p90,
        "range_error_amount": max(forecast.quantile_error(P10), forecast.quantile_error(P90)),
        "won": won,
        "won_so_far_amount": forecast.won,
        "from_open_amount": forecast.from_open,
        "from_new_amount": forecast.from_new,
        "evidence_rate": forecast.evidence_share,
        "evidence": forecast.evidence,
        "method_notes": " ".join(forecast.notes),
    }


def _lead(looked: Asked, _row: Row, _column: str) -> Drill:
    return looked.scope, won_or_open(looked, won=True)
