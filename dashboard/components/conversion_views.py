"""The views of the page on stage conversion: funnel, rules, cohorts, splits, flows."""

from typing import get_args

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats, scope, session
from dashboard.charts import conversion_by as by_charts
from dashboard.charts import conversion_cohorts as cohort_charts
from dashboard.charts import counting_rules as rule_charts
from dashboard.charts import stage_conversion as funnel_charts
from dashboard.charts import stage_transitions as flow_charts
from dashboard.components import furniture
from dashboard.components.drill import opens
from dashboard.components.furniture import Tile
from pipeline.reports.conversion_by import By, conversion_by
from pipeline.reports.conversion_cohorts import Begins, Unit, Weigh, conversion_cohorts
from pipeline.reports.counting_rules import (
    Cohort,
    answers_of,
    counting_rules,
    skips_and_bounces,
)
from pipeline.reports.set_up import stages_of
from pipeline.reports.stage_conversion import stage_conversion
from pipeline.reports.stage_transitions import stage_transitions

TITLE = "Stage conversion"
NOBODY = "No opportunity has entered a stage"
COHORTS: dict[str, Cohort] = {"All opportunities": "all", "Created in the period": "created"}
BEGINS: dict[str, Begins] = {
    "By creation": "created",
    "By reaching a stage": "reached",
    "By leaving a stage": "period",
}
UNITS: dict[str, Unit] = {"Months": "month", "Quarters": "quarter"}
WEIGHS: dict[str, Weigh] = {"By number": "opportunities", "By amount": "amount"}
PARTS: dict[str, By] = {f"By {part}": part for part in get_args(By)}
WON_OF_ENTERED = "Won of entered"

FUNNEL = ["cycle_code", "stage_description", "next_stage_description", "reached", "advanced"]
FUNNEL += ["lost_here", "still_here", "advance_rate", "rate_low", "rate_high", "reached_rate"]
RULES = ["rule", "cycle_code", "stage_description", "next_stage_description", "counted"]
RULES += ["advanced", "advance_rate", "rate_low", "rate_high", "left_out"]
ANSWERS = ["cycle_code", "rule", "rule_name", "is_default", "product_rate", "product_means"]
ANSWERS += ["counts", "leaves_out", "bias"]
SKIPS = ["cycle_code", "stage_description", "reached", "skipped", "skip_rate", "skip_low"]
SKIPS += ["skip_high", "visited", "bounced", "bounce_rate", "bounce_low", "bounce_high"]
COHORT = ["cohort_on", "cycle_code", "stage_description", "counted", "advanced", "advance_rate"]
COHORT += ["rate_low", "rate_high", "counted_amount", "advanced_amount", "amount_advance_rate"]
COHORT += ["without_amount", "cohort_age_days", "is_young"]
SPLIT = ["part_name", "counted", "advanced", "advance_rate", "rate_low", "rate_high"]
SPLIT += ["shrunken_rate", "shrunken_low", "shrunken_high", "evidence_share", "apart"]
STEPS = ["cycle_code", "from_description", "to_description", "way", "steps", "opportunities"]


def funnel(top: DeltaGenerator) -> None:
    """How many reached each stage, and the share that went on."""
    cohort = COHORTS[furniture.switch("cohort", list(COHORTS))]
    with session.read() as reading:
        report = stage_conversion(reading, scope.current(), cohort=cohort)
    sums = report.totals
    entered = int(sums["entered"] or 0)
    with top:
        furniture.heading(
            TITLE,
            f"Of {formats.opportunities(entered)} that entered a stage, "
            f"{formats.count(sums['won'])} are won (**{formats.rate(sums['won_rate'])}**), "
            f"{formats.count(sums['lost'])} lost and {formats.count(sums['in_progress'])} "
            "in progress.",
        )
    if not entered:
        furniture.nothing_in_scope(report, NOBODY)
        return
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
    for cycle in _with_some(frame, "reached"):
        _cycle_heading(cycle, frame)
        furniture.chart(
            funnel_charts.funnel(frame[frame["cycle_code"] == cycle], session.mode()),
            key=f"funnel-{cycle}",
            alt=f"How many reached each stage of {cycle} and went on; the table has the figures.",
            on_select=opens(report, f"funnel-{cycle}", "reached"),
        )
    furniture.report_table(report, key="table-conversion", columns=FUNNEL)


def rules(top: DeltaGenerator) -> None:
    """The counting rules side by side, what each leaves out, and who skips and goes back."""
    cohort = COHORTS[furniture.switch("cohort", list(COHORTS))]
    with session.read() as reading:
        report = counting_rules(reading, scope.current(), cohort=cohort)
        skips = skips_and_bounces(reading, scope.current(), cohort=cohort)
    answers = answers_of(report)
    cycles = _with_some(report.frame, "counted")
    with top:
        furniture.heading(TITLE, _answer_in_words(answers.frame, cycles))
    if not cycles:
        furniture.nothing_in_scope(report, NOBODY)
        return
    for cycle in cycles:
        _cycle_heading(cycle, report.frame)
        furniture.chart(
            rule_charts.counting_rules(
                report.frame[report.frame["cycle_code"] == cycle],
                answers.frame[answers.frame["cycle_code"] == cycle],
                session.mode(),
            ),
            key=f"rules-{cycle}",
            alt=f"The rate of each stage of {cycle} by each rule; the table has the figures.",
        )
    furniture.report_table(answers, key="table-answers", columns=ANSWERS)
    st.subheader("Stage by stage", anchor=False)
    furniture.report_table(report, key="table-rules", columns=RULES)
    st.subheader("Skipped and sent back", anchor=False)
    furniture.report_table(skips, key="table-skips", columns=SKIPS)


def _answer_in_words(answers: pd.DataFrame, cycles: list[str]) -> str:
    """How far apart the answers of the rules lie."""
    known = answers[answers["cycle_code"].isin(cycles)]["product_rate"].dropna()
    if known.empty:
        return "The rules have nothing to count."
    return (
        f"The same opportunities, counted by five rules: from {formats.rate(known.min())} to "
        f"{formats.rate(known.max())} of what enters is won. **R1** is the one to begin with."
    )


def cohorts(top: DeltaGenerator) -> None:
    """Those that began together, how many went on, and which cohorts are still young."""
    begins, unit, weigh, stage = _cohort_choices()
    with session.read() as reading:
        report = conversion_cohorts(
            reading, scope.current(), cohort=begins, by=unit, stage=stage, weigh=weigh
        )
    frame = report.frame
    young = int(frame.drop_duplicates("cohort_on")["is_young"].sum()) if "is_young" in frame else 0
    number = frame["cohort_on"].nunique()
    words = f", {young} of them still young and grey" if young else ""
    with top:
        furniture.heading(TITLE, f"{formats.counted(number, 'cohort')}{words}.")
    if frame.empty:
        furniture.nothing_in_scope(report, NOBODY)
        return
    for cycle in _with_some(frame, "counted"):
        _cycle_heading(cycle, frame)
        rows = frame[frame["cycle_code"] == cycle]
        draw = cohort_charts.through_time if begins == "reached" else cohort_charts.cohorts
        furniture.chart(
            draw(rows, session.mode(), by=unit, weigh=weigh),
            key=f"cohorts-{begins}-{cycle}",
            alt=f"The rate of each cohort of {cycle}; the table below has the figures.",
            on_select=(opens(report, f"cohorts-{begins}-{cycle}") if begins == "reached" else None),
        )
    furniture.report_table(report, key=f"table-cohorts-{begins}", columns=COHORT)


def _cohort_choices() -> tuple[Begins, Unit, Weigh, int | None]:
    """When a cohort begins, how long it is, by number or by amount, and from which stage."""
    with st.container(horizontal=True, gap="xsmall", key="cohort-choices"):
        begins = BEGINS[furniture.switch("begins", list(BEGINS))]
        unit = UNITS[furniture.switch("unit", list(UNITS))]
        weigh = WEIGHS[furniture.switch("weigh", list(WEIGHS))]
        stage = _stage("cohort_stage", "First stage") if begins == "reached" else None
    return begins, unit, weigh, stage


def splits(top: DeltaGenerator) -> None:
    """Each part's rate, drawn to that of all as far as its number asks for it."""
    with st.container(horizontal=True, gap="xsmall", key="split-choices"):
        by = PARTS[furniture.switch("split", list(PARTS))]
        stage = _stage("split_stage", WON_OF_ENTERED)
    with session.read() as reading:
        report = conversion_by(reading, scope.current(), by=by, stage=stage)
    sums, frame = report.totals, report.frame
    apart = int((frame["apart"].str.contains("the rest")).sum())
    with top:
        furniture.heading(TITLE, _split_in_words(sums, len(frame), apart))
    if not sums["counted"]:
        furniture.nothing_in_scope(report, NOBODY)
        return
    furniture.chart(
        by_charts.conversion_by(frame, sums["advance_rate"], session.mode()),
        key=f"split-{by}",
        alt=f"The rate of each part by {by}, with its interval; the table has the figures.",
        on_select=opens(report, f"split-{by}"),
    )
    furniture.report_table(report, key=f"table-split-{by}", columns=SPLIT)


def _split_in_words(sums: dict[str, float | None], parts: int, apart: int) -> str:
    whole = (
        f"{formats.count(sums['advanced'])} of {formats.count(sums['counted'])} went on "
        f"(**{formats.rate(sums['advance_rate'])}**)."
    )
    if not apart:
        return f"{whole} Too few to tell any part apart from the rest."
    return f"{whole} {apart} of {formats.counted(parts, 'part')} can be told apart from the rest."


def flows(top: DeltaGenerator) -> None:
    """Every step between stages, from the start to won, lost, or where it is now."""
    cohort = COHORTS[furniture.switch("cohort", list(COHORTS))]
    with session.read() as reading:
        report = stage_transitions(reading, scope.current(), cohort=cohort)
    frame = report.frame
    back = int(frame.loc[frame["way"] == "back", "steps"].sum())
    with top:
        furniture.heading(
            TITLE,
            f"{formats.counted(int(report.totals['steps'] or 0), 'step')}, "
            f"**{formats.count(back)}** of them back.",
        )
    if frame.empty:
        furniture.nothing_in_scope(report, NOBODY)
        return
    for cycle in _with_some(frame, "steps"):
        _cycle_heading(cycle, frame)
        furniture.chart(
            flow_charts.transitions(frame[frame["cycle_code"] == cycle], session.mode()),
            key=f"flow-{cycle}",
            alt=f"The steps between the stages of {cycle}; the table has the figures.",
        )
    furniture.report_table(report, key="table-steps", columns=STEPS)


def _stage(key: str, without: str) -> int | None:
    """A stage to choose, named after all that bear its number; none: `without`."""
    with session.read() as reading:
        stages = stages_of(reading, scope.current())
    named = stages.groupby("stage")["stage_description"].unique()
    names: dict[str, int | None] = {without: None}
    for stage, found in named.items():
        names[f"From {stage} {formats.shortened(' / '.join(found), 30)}"] = int(str(stage))
    chosen = st.selectbox(
        "Stage", list(names), key=key, bind="query-params", label_visibility="collapsed", width=220
    )
    return names.get(str(chosen))


def _with_some(frame: pd.DataFrame, column: str) -> list[str]:
    """The cycles of which there is anything to show."""
    return [str(cycle) for cycle in frame.loc[frame[column] > 0, "cycle_code"].unique()]


def _cycle_heading(cycle: str, frame: pd.DataFrame) -> None:
    if len(frame["cycle_code"].unique()) > 1:
        st.subheader(formats.escape_markdown(cycle), anchor=False)
