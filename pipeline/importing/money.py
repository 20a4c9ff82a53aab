"""Amounts that cannot be taken as they are: below zero, of another currency, zero for unknown."""

import pandas as pd

from pipeline.importing import faults
from pipeline.importing.faults import Effect
from pipeline.importing.profile import Profile

_AMOUNTS = ("amount", "won_amount")


def counted(deals: pd.DataFrame, profile: Profile) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the deals with amounts that may be added up, and the faults of the others.

    - Below zero an amount is not known.
    - Sums have one currency: the one most rows have. An amount in another one is not known.
    - Lost with 0: not known, if the profile says that its source writes 0 for it.
    """
    taken, below = counted_then(deals)
    foreign = _foreign(taken)
    found = [below, _other_currency(taken[foreign])]
    taken = taken.assign(**{name: taken[name].mask(foreign) for name in _AMOUNTS})
    if profile.rules.lost_amount_zero == "unknown":
        lost = taken["outcome"] == "lost"
        cleared = {name: taken[name].mask(lost & (taken[name] == 0)) for name in _AMOUNTS}
        taken = taken.assign(**cleared)
    return taken, faults.together(found)


def counted_then(events: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give events without amounts below zero, and their faults."""
    taken, found = events, []
    for name in _AMOUNTS:
        negative = taken[name] < 0
        found.append(_below_zero(taken[negative], name))
        taken = taken.assign(**{name: taken[name].mask(negative)})
    return taken, faults.together(found)


def _foreign(deals: pd.DataFrame) -> "pd.Series[bool]":
    currency: pd.Series[str] = deals["currency"].str.upper()
    counts = currency.value_counts()
    if len(counts) < 2:  # noqa: PLR2004
        return pd.Series(data=False, index=deals.index)
    other: pd.Series[bool] = currency.notna() & (currency != counts.index[0])
    return other & deals["amount"].notna()


def _below_zero(deals: pd.DataFrame, name: str) -> pd.DataFrame:
    return faults.of_rows(
        deals,
        deals[name].map("{:,.2f}".format).astype("str"),
        column=name,
        reason="The amount is below zero; it is taken as not known.",
        remedy="Correct it in the source, or enter the amount afterwards.",
        effect=Effect.MENDED,
    )


def _other_currency(deals: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        deals,
        deals["currency"],
        column="currency",
        reason="The amount is in another currency than most; it is taken as not known.",
        remedy="Export the amounts in the company's currency, or import each currency by itself.",
        effect=Effect.MENDED,
    )
