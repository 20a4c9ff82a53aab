"""The pipeline over time, and what was known then beside what is known now."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from dashboard import formats, scope, session
from dashboard.charts import history as charts
from dashboard.components import furniture, restated
from pipeline.reports.history import pipeline_history

OVER_TIME, THEN_AND_NOW = "Over time", "Then and now"
MEASURES = {"Weighted": "weighted_amount", "Amount": "amount", "Number": "opportunities"}
SHOWN = ["counted_on", "cycle_code", "stage_description"]
SHOWN += ["opportunities", "amount", "weighted_amount"]

top = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="history"):
    view = furniture.switch("view", [OVER_TIME, THEN_AND_NOW])
    if view == THEN_AND_NOW:
        looked_at = restated.moment(scope.current())
    else:
        by: Literal["month", "week"] = (
            "week" if furniture.switch("every", ["Months", "Weeks"]) == "Weeks" else "month"
        )
        measure = MEASURES[furniture.switch("of", list(MEASURES))]

if view == THEN_AND_NOW:
    with top:
        restated.then_and_now(looked_at)
else:
    with session.read() as reading:
        report = pipeline_history(reading, scope.current(), by=by)
    sums = report.totals
    with top:
        furniture.heading(
            "History",
            f"{formats.money_short(sums['newest_amount'])} open on "
            f"{formats.day(report.scope.as_of)}, **"
            f"{formats.money_short(sums['newest_weighted_amount'])} weighted**; on "
            f"{formats.day(report.frame['counted_on'].min())} it was "
            f"{formats.money_short(sums['first_amount'])}, "
            f"{formats.money_short(sums['first_weighted_amount'])} weighted.",
        )
    if not report.frame["opportunities"].any():
        furniture.nothing_in_scope(
            replace(report, scope=scope.current()), "Nothing was ever in progress"
        )
    else:
        furniture.chart(
            charts.by_stage(report.frame, session.mode(), of=measure),
            key=f"history-{by}-{measure}",
            alt=f"Pipeline by stage at the end of each {by}; the table holds the same figures.",
        )
        newest_first = report.frame.sort_values("counted_on", ascending=False, kind="stable")
        furniture.table(newest_first, key="table-history", columns=SHOWN, height=360)
        furniture.footing(report, key="table-history")
