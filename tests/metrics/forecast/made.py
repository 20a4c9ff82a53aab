"""Companies for forecasts, made without a store: a few rows by hand, or one of a known shape."""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from benchmarks.forecast_shapes import SHAPES, company
from pipeline.metrics.forecast.known import Lives
from pipeline.metrics.forecast.past import Past, no_calls

Q1 = (date(2026, 1, 1), date(2026, 3, 31))
CUT = date(2026, 3, 3)
QUARTERS = tuple(
    (first.date(), (first + pd.offsets.QuarterEnd(0)).date())
    for first in pd.date_range("2022-01-01", "2025-10-01", freq="QS")
)
DAY = (CUT - date(1970, 1, 1)).days


@cache
def lives_of(name: str, seed: int = 1) -> Lives:
    """Give the log of a company of a shape; made once."""
    shape = next(each for each in SHAPES if each.name == name)
    return company(shape, seed)


def past_of(name: str, cut: date = CUT, seed: int = 1) -> Past:
    """Give what was known of it four weeks before the end of the first quarter of 2026."""
    return lives_of(name, seed).at(cut, Q1, QUARTERS)


def deals(*amounts_and_percents: tuple[float, float]) -> Past:
    """Give a past with a few open opportunities that are due in the period, and no history."""
    amounts, percents = zip(*amounts_and_percents, strict=True)
    return Past(
        cut=CUT,
        from_on=Q1[0],
        to_on=Q1[1],
        open=_open(amounts, percents),
        wins=_no_wins(),
        arrivals=pd.DataFrame({"began_day": [DAY - 5], "number": [len(amounts)]}),
        lives=_open(amounts, percents),
        periods=QUARTERS,
        calls=no_calls(),
    )


def _open(amounts: tuple[float, ...], percents: tuple[float, ...]) -> pd.DataFrame:
    size = len(amounts)
    return pd.DataFrame(
        {
            "opportunity_id": np.arange(size) + 1,
            "nth": 1,
            "from_day": DAY - 5,
            "to_day": 1_000_000,
            "began_day": DAY - 100,
            "entered_day": DAY - 50,
            "cycle_code": "ONE",
            "stage": 2,
            "position": 2,
            "stages": 3,
            "owner_code": "ANN",
            "team_code": None,
            "amount": amounts,
            "probability_percent": percents,
            "forecast_category": None,
            "expected_close_day": float(DAY + 10),
            "pushes": 0,
            "valid_day": DAY - 5,
            "is_won": False,
            "is_inside": True,
            "is_sampled": True,
        }
    )


def _no_wins() -> pd.DataFrame:
    names = ["opportunity_id", "began_day", "won_day"]
    kinds = dict.fromkeys(names, "int64") | {"amount": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
