"""Keep forecasts of the past as they would have been made then."""

from dataclasses import dataclass

import pandas as pd

from pipeline.commands.desk import Desk, Recorded
from pipeline.store import forecasts


@dataclass(frozen=True, kw_only=True, eq=False)
class StoreForecasts:
    """Keep forecasts that `reports.forecast_walk.walk` has computed; none is ever overwritten.

    `forecasts`, a row for each: `scope, method, period_from, period_to, cut_on, version,
    forecast_amount, p10_amount, p50_amount, p90_amount, log_print, log_batch_id`. `chances`, a row
    for each chance that one of them gave: the same key, `probability, cases, happened`.
    """

    forecasts: pd.DataFrame
    chances: pd.DataFrame

    def apply(self, desk: Desk) -> Recorded:
        """Record what is not there yet. Raises nothing."""
        number = forecasts.keep(desk.session, self, desk.stamp)
        return Recorded(what="forecasts", no=str(number))
