"""Reports: of what was closed in a period, the share that was won; and why it was won or lost."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import win_rate as metric
from pipeline.reports.left_out import drafts, some
from pipeline.reports.report import Drill, Report, Row, first_row, is_missing
from pipeline.reports.set_up import no_decision_codes
from pipeline.store import Session

Part: TypeAlias = Literal["cycle", "owner", "month"]

NAME = "win-rate"
DEFINITION = (
    "Won / (won + lost), of the opportunities closed in the period. Each counts once, with its "
    "outcome as of the day, when it was closed for the last time; one that is open again does not "
    "count. By amount: what was won, over that and the last open amount of what was lost. The "
    "range is the Wilson interval, 95 percent. What was closed for a reason that does not count in "
    "the win rate is left out."
)
REASONS_DEFINITION = (
    "Why the opportunities closed in the period were won or lost, each with its outcome as of the "
    "day. The share is that among all with the same outcome, the range its Wilson interval, 95 "
    "percent. Every reason counts, those outside the win rate too. No decision means that the "
    "customer bought nothing from anyone."
)
OPENS = ("decided", "won", "lost")
_COLUMNS = {"cycle": "cycle_code", "owner": "owner_code", "month": "closed_month"}


def win_rate(session: Session, scope: Scope, *, by: Part | None = None) -> Report:
    """Won, lost and the win rate by count and by amount, undivided or by cycle, owner or month.

    The period of the scope limits the day of closing. The frame is that of
    `metrics.win_rate.win_rate`; its `part` is `cycle_code` with `cycle_description`, `owner_code`
    with `owner_name` or `closed_month`, and is missing in the one row of the undivided rate.
    """
    closed = session.frame("win_rate", scope, by=by)
    undivided = metric.win_rate(closed.assign(part=None))
    frame = _named(session, scope, metric.win_rate(closed), by) if by else _one(undivided)
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(_left_out(closed) | {"that are not started": drafts(session, scope)}),
        totals=first_row(_one(undivided)),
        opens=OPENS,
        leads_to=partial(_lead, scope, by),
    )


def close_reasons(session: Session, scope: Scope) -> Report:
    """Number, amount and share of each close reason; the frame is `metrics.close_reasons`."""
    closed = session.frame("win_rate", scope, by=None)
    frame = metric.close_reasons(closed, no_decision_codes(session))
    return Report(
        name="close-reasons",
        definition=REASONS_DEFINITION,
        frame=frame,
        scope=scope,
        excluded=some(
            {"without an amount, from the sums only": int(closed["without_amount"].sum())}
        ),
        opens=("opportunities",),
        leads_to=partial(_lead_by_reason, scope),
    )


def _one(undivided: pd.DataFrame) -> pd.DataFrame:
    """The one row of an undivided rate, with noughts where nothing was closed."""
    if undivided.empty:
        nothing = {name: 0 for name in undivided.columns if "rate" not in name}
        undivided = pd.DataFrame([nothing]).reindex(columns=undivided.columns)
    return undivided.drop(columns="part")


def _named(session: Session, scope: Scope, rows: pd.DataFrame, by: Part) -> pd.DataFrame:
    """Name the parts by their column, and give codes their words."""
    rows = rows.rename(columns={"part": _COLUMNS[by]})
    if by == "month":
        months = pd.to_datetime(rows["closed_month"])
        return rows.assign(closed_month=months).sort_values("closed_month", ignore_index=True)
    words = _words(session, scope, by)
    named = rows.assign(words=rows[_COLUMNS[by]].map(words))
    named.insert(1, "owner_name" if by == "owner" else "cycle_description", named.pop("words"))
    return named.sort_values(_COLUMNS[by], ignore_index=True)


def _words(session: Session, scope: Scope, by: Part) -> pd.Series:
    if by == "owner":
        return session.frame("salespeople", scope).set_index("owner_code")["name"]
    cycles = session.frame("stages", scope)[["cycle_code", "cycle_description"]].drop_duplicates()
    return cycles.set_index("cycle_code")["cycle_description"]


def _left_out(closed: pd.DataFrame) -> dict[str, int]:
    counted = closed["in_win_rate"].astype("bool")
    return {
        "closed for a reason that does not count in the win rate": int(
            closed.loc[~counted, "opportunities"].sum()
        ),
        "without an amount, from the rate by amount only": int(
            closed.loc[counted, "without_amount"].sum()
        ),
    } | {
        f"{outcome}, none with an amount, so that there is no rate by amount": _unknown(
            closed[counted & (closed["outcome"] == outcome)]
        )
        for outcome in ("won", "lost")
    }


def _unknown(closed: pd.DataFrame) -> int:
    """How many there are, where none of them has an amount."""
    number, without = int(closed["opportunities"].sum()), int(closed["without_amount"].sum())
    return number if number == without else 0


def _closed_in(scope: Scope) -> Selection:
    return Selection(statuses=("won", "lost"), closed_from=scope.from_on, closed_to=scope.to_on)


def _lead(scope: Scope, by: Part | None, row: Row, column: str) -> Drill:
    outcomes = (column,) if column in ("won", "lost") else ("won", "lost")
    selection = replace(_closed_in(scope), statuses=outcomes, in_win_rate=True)
    if by is None:
        return scope, selection
    return _in_part(scope, selection, by, row[_COLUMNS[by]])


def _in_part(scope: Scope, selection: Selection, by: Part, part: object) -> Drill:
    if by == "cycle":
        return replace(scope, cycles=(str(part),)), selection
    if by == "month":
        return scope, _in_month(selection, pd.Timestamp(str(part)))
    if is_missing(part):
        return scope, replace(selection, without_owner=True)
    return replace(scope, owners=(str(part),)), selection


def _in_month(selection: Selection, month: pd.Timestamp) -> Selection:
    """Narrow the period of closing to what a month has of it."""
    first = month.date()
    last = (month + pd.offsets.MonthBegin(1)).date() - timedelta(days=1)
    return replace(
        selection,
        closed_from=max(first, selection.closed_from or first),
        closed_to=min(last, selection.closed_to or last),
    )


def _lead_by_reason(scope: Scope, row: Row, _column: str) -> Drill:
    selection = replace(_closed_in(scope), statuses=(str(row["outcome"]),))
    reason = row["close_reason_code"]
    if is_missing(reason):
        return scope, replace(selection, without_close_reason=True)
    return scope, replace(selection, close_reasons=(str(reason),))
