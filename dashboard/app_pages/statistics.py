"""Statistics as Business Central counts them: of cycles and stages, and of who holds what."""

import streamlit as st

from dashboard import formats, scope, session
from dashboard.charts import statistics as charts
from dashboard.components import entry_measures, furniture, holder_views
from dashboard.components.drill import opens
from pipeline.reports.statistics import cycle_statistics, stage_statistics

ALL_ENTRIES = "All entries"
STAGES = ["cycle_code", "stage_description", "opportunities", "amount", "weighted_amount"]
STAGES += ["entries_ever", "average_days", "entries_over", "average_stay_days", "stays_over"]

with session.read() as reading:
    cycles = cycle_statistics(reading, scope.current())
    stages = stage_statistics(reading, scope.current())
    number = int(cycles.totals["opportunities"] or 0)
    entries = int(stages.totals["entries_ever"] or 0)
    furniture.heading(
        "Statistics",
        f"{formats.opportunities(number)} in {formats.counted(len(cycles.frame), 'sales cycle')}, "
        f"estimated at {formats.money_short(cycles.totals['amount'])}, calculated current value "
        f"**{formats.money_short(cycles.totals['weighted_amount'])}**.",
    )
    view = furniture.switch("of", ["Cycles and stages", *holder_views.REPORTS, ALL_ENTRIES])
    if view in holder_views.REPORTS:
        holder_views.draw(view, reading, stages.frame)
    elif view == ALL_ENTRIES:
        entry_measures.draw(reading, scope.current())
    elif not (number or entries):
        furniture.nothing_in_scope(stages, "No opportunity has entered a stage")
    else:
        st.subheader("Sales cycles", anchor=False)
        furniture.report_table(cycles, key="cycles")
        st.subheader("Stages", anchor=False)
        furniture.chart(
            charts.days_in_stage(stages.frame, session.mode()),
            key="days",
            alt="Average days of an entry and of a stay by stage; the table holds the figures too.",
            on_select=opens(stages, "days"),
        )
        furniture.report_table(stages, key="stages", columns=STAGES)
