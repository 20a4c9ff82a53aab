"""How much is in progress, and what the probabilities make of it, by stage or by month."""

from typing import Literal

import streamlit as st

from dashboard import formats, scope, session
from dashboard.charts import weighted_pipeline as charts
from dashboard.components import furniture
from dashboard.components.drill import link, opens
from dashboard.components.furniture import Tile
from pipeline.domain.scope import Selection
from pipeline.reports.weighted_pipeline import weighted_pipeline

STAGE, MONTH = "By stage", "By month of expected close"

SHOWN = ["cycle_code", "stage_description", "expected_month", "opportunities", "amount"]
SHOWN += ["weighted_amount", "overdue", "overdue_amount", "average_age_days", "without_amount"]

top = st.container()
by: Literal["stage", "month"] = (
    "month" if furniture.switch("by", [STAGE, MONTH]) == MONTH else "stage"
)
with session.read() as reading:
    report = weighted_pipeline(reading, scope.current(), by=by)
sums = report.totals
late = Selection(
    statuses=("in progress",),
    overdue=True,
    expected_from=report.scope.from_on,
    expected_to=report.scope.to_on,
)
number, overdue = int(sums["opportunities"] or 0), int(sums["overdue"] or 0)

with top:
    furniture.heading(
        "Weighted pipeline",
        f"{formats.money_short(sums['amount'])} open, "
        f"**{formats.money_short(sums['weighted_amount'])} weighted**, "
        f"in {formats.opportunities(number)}; {formats.count(overdue)} of them overdue.",
    )
if not number:
    furniture.nothing_in_scope(report, "No opportunity is in progress")
else:
    with top:
        furniture.tiles(
            [
                Tile(label="Open", value=formats.money_short(sums["amount"])),
                Tile(label="Weighted", value=formats.money_short(sums["weighted_amount"])),
                Tile(label="Opportunities", value=formats.count(number)),
                Tile(label="Mean age", value=formats.days(sums["average_age_days"])),
                Tile(
                    label="Overdue",
                    value=formats.count(overdue),
                    note=formats.money_short(sums["overdue_amount"]) if overdue else "",
                ),
            ]
        )
        if overdue:
            link(f"See the {formats.count(overdue)} overdue", (scope.current(), late))
    figure = charts.by_month if by == "month" else charts.by_stage
    furniture.chart(
        figure(report.frame, session.mode()),
        key=f"pipeline-{by}",
        alt=f"Open and weighted amount by {by}; the table below holds the same figures.",
        on_select=opens(report, f"pipeline-{by}"),
    )
    furniture.report_table(report, key=f"table-{by}", columns=SHOWN)
