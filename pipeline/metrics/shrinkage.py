"""Rates of small groups, drawn towards the rate of the whole as far as their number asks for it."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import optimize, special, stats

from pipeline.metrics.proportions import rate, wilson

FALLBACK_STRENGTH = 20.0
"""What the prior weighs, in opportunities, where the groups cannot say how far apart they are."""
FEWEST_GROUPS = 3
CREDIBLE = 0.90
_WEAKEST, _STRONGEST = 2.0, 5_000.0
"""Beyond these the groups are as different as can be, or not different at all."""
_NEAR = 1.05
_CLEARLY_BETTER = 1.92
"""So much more logarithm of likelihood is what a test at 5 percent asks of one more parameter."""

ABOVE, BELOW, TOO_FEW = "above the rest", "below the rest", "too few to tell apart"


def strength(
    part: pd.Series, whole: pd.Series, prior: float, groups: pd.Series | None = None
) -> float:
    """How many opportunities the rate of the whole is worth: k of the likeliest beta-binomial.

    Groups whose rates differ by chance alone give a large k, and are drawn together; groups that
    really differ give a small one, 2 at the least, and keep their own rate. 20 where the groups
    cannot say: fewer than three hold two or more, the whole has a rate of 0 or 1, or the likelihood
    grows without end and yet is not clearly better than at 20. `groups` counts groups that are
    alike.
    """
    times = pd.Series(1, index=whole.index) if groups is None else groups
    telling = whole > 1
    if times[telling].sum() < FEWEST_GROUPS or not 0 < prior < 1:
        return FALLBACK_STRENGTH
    likelihood = _likelihood(part[telling], whole[telling], times[telling], prior)
    found = optimize.minimize_scalar(
        likelihood, bounds=(np.log(_WEAKEST), np.log(_STRONGEST)), method="bounded"
    )
    k = float(np.exp(found.x))
    at_an_end = not _WEAKEST * _NEAR < k < _STRONGEST / _NEAR
    unclear = likelihood(np.log(FALLBACK_STRENGTH)) - float(found.fun) < _CLEARLY_BETTER
    return FALLBACK_STRENGTH if at_an_end and unclear else k


def _likelihood(
    part: pd.Series, whole: pd.Series, times: pd.Series, prior: float
) -> Callable[[float], float]:
    """Minus the logarithm of the likelihood that the groups have, by the logarithm of k."""
    won, lost = part.to_numpy("float64"), (whole - part).to_numpy("float64")
    weights = times.to_numpy("float64")

    def minus(logarithm: float) -> float:
        a, b = np.exp(logarithm) * prior, np.exp(logarithm) * (1 - prior)
        return -float(weights @ (special.betaln(a + won, b + lost) - special.betaln(a, b)))

    return minus


def shrunken(
    part: pd.Series, whole: pd.Series, prior: "float | pd.Series", k: float
) -> pd.DataFrame:
    """The rate of each group drawn towards the prior: (part + k prior) / (whole + k).

    `evidence_share` is n / (n + k), what the group itself has to say; the interval holds 90
    percent of what is left to believe: Beta(k prior + part, k (1 - prior) + whole - part). With a
    prior of .30 and k = 20:

    |          | shrunken_rate | shrunken_low | shrunken_high | evidence_share |
    |----------|---------------|--------------|---------------|----------------|
    | 4 of 5   | .400          | .246         | .563          | .20            |
    | 40 of 100| .383          | .312         | .457          | .83            |
    | 0 of 3   | .261          | .126         | .420          | .13            |
    """
    a = k * prior + part
    b = k * (1 - prior) + (whole - part)
    tail = (1 - CREDIBLE) / 2
    return pd.DataFrame(
        {
            "shrunken_rate": a / (a + b),
            "shrunken_low": stats.beta.ppf(tail, a, b),
            "shrunken_high": stats.beta.ppf(1 - tail, a, b),
            "evidence_share": whole / (whole + k),
        },
        index=part.index,
    )


def told_apart(part: pd.Series, whole: pd.Series, all_part: int, all_whole: int) -> pd.Series:
    """Say of each group whether it lies apart from all the others together.

    It does where its Wilson interval and that of the rest do not overlap; else there are too few
    to tell them apart, which is not the same as saying that they are alike.
    """
    own = wilson(part, whole)
    rest = wilson(all_part - part, all_whole - whole)
    apart = pd.Series(TOO_FEW, index=part.index)
    return apart.mask(own["rate_low"] > rest["rate_high"], ABOVE).mask(
        own["rate_high"] < rest["rate_low"], BELOW
    )


def conversion_by(sums: pd.DataFrame) -> pd.DataFrame:
    """Of those that reached a stage, how many went on, by part; the largest parts first.

    Takes `part, counted, advanced, groups`: a row without a part stands for so many small ones of
    that size; they take part in finding k, and are shown together as the last row, whose `groups`
    says how many they are; its rate is not drawn anywhere.

    | part | counted | advanced | advance_rate | shrunken_rate | evidence_share | apart          |
    |------|---------|----------|--------------|---------------|----------------|----------------|
    | ANN  | 640     | 250      | 0.391        | 0.388         | 0.94           | above the rest |
    | BOB  | 5       | 4        | 0.800        | 0.412         | 0.11           | too few to ... |

    and `rate_low | rate_high | shrunken_low | shrunken_high | groups | is_rest`.
    """
    whole = sums[["counted", "advanced"]].mul(sums["groups"], axis="index").sum()
    counted, advanced = int(whole["counted"]), int(whole["advanced"])
    prior = advanced / counted if counted else 0.0
    k = strength(sums["advanced"], sums["counted"], prior, sums["groups"])
    shown = _small_ones_together(sums)
    interval = wilson(shown["advanced"], shown["counted"])
    alone = ~shown["is_rest"].astype("bool")
    drawn = shrunken(shown["advanced"], shown["counted"], prior, k)
    return shown.assign(
        advance_rate=rate(shown["advanced"], shown["counted"]),
        **interval,
        **drawn.where(alone),
        apart=told_apart(shown["advanced"], shown["counted"], advanced, counted).where(alone, ""),
    )


def _small_ones_together(sums: pd.DataFrame) -> pd.DataFrame:
    """The parts that have a row of their own, and one row for all the others."""
    rest = sums[sums["is_rest"]]
    own = sums[~sums["is_rest"]].sort_values(
        ["counted", "part"], ascending=[False, True], ignore_index=True
    )
    if rest.empty:
        return own
    numbers = rest[["counted", "advanced"]].mul(rest["groups"], axis="index").sum()
    together = pd.DataFrame(
        [{"part": None, "groups": int(rest["groups"].sum()), "is_rest": True} | numbers.to_dict()]
    )
    return pd.concat([own, together.astype({"part": own["part"].dtype})], ignore_index=True)


def totals(sums: pd.DataFrame) -> dict[str, float | None]:
    """The rate of all parts together, with its interval and the strength k."""
    whole = sums[["counted", "advanced"]].mul(sums["groups"], axis="index").sum()
    part, number = pd.Series([whole["advanced"]]), pd.Series([whole["counted"]])
    own, interval = rate(part, number)[0], wilson(part, number)
    known = bool(number[0])
    return {
        "counted": int(number[0]),
        "advanced": int(part[0]),
        "advance_rate": float(own) if known else None,
        "rate_low": float(interval["rate_low"][0]) if known else None,
        "rate_high": float(interval["rate_high"][0]) if known else None,
        "prior_strength": strength(
            sums["advanced"], sums["counted"], float(own) if known else 0.0, sums["groups"]
        ),
    }
