"""Prove the log intact: every rule a store must keep, looked at in every row."""

from dataclasses import dataclass

import pandas as pd

from pipeline.domain.words import counted
from pipeline.store.connection import Session
from pipeline.store.frames import query_text

SAMPLE = 20
"""How many broken rules a finding shows."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a look at the whole log found; `faults` has a row for each rule an opportunity breaks.

    | rule | opportunity_no | times |
    |---|---|---|
    | one current row | OP000017 | 1 |
    """

    opportunities: int
    transitions: int
    faults: pd.DataFrame

    @property
    def intact(self) -> bool:
        """Whether no rule is broken."""
        return self.faults.empty

    def __str__(self) -> str:
        """Say it in words."""
        looked = ", ".join(
            [counted(self.opportunities, "opportunity"), counted(self.transitions, "transition")]
        )
        if self.intact:
            return f"The log is intact: {looked}."
        lines = [
            f"  {rule}: {opportunity_no} ({times} x)"
            for rule, opportunity_no, times in self.faults.head(SAMPLE).itertuples(index=False)
        ]
        more = len(self.faults) - len(lines)
        tail = [f"  and {more:,} more"] if more > 0 else []
        return "\n".join(
            [
                f"The log is broken in {counted(len(self.faults), 'place')} ({looked}):",
                *lines,
                *tail,
            ]
        )


def check(session: Session) -> Finding:
    """Look at every opportunity and transition of a store."""
    return Finding(
        opportunities=int(session.rows("select count(*) from opportunities")[0][0]),
        transitions=int(session.rows("select count(*) from transitions")[0][0]),
        faults=session.execute(query_text("check_log")).df(),
    )
