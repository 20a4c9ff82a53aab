"""Report: the forecast rolled up from owners to teams to the company, category by category."""

from functools import partial
from typing import Literal

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import rollup as metric
from pipeline.reports.forecast_period import Asked, asked
from pipeline.reports.left_out import drafts, some
from pipeline.reports.quotas import holders, narrowed, selection_of
from pipeline.reports.report import Drill, Report, Row, number
from pipeline.reports.rollup_sums import sums_of
from pipeline.store import Session

NAME = "forecast-rollup"
DEFINITION = (
    "What was won in the period (closed), and what is in progress and expected to close in it, by "
    "forecast category: the one somebody set, else that of its stage. One by one, each category "
    "stands alone; added up, each holds those before it: commit is closed + commit, and so on. "
    "Open pipeline is all of them without closed. Omitted is in no total. A team is the sum of its "
    "owners, the company the sum of its teams."
)
OPENS = tuple(metric.CATEGORIES)
_HEAD = ("holder", "code", "name", "target", "attainment_rate")
_SINGLE = tuple(part for name in metric.CATEGORIES for part in (name, f"{name}_amount"))
_TOTALS = tuple(f"{name}_total" for name in metric.ADDED)


def forecast_rollup(
    session: Session, scope: Scope, *, rollup: Literal["single", "cumulative"] = "single"
) -> Report:
    """Company, teams and owners with the categories one by one, or added up with the arithmetic.

    The frame is that of `metrics.rollup.by_level`, its rows with nothing to say left out.
    """
    looked = asked(session, scope)
    sums = sums_of(session, looked)
    table = metric.by_level(metric.single(sums.rows), holders(session, looked))
    said = table[list(metric.CATEGORIES)].sum(axis=1) > 0
    shown = table[said | table["target"].notna() | (table["holder"] == "company")]
    columns = (
        [*_HEAD, *_SINGLE, "open_amount"]
        if rollup == "single"
        else [*_HEAD, "won_amount", *_TOTALS, "open_amount", "arithmetic"]
    )
    top = table.iloc[0]
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=shown[columns].reset_index(drop=True),
        scope=looked.scope,
        excluded=some(
            {
                "that are not started": drafts(session, looked.scope),
                "without an amount, from the sums only": sums.open_without_amount,
                "without an expected close date, outside every period": sums.undated,
                "expected before the period and still open": sums.before,
            }
        ),
        totals={name: number(top[name]) for name in columns if name not in _WORDS},
        opens=OPENS if rollup == "single" else (),
        leads_to=partial(_lead, looked),
    )


_WORDS = ("holder", "code", "name", "arithmetic")


def _lead(looked: Asked, row: Row, column: str) -> Drill:
    return narrowed(looked.scope, row), selection_of(row, in_category(looked, column))


def in_category(looked: Asked, column: str) -> Selection:
    """What stands in a category of the period."""
    if column == "won":
        last = min(looked.day, looked.period.last)
        return Selection(statuses=("won",), closed_from=looked.period.first, closed_to=last)
    return Selection(
        statuses=("in progress",),
        expected_from=looked.period.first,
        expected_to=looked.period.last,
        categories=(metric.CATEGORIES[column],),
    )
