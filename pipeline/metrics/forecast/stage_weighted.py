"""The stage-weighted forecast: each open opportunity with the probability its cycle states."""

from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.forecast.past import Past
from pipeline.metrics.forecast.simulation import simulate


def stage_weighted(past: Past, draws: int) -> Forecast:
    """Won so far, and amount x stated probability of what is expected to close in the period.

    What is overdue at the cut is not in it: its expected close date lies before the period or in
    the part that is over; an overdue date inside the period counts, as on every pipeline report.
    """
    inside = past.open["expected_close_day"].between(past.first_day, past.last_day)
    chance = (past.open["probability_percent"] / 100).where(inside, 0.0)
    return simulate(
        past,
        method="stage-weighted",
        chances=chance.to_numpy("float64"),
        draws=draws,
        notes=("The probabilities are stated, not learned; no range of them is known.",),
    )
