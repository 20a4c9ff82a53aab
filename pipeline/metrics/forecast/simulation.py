"""The roll-up: draw what each open opportunity brings, and add up."""

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.distribution import SEED, Forecast
from pipeline.metrics.forecast.past import Floats, Past

SINGLE = 300
"""So many of the opportunities, those with most to move, are drawn one by one; the rest as one."""


def simulate(
    past: Past,
    *,
    method: str,
    chances: Floats,
    draws: int,
    notes: tuple[str, ...] = (),
) -> Forecast:
    """Draw the total of the period: won so far, and each open opportunity won or not by chance."""
    amounts = past.open["amount"].fillna(0).to_numpy("float64")
    rng = np.random.default_rng(SEED)
    variance = amounts**2 * chances * (1 - chances)
    order = np.argsort(-variance, kind="stable")
    single, rest = order[:SINGLE], order[SINGLE:]
    parts = (rng.random((draws, len(single))) < chances[single]) * amounts[single]
    expected = float(amounts[rest] @ chances[rest])
    noise = rng.standard_normal(draws) * np.sqrt(variance[rest].sum())
    totals = past.won + parts.sum(axis=1) + np.maximum(expected + noise, 0)
    return Forecast(
        method=method,
        totals=totals,
        won=past.won,
        from_open=float(amounts @ chances),
        notes=notes,
        chances=pd.DataFrame(
            {
                "opportunity_id": past.open["opportunity_id"].to_numpy(),
                "amount": past.open["amount"].to_numpy("float64"),
                "win_chance": chances,
            }
        ),
        single=tuple(int(each) for each in past.open["opportunity_id"].to_numpy()[single]),
        parts=parts,
    )
