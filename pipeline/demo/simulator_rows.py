"""Rows of the log while they are being made: unsorted pieces in, one table in order out."""

from dataclasses import dataclass, field

import numpy as np

from pipeline.demo.simulator_people import Ints

CARRY = -1
"""A value that stays what it was in the row before."""
NONE = 0
"""No expected close date yet, no category, no reason, the stage's own chance: by column."""

COLUMNS = {
    "opp": None,
    "step": None,
    "seq": None,
    "day": None,
    "action": None,
    "stage": CARRY,
    "amount": CARRY,
    "won_amount": CARRY,
    "expected": CARRY,
    "chances": CARRY,
    "owner": CARRY,
    "category": CARRY,
    "reason": NONE,
    "note": NONE,
}
"""Column -> what a row holds that does not say; None: every row says it.

`opp` counts inside the block; `step` the stays of an opportunity; `seq` orders the rows of a day;
days are numbers since 1970-01-01; the others are positions in lists of names.
"""
CARRIED = ("stage", "amount", "expected", "chances", "owner", "category")

ACTIONS = (
    "first",
    "next",
    "previous",
    "skip",
    "jump",
    "update",
    "reassign",
    "edit",
    "won",
    "lost",
    "reopen",
)
ACTION = {action: number for number, action in enumerate(ACTIONS)}


@dataclass
class Rows:
    """Pieces of the table, one for each call of `add`."""

    pieces: list[dict[str, Ints]] = field(default_factory=list)

    def add(self, action: str | Ints, **columns: Ints | int) -> None:
        """Add rows; a number stands for a whole column."""
        given = {"action": ACTION[action] if isinstance(action, str) else action, **columns}
        opp = np.asarray(columns["opp"])
        self.pieces.append(
            {
                name: np.broadcast_to(
                    np.asarray(given.get(name, default), dtype=np.int64), opp.shape
                )
                for name, default in COLUMNS.items()
            }
        )

    def table(self) -> dict[str, Ints]:
        """Give all rows by opportunity and in order, with what is carried filled in."""
        joined = {name: np.concatenate([piece[name] for piece in self.pieces]) for name in COLUMNS}
        order = np.lexsort([joined[name] for name in ("seq", "day", "step", "opp")])
        table = {name: column[order] for name, column in joined.items()}
        return table | {name: carried(table[name]) for name in CARRIED}


def carried(column: Ints) -> Ints:
    """Fill in what is carried from the row before; the first row of each life says everything."""
    said = np.where(column == CARRY, 0, np.arange(len(column)))
    return np.asarray(column[np.maximum.accumulate(said)])


def numbered(opp: Ints) -> Ints:
    """Give each row its number inside its opportunity, from 1; rows are ordered by opportunity."""
    begins = np.flatnonzero(np.diff(opp, prepend=-1))
    lengths = np.diff(begins, append=len(opp))
    return np.asarray(np.arange(len(opp)) - np.repeat(begins, lengths) + 1)
