"""What is aimed at: quotas of the company, teams and owners, and who sold on how many days."""

from datetime import date
from typing import get_args

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, quota_import
from dashboard.components.drill import opens
from dashboard.components.landing_views import indented
from dashboard.components.quota_grid import QuotaGrid, days_active, left_over, nothing_whole
from pipeline.domain.calendar import PeriodKind
from pipeline.domain.scope import Scope
from pipeline.reports import quota_table
from pipeline.reports.quotas import MeasureName, attainment

GRID, ATTAINMENT, DAYS, FILE = VIEWS = ("Quotas", "Attainment", "Days active", "From a file")
KINDS = {"Quarters": PeriodKind.QUARTER, "Months": PeriodKind.MONTH, "Year": PeriodKind.YEAR}
SHOWN = ["name", "target", "quota", "members_quota", "over_assigned", "active_days", "won_amount"]
SHOWN += ["won", "created", "attainment_rate"]

top = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="quotas"):
    view = furniture.switch("view", VIEWS)
    with session.read() as reading:
        years = quota_table.years(reading, session.today())
    chosen: str = st.selectbox("Year", list(years), label_visibility="collapsed", width=110)
    day: date = years[chosen or next(iter(years))]
    measure: MeasureName = st.selectbox(
        "Measure",
        get_args(MeasureName),
        format_func=str.capitalize,
        label_visibility="collapsed",
        width=160,
    )
    if view == GRID:
        kind = KINDS[furniture.switch("by", list(KINDS))]

with session.read() as reading:
    scope = Scope(as_of=day)
    year = quota_table.year_of(reading, day)
    whole = attainment(
        reading, Scope(as_of=day, from_on=year.first, to_on=year.last), measure=measure
    )
    with top:
        aim, attained = (whole.totals[name] for name in ("target", "attainment_rate"))
        known = quota_table.set_for(reading, day, measure=measure)
        furniture.heading(
            "Quotas",
            f"{year.label}: {formats.rate(attained)} of {formats.fixed(aim, 0)} attained."
            if aim
            else nothing_whole(year.label, [period.label for period in known.periods]),
        )
        if known.others:
            st.caption(left_over(known.others))
    if view == FILE:
        quota_import.part(reading, day, measure)
    elif view == DAYS:
        days_active(quota_table.days_active(reading))
    elif view == ATTAINMENT:
        furniture.table(
            indented(whole.frame),
            key="table-attainment",
            columns=SHOWN,
            on_select=opens(whole, "table-attainment"),
            widths={"name": 160},
        )
        furniture.footing(whole, key="table-attainment")
    else:
        table = quota_table.quota_table(reading, scope, kind=kind, measure=measure)
        QuotaGrid(table, measure).draw(today=day)
