"""Sales cycle length and the win curve: how long it takes to be won or lost, and how many are."""

import pandas as pd

from pipeline.metrics.proportions import rate
from pipeline.metrics.survival import aalen_johansen, crossing, lifetimes, mean_of, median_of

OUTCOMES = ("won", "lost")
HALF = 0.5
LENGTH_KEY = ["cycle_code", "outcome"]
LENGTHS = [
    *LENGTH_KEY,
    "closed",
    "average_cycle_days",
    "median_cycle_days",
    "average_active_days",
    "median_active_days",
    "half_by_days",
]
_NAMES = {
    "won_rate": "won_by_age_rate",
    "lost_rate": "lost_by_age_rate",
    "survival_rate": "open_at_age_rate",
}
CURVE = ["days", "at_risk", *OUTCOMES, "won_by_age_rate", "lost_by_age_rate", "open_at_age_rate"]


def sales_cycle_length(closed: pd.DataFrame, ages: pd.DataFrame) -> pd.DataFrame:
    """Days from creation to the final closing, of the won and of the lost.

    The active length leaves out the days between a closing and a reopening. Both look at what is
    closed only, so young cohorts look fast: their slow ones are still open. `half_by_days` does
    not: it is the age by which half of all the wins (or losses) that are to come by the longest
    age seen have come, on the win curve.

    | outcome | closed | average_cycle_days | median_cycle_days | average_active_days | half_by |
    |---------|--------|--------------------|-------------------|---------------------|---------|
    | lost    | 2      | 78.5               | 78.5              | 78.5                | 103     |
    | won     | 3      | 82.0               | 64.0              | 70.0                | 64      |

    (`half_by_days` in full) behind `cycle_code`, with `median_active_days` beside the mean.
    """
    active = closed.assign(days=closed["days"] - closed["gap_days"])
    return (
        closed.groupby(LENGTH_KEY)["number"]
        .sum()
        .rename("closed")
        .to_frame()
        .assign(
            average_cycle_days=mean_of(closed, LENGTH_KEY),
            median_cycle_days=median_of(closed, LENGTH_KEY),
            average_active_days=mean_of(active, LENGTH_KEY),
            median_active_days=median_of(active, LENGTH_KEY),
            half_by_days=_half_by(ages),
        )
        .reset_index()[LENGTHS]
    )


def _half_by(ages: pd.DataFrame) -> pd.Series:
    """The age by which half of the wins and losses have come, by cycle and outcome."""
    steps = win_curves(ages, ["cycle_code"])
    falls = {kind: _fall(steps, f"{kind}_by_age_rate") for kind in OUTCOMES}
    both: pd.Series = pd.concat(falls, names=["outcome"])
    return both.swaplevel()


def _fall(steps: pd.DataFrame, column: str) -> pd.Series:
    """The first day on which a rising share has come to half of the most it comes to."""
    most = steps.groupby("cycle_code")[column].transform("max")
    left = 1 - rate(steps[column], most)
    return crossing(steps.assign(left=left), ["cycle_code"], HALF, "left").astype("float64")


def win_curves(ages: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The win curve of each group of opportunities; see `win_curve`."""
    steps = aalen_johansen(lifetimes(ages, keys, OUTCOMES), keys, OUTCOMES)
    return steps.rename(columns=_NAMES)[[*keys, *CURVE]]


def win_curve(ages: pd.DataFrame) -> pd.DataFrame:
    """By age, the share that was won, was lost and is still open; the three add up to 1.

    Those still open count for as long as they have been open (Aalen-Johansen): neither won of
    created, which is too low while many are young, nor won of decided, which follows whichever
    outcome is faster. An opportunity that was reopened counts once, with its last closing. Rows
    are the ages at which something was closed; `at_risk` had come to that age.

    | days | at_risk | won | lost | won_by_age | lost_by_age | open_at_age |
    |------|---------|-----|------|------------|-------------|-------------|
    | 54   | 8       | 0   | 1    | 0          | 0.1250      | 0.8750      |
    | 64   | 6       | 2   | 0    | 0.2917     | 0.1250      | 0.5833      |
    | 103  | 3       | 0   | 1    | 0.2917     | 0.3194      | 0.3889      |
    | 118  | 2       | 1   | 0    | 0.4861     | 0.3194      | 0.1944      |

    (the three are named `..._rate`)
    """
    steps = win_curves(ages.assign(part=""), ["part"])
    return steps[steps["won"] + steps["lost"] > 0][CURVE].reset_index(drop=True)


def won_within(curve: pd.DataFrame, *, age: int, days: int) -> float:
    """The chance that what is open at an age is won within so many days more.

    (CIF won at age + days - CIF won at age) / open at age; nan where nothing is open at that age.
    On the curve of F10 a 93 days old opportunity is won within 30 days with (.4861 - .2917) /
    .5833 = .3333.
    """
    before, by_then = _at(curve, age), _at(curve, age + days)
    if not before["open_at_age_rate"]:
        return float("nan")
    return (by_then["won_by_age_rate"] - before["won_by_age_rate"]) / before["open_at_age_rate"]


def _at(curve: pd.DataFrame, age: int) -> dict[str, float]:
    """The three shares at an age: those of the last step by then."""
    reached = curve[curve["days"] <= age]
    if reached.empty:
        return {"won_by_age_rate": 0.0, "lost_by_age_rate": 0.0, "open_at_age_rate": 1.0}
    return {str(name): float(value) for name, value in reached.iloc[-1].items()}
