"""How many of those that reached a stage went on from it."""

import streamlit as st

from dashboard import formats, scope, session
from dashboard.charts import stage_conversion as charts
from dashboard.components import furniture
from dashboard.components.drill import opens
from dashboard.components.furniture import Tile
from pipeline.reports.stage_conversion import stage_conversion

ALL, CREATED = "All opportunities", "Created in the period"
SHOWN = ["cycle_code", "stage_description", "next_stage_description", "reached", "advanced"]
SHOWN += ["lost_here", "still_here", "advance_rate", "rate_low", "rate_high", "reached_rate"]

top = st.container()
created = furniture.switch("cohort", [ALL, CREATED]) == CREATED
with session.read() as reading:
    report = stage_conversion(reading, scope.current(), cohort="created" if created else "all")
sums = report.totals
entered = int(sums["entered"] or 0)

with top:
    furniture.heading(
        "Stage conversion",
        f"Of {formats.opportunities(entered)} that entered a stage, "
        f"{formats.count(sums['won'])} are won (**{formats.rate(sums['won_rate'])}**), "
        f"{formats.count(sums['lost'])} lost and {formats.count(sums['in_progress'])} in progress.",
    )
if not entered:
    furniture.nothing_in_scope(report, "No opportunity has entered a stage")
else:
    with top:
        furniture.tiles(
            [
                Tile(label="Entered", value=formats.count(entered)),
                Tile(label="Won", value=formats.count(sums["won"])),
                Tile(label="Lost", value=formats.count(sums["lost"])),
                Tile(label="In progress", value=formats.count(sums["in_progress"])),
            ]
        )
    frame = report.frame
    for cycle in frame.loc[frame["reached"] > 0, "cycle_code"].unique():
        rows = frame[frame["cycle_code"] == cycle]
        if frame["cycle_code"].nunique() > 1:
            st.subheader(formats.escape_markdown(cycle), anchor=False)
        furniture.chart(
            charts.funnel(rows, session.mode()),
            key=f"funnel-{cycle}",
            alt=f"How many reached each stage of {cycle} and went on; the table has the figures.",
            on_select=opens(report, f"funnel-{cycle}", "reached"),
        )
    furniture.report_table(report, key="table-conversion", columns=SHOWN)
