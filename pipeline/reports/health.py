"""Reports on the health of a pipeline: what rots, what is missing, which stages say nothing."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import missing_data as missing_metric
from pipeline.metrics import rotting as rotting_metric
from pipeline.metrics import stage_lint as lint_metric
from pipeline.metrics.stages import KEY
from pipeline.reports.left_out import drafts, some
from pipeline.reports.report import Drill, Report, Row, is_missing, number
from pipeline.reports.set_up import stages_of
from pipeline.reports.time_in_stage import stays_of
from pipeline.store import Session

BY_STAGE_NAME = "rotting-by-stage"
NAME = "rotting"
LIMIT = (
    "An opportunity rots when it has been in its stage longer than three quarters of those that "
    "advanced from there, forward or by being won. A limit is learned from "
    f"{rotting_metric.FEWEST_STAYS} of them or more; with fewer the company's own stands in "
    "(setting rotting_days), or there is none. A next step suspends it: what has an open task due "
    "in no more days than the limit does not rot until that day is over."
)
MISSING_NAME = "missing-data"
MISSING_DEFINITION = (
    "What opportunities in progress lack, the dearest first: the amount and weighted amount of "
    "those that lack it. Those without an amount are taken at the mean of their stage. One that "
    "lacks two things stands in two rows."
)
LINT_NAME = "stage-lint"
LINT_DEFINITION = (
    "Predicts nothing: among the decided, those that came beyond the stage are won as often as "
    "those that came no further (difference of win rates within 5 points, its interval too; "
    "Fisher). Mostly skipped: more than half of those that reached it never were in it (binomial). "
    "Differs by owner: skipping it, going on from it and being lost there depend on the owner "
    "(chi-square, p below 0.01 and Cramér’s V at least 0.1). Effect is the difference, the share, "
    "and V."
)
_SUMS = ("opportunities", "rotting", "amount", "rotting_amount", "rotting_weighted_amount")


def rotting_by_stage(
    session: Session, scope: Scope, *, history: pd.DataFrame | None = None
) -> Report:
    """Limits and what is beyond them, by stage; see `metrics.rotting.rotting_by_stage`.

    `history` is that of `limits_from`, for those who read it for both reports on what rots.
    """
    history = limits_from(session, scope) if history is None else history
    learned = rotting_metric.limits(history, _set_days(session, scope))
    held = session.frame("open_stays", scope)
    frame = rotting_metric.rotting_by_stage(held, learned, stages_of(session, scope))
    unlimited = frame["limit_days"].isna()
    return Report(
        name=BY_STAGE_NAME,
        definition=LIMIT,
        frame=frame,
        scope=scope,
        excluded=some(
            {
                "that are not started": drafts(session, scope),
                "in a stage without a limit": int(frame.loc[unlimited, "opportunities"].sum()),
                "beyond their limit, whose next step is near": _suspended(held, learned),
            }
        ),
        totals={name: number(frame[name].sum()) for name in _SUMS},
        opens=("rotting", "opportunities"),
        leads_to=partial(_lead, scope),
    )


def rotting(
    session: Session, scope: Scope, *, limit: int = 200, history: pd.DataFrame | None = None
) -> Report:
    """The rotting opportunities, those with the largest weighted amount first.

    Columns: `opportunity_no, description, contact_name, owner_name, cycle_code, stage,
    stage_description, amount, weighted_amount, expected_close_on, entered_on, stage_age_days,
    limit_days, older_than_rate`, the last the share of those that advanced from the stage in fewer
    days. `totals` holds `opportunities, amount, weighted_amount` of all, beyond `limit` too.
    """
    history = limits_from(session, scope) if history is None else history
    learned = rotting_metric.limits(history, _set_days(session, scope)).dropna()
    found = session.frame(
        "rotting",
        scope,
        limit_cycles=[str(code) for code in learned["cycle_code"]],
        limit_stages=[int(stage) for stage in learned["stage"]],
        limit_days=[int(days) for days in learned["limit_days"]],
        limit=limit,
    )
    return Report(
        name=NAME,
        definition=LIMIT,
        frame=_named(session, scope, found, history),
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        totals={
            name: number(found[f"total_{name}"].iloc[0]) or 0
            for name in ("opportunities", "amount", "weighted_amount")
        },
    )


def missing_data(session: Session, scope: Scope) -> Report:
    """What is lacking and what it is worth; the frame is `metrics.missing_data.missing_data`."""
    sums = session.frame("missing_data", scope)
    frame = missing_metric.missing_data(sums)
    return Report(
        name=MISSING_NAME,
        definition=MISSING_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        totals={"opportunities": number(sums["opportunities"].sum())},
        opens=("opportunities",),
        leads_to=partial(_lead_to_lacking, scope),
    )


def stage_lint(session: Session, scope: Scope) -> Report:
    """Stages that should be looked at, with the test behind it; see `metrics.stage_lint`."""
    frame = lint_metric.stage_lint(
        session.frame("journeys_by_owner", scope), stages_of(session, scope)
    )
    return Report(
        name=LINT_NAME,
        definition=LINT_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some({"that are not started": drafts(session, scope)}),
        totals={"found": int((frame["verdict"] == lint_metric.YES).sum())},
    )


def limits_from(session: Session, scope: Scope) -> pd.DataFrame:
    """The stays that limits are learned from: those of every owner, whenever they began."""
    return stays_of(session, Scope(as_of=scope.as_of, known_at=scope.known_at, cycles=scope.cycles))


def rotting_limits(session: Session, scope: Scope) -> pd.DataFrame:
    """The limit of each stage on the day; the frame is `metrics.rotting.limits`."""
    return rotting_metric.limits(limits_from(session, scope), _set_days(session, scope))


def no_later(scope: Scope, selection: Selection, limit: timedelta | None) -> Selection:
    """Narrow a selection to what rots under a limit (None: there is none, so nothing does)."""
    if limit is None:
        return replace(selection, entered_to=_BEFORE_ALL)
    return replace(
        selection,
        entered_to=scope.as_of - limit - timedelta(days=1),
        unplanned_to=scope.as_of + limit,
    )


def _suspended(held: pd.DataFrame, learned: pd.DataFrame) -> int:
    """Count what is beyond its limit and does not rot, because something is planned for it."""
    rows = held.merge(learned[[*KEY, "limit_days"]], on=KEY, how="left")
    near = rotting_metric.beyond(rows) & rotting_metric.suspended(rows)
    return int(rows.loc[near, "opportunities"].sum())


def _set_days(session: Session, scope: Scope) -> int | None:
    """The limit the company has set for stages too few have advanced from."""
    found = session.frame("setting", scope, name="rotting_days")
    words = str(found["value"].iloc[0]) if len(found) else ""
    return int(words) if words.isdecimal() else None


def _named(
    session: Session, scope: Scope, found: pd.DataFrame, history: pd.DataFrame
) -> pd.DataFrame:
    """The rows with the names of their stages and the share of advances they are older than."""
    stages = stages_of(session, scope)[[*KEY, "stage_description"]]
    rows = found[found["opportunity_no"].notna()].drop(columns=found.filter(like="total_").columns)
    rows = rows.astype({"stage": "int64"}).merge(stages, on=KEY, how="left")
    return rows.assign(older_than_rate=rotting_metric.older_than(rows, history))[
        [
            "opportunity_no",
            "description",
            "contact_name",
            "owner_name",
            *KEY,
            "stage_description",
            "amount",
            "weighted_amount",
            "expected_close_on",
            "entered_on",
            "stage_age_days",
            "limit_days",
            "older_than_rate",
        ]
    ]


def _lead(scope: Scope, row: Row, column: str) -> Drill:
    selection = Selection(statuses=("in progress",), stages=(int(row["stage"]),))
    inside = replace(scope, cycles=(str(row["cycle_code"]),), from_on=None, to_on=None)
    if column == "opportunities":
        return inside, selection
    days = None if is_missing(row["limit_days"]) else timedelta(days=int(row["limit_days"]))
    return inside, no_later(scope, selection, days)


_BEFORE_ALL = pd.Timestamp.min.date()
"""What has no limit never rots: nothing was entered before this day."""


def _lead_to_lacking(scope: Scope, row: Row, _column: str) -> Drill:
    lack = {str(row["lack"]): True}
    return scope, replace(Selection(statuses=("in progress",)), **lack)  # type: ignore[arg-type]
