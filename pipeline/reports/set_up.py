"""The set-up that reports are laid out by: the stages of the cycles they look at."""

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.store import Session, records


def stages_of(session: Session, scope: Scope) -> pd.DataFrame:
    """The stages of the cycles in the scope, in order, as they are set up today."""
    stages = session.frame("stages", scope)
    inside = stages["cycle_code"].isin(scope.cycles) if scope.cycles else slice(None)
    return stages.loc[inside].reset_index(drop=True)


def places_of(session: Session, scope: Scope) -> pd.DataFrame:
    """The place of each stage in its cycle today, stages that are gone and mapped included.

    Columns: `cycle_code, stage, position, as_stage`; `as_stage` is the stage a row counts as.
    """
    places = session.frame("stage_places", scope)
    inside = places["cycle_code"].isin(scope.cycles) if scope.cycles else slice(None)
    return places.loc[inside].reset_index(drop=True)


def no_decision_codes(session: Session) -> tuple[str, ...]:
    """The close reasons that the company says mean no decision; empty where it says nothing."""
    named = records.setting(session, "no_decision_reasons") or ""
    return tuple(code.strip() for code in named.split(",") if code.strip())
