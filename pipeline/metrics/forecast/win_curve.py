"""The chance to be won within some days, given an age: read off a win curve."""

import numpy as np
import pandas as pd


def chance_within(curve: pd.DataFrame, age: float, days: float) -> float | None:
    """Give P(won by age + days | open at age) of the rows of `survival.aalen_johansen`, one group.

    (CIF of won at age + days - CIF of won at age) / share still open at age: an opportunity of F10
    that is 93 days old is won within 30 days with .3333. None where nothing was still open.
    """
    steps = curve["days"].to_numpy("float64")
    won = np.append(0.0, curve["won_rate"].to_numpy("float64"))
    stays = np.append(1.0, curve["survival_rate"].to_numpy("float64"))
    now, then = np.searchsorted(steps, [age, age + days], side="right")
    if stays[now] <= 0:
        return None
    return float((won[then] - won[now]) / stays[now])
