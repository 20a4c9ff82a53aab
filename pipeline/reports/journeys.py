"""The ways opportunities took: read once, followed by the conversion reports and by their lists."""

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import journeys as ways
from pipeline.metrics import stage_conversion as metric
from pipeline.metrics.counting_rules import DEFAULT, ruled
from pipeline.metrics.journeys import OPEN
from pipeline.reports.set_up import places_of
from pipeline.store import Session

_BY_JOURNEY = (
    "reached_stage",
    "highest_stage",
    "advanced_stage",
    "resolved_stage",
    "visited_stage",
    "skipped_stage",
    "bounced_stage",
    "last_stage",
)


def journeys_of(session: Session, scope: Scope, *, created: bool = False) -> pd.DataFrame:
    """The ways opportunities took and how they ended: `cycle_code, path, status, opportunities`."""
    return session.frame("stage_conversion_created" if created else "stage_conversion", scope)


def asks_for_journeys(selection: Selection) -> bool:
    """Say whether a selection depends on the ways opportunities took."""
    named = any(getattr(selection, name) is not None for name in _BY_JOURNEY)
    return named or selection.entered or bool(selection.step)


def journeys_that(session: Session, scope: Scope, selection: Selection) -> list[str]:
    """The journeys a selection asks for, each as `cycle|status|path`."""
    journeys = journeys_of(session, scope)
    places = places_of(session, scope)
    kept = _reached(journeys, places, selection) & _walked(journeys, places, selection)
    keys = journeys["cycle_code"] + "|" + journeys["status"] + "|" + journeys["path"]
    return [str(key) for key in keys[kept]]


def _reached(journeys: pd.DataFrame, places: pd.DataFrame, selection: Selection) -> pd.Series:
    """Which journeys came as far as a selection asks, by its counting rule."""
    kept = pd.Series(data=True, index=journeys.index)
    rule = selection.rule or DEFAULT
    if rule == DEFAULT:
        placed = metric.with_high_water(journeys, places)
    else:
        placed = ruled(ways.with_marks(journeys, places), places, rule)
    if selection.reached_stage is not None:
        kept &= metric.reached(placed, places, selection.reached_stage)
    if selection.highest_stage is not None:
        kept &= metric.stopped(placed, places, selection.highest_stage)
    if selection.advanced_stage is not None:
        kept &= metric.reached(placed, places, selection.advanced_stage)
        kept &= ~metric.stopped(placed, places, selection.advanced_stage)
    if selection.resolved_stage is not None:
        here = metric.stopped(placed, places, selection.resolved_stage)
        kept &= metric.reached(placed, places, selection.resolved_stage)
        kept &= ~(here & (placed["status"] == OPEN))
    if selection.skipped_stage is not None:
        kept &= metric.reached(placed, places, selection.skipped_stage)
    return kept & placed["high_position"].notna() if selection.entered else kept


def _walked(journeys: pd.DataFrame, places: pd.DataFrame, selection: Selection) -> pd.Series:
    """Which journeys took the steps a selection asks for."""
    kept = pd.Series(data=True, index=journeys.index)
    if selection.visited_stage is not None or selection.skipped_stage is not None:
        stays = ways.visits(journeys, places)
        if selection.visited_stage is not None:
            kept &= kept.index.isin(ways.that_visited(stays, selection.visited_stage))
        if selection.skipped_stage is not None:
            kept &= ~kept.index.isin(ways.that_visited(stays, selection.skipped_stage))
    if selection.step or selection.bounced_stage is not None or selection.last_stage is not None:
        kept &= _stepped(ways.steps(journeys, places), kept.index, selection)
    return kept


def _stepped(taken: pd.DataFrame, index: pd.Index, selection: Selection) -> pd.Series:
    """Which journeys went back, ended or stepped as a selection asks."""
    kept = pd.Series(data=True, index=index)
    if selection.bounced_stage is not None:
        kept &= index.isin(ways.that_bounced(taken, selection.bounced_stage))
    if selection.last_stage is not None:
        kept &= index.isin(ways.that_ended_in(taken, selection.last_stage))
    if selection.step:
        came_from, _, went_to = selection.step.partition(">")
        kept &= index.isin(ways.that_stepped(taken, _number(came_from), went_to))
    return kept


def _number(text: str) -> int:
    """The number of a stage in a step; one that nobody can have where it cannot be read."""
    return int(text) if text.isdecimal() else -1
