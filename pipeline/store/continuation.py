"""Go on with the log of opportunities whose history was recorded before.

What the rules make of a transition is computed by the same statement as for a whole history; the
row that stands is put in front of the new ones, as their neighbour, and left out again.
"""

from contextlib import ExitStack
from typing import Protocol

import pandas as pd

from pipeline.domain.histories import Fault, HistoryRefusedError
from pipeline.store.connection import Session
from pipeline.store.history import TRANSITION_COLUMNS, history_sql, in_utc, typed
from pipeline.store.lending import lent_answer, lent_frame
from pipeline.store.recording import Stamp

_OPPORTUNITIES = (
    "create or replace temp table history_opportunities as "
    "select opportunity_id, external_id, cycle_code, owner_code, contact_no from history_seeds"
)


class Continuation(Protocol):
    """What is to be recorded: the command `ContinueHistory`."""

    @property
    def source(self) -> str:
        """Where the history is lived."""

    @property
    def transitions(self) -> pd.DataFrame:
        """The new transitions; a row for each."""


def continue_history(session: Session, more: Continuation, stamp: Stamp) -> None:
    """Append transitions inside the transaction of the session, or refuse all of them.

    Raises `HistoryRefusedError` with every rule that is broken, and `HistoryColumnsError`.
    """
    select = typed("transitions", more.transitions, TRANSITION_COLUMNS)
    with ExitStack() as lent:
        frame = in_utc(more.transitions)
        lent.enter_context(lent_frame(session, "history_frame_transitions", frame))
        session.execute(f"create or replace temp view history_given_new as {select}")
        session.execute(history_sql("continued_seeds"), {"source": more.source})
        session.execute(history_sql("continued_given"))
        session.execute(_OPPORTUNITIES)
        lent.enter_context(lent_answer(session, "history_transitions", history_sql("transitions")))
        session.execute(history_sql("continued"))
        _refuse_faults(session, more.source)
        session.execute(history_sql("end_standing"))
        session.execute(history_sql("record_continued"), {"batch_id": stamp.batch_id})
        session.execute(history_sql("stand_anew"))
    for table in ("history_seeds", "history_opportunities", "history_continued"):
        session.execute(f"drop table {table}")


def _refuse_faults(session: Session, source: str) -> None:
    rows = session.rows(history_sql("continued_faults"))
    if rows:
        raise HistoryRefusedError(source, [Fault(key, n, tuple(few)) for key, n, few in rows])
