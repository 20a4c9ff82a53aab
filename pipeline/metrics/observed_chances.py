"""The chance of a stage as it is set, against what became of those that reached it."""

import numpy as np
import pandas as pd

from pipeline.metrics.proportions import rate, wilson
from pipeline.metrics.shrinkage import shrunken
from pipeline.metrics.stages import KEY
from pipeline.metrics.survival import aalen_johansen, lifetimes

STRENGTH = 20.0
"""So many decided opportunities the chance that is set weighs."""
FEWEST = 5
"""With fewer decided ones nothing is said about the chance that is set."""
FITS, TOO_HIGH, TOO_LOW = "fits", "set too high", "set too low"
TOO_FEW, NOTHING = "too few to say", "no history"
ENDS = ("won", "lost")
TABLE = [
    *KEY,
    "position",
    "stage_description",
    "configured_percent",
    "reached",
    "won",
    "lost",
    "in_progress",
    "observed_rate",
    "rate_low",
    "rate_high",
    "won_by_now_rate",
    "won_of_decided_rate",
    "undecided_rate",
    "chance_verdict",
    "proposed_percent",
    "shrunken_low",
    "shrunken_high",
    "prior_share",
]


def observed_chances(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """P(won | reached the stage) by stage, with what it says about the chance that is set.

    `sums` holds of those that reached a stage (were in it or beyond it) how many were won, lost or
    are open so many days later: `cycle_code, stage, kind, days, number`. `stages` are those of
    today, with `chances_percent`.

    Won and lost compete, and the open ones count as long as they were seen (Aalen-Johansen):
    `observed_rate` = CIF won / (CIF won + CIF lost), as if what is undecided went the way of the
    decided; `undecided_rate` says how much that is. Beside it the two plain shares:
    `won_by_now_rate` = won / reached, too low while some are open, and `won_of_decided_rate` =
    won / (won + lost), which leans to whatever is decided faster. The Wilson interval is that of
    the observed rate with as many cases as were decided. Of stage 2 of F10, reached by seven:

    | reached | won | lost | in_progress | observed_rate | won_of_decided_rate | undecided_rate |
    |---------|-----|------|-------------|---------------|---------------------|----------------|
    | 7       | 3   | 2    | 2           | 14/23 = .609  | .600                | 5/28 = .179    |

    `proposed_percent` draws the observed rate towards the chance that is set, which weighs as 20
    decided ones (`prior_share` = 20 / (20 + n)), in whole percent from 1 to 99.
    """
    counted = _counts(sums, stages)
    curve = _curve(sums)
    rows = stages[[*KEY, "position", "stage_description", "chances_percent"]].merge(
        counted, on=KEY, how="left"
    )
    rows = rows.merge(curve, on=KEY, how="left").astype({"chances_percent": "float64"})
    rows = rows.rename(columns={"chances_percent": "configured_percent"})
    return _proposed(_judged(_rated(rows)))[TABLE].sort_values(
        ["cycle_code", "position"], ignore_index=True
    )


def _counts(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """How many reached each stage, and how they stand; noughts where nobody came."""
    numbers = sums.pivot_table(
        index=KEY, columns="kind", values="number", aggfunc="sum", fill_value=0
    ).reindex(columns=["won", "lost", "open"], fill_value=0)
    every = pd.MultiIndex.from_frame(stages[KEY])
    known = numbers.reindex(every, fill_value=0).astype("int64")
    known = known.rename(columns={"open": "in_progress"})
    return known.assign(reached=known.sum(axis="columns")).reset_index()


def _curve(sums: pd.DataFrame) -> pd.DataFrame:
    """What was won, lost and undecided by the last day anything was seen."""
    if sums.empty:
        empty = {name: pd.Series(dtype="float64") for name in ("cif_won", "cif_lost", "undecided")}
        return sums[KEY].assign(**empty)
    lives = lifetimes(sums, KEY, ENDS)
    last = aalen_johansen(lives, KEY, ENDS).groupby(KEY, as_index=False).last()
    return last[[*KEY, "won_rate", "lost_rate", "survival_rate"]].set_axis(
        [*KEY, "cif_won", "cif_lost", "undecided"], axis="columns"
    )


def _rated(rows: pd.DataFrame) -> pd.DataFrame:
    decided = rows["won"] + rows["lost"]
    observed = rate(
        rows["cif_won"].fillna(0), rows["cif_won"].fillna(0) + rows["cif_lost"].fillna(0)
    )
    return rows.assign(
        decided=decided,
        observed_rate=observed,
        **wilson(observed.fillna(0) * decided, decided),
        won_by_now_rate=rate(rows["won"], rows["reached"]),
        won_of_decided_rate=rate(rows["won"], decided),
        undecided_rate=rows["undecided"].where(rows["reached"] > 0),
    )


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    """Say whether the chance that is set lies within the interval of what was observed."""
    chance = rows["configured_percent"] / 100
    verdict = pd.Series(FITS, index=rows.index)
    verdict = verdict.mask(chance > rows["rate_high"], TOO_HIGH)
    verdict = verdict.mask(chance < rows["rate_low"], TOO_LOW)
    verdict = verdict.mask(rows["decided"] < FEWEST, TOO_FEW)
    return rows.assign(chance_verdict=verdict.mask(rows["decided"] == 0, NOTHING))


def _proposed(rows: pd.DataFrame) -> pd.DataFrame:
    """Draw what was observed towards what is set, by as much as the number leaves open."""
    prior = (rows["configured_percent"] / 100).clip(0.005, 0.995)
    won = rows["observed_rate"].fillna(0) * rows["decided"]
    drawn = shrunken(won, rows["decided"], prior, STRENGTH)
    percent = np.floor(drawn["shrunken_rate"] * 100 + 0.5).clip(1, 99)
    return rows.assign(
        proposed_percent=percent.where(rows["decided"] > 0, rows["configured_percent"]),
        shrunken_low=drawn["shrunken_low"],
        shrunken_high=drawn["shrunken_high"],
        prior_share=1 - drawn["evidence_share"],
    )
