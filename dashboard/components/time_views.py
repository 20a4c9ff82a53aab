"""The views of the page on time: stays, time of each opportunity, sales cycle, velocity."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats, scope, session
from dashboard.charts import time_in_stage as charts
from dashboard.components import furniture
from dashboard.components.furniture import Tile
from pipeline.reports.report import Report
from pipeline.reports.sales_cycle import sales_cycle_length, win_curve
from pipeline.reports.time_in_stage import Per, time_in_stage, time_in_stage_curve
from pipeline.reports.velocity import velocity as velocity_report

TITLE = "Time in stage"
SHOWN = ["cycle_code", "stage_description", "stays", "stays_over", "stays_open", "median_in_words"]
SHOWN += ["median_low_days", "median_high_days", "p25_days", "p75_in_words", "median_stay_days"]
SHOWN += ["average_stay_days", "average_days", "forward_rate", "back_rate", "won_here_rate"]
SHOWN += ["lost_here_rate"]
MOST_TILES = 5


def stays(top: DeltaGenerator) -> None:
    """Every stay by itself."""
    _time_in_stage(top, "stay")


def opportunities(top: DeltaGenerator) -> None:
    """All stays of one opportunity in one stage together."""
    _time_in_stage(top, "opportunity")


def _time_in_stage(top: DeltaGenerator, by: Per) -> None:
    with session.read() as reading:
        report = time_in_stage(reading, scope.current(), by=by)
        curve = time_in_stage_curve(reading, scope.current(), by=by)
    rows = report.frame[report.frame["stays"] > 0]
    with top:
        furniture.heading(TITLE, _slowest(rows))
    if rows.empty:
        furniture.nothing_in_scope(report, "No opportunity has entered a stage")
        return
    cycle = _chosen_cycle(rows)
    with top:
        furniture.tiles(_medians(rows[rows["cycle_code"] == cycle]))
    furniture.chart(
        charts.curves(curve.frame[curve.frame["cycle_code"] == cycle], session.mode()),
        key=f"curves-{by}",
        alt="The share still in each stage by days; the table has the medians and quartiles.",
    )
    furniture.report_table(report, key=f"table-{by}", columns=SHOWN)


def _slowest(rows: pd.DataFrame) -> str:
    """The sentence on the stage that takes longest, as far as is known."""
    if rows.empty:
        return ""
    known = rows[rows["median_days"].notna()]
    if known.empty:
        return "In no stage has half of those that entered left yet; the table says how far it is."
    slowest = known[known["median_days"] == known["median_days"].max()].iloc[0]
    name = formats.escape_markdown(formats.text(slowest["stage_description"]))
    plain = slowest["median_stay_days"]
    beside = (
        f" (of those that are over alone: {formats.fixed(plain, 1)})"
        if not formats.is_missing(plain)
        else ""
    )
    days = formats.escape_markdown(formats.text(slowest["median_in_words"]))
    return f"**{name}** takes longest: half leave it within **{days} days**{beside}."


def _chosen_cycle(rows: pd.DataFrame) -> str:
    """The cycle whose curves are drawn; asked only where there is a choice."""
    cycles = [str(code) for code in rows["cycle_code"].unique()]
    return furniture.switch("curves_of", cycles) if len(cycles) > 1 else cycles[0]


def _medians(rows: pd.DataFrame) -> list[Tile]:
    return [
        Tile(
            label=formats.escape_markdown(formats.shortened(row.stage_description, 20)),
            value=formats.text(row.median_in_words),
            note=f"days, n {formats.count(row.stays)}",
            help="The median, with what is still there counted for as long as it has been.",
        )
        for row in rows.head(MOST_TILES).itertuples()
    ]


def sales_cycle(top: DeltaGenerator) -> None:
    """Won, lost and open by age, and the lengths of what is closed."""
    with session.read() as reading:
        curve = win_curve(reading, scope.current())
        lengths = sales_cycle_length(reading, scope.current())
    sums = curve.totals
    with top:
        furniture.heading(TITLE, _won_by_age(curve))
    if curve.frame.empty:
        furniture.nothing_in_scope(curve, "Nothing was closed of what was created")
        return
    with top:
        furniture.tiles(
            [
                Tile(label="Followed", value=formats.count(sums["opportunities"])),
                Tile(label="Won", value=formats.count(sums["won"])),
                Tile(label="Lost", value=formats.count(sums["lost"])),
                Tile(label="Open", value=formats.count(sums["in_progress"])),
            ]
        )
    furniture.chart(
        charts.win_curve(curve.frame, session.mode()),
        key="win-curve",
        alt="The shares won, lost and open by age; the second table has every step.",
    )
    furniture.report_table(lengths, key="lengths")
    with st.expander("Every step of the win curve"):
        furniture.report_table(curve, key="steps")


def _won_by_age(curve: Report) -> str:
    if curve.frame.empty:
        return ""
    last = curve.frame.iloc[-1]
    return (
        f"By the age of {formats.days(last['days'])}, "
        f"**{formats.rate(last['won_by_age_rate'])}** are won, "
        f"{formats.rate(last['lost_by_age_rate'])} lost and "
        f"{formats.rate(last['open_at_age_rate'])} still open."
    )


def velocity(top: DeltaGenerator) -> None:
    """Money per day, and which of its four factors changed it."""
    with session.read() as reading:
        report = velocity_report(reading, scope.current())
    sums = report.totals
    with top:
        furniture.heading(TITLE, _velocity_words(report))
    if formats.is_missing(sums["velocity_per_day"]):
        furniture.nothing_in_scope(report, "Nothing was won in the period")
        return
    with top:
        furniture.tiles(
            [
                Tile(
                    label="Velocity per day",
                    value=formats.money_short(sums["velocity_per_day"]),
                    note=_change(sums["velocity_change"]),
                ),
                _factor("Open", formats.count(sums["open_at_end"]), sums["open_change"]),
                _factor(
                    "Mean won amount",
                    formats.money_short(sums["mean_won_amount"]),
                    sums["won_amount_change"],
                ),
                _factor("Win rate", formats.rate(sums["win_rate"]), sums["win_rate_change"]),
                _factor(
                    "Mean length", formats.days(sums["average_cycle_days"]), sums["cycle_change"]
                ),
            ]
        )
    furniture.report_table(report, key="velocity")


def _velocity_words(report: Report) -> str:
    per_day = report.totals["velocity_per_day"]
    if formats.is_missing(per_day):
        return ""
    period = report.frame.iloc[-1]
    return (
        f"The pipeline brings **{formats.money_short(per_day)} per day**, by what was closed from "
        f"{formats.day(period['from_on'])} to {formats.day(period['to_on'])}."
    )


def _factor(label: str, value: str, change: float | None) -> Tile:
    return Tile(
        label=label,
        value=value,
        note=_change(change),
        help="Under it: its part in the change of velocity against the period before (logarithms).",
    )


def _change(change: float | None) -> str:
    if formats.is_missing(change) or change is None:
        return ""
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{formats.rate(abs(change))}"
