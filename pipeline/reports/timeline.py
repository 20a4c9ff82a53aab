"""What was written around an opportunity besides its log."""

import json
from datetime import date

import pandas as pd

from pipeline.domain.opportunities import Opportunity
from pipeline.domain.scope import Scope
from pipeline.store import Session

_ANY_DAY = Scope(as_of=date.max)


def events(session: Session, opportunity: Opportunity) -> pd.DataFrame:
    """Every writing around an opportunity, and its creation; the newest first.

    Columns: `recorded_at, recorded_by, command, batch_id, place, kind, table_name, before, after`;
    the last two are the columns written, as dictionaries, empty where the row was not there.
    """
    frame = session.frame(
        "timeline_events",
        _ANY_DAY,
        opportunity_id=opportunity.id,
        opportunity_no=opportunity.no,
        opportunity_key=json.dumps({"opportunity_id": opportunity.id}),
    )
    return frame.assign(before=frame["before"].map(_columns), after=frame["after"].map(_columns))


def _columns(written: object) -> dict[str, object]:
    return json.loads(written) if isinstance(written, str) else {}
