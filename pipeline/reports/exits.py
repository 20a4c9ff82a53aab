"""The exits from stages in a period, each with its way: on, back, won or lost."""

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.metrics.exits import with_way
from pipeline.reports.narrowed import is_narrowed
from pipeline.store import Session


def exits_of(
    session: Session, scope: Scope, places: pd.DataFrame, *, unit: str | None = None
) -> pd.DataFrame:
    """How often each stage was left, which way; by `month` or `quarter` of leaving where named."""
    exits = session.frame("stage_exits", scope, unit=unit, narrowed=is_narrowed(scope))
    inside = exits["cycle_code"].isin(scope.cycles) if scope.cycles else slice(None)
    return with_way(exits.loc[inside].reset_index(drop=True), places)
