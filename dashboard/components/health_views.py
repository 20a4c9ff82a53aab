"""The views of the page on health: rotting, missing data, slippage, concentration, stages."""

from typing import get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats, scope, session
from dashboard.charts import health as charts
from dashboard.components import furniture
from dashboard.components.drill import opens
from dashboard.components.furniture import Tile
from pipeline.reports import health
from pipeline.reports.concentration import Part
from pipeline.reports.concentration import concentration as concentration_report
from pipeline.reports.slippage import DAYS_BEFORE, close_date_reliability, repeat_slip
from pipeline.reports.slippage import slippage as slippage_report

TITLE = "Health"
ROTTING = ["opportunity_no", "description", "contact_name", "owner_name", "stage_description"]
ROTTING += ["weighted_amount", "stage_age_days", "limit_days", "older_than_rate", "amount"]
LIMITS = ["cycle_code", "stage_description", "limit_days", "limit_source", "advances"]
LIMITS += ["opportunities", "rotting", "rotting_rate", "rotting_amount", "rotting_weighted_amount"]
LACKS = ["lack_description", "opportunities", "lack_rate", "worth_amount"]
LACKS += ["worth_weighted_amount", "is_estimated"]


def rotting(top: DeltaGenerator) -> None:
    """What is in its stage longer than three quarters of those that advanced from there."""
    with session.read() as reading:
        history = health.limits_from(reading, scope.current())
        by_stage = health.rotting_by_stage(reading, scope.current(), history=history)
        listed = health.rotting(reading, scope.current(), history=history)
    sums = by_stage.totals
    number = int(sums["rotting"] or 0)
    with top:
        furniture.heading(
            TITLE,
            f"**{formats.opportunities(number)}** of {formats.count(sums['opportunities'])} "
            f"{'is' if number == 1 else 'are'} rotting, "
            f"{formats.money_short(sums['rotting_weighted_amount'])} weighted: longer in the stage "
            "than three quarters of those that advanced from there.",
        )
    held = by_stage.frame[by_stage.frame["opportunities"] > 0].reset_index(drop=True)
    if held.empty:
        furniture.nothing_in_scope(by_stage, "No opportunity is in progress")
        return
    furniture.chart(
        charts.rotting(held, session.mode()),
        key="rotting",
        alt="How many opportunities rot in each stage; the table holds the same figures.",
    )
    furniture.report_table(by_stage, key="limits", columns=LIMITS)
    if len(listed.frame):
        st.subheader("The largest of them", anchor=False)
        furniture.report_table(listed, key="listed", columns=ROTTING)


def missing_data(top: DeltaGenerator) -> None:
    """What is lacking, the dearest first."""
    with session.read() as reading:
        report = health.missing_data(reading, scope.current())
    first = report.frame.iloc[0]
    with top:
        furniture.heading(
            TITLE,
            f"Dearest: **{first['lack_description'].lower()}**, "
            f"{formats.money_short(first['worth_weighted_amount'])} weighted in "
            f"{formats.opportunities(int(first['opportunities']))}."
            if first["opportunities"]
            else "Nothing is missing.",
        )
    if not report.totals["opportunities"]:
        furniture.nothing_in_scope(report, "No opportunity is in progress")
        return
    furniture.chart(
        charts.missing(report.frame, session.mode()),
        key="missing",
        alt="The weighted amount that hangs on what is missing; the table holds the same figures.",
        on_select=opens(report, "missing"),
    )
    furniture.report_table(report, key="lacks", columns=LACKS)


def slippage(top: DeltaGenerator) -> None:
    """How far dates were moved in the period, and how often what was pushed is pushed again."""
    with session.read() as reading:
        report = slippage_report(reading, scope.current())
        again = repeat_slip(reading, scope.current())
    sums = report.totals
    with top:
        furniture.heading(
            TITLE,
            f"{formats.counted(int(sums['pushes'] or 0), 'push', 'pushes')} from "
            f"{formats.day(report.scope.from_on)} to {formats.day(report.scope.to_on)}; "
            f"**{formats.rate(sums['opening_out_amount_rate'])}** of what was to close at the "
            "start went behind the end.",
        )
    if not again.frame["pushed_so_often"].any():
        furniture.nothing_in_scope(report, "No opportunity was ever in progress")
        return
    with top:
        furniture.tiles(
            [
                Tile(label="Pushed", value=formats.count(sums["pushed"])),
                Tile(label="Days per push", value=formats.days(sums["average_days_pushed"])),
                Tile(label="Push-out rate", value=formats.rate(sums["opening_out_rate"])),
                Tile(label="Of all to close", value=formats.rate(sums["ever_out_rate"])),
                Tile(label="Pulls", value=formats.count(sums["pulls"])),
            ]
        )
    furniture.chart(
        charts.push_again(again.frame, session.mode()),
        key="again",
        alt="The share pushed again by the number of pushes; the table holds the same figures.",
        on_select=opens(again, "again"),
    )
    furniture.report_table(again, key="repeat")
    furniture.report_table(report, key="slippage")


def close_dates(top: DeltaGenerator) -> None:
    """Whose close dates hold."""
    with session.read() as reading:
        report = close_date_reliability(reading, scope.current())
    sums = report.totals
    with top:
        furniture.heading(
            TITLE,
            f"**{formats.rate(sums['in_time_rate'])}** of {formats.count(sums['stated'])} closed "
            f"on or before the date stated {DAYS_BEFORE} days earlier "
            f"({formats.interval(sums['rate_low'], sums['rate_high'])})."
            if sums
            else "",
        )
    if report.frame.empty:
        furniture.nothing_in_scope(report, "No opportunity was closed")
    else:
        furniture.report_table(report, key="reliability")


def concentration(top: DeltaGenerator) -> None:
    """How much hangs on few."""
    with session.read() as reading:
        whole = concentration_report(reading, scope.current())
        reports = {
            part: concentration_report(reading, scope.current(), by=part) for part in get_args(Part)
        }
    sums = whole.totals
    with top:
        furniture.heading(
            TITLE,
            f"{formats.opportunities(int(sums['opportunities'] or 0))} are as concentrated as "
            f"**{formats.fixed(sums['effective_opportunities'], 1)}** equal ones; the largest "
            f"holds {formats.rate(sums['top_share_rate'])}.",
        )
    if not sums["opportunities"]:
        furniture.nothing_in_scope(whole, "No opportunity is in progress")
        return
    furniture.report_table(whole, key="whole")
    for part, report in reports.items():
        st.subheader(f"By {part}", anchor=False)
        furniture.report_table(report, key=f"by-{part}")


def stages(top: DeltaGenerator) -> None:
    """Stages that should be looked at, with the test behind each finding."""
    with session.read() as reading:
        report = health.stage_lint(reading, scope.current())
    found = int(report.totals["found"] or 0)
    with top:
        furniture.heading(
            TITLE,
            f"**{formats.counted(found, 'finding')}** in {len(report.frame)} checks of stages.",
        )
    if report.frame.empty:
        furniture.nothing_in_scope(report, "No opportunity has entered a stage")
    else:
        furniture.report_table(report, key="lint")
