"""Report: how much of the pipeline hangs on few opportunities."""

from dataclasses import replace
from functools import partial
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import concentration as metric
from pipeline.reports.left_out import drafts, some, undated
from pipeline.reports.report import Drill, Report, Row, is_missing, number
from pipeline.store import Session

Part: TypeAlias = Literal["cycle", "owner"]

NAME = "concentration"
DEFINITION = (
    "How unequal the amounts in progress are. The Herfindahl index adds up the squares of each "
    "one's share: 1 when one opportunity holds everything. One over it is the number of equal "
    "opportunities that would be as concentrated. A period limits the expected close date."
)
_COLUMNS = {"cycle": "cycle_code", "owner": "owner_code"}


def concentration(session: Session, scope: Scope, *, by: Part | None = None) -> Report:
    """Herfindahl index, effective number and top share, undivided or by cycle or owner.

    The frame is that of `metrics.concentration.concentration`; its `part` is `cycle_code` or
    `owner_code`, and is missing in the one row undivided. `totals` is the undivided row.
    """
    whole = metric.concentration(session.frame("concentration", scope, by=None))
    rows = metric.concentration(session.frame("concentration", scope, by=by)) if by else whole
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=_named(rows, by),
        scope=scope,
        excluded=some(
            {
                "that are not started": drafts(session, scope),
                "without an amount": int(whole["without_amount"].sum()),
                "without an expected close date, outside every period": undated(session, scope),
            }
        ),
        totals=_totals(whole),
        opens=("opportunities", "without_amount"),
        leads_to=partial(_lead, scope, by),
    )


def _named(rows: pd.DataFrame, by: Part | None) -> pd.DataFrame:
    if by is None:
        return rows.drop(columns="part")
    named = rows.rename(columns={"part": _COLUMNS[by]})
    return named.sort_values(_COLUMNS[by], ignore_index=True)


def _totals(whole: pd.DataFrame) -> dict[str, float | None]:
    names = ["opportunities", "amount", "hhi", "effective_opportunities", "top_share_rate"]
    if whole.empty:
        return dict.fromkeys(names) | {"opportunities": 0, "amount": 0}
    return {name: number(whole[name].iloc[0]) for name in [*names, "top_amount"]}


def _lead(scope: Scope, by: Part | None, row: Row, column: str) -> Drill:
    selection = Selection(
        statuses=("in progress",),
        expected_from=scope.from_on,
        expected_to=scope.to_on,
        without_amount=column == "without_amount",
    )
    if by is None:
        return scope, selection
    part = row[_COLUMNS[by]]
    if is_missing(part):
        return scope, replace(selection, without_owner=True)
    return replace(scope, **{f"{by}s": (str(part),)}), selection  # type: ignore[arg-type]
