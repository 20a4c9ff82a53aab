"""Go on with histories that were recorded before, as a newer export tells them."""

from dataclasses import dataclass

import pandas as pd

from pipeline.commands.desk import Desk, Recorded
from pipeline.store.continuation import continue_history


@dataclass(frozen=True, kw_only=True, eq=False)
class ContinueHistory:
    """Append transitions to opportunities that `RecordHistory` brought from the same source.

    `transitions` has the columns of `RecordHistory`; `nth` goes on behind the last number of the
    opportunity, and `valid_from` is never before that of the row that stands. What the rules make
    of them is computed by the store. Raises `HistoryRefusedError` with every rule that is broken;
    then nothing is recorded.
    """

    source: str
    transitions: pd.DataFrame

    def apply(self, desk: Desk) -> Recorded:
        """Raises `HistoryRefusedError`, `HistoryColumnsError`."""
        continue_history(desk.session, self, desk.stamp)
        return Recorded(what="history", no=self.source)
