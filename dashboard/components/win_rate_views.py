"""The views of the page on the win rate that stand apart: its conventions, and what was lost."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats, scope, session
from dashboard.charts import win_rate_conventions as charts
from dashboard.components import furniture
from dashboard.components.drill import opens
from dashboard.components.furniture import Tile
from pipeline.reports.loss_reasons import loss_reasons
from pipeline.reports.win_rate_conventions import win_rate_conventions

CONVENTIONS = ["convention_name", "won", "lost", "in_progress", "counted", "win_rate"]
CONVENTIONS += ["rate_low", "rate_high", "won_amount", "counted_amount", "amount_win_rate", "bias"]
LOSSES = ["cycle_code", "stage_description", "close_reason_description", "is_no_decision"]
LOSSES += ["opportunities", "loss_rate", "rate_low", "rate_high", "amount", "amount_loss_rate"]


def conventions() -> None:
    """Every convention people use, and in which direction each is off."""
    with session.read() as reading:
        report = win_rate_conventions(reading, scope.current())
    if not report.frame["counted"].any():
        furniture.nothing_in_scope(report, "No opportunity has entered a stage")
        return
    by_age = report.totals
    furniture.chart(
        charts.conventions(report.frame, session.mode()),
        key="conventions",
        alt="The win rate in each convention with its interval; the table has the figures.",
        on_select=opens(report, "conventions"),
    )
    if by_age["won_by_age_rate"] is not None:
        st.markdown(
            f"By age, open ones counted for as long as they have been open: "
            f"**{formats.rate(by_age['won_by_age_rate'])}** won by the age of "
            f"{formats.days(by_age['days'])}, of {formats.count(by_age['followed'])} followed."
        )
    furniture.report_table(report, key="table-conventions", columns=CONVENTIONS)


def losses(top: DeltaGenerator) -> None:
    """Why, in which stage and for how much money; no decision beside all others."""
    with session.read() as reading:
        report = loss_reasons(reading, scope.current())
    sums = report.totals
    with top:
        furniture.tiles(
            [
                Tile(label="Lost", value=formats.count(sums["opportunities"])),
                Tile(label="Lost amount", value=formats.money_short(sums["amount"])),
                Tile(
                    label="No decision",
                    value=formats.count(sums["no_decision"]),
                    note=f"{formats.rate(sums['no_decision_rate'])} of lost",
                    help="The customer bought nothing from anyone.",
                ),
                Tile(
                    label="No decision, amount",
                    value=formats.money_short(sums["no_decision_amount"]),
                ),
            ]
        )
    if report.frame.empty:
        furniture.nothing_in_scope(report, "No opportunity was lost")
        return
    furniture.chart(
        charts.losses(report.frame, session.mode()),
        key="losses",
        alt="What was lost in which stage and why; the table below holds the same figures.",
        on_select=opens(report, "losses"),
    )
    furniture.report_table(report, key="table-losses", columns=LOSSES)
