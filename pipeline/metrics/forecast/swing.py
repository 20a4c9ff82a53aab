"""Swing: by how much each open opportunity moves the chance to reach a quota, and a way there."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.metrics.forecast.convolution import exact
from pipeline.metrics.forecast.convolution import swing as exact_swing
from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.forecast.past import Floats

LEAST_CHANCE = 0.05
"""What is less likely to be won than this is no way to a quota, however large it is."""
MOST_STEPS = 25
"""A way of more opportunities than these is none to talk about."""
TABLE = [
    "opportunity_id",
    "amount",
    "win_chance",
    "chance_if_won",
    "chance_if_lost",
    "swing",
    "leverage",
    "expected_share",
]
PATH = ["opportunity_id", "amount", "win_chance", "gain_amount", "gain_so_far_amount"]
PATH += ["chance_so_far", "closes"]


def swings(forecast: Forecast, at_least: float) -> pd.DataFrame:
    """How much each opportunity moves the chance that the period brings `at_least`.

    `swing` = the chance if it is won less the chance if it is lost, everything else as it was
    drawn; the same draws on both sides, so that it is never below 0. `leverage` = swing x p (1 - p)
    is large where it is open in its end, too. `expected_share` is its part of what is expected of
    all that is open. Those with the largest swing come first; only opportunities that are drawn
    one by one are in it (`Forecast.single`), and a method that draws none gives no row.

    | opportunity_id | amount | win_chance | chance_if_won | chance_if_lost | swing | leverage |
    |----------------|--------|------------|---------------|----------------|-------|----------|
    | 1              | 100    | .5         | 1             | .06            | .94   | .235     |
    | 3              | 40     | .2         | .65           | .50            | .15   | .024     |
    | 2              | 60     | .3         | .60           | .50            | .10   | .021     |
    """
    found = forecast.swings(at_least).rename(columns={"swing_rate": "swing"})
    return found.assign(
        expected_share=found["opportunity_id"].map(_shares(forecast)).astype("float64")
    )[TABLE]


def exact_swings(amounts: Floats, chances: Floats, at_least: float) -> pd.DataFrame:
    """The same of a few opportunities that are won each for itself, exact; in their own order.

    Columns: `amount, win_chance, swing, leverage`. At most 25, else `ValueError`.
    """
    found = [exact_swing(amounts, chances, deal, at_least) for deal in range(len(amounts))]
    table = pd.DataFrame({"amount": amounts, "win_chance": chances, "swing": found})
    return table.assign(leverage=table["swing"] * chances * (1 - np.asarray(chances)))


def exact_chance(amounts: Floats, chances: Floats, at_least: float) -> float:
    """The chance that these opportunities bring so much, exact; at most 25, else `ValueError`."""
    return exact(amounts, chances).chance(at_least)


def concentration(forecast: Forecast) -> dict[str, float | None]:
    """How much of what is expected of the open hangs on few: `hhi`, number, top share.

    With w the share of one in amount x chance of all, `hhi` is the sum of w squared;
    `effective_opportunities` = 1 / hhi equal ones would be as concentrated. None without any.
    """
    shares = _shares(forecast)
    index = float((shares**2).sum())
    return {
        "hhi": index or None,
        "effective_opportunities": 1 / index if index else None,
        "top_share_rate": float(shares.max()) if index else None,
    }


def _shares(forecast: Forecast) -> pd.Series:
    """The part of each opportunity in what is expected of all that are open."""
    rows = forecast.chances.set_index("opportunity_id")
    expected = (rows["amount"] * rows["win_chance"]).fillna(0)
    whole = float(expected.sum())
    return expected / whole if whole else expected * 0


def totals_if(forecast: Forecast, outcomes: Mapping[int, bool]) -> Floats:
    """Give the totals as drawn, but with some opportunities surely won or surely lost.

    Raises `KeyError` for one that is not drawn one by one.
    """
    totals = forecast.totals.copy()
    amounts = forecast.chances.set_index("opportunity_id")["amount"].fillna(0)
    for deal, won in outcomes.items():
        part = _part(forecast, deal)
        drawn = part > 0
        brings = float(part[drawn].mean()) if drawn.any() else float(amounts[deal])
        totals += (np.where(drawn, part, brings) if won else 0.0) - part
    return totals


def chance_if(forecast: Forecast, outcomes: Mapping[int, bool], at_least: float) -> float:
    """Give the chance of `at_least` with some opportunities surely won or surely lost."""
    dust = 1e-9 * max(1.0, abs(at_least))
    return float(np.mean(totals_if(forecast, outcomes) >= at_least - dust))


def together(forecast: Forecast, opportunity_ids: list[int]) -> float | None:
    """Give the chance that all of these are won; None for none of them.

    As drawn: opportunities that share a shock are won together more often than by themselves.
    """
    if not opportunity_ids:
        return None
    won = np.ones(len(forecast.totals), dtype=bool)
    for deal in opportunity_ids:
        won &= _part(forecast, deal) > 0
    return float(won.mean())


def _part(forecast: Forecast, deal: int) -> Floats:
    if forecast.parts is None or deal not in forecast.single:
        raise KeyError(deal)
    return np.asarray(forecast.parts[:, forecast.single.index(deal)])


def path(forecast: Forecast, gap: float | None, at_least: float | None) -> pd.DataFrame:
    """The fewest open opportunities that would close a gap if they were surely won.

    Winning one adds amount x (1 - its chance) to what is expected (`gain_amount`). Of as few, those
    with the higher chances are taken; below 5 percent nothing is, and nothing beyond 25 steps.
    `chance_so_far` is the chance of `at_least` when it and those above are won; `closes` says where
    the gap is closed. Where not even all of them close it, those 25 are given and `closes` is false
    throughout. No rows without a gap, or where nothing is drawn one by one.

    | amount | win_chance | gain_amount | gain_so_far_amount | chance_so_far | closes |
    |--------|------------|-------------|--------------------|---------------|--------|
    | 100    | .5         | 50          | 50                 | 1             | true   |
    """
    chosen = _fewest(_candidates(forecast), gap or 0.0)
    ids = [int(each) for each in chosen["opportunity_id"]]
    so_far = chosen["gain_amount"].cumsum()
    wins = [dict.fromkeys(ids[: place + 1], True) for place in range(len(ids))]
    reached = [chance_if(forecast, won, at_least or 0.0) for won in wins]
    return chosen.assign(
        gain_so_far_amount=so_far,
        chance_so_far=pd.Series(reached, index=chosen.index, dtype="float64"),
        closes=so_far >= (gap or 0.0) - 1e-9,
    )[PATH]


def _candidates(forecast: Forecast) -> pd.DataFrame:
    """What may be won for sure and is drawn one by one, the largest gain first."""
    rows = forecast.chances
    likely = rows["win_chance"] >= LEAST_CHANCE
    known = rows[rows["opportunity_id"].isin(forecast.single) & likely & (rows["amount"] > 0)]
    gains = known.assign(gain_amount=known["amount"] * (1 - known["win_chance"]))
    return gains.sort_values(
        ["gain_amount", "opportunity_id"], ascending=[False, True], ignore_index=True
    )


def _fewest(candidates: pd.DataFrame, gap: float) -> pd.DataFrame:
    """The shortest way over a gap, and of the shortest a likely one: the largest gain first."""
    if gap <= 0 or candidates.empty:
        return candidates.iloc[:0]
    reach = candidates["gain_amount"].cumsum().to_numpy()
    steps = int(np.searchsorted(reach, gap - 1e-9)) + 1
    if steps > min(MOST_STEPS, len(candidates)):
        return candidates.iloc[:MOST_STEPS]
    chosen = _likelier(candidates, list(range(steps)), gap)
    return candidates.iloc[sorted(chosen)].reset_index(drop=True)


def _likelier(candidates: pd.DataFrame, chosen: list[int], gap: float) -> list[int]:
    """Exchange the least likely for a likelier one for as long as the gap stays closed."""
    gain = candidates["gain_amount"].to_numpy("float64")
    chance = candidates["win_chance"].to_numpy("float64")
    for out in sorted(chosen, key=lambda place: chance[place]):
        spare = gain[chosen].sum() - gain[out]
        fits = (spare + gain >= gap - 1e-9) & (chance > chance[out])
        fits[chosen] = False
        if fits.any():
            best = int(np.flatnonzero(fits)[np.argmax(chance[fits])])
            chosen = [best if place == out else place for place in chosen]
    return chosen
