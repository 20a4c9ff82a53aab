"""The set-up that reports are laid out by: the stages of the cycles they look at."""

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.store import Session


def stages_of(session: Session, scope: Scope) -> pd.DataFrame:
    """The stages of the cycles in the scope, in order, as they are set up today."""
    stages = session.frame("stages", scope)
    inside = stages["cycle_code"].isin(scope.cycles) if scope.cycles else slice(None)
    return stages.loc[inside].reset_index(drop=True)
