"""The opportunities matrix: who has how much, by when it is expected to close."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.glossary import Column
from pipeline.metrics import matrix as metric
from pipeline.metrics.matrix import Figure, Rounding
from pipeline.reports.left_out import drafts, some, undated
from pipeline.reports.matrix_periods import By, Cut, cuts
from pipeline.reports.report import Drill, Report, Row
from pipeline.store import Session

__all__ = ["By", "Figure", "Lines", "Rounding", "Status", "opportunities_matrix"]

Lines: TypeAlias = Literal["owner", "contact", "campaign"]
Status: TypeAlias = Literal["in progress", "won", "lost"]

MOST_LINES = 1000
DEFINITION = (
    "Of the newest entry of each opportunity, by the period in which it is expected to close (won "
    "and lost ones by the day they closed). A company's line has what its persons have, too. "
    "Business Central divides counts by the rounding factor and leaves small ones blank; here a "
    "count stays a count, and nothing is 0."
)


def opportunities_matrix(
    session: Session,
    scope: Scope,
    *,
    lines: Lines = "owner",
    figure: Figure = "opportunities",
    status: Status = "in progress",
    by: By = "month",
    periods: int = 12,
    rounding: Rounding = "none",
) -> Report:
    """One line per owner, contact or campaign, a column per period; see `metrics.matrix.matrix`.

    The first period is the one that the scope's period begins in, else that of the as-of day.
    Every cell opens to its opportunities. Raises `ChoiceError` for more than 32 periods.
    """
    columns = cuts(session, scope.from_on or scope.as_of, by, periods)
    starts, last = [one.first for one in columns], columns[-1].last
    sums = session.frame(
        "opportunities_matrix", scope, lines=lines, status=status, starts=starts, last=last
    )
    of_lines, of_all = sums[sums["kind"] == "line"], sums[sums["kind"] == "all"]
    names = _names(session, scope, lines, of_lines)
    frame = metric.matrix(of_lines, names, starts, figure=figure, rounding=rounding)
    return Report(
        name="opportunities-matrix",
        definition=DEFINITION,
        frame=frame.head(MOST_LINES),
        scope=scope,
        excluded=_left_out(session, scope, of_lines, len(frame), lines=lines),
        totals=metric.totals(of_all, starts, figure=figure, rounding=rounding),
        opens=tuple(map(str, starts)) if figure == "opportunities" else (),
        leads_to=lambda row, column: _lead(scope, row, _of(columns, column), status, lines),
        columns={str(one.first): _column(one, by, figure, rounding) for one in columns},
    )


def _of(columns: Sequence[Cut], name: str) -> Cut:
    """The column that begins on a day."""
    return next(one for one in columns if str(one.first) == name)


def _column(cut: Cut, by: By, figure: Figure, rounding: Rounding) -> Column:
    counts = figure == "opportunities"
    unit = "" if rounding in ("none", "1") or counts else f" in {int(rounding):,}"
    form = {"none": "money", "1": "count"}.get(rounding, "tenths")
    return Column(
        cut.label,
        "opportunities" if counts else "company currency",
        "count" if counts else form,
        f"What closes in the {by} from {cut.first} to {cut.last}{unit}.",
    )


def _names(session: Session, scope: Scope, lines: Lines, sums: pd.DataFrame) -> pd.DataFrame:
    numbers = sums["line_no"].dropna().unique().tolist()
    return session.frame("opportunities_matrix_names", scope, lines=lines, numbers=numbers)


def _left_out(
    session: Session, scope: Scope, sums: pd.DataFrame, lines_found: int, *, lines: Lines
) -> dict[str, int]:
    nobody = int(sums.loc[sums["line_no"].isna(), "opportunities"].sum())
    return some(
        {
            "that are not started": drafts(session, scope),
            f"without a {lines}": nobody,
            "without an expected close date, outside every period": undated(session, scope),
            "on lines behind the first thousand": max(0, lines_found - MOST_LINES),
        }
    )


def _lead(scope: Scope, row: Row, cut: Cut, status: Status, lines: Lines) -> Drill:
    selection = Selection(
        statuses=(status,),
        expected_from=cut.first,
        expected_to=cut.last,
    )
    one = (str(row["line_no"]),)
    match lines:
        case "owner":
            return replace(scope, owners=one), selection
        case "contact":
            return replace(scope, contacts=one), selection
        case "campaign":
            return replace(scope, campaigns=one), selection
