"""The parts of the page of chances: set against observed, the proposal, and recording it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.charts import chances as charts
from dashboard.components import furniture
from dashboard.components.drill import opens
from dashboard.components.edit_grid import place, without_missing
from dashboard.components.fields import Form
from dashboard.components.furniture import Tile
from dashboard.session import Session
from pipeline import commands
from pipeline.reports import look_ups
from pipeline.reports.observed_chances import with_proposals
from pipeline.reports.report import Report

FORM = Form("chances")
OFF = ("set too high", "set too low")
TOO_FEW = "too few to say"
_TABLE = {
    "cycle_code": 84,
    "stage_description": 112,
    "configured_percent": 84,
    "observed_rate": 118,
    "rate_low": 64,
    "rate_high": 64,
    "chance_verdict": 118,
    "reached": 70,
    "won": 56,
    "lost": 56,
    "in_progress": 86,
    "won_by_now_rate": 92,
    "won_of_decided_rate": 112,
    "undecided_rate": 84,
    "opportunities": 104,
}
_GRID = ["take", "cycle_code", "stage_description", "configured_percent", "observed_percent"]
_GRID += ["chance_verdict", "prior_percent", "proposed_percent", "probability_then_percent"]
_GRID += ["weighted_amount", "weighted_then_amount", "method_says"]
_EFFECT = ["cycle_code", "stage_description", "configured_percent", "proposed_percent"]
_EFFECT += ["probability_now_percent", "probability_then_percent", "opportunities", "amount"]
_EFFECT += ["weighted_amount", "weighted_then_amount", "weighted_change_amount", "method_says"]

Key = tuple[str, int]


def answer(report: Report) -> str:
    """The one sentence: how many stages are set otherwise than history gives them."""
    frame = report.frame
    off = frame[frame["chance_verdict"].isin(OFF)]
    known = frame[frame["won"] + frame["lost"] > 0]
    if known.empty:
        return "Nothing that reached a stage has been decided yet: all there is, is what is set."
    if known["chance_verdict"].eq(TOO_FEW).all():
        return (
            "**Too few are decided to say anything of a stage yet.** What is set stands as the "
            "prior, and it weighs most in every proposal."
        )
    if off.empty:
        return "**Every stage is set as history has it**, as far as there is enough of it."
    change = formats.signed_money_short(_offered(report).totals["weighted_change_amount"])
    return (
        f"**{formats.counted(len(off), 'stage')} of {formats.count(len(frame))} "
        f"{'is' if len(off) == 1 else 'are'} set otherwise than history gives**; set anew, the "
        f"weighted pipeline would change by {change}."
    )


def tiles(report: Report) -> list[Tile]:
    """How many stages are off, and the pipeline as it is weighted and as it would be."""
    frame, totals = report.frame, _offered(report).totals
    verdicts = frame["chance_verdict"].value_counts()
    return [
        Tile(label="Set too high", value=formats.count(verdicts.get(OFF[0], 0)), note="stages"),
        Tile(label="Set too low", value=formats.count(verdicts.get(OFF[1], 0)), note="stages"),
        Tile(
            label="Weighted now",
            value=formats.money_short(totals["weighted_amount"]),
            note=f"of {formats.money_short(totals['amount'])} open",
        ),
        Tile(
            label="Weighted then",
            value=formats.money_short(totals["weighted_then_amount"]),
            note=f"{formats.signed_money_short(totals['weighted_change_amount'])} by what is off",
            help="If everything open in a stage that is set too high or too low took the proposed "
            "chance. Stages that fit, or have too few decided, stay as they are set.",
        ),
    ]


def _offered(report: Report) -> Report:
    """The report with the proposals that are offered: those of the stages that are off."""
    off = report.frame[report.frame["chance_verdict"].isin(OFF)]
    keys = zip(off["cycle_code"], off["stage"], off["proposed_percent"], strict=True)
    return with_proposals(report, {(str(code), int(n)): float(new) for code, n, new in keys})


def compared(report: Report) -> None:
    """The figure and the table: every number opens to its opportunities."""
    furniture.chart(
        charts.observed(report.frame, session.mode()),
        key="chances",
        alt="The chance of each stage as set against what was observed; the table holds the same.",
        on_select=opens(report, "chances"),
    )
    furniture.table(
        report.frame,
        key="table-chances",
        columns=list(_TABLE),
        widths=_TABLE,
        on_select=opens(report, "table-chances"),
    )
    furniture.footing(report, key="table-chances")


# --- the proposal --------------------------------------------------------------------------------


def proposal(report: Report) -> None:
    """Which stages take which chance, what that would do, and the button that records it."""
    st.markdown(
        "Take the stages that shall be set anew; a proposal may be changed. "
        "An opportunity keeps its own percentage until its next move."
    )
    plain = _plain(report)
    grid = place(plain, ("cycle_code", "stage"))
    st.data_editor(
        plain,
        key=FORM.key(grid),
        num_rows="fixed",
        hide_index=True,
        placeholder="",
        disabled=[name for name in plain.columns if name not in ("take", "proposed_percent")],
        column_order=_GRID,
        column_config=_columns(),
    )
    chosen = taken(plain, FORM.value(grid) or {})
    tried = with_proposals(report, chosen)
    st.markdown(_effect(tried, len(chosen)))
    if chosen:
        touched = tried.frame[tried.frame["proposed_percent"] != tried.frame["configured_percent"]]
        furniture.table(touched, key="table-effect", columns=_EFFECT)
    FORM.complaint()
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"Set {formats.counted(len(chosen), 'stage')} anew",
            type="primary",
            key="record-chances",
            disabled=not chosen,
            on_click=_record,
            args=(chosen,),
            help="As one change of the set-up; it can be undone.",
        )
        st.button("Reset", key="reset-chances", on_click=_reset)


def taken(plain: pd.DataFrame, edits: Mapping[str, Any]) -> dict[Key, float]:
    """The chances that are chosen, by cycle and stage: only those that are another one."""
    touched = {int(place): values for place, values in edits.get("edited_rows", {}).items()}
    rows = [row | touched.get(place, {}) for place, row in enumerate(plain.to_dict("records"))]
    return {
        (str(row["cycle_code"]), int(row["stage"])): float(row["proposed_percent"])
        for row in rows
        if row["take"]
        and row["proposed_percent"] is not None
        and float(row["proposed_percent"]) != float(row["configured_percent"])
    }


def _plain(report: Report) -> pd.DataFrame:
    frame = report.frame
    return without_missing(
        frame.assign(
            take=frame["chance_verdict"].isin(OFF),
            observed_percent=frame["observed_rate"] * 100,
            prior_percent=frame["prior_share"] * 100,
        )[[*_GRID, "stage"]]
    )


def _effect(tried: Report, number: int) -> str:
    totals = tried.totals
    if not number:
        return "Nothing is taken, and nothing would change."
    return (
        f"With {formats.counted(number, 'stage')} set anew the weighted pipeline goes from "
        f"**{formats.money(totals['weighted_amount'])}** to "
        f"**{formats.money(totals['weighted_then_amount'])}** "
        f"({formats.signed_money_short(totals['weighted_change_amount'])}) once everything open "
        "there has taken the new chance."
    )


def _columns() -> dict[str, Any]:
    config = st.column_config
    number: dict[str, Any] = {"format": "%.0f %%", "width": 74}
    return {
        "take": config.CheckboxColumn("Take", width=66, help="Set this stage anew."),
        "cycle_code": config.TextColumn("Cycle", width=84),
        "stage_description": config.TextColumn("Stage", width=112),
        "configured_percent": config.NumberColumn("Set", **number),
        "observed_percent": config.NumberColumn(
            "Observed", **number, help="What history gives it."
        ),
        "chance_verdict": config.TextColumn("History says", width=96),
        "prior_percent": config.NumberColumn(
            "Prior", **number, help="How much of the proposal is what is set."
        ),
        "proposed_percent": config.NumberColumn(
            "Proposed %", min_value=0.01, max_value=100.0, format="%g", width=84
        ),
        "probability_then_percent": config.NumberColumn(
            "Probability", **number, help="What the method of the cycle makes of the proposal."
        ),
        "weighted_amount": config.NumberColumn("Weighted", format="localized", width=96),
        "weighted_then_amount": config.NumberColumn("Then", format="localized", width=96),
        "method_says": config.TextColumn("What follows", width=240),
    }


# --- recording -----------------------------------------------------------------------------------


def wishes(reading: Session, chosen: Mapping[Key, float]) -> list[Any]:
    """The commands that set stages anew: only the chance of each, whatever else is changed."""
    cycles = {cycle: look_ups.stages_in_use(reading, cycle) for cycle, _ in chosen}
    return [
        _amended(cycle, cycles[cycle].loc[cycles[cycle]["stage"] == stage].iloc[0], stage, percent)
        for (cycle, stage), percent in chosen.items()
    ]


def _amended(cycle: str, row: "pd.Series[Any]", stage: int, percent: float) -> commands.Amend:
    shown = commands.DefineStage(
        cycle_code=cycle,
        stage=stage,
        description=row["description"] or "",
        completed_percent=_exact(row["completed_percent"]),
        chances_percent=_exact(row["chances_percent"]),
        allow_skip=bool(row["allow_skip"]),
        quote_required=bool(row["quote_required"]),
        activity_code=row["activity_code"] or None,
        date_formula=row["date_formula"] or "",
        forecast_category=row["forecast_category"] or "",
    )
    return commands.Amend(wish=replace(shown, chances_percent=_exact(percent)), shown=shown)


def _exact(value: object) -> Decimal:
    return Decimal(str(value))


def _record(chosen: Mapping[Key, float]) -> None:
    def carry_out() -> str:
        with session.read() as reading:
            asked = wishes(reading, chosen)
        session.record(*asked)
        return f"{formats.counted(len(asked), 'stage')} set anew."

    FORM.attempt(carry_out)


def _reset() -> None:
    FORM.attempt(lambda: "The proposals are as they were.")
