"""What would happen to opportunities that were chosen in a list, before it is done."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.reports.opportunities import opportunities
from pipeline.store import Session

_ANY_DAY = Scope(as_of=date.max)
CLOSED = ("won", "lost")


def reassignment(session: Session, numbers: Sequence[str], owner_code: str) -> pd.DataFrame:
    """What giving the chosen opportunities to one owner would do, a row for each.

    Closed ones and those that are theirs already are left as they are. Columns: `opportunity_no,
    description, status, owner_code, owner_name, amount, open_tasks, what_happens, taken`.
    """
    frame = session.frame("chosen_opportunities", _ANY_DAY, numbers=list(numbers))
    closed = frame["status"].isin(CLOSED)
    own = frame["owner_code"].eq(owner_code) & ~closed
    words = pd.Series("gets the new owner", index=frame.index, dtype="object")
    words = words.mask(closed, "stays: it is " + frame["status"].astype(str))
    words = words.mask(own, "stays: it is theirs already")
    return frame.assign(what_happens=words, taken=~(closed | own))


def for_change(session: Session, numbers: Sequence[str]) -> pd.DataFrame:
    """The chosen opportunities as they are, with what can be changed of them, by number.

    Columns: `opportunity_no, description, status, owner_code, amount, expected_close_on,
    forecast_category, stage_description, version`.
    """
    return session.frame("chosen_for_change", _ANY_DAY, numbers=list(numbers))


def closed_numbers(session: Session, scope: Scope, selection: Selection) -> list[str]:
    """The numbers of the opportunities a scope and a selection leave, in the order of closing."""
    report = opportunities(
        session, scope, selection, order_by="closed_on", descending=False, limit=None
    )
    return list(report.frame["opportunity_no"])
