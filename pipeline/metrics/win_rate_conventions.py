"""The win rate in its conventions: one company, one quarter, and as many percentages as ways."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pipeline.metrics.journeys import LOST, OPEN, WON
from pipeline.metrics.no_decision import is_no_decision
from pipeline.metrics.proportions import rate, wilson

Held = Callable[[pd.DataFrame], "pd.Series"]


@dataclass(frozen=True, kw_only=True)
class Convention:
    """What one convention looks at, and in which direction it is off."""

    code: str
    name: str
    held: Held
    """Which rows it looks at."""
    statuses: tuple[str, ...]
    bias: str


def _closed(sums: pd.DataFrame) -> pd.Series:
    return (sums["population"] == "standing") & sums["is_closed_in_period"]


def _decided(sums: pd.DataFrame) -> pd.Series:
    return _closed(sums) & ~sums["is_no_decision"]


def _closing(sums: pd.DataFrame) -> pd.Series:
    return sums["population"] == "closing"


def _created(sums: pd.DataFrame) -> pd.Series:
    return (sums["population"] == "standing") & sums["is_created_in_period"]


def _all(sums: pd.DataFrame) -> pd.Series:
    return sums["population"] == "standing"


CONVENTIONS = (
    Convention(
        code="closed",
        name="Closed in the period",
        held=_closed,
        statuses=(WON, LOST),
        bias="The headline. Losses that are never entered as lost make it too high.",
    ),
    Convention(
        code="competitive",
        name="Closed in the period, no decision left out",
        held=_decided,
        statuses=(WON, LOST),
        bias="How often you win where somebody buys; it hides who buys nothing.",
    ),
    Convention(
        code="events",
        name="Every closing in the period",
        held=_closing,
        statuses=(WON, LOST),
        bias="Counts again what was reopened and closed again; too low where losses are reopened.",
    ),
    Convention(
        code="created",
        name="Created in the period, won of created",
        held=_created,
        statuses=(WON, LOST, OPEN),
        bias="Too low while the cohort is young: what is still open counts as not won.",
    ),
    Convention(
        code="created_decided",
        name="Created in the period, won of decided",
        held=_created,
        statuses=(WON, LOST),
        bias="Follows whichever comes faster, winning or losing, until the cohort is old.",
    ),
    Convention(
        code="all",
        name="All, won of all",
        held=_all,
        statuses=(WON, LOST, OPEN),
        bias="Mixes old and new: too low while much is open.",
    ),
)
COUNTS = ["won", "lost", "in_progress", "counted"]
TABLE = [
    "convention",
    "convention_name",
    *COUNTS,
    "win_rate",
    "rate_low",
    "rate_high",
    "won_amount",
    "counted_amount",
    "amount_win_rate",
    "without_amount",
    "bias",
]


def win_rate_conventions(sums: pd.DataFrame, codes: tuple[str, ...] = ()) -> pd.DataFrame:
    """One row per convention: what it looks at, the rate by count and by amount, its bias.

    Closed for a reason that does not count in the win rate, an opportunity is in none of them.
    The amount is what was won, of the lost the last open one, of those in progress the one they
    have. The rate by amount is null where of the won, or of the rest, no amount is known.
    `counted` is the denominator. For F10, the first quarter, on its last day

    | convention      | won | counted | win_rate | won_amount | counted_amount | by amount |
    |-----------------|-----|---------|----------|------------|----------------|-----------|
    | closed          | 3   | 5       | 0.600    | 62,000     | 94,000         | 0.660     |
    | events          | 3   | 6       | 0.500    | 62,000     | 119,000        | 0.521     |
    | created         | 2   | 6       | 0.333    |            |                |           |
    | created_decided | 2   | 3       | 0.667    |            |                |           |
    | all             | 3   | 10      | 0.300    |            |                |           |

    and `convention_name | lost | in_progress | rate_low | rate_high | without_amount | bias`.
    """
    kept = sums[sums["in_win_rate"]]
    kept = kept.assign(
        is_no_decision=is_no_decision(kept.assign(outcome=kept["status"]), codes),
        is_closed_in_period=kept["is_closed_in_period"].fillna(value=False).astype("bool"),
        amount=kept["amount"].fillna(0),
    )
    rows = pd.DataFrame([_row(each, kept) for each in CONVENTIONS])
    interval = wilson(rows["won"], rows["counted"])
    return rows.assign(
        win_rate=rate(rows["won"], rows["counted"]),
        rate_low=interval["rate_low"],
        rate_high=interval["rate_high"],
        amount_win_rate=rate(rows["won_amount"], rows["counted_amount"]).where(rows["is_told"]),
    )[TABLE]


def _row(convention: Convention, sums: pd.DataFrame) -> dict[str, object]:
    held = sums[convention.held(sums) & sums["status"].isin(convention.statuses)]
    by_status = held.groupby("status")[["opportunities", "amount", "without_amount"]].sum()
    by_status = by_status.reindex([WON, LOST, OPEN], fill_value=0)
    number, amount = by_status["opportunities"], by_status["amount"]
    known = number - by_status["without_amount"]
    rest, rest_known = number[[LOST, OPEN]].sum(), known[[LOST, OPEN]].sum()
    return {
        "convention": convention.code,
        "convention_name": convention.name,
        "won": int(number[WON]),
        "lost": int(number[LOST]),
        "in_progress": int(number[OPEN]),
        "counted": int(number.sum()),
        "won_amount": float(amount[WON]),
        "counted_amount": float(amount.sum()),
        "without_amount": int(by_status["without_amount"].sum()),
        "is_told": is_told(int(number[WON]), int(known[WON]))
        and is_told(int(rest), int(rest_known)),
        "bias": convention.bias,
    }


def is_told(number: int, known: int) -> bool:
    """Say whether a side of a rate by amount has an amount at all, or is empty anyway.

    >>> is_told(3, 0), is_told(0, 0)
    (False, True)
    """
    return bool(number == 0 or known > 0)
