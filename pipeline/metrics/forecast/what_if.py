"""What if: the same past with other figures of some open opportunities."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from pipeline.metrics.forecast.past import Past, day_number

AS_IS, WON, DROPPED = OUTCOMES = ("as is", "won", "dropped")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is supposed of one open opportunity; None leaves a figure as it is."""

    opportunity_id: int
    outcome: str = AS_IS
    """One of `OUTCOMES`."""
    amount: float | None = None
    expected_close_on: date | None = None


def supposed(past: Past, changes: Sequence[Change]) -> Past:
    """Give the past as if the changes had been made at the end of its last day.

    What is won counts with its amount on that day, what is dropped is gone. A later expected close
    date counts as one more push, as it would when it is recorded. What history teaches is left
    alone, and each opportunity is drawn with its own seed: what nobody touched is drawn as before.
    """
    if not changes:
        return past
    given = pd.DataFrame(
        {
            "new_outcome": [each.outcome for each in changes],
            "new_amount": pd.array([each.amount for each in changes], dtype="Float64"),
            "new_day": pd.array(
                [_day(each.expected_close_on) for each in changes], dtype="Float64"
            ),
        },
        index=pd.Index([each.opportunity_id for each in changes], name="opportunity_id"),
    ).astype({"new_amount": "float64", "new_day": "float64"})
    rows = _with_figures(past.open.join(given, on="opportunity_id"))
    stays = rows["new_outcome"].isna() | (rows["new_outcome"] == AS_IS)
    kept = rows[stays][list(past.open.columns)].reset_index(drop=True)
    return replace(past, open=kept, wins=_wins(past, rows[rows["new_outcome"] == WON]))


def _day(day: date | None) -> int | None:
    return None if day is None else day_number(day)


def _with_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """The open ones with the figures that are supposed of them."""
    later = rows["new_day"] > rows["expected_close_day"]
    return rows.assign(
        amount=rows["new_amount"].fillna(rows["amount"]),
        pushes=rows["pushes"] + later.astype(rows["pushes"].dtype),
        expected_close_day=rows["new_day"].fillna(rows["expected_close_day"]),
    )


def _wins(past: Past, won: pd.DataFrame) -> pd.DataFrame:
    if won.empty:
        return past.wins
    made = won[["opportunity_id", "began_day", "amount"]].assign(won_day=past.cut_day)
    return pd.concat([past.wins, made.reindex(columns=past.wins.columns)], ignore_index=True)
