"""Why the pipeline is not what it was: every event between two days, and what caused it."""

from dataclasses import replace

import streamlit as st

from dashboard import formats, scope, session
from dashboard.charts import what_changed as charts
from dashboard.components import between, causes, furniture
from dashboard.components.furniture import Tile
from pipeline.reports.flows import category_flow, stage_flow
from pipeline.reports.what_changed import what_changed

EVENTS, SNAPSHOTS, CATEGORIES, STAGES = VIEWS = (
    "Every event",
    "Two snapshots",
    "Categories",
    "Stages",
)
FLOWS = ["cycle_code", "stage_description", "at_start", "entries", "moved_on", "moved_back"]
FLOWS += ["left_won", "left_lost", "left_scope", "left_removed", "at_end"]

top = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="between"):
    view = furniture.switch("view", VIEWS)
    looked_at = between.period(scope.current())
    window = {} if view == STAGES else between.window(looked_at)

with session.read() as reading:
    changed = what_changed(reading, looked_at, **window)
    flows = {
        CATEGORIES: lambda: category_flow(reading, looked_at, **window),
        STAGES: lambda: stage_flow(reading, looked_at),
    }
    report = flows[view]() if view in flows else changed
sums, bars = changed.totals, changed.frame.set_index("bucket")["change_amount"]

with top:
    furniture.heading(
        "What changed",
        f"From {formats.money_short(sums['starting_amount'])} to "
        f"**{formats.money_short(sums['ending_amount'])}** "
        f"({formats.signed_money_short(sums['change_amount'])}), "
        f"{between.in_words(looked_at, window)}.",
    )
if not changed.frame["transitions"].any():
    furniture.nothing_in_scope(
        replace(changed, scope=scope.current()), "Nothing was in the pipeline and nothing changed"
    )
else:
    with top:
        furniture.tiles(
            [
                Tile(label="Start", value=formats.money_short(sums["starting_amount"])),
                Tile(label="New", value=formats.money_short(bars["new"])),
                Tile(label="Won", value=formats.money_short(abs(bars["won"]))),
                Tile(label="Lost", value=formats.money_short(abs(bars["lost"]))),
                Tile(
                    label="Hidden from snapshots",
                    value=formats.money_short(sums["hidden_amount"]),
                    note=f"in {formats.opportunities(int(sums['hidden_opportunities'] or 0))}",
                    help="What came and went inside the period: two snapshots do not show it.",
                ),
            ]
        )
    alt = "The table below holds the same figures."
    if view == CATEGORIES:
        figure = charts.category_flow(report.frame, session.mode())
        furniture.chart(figure, key="categories", alt=f"Flow between forecast categories. {alt}")
        furniture.report_table(report, key="table-categories")
    elif view == STAGES:
        figure = charts.stage_flow(report.frame, session.mode())
        furniture.chart(figure, key="stages", alt=f"Where each stage's opportunities went. {alt}")
        furniture.report_table(report, key="table-stages", columns=FLOWS)
    else:
        figure = charts.waterfall(report.frame, session.mode(), compared=view == SNAPSHOTS)
        furniture.chart(
            figure,
            key=f"waterfall-{view}",
            alt=f"The steps from the start to the end. {alt}",
            on_select=causes.chosen_in(report, f"waterfall-{view}"),
        )
        causes.behind(looked_at, window)
        furniture.table(
            report.frame, key="table-changed", on_select=causes.chosen_in(report, "table-changed")
        )
        furniture.footing(report, key="table-changed")
