"""The opportunities matrix: who has how much, by when it is expected to close."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.dates import add_formula
from pipeline.domain.errors import ChoiceError
from pipeline.domain.scope import Scope, Selection
from pipeline.glossary import Column
from pipeline.metrics import matrix as metric
from pipeline.metrics.matrix import Figure, Rounding
from pipeline.reports.left_out import drafts, some, undated
from pipeline.reports.report import Drill, Report, Row
from pipeline.store import Session

Lines: TypeAlias = Literal["owner", "contact", "campaign"]
Status: TypeAlias = Literal["in progress", "won", "lost"]
By: TypeAlias = Literal["day", "week", "month", "quarter", "year"]

MOST_PERIODS = 32
MOST_LINES = 1000
_UNITS: dict[str, tuple[str, str]] = {
    "day": ("", "1D"),
    "week": ("-CW", "1W"),
    "month": ("-CM", "1M"),
    "quarter": ("-CQ", "1Q"),
    "year": ("-CY", "1Y"),
}
"""How to come to the start of the period a day lies in, and from there to the next."""
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
    starts = starts_of(scope.from_on or scope.as_of, by, periods)
    last = add_formula(starts[-1], _UNITS[by][1]) - timedelta(days=1)
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
        leads_to=lambda row, column: _lead(scope, row, column, status, by, lines),
        columns={str(start): _column(start, by, figure, rounding) for start in starts},
    )


def starts_of(day: date, by: By, periods: int) -> list[date]:
    """Give the first days of so many periods, the one of the day first. Raises `ChoiceError`."""
    if not 1 <= periods <= MOST_PERIODS:
        raise ChoiceError(
            "The number of periods", "periods", str(periods), [f"1 to {MOST_PERIODS}"]
        )
    to_start, step = _UNITS[by]
    starts = [add_formula(day, to_start)]
    while len(starts) < periods:
        starts.append(add_formula(starts[-1], step))
    return starts


def caption(start: date, by: By) -> str:
    """How a period is headed: the day, week.year, month, quarter/year or year.

    >>> caption(date(2026, 2, 1), "month"), caption(date(2026, 1, 26), "week")
    ('Feb 2026', '5.2026')
    """
    year, week, _ = start.isocalendar()
    return {
        "day": f"{start}",
        "week": f"{week}.{year}",
        "month": f"{start:%b %Y}",
        "quarter": f"{(start.month + 2) // 3}/{start.year}",
        "year": f"{start.year}",
    }[by]


def _column(start: date, by: By, figure: Figure, rounding: Rounding) -> Column:
    counts = figure == "opportunities"
    unit = "" if rounding in ("none", "1") or counts else f" in {int(rounding):,}"
    form = {"none": "money", "1": "count"}.get(rounding, "tenths")
    return Column(
        caption(start, by),
        "opportunities" if counts else "company currency",
        "count" if counts else form,
        f"What closes in the {by} from {start}{unit}.",
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


def _lead(scope: Scope, row: Row, column: str, status: Status, by: By, lines: Lines) -> Drill:
    start = date.fromisoformat(column)
    selection = Selection(
        statuses=(status,),
        expected_from=start,
        expected_to=add_formula(start, _UNITS[by][1]) - timedelta(days=1),
    )
    narrowed: Sequence[str] = (str(row["line_no"]),)
    part = {"owner": "owners", "contact": "contacts", "campaign": "campaigns"}[lines]
    return replace(scope, **{part: tuple(narrowed)}), selection
