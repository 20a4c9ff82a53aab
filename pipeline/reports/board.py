"""Reports behind the board: its columns with their totals, and its cards a window at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Literal

import pandas as pd

from pipeline.domain.errors import ChangedMeanwhileError
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import board as metric
from pipeline.reports.health import LIMIT, no_later, rotting_limits
from pipeline.reports.report import Drill, Report, Row, is_missing, number
from pipeline.reports.set_up import stages_of
from pipeline.store import Session, records

NAME = "board"
CARDS_NAME = "board-cards"
DEFINITION = (
    "The opportunities in progress by stage, those not started in a column of their own. Totals "
    "are of all of them, whatever is shown. Overdue is what was expected to close before the day; "
    "without a next step what no open task belongs to. "
) + LIMIT
AT_MOST = 24
"""How many cards of a column are given at a time."""
_ANY_DAY = Scope(as_of=date.max)
_SUMS = ("opportunities", "amount", "weighted_amount")

Order = Literal["expected_close_on", "amount", "stage_age_days"]
"""What a column is sorted by: the nearest date, the largest amount, the longest time first."""
Column = tuple[str, int]
"""A column: the cycle and the stage, 0 for what is not started."""


def board(session: Session, scope: Scope, *, limits: pd.DataFrame | None = None) -> Report:
    """The columns with their totals; the frame is `metrics.board.columns`.

    `limits` are those of `health.rotting_limits`, for those who read them once for many boards.
    Totals are of what is in progress: what is not started is counted apart (`not_started`).
    """
    learned = rotting_limits(session, scope) if limits is None else limits
    is_now = _is_now(session, scope)
    sums = session.frame("board", scope, is_now=is_now, **_days(learned))
    frame = metric.columns(sums, stages_of(session, scope))
    started = frame[frame["stage"] > metric.DRAFTS]
    drafts = frame.loc[frame["stage"] == metric.DRAFTS, "opportunities"].sum()
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        totals={name: number(started[name].sum()) for name in _SUMS} | {"not_started": int(drafts)},
        opens=("opportunities", "overdue", "rotting", "without_next_step", "without_amount"),
        leads_to=partial(_lead, scope, learned),
    )


def board_cards(
    session: Session,
    scope: Scope,
    *,
    order_by: Order = "expected_close_on",
    limits: pd.DataFrame | None = None,
    windows: Mapping[Column, int] | None = None,
    moved: Sequence[int] = (),
    at_most: int = AT_MOST,
) -> Report:
    """The cards of each column from a place on (0 unless `windows` says another), `at_most` each.

    `moved` are the opportunities (by id) that stand first wherever they are. Columns: `cycle_code,
    stage, place, opportunity_no, version, description, contact_no, contact_name, owner_code,
    owner_name, amount, weighted_amount, probability_percent, expected_close_on, entered_on,
    stage_age_days, limit_days, is_overdue, is_rotting, next_step_no, next_step, next_step_on`.
    """
    learned = rotting_limits(session, scope) if limits is None else limits
    known = windows or {}
    columns = board(session, scope, limits=learned).frame if windows is None else None
    asked = list(known) if columns is None else _columns(columns)
    frame = session.frame(
        "board_cards",
        scope,
        is_now=_is_now(session, scope),
        **_days(learned),
        window_cycles=[cycle for cycle, _ in asked],
        window_stages=[stage for _, stage in asked],
        window_firsts=[known.get(column, 0) for column in asked],
        moved=list(moved),
        order_by=order_by,
        at_most=at_most,
    )
    return Report(name=CARDS_NAME, definition=DEFINITION, frame=frame, scope=scope)


def notes(session: Session, opportunity_no: str, *, at_most: int = 3) -> pd.DataFrame:
    """The newest comments about an opportunity: `note_on, note, recorded_by`."""
    return session.frame("board_notes", _ANY_DAY, opportunity_no=opportunity_no, at_most=at_most)


def as_seen(session: Session, opportunity_no: str, version: int | None) -> Opportunity:
    """The opportunity a person acts on, as they saw it.

    Raises `UnknownOpportunityError`, `ChangedMeanwhileError` naming who did what since.
    """
    opportunity = records.opportunity(session, opportunity_no)
    if version is not None and version != opportunity.version:
        raise ChangedMeanwhileError(opportunity.no, records.since(session, opportunity.id, version))
    return opportunity


def _is_now(session: Session, scope: Scope) -> bool:
    """Whether nothing lies after the day, so that the copy each opportunity keeps is what stood."""
    if scope.known_at is not None:
        return False
    newest = session.frame("board_newest", _ANY_DAY)["newest_on"].iloc[0]
    return is_missing(newest) or pd.Timestamp(newest).date() <= scope.as_of


def _columns(frame: pd.DataFrame) -> list[Column]:
    return [
        (str(cycle), int(stage))
        for cycle, stage in zip(frame["cycle_code"], frame["stage"], strict=True)
    ]


def _days(learned: pd.DataFrame) -> dict[str, object]:
    """The limits as the parameters of a query; a stage without one has no row."""
    known = learned.dropna(subset="limit_days")
    return {
        "limit_cycles": [str(code) for code in known["cycle_code"]],
        "limit_stages": [int(stage) for stage in known["stage"]],
        "limit_days": [int(days) for days in known["limit_days"]],
    }


def _lead(scope: Scope, learned: pd.DataFrame, row: Row, column: str) -> Drill:
    started = int(row["stage"]) > metric.DRAFTS
    selection = Selection(
        statuses=("in progress",) if started else ("not started",),
        stages=(int(row["stage"]),) if started else (),
        expected_from=scope.from_on,
        expected_to=scope.to_on,
        overdue=column == "overdue",
        without_next_step=column == "without_next_step",
        without_amount=column == "without_amount",
    )
    inside = replace(scope, cycles=(str(row["cycle_code"]),), from_on=None, to_on=None)
    if column != "rotting":
        return inside, selection
    return inside, _rotting(scope, selection, _limit(learned, row))


def _limit(learned: pd.DataFrame, row: Row) -> float | None:
    same = (learned["cycle_code"] == row["cycle_code"]) & (learned["stage"] == row["stage"])
    found = learned.loc[same, "limit_days"]
    return None if found.empty or is_missing(found.iloc[0]) else float(found.iloc[0])


def _rotting(scope: Scope, selection: Selection, days: float | None) -> Selection:
    return no_later(scope, selection, None if days is None else timedelta(days=int(days)))
