"""What changed: every event between two days in its bucket, so that start and changes make the end.

An opportunity counts with its amount while it is in progress, in the scope, and expected to close
inside the window (without a window: at any time). Each transition is taken apart in steps: owner,
amount, expected close date, stage or outcome. Each step is measured on what the steps before it
left, and what it adds or takes falls into exactly one bucket.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import pandas as pd

BEFORE, INSIDE, AFTER = -1, 0, 1
"""Where an expected close date lies: before, inside or after the window; no date lies after."""


Name: TypeAlias = Literal[
    "starting",
    "new",
    "reopened",
    "increased",
    "decreased",
    "pulled in",
    "pushed in",
    "pushed out",
    "pulled earlier",
    "transferred in",
    "transferred out",
    "removed",
    "restored",
    "won",
    "lost",
    "ending",
]
"""The buckets by name, in the order of the bars."""
NAMES: tuple[Name, ...] = get_args(Name)


@dataclass(frozen=True)
class Bucket:
    """One bar of the waterfall: the kind of step it holds, and the sign and window of the step."""

    name: Name
    step: str
    way: int
    """1 adds, -1 takes away, 0 stands at an end of the period."""
    side: int = INSIDE
    """The side of the window an expected close date came from or went to."""


BUCKETS = (
    Bucket("starting", "start", 0),
    Bucket("new", "created", 1),
    Bucket("reopened", "reopened", 1),
    Bucket("increased", "amount", 1),
    Bucket("decreased", "amount", -1),
    Bucket("pulled in", "date", 1, AFTER),
    Bucket("pushed in", "date", 1, BEFORE),
    Bucket("pushed out", "date", -1, AFTER),
    Bucket("pulled earlier", "date", -1, BEFORE),
    Bucket("transferred in", "owner", 1),
    Bucket("transferred out", "owner", -1),
    Bucket("removed", "removed", -1),
    Bucket("restored", "restored", 1),
    Bucket("won", "won", -1),
    Bucket("lost", "lost", -1),
    Bucket("ending", "end", 0),
)
"""What falls into each.

- new: it entered its first stage. reopened: it was closed and is in a stage again.
- increased, decreased: another amount while it counted; of a won one also the step from the
  amount before to what it was won for. An amount that becomes known is an increase.
- pulled in, pushed in: the expected close date came into the window from after or before it.
  pushed out, pulled earlier: it left the window to after or before it. No date is after.
- transferred in, out: another owner, contact or cycle took it into the scope, or out of it.
- removed, restored: it was deleted, or its deletion undone.
- won: at what it was won for. lost: at the amount it had just before.
"""
KEY = ["step", "way", "side"]


def bucket(name: str) -> Bucket:
    """Give a bucket by its name. Raises `ValueError` for one that does not exist."""
    for each in BUCKETS:
        if each.name == name:
            return each
    message = f"There is no bucket “{name}”; choose one of {', '.join(NAMES)}."
    raise ValueError(message)


def waterfall(sums: pd.DataFrame) -> pd.DataFrame:
    """The way from the pipeline of one day to that of another, a row for each bucket.

    `change_amount` is what the events of the bucket added or took away, one by one;
    `running_amount` the pipeline after them, and `transitions` how many there were. At the ends
    they are the pipeline there and the opportunities in it. `compared_amount` is what a comparison
    of the two ends alone shows, each opportunity in the bucket of its leading cause, and
    `hidden_amount` what that does not show. The columns of changes add up to the end, and those
    hidden to nothing.

    | bucket     | transitions | change_amount | running_amount | compared_amount | hidden_amount |
    |------------|-------------|---------------|----------------|-----------------|---------------|
    | starting   | 3           | 83,000        | 83,000         | 83,000          | 0             |
    | new        | 5           | 83,000        | 166,000        | 8,000           | 75,000        |
    | pushed out | 2           | -29,000       | ...            | -18,000         | -11,000       |
    | won        | 3           | -62,000       | ...            | -25,000         | -37,000       |
    | lost       | 3           | -57,000       | 53,000         | 0               | -57,000       |
    | ending     | 2           | 53,000        | 53,000         | 53,000          | 0             |

    and `compared`, the opportunities that the comparison finds changed.
    """
    ends, events = _of_kind(sums, "ends"), _of_kind(sums, "events")
    compared = _of_kind(sums, "comparison")
    change = _amounts(ends) + _amounts(events)
    comparison = _amounts(ends) + _amounts(compared)
    table = {
        "bucket": NAMES,
        "transitions": _counts(ends) + _counts(events),
        "change_amount": change,
        "running_amount": _running(change),
        "compared": _counts(ends) + _counts(compared),
        "compared_amount": comparison,
        "hidden_amount": change - comparison,
    }
    return pd.DataFrame(table).reset_index(drop=True).round(2)


def hidden_flow(sums: pd.DataFrame) -> pd.DataFrame:
    """What came and went inside the period: money that two snapshots do not show.

    Of every opportunity the smaller one of all it added and all it took away. `passed through`
    counted at neither end; `back and forth` counted at one or both, and moves cancelled.

    | flow           | opportunities | hidden_amount |
    |----------------|---------------|---------------|
    | passed through | 5             | 87,000        |
    | back and forth | 1             | 25,000        |
    """
    hidden = sums[sums["kind"] == "hidden"].set_index("step")
    rows = hidden[["transitions", "delta"]].reindex(["through", "back"], fill_value=0)
    return pd.DataFrame(
        {
            "flow": ["passed through", "back and forth"],
            "opportunities": rows["transitions"].astype("int64").to_numpy(),
            "hidden_amount": rows["delta"].astype("float64").to_numpy(),
        }
    )


def _of_kind(sums: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The sums of one kind by bucket, in the order of the buckets, 0 where nothing happened."""
    order = pd.MultiIndex.from_tuples([(each.step, each.way, each.side) for each in BUCKETS])
    rows = sums[sums["kind"] == kind].set_index(KEY)[["transitions", "delta"]]
    return rows.reindex(order).fillna(0.0).set_axis(list(NAMES))


def _counts(rows: pd.DataFrame) -> pd.Series:
    return rows["transitions"].astype("int64")


def _amounts(rows: pd.DataFrame) -> pd.Series:
    return rows["delta"].astype("float64")


def _running(change: pd.Series) -> pd.Series:
    """The sum after each bar; the last bar is the end itself."""
    return change.cumsum().where(change.index != "ending", change)
