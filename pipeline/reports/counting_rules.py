"""Reports: stage conversion by five counting rules side by side; who skips and who goes back."""

from dataclasses import replace
from functools import partial
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import counting_rules as metric
from pipeline.metrics import skips as skips_metric
from pipeline.metrics.journeys import with_marks
from pipeline.metrics.stage_conversion import with_high_water
from pipeline.reports.exits import exits_of
from pipeline.reports.journeys import journeys_of
from pipeline.reports.left_out import some
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.set_up import places_of, stages_of
from pipeline.reports.stage_conversion import drafts_of, in_cohort, without_place
from pipeline.store import Session

Cohort: TypeAlias = Literal["all", "created"]

DEFINITION = (
    "Of those that reached a stage, the share that went on, by each counting rule. R1 high water: "
    "was ever in the stage or beyond it. R2 retraction: a move back cancels the stages behind. R3 "
    "strict: was in every stage so far, in order. R4 resolved only: as R1, without those still "
    "open at their furthest stage. R5 period flow: of the exits from the stage in the period, the "
    "forward ones; R5a without moves back. The rates of R1, R2 and R3 multiply to won / entered; "
    "the product of R4 and R5 is what a steady state would imply. R1 is recommended. The range is "
    "the Wilson interval, 95 percent."
)
ANSWERS_DEFINITION = (
    "What each counting rule answers for a whole sales cycle, what it leaves out and in which "
    "direction it is off. Under R1, R2 and R3 the answer is won / entered. R4 and R5 do not "
    "telescope: their product is steady-state implied, what would be won if the company had always "
    "been as it is. R1 is recommended: it counts everybody once and never rewrites the past."
)
SKIPS_DEFINITION = (
    "Skipped: reached the stage or beyond without ever being in it, of all that reached it. "
    "Bounced: ever left the stage for an earlier one, of all that were in it; being reopened in an "
    "earlier stage counts as going back. The ranges are Wilson intervals, 95 percent. A stage the "
    "cycle no longer has stands behind the others, unless it is mapped to one."
)


def counting_rules(session: Session, scope: Scope, *, cohort: Cohort = "all") -> Report:
    """The rate of each stage by rule; the frame is `metrics.counting_rules.counting_rules`.

    R1 to R4 follow all opportunities, or those created in the period; R5 looks at the exits in
    the period of the scope, or ever. The counts of R1 to R4 open, those of R5 are exits.
    """
    stages, places = stages_of(session, scope), places_of(session, scope)
    marked = with_marks(journeys_of(session, scope, created=cohort == "created"), places)
    exits = exits_of(session, scope, places)
    frame = metric.counting_rules(marked, exits, stages, places)
    return Report(
        name="counting-rules",
        definition=DEFINITION,
        frame=frame,
        scope=scope,
        excluded=_left_out(session, scope, cohort, marked),
        opens=("counted", "advanced"),
        leads_to=partial(_lead, scope, cohort),
    )


def counting_rules_answers(session: Session, scope: Scope, *, cohort: Cohort = "all") -> Report:
    """What each rule answers for each cycle; the frame is `metrics.counting_rules.answers`."""
    return answers_of(counting_rules(session, scope, cohort=cohort))


def answers_of(rules: Report) -> Report:
    """Make the answers of the rules out of the report of their rates."""
    return Report(
        name="counting-rules-answers",
        definition=ANSWERS_DEFINITION,
        frame=metric.answers(rules.frame),
        scope=rules.scope,
        excluded=rules.excluded,
    )


def skips_and_bounces(session: Session, scope: Scope, *, cohort: Cohort = "all") -> Report:
    """Who skipped a stage, whom it sent back; the frame is `metrics.skips.skips_and_bounces`."""
    stages, places = stages_of(session, scope), places_of(session, scope)
    marked = with_high_water(journeys_of(session, scope, created=cohort == "created"), places)
    return Report(
        name="skips-and-bounces",
        definition=SKIPS_DEFINITION,
        frame=skips_metric.skips_and_bounces(marked, stages, places),
        scope=scope,
        excluded=_left_out(session, scope, cohort, marked),
        opens=("reached", "skipped", "visited", "bounced"),
        leads_to=partial(_lead_skips, scope, cohort),
    )


def _left_out(
    session: Session, scope: Scope, cohort: Cohort, marked: pd.DataFrame
) -> dict[str, int]:
    return some(without_place(marked) | {"that are not started": drafts_of(session, scope, cohort)})


def _lead(scope: Scope, cohort: Cohort, row: Row, column: str) -> Drill:
    rule, stage = str(row["rule"]), int(row["stage"])
    if rule.startswith("R5"):
        raise KeyError(column)
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    # R1 needs no word in an address: it is what reaching a stage means everywhere else.
    named = "" if rule in ("R1", "R4") else rule
    if column == "advanced":
        selection = Selection(advanced_stage=stage, rule=named)
    elif rule == "R4":
        selection = Selection(resolved_stage=stage)
    else:
        selection = Selection(reached_stage=stage, rule=named)
    return inside, in_cohort(selection, scope, cohort)


def _lead_skips(scope: Scope, cohort: Cohort, row: Row, column: str) -> Drill:
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    selection = {
        "reached": Selection(reached_stage=int(row["stage"])),
        "skipped": Selection(skipped_stage=int(row["stage"])),
        "visited": Selection(visited_stage=int(row["stage"])),
        "bounced": Selection(bounced_stage=int(row["stage"])),
    }[column]
    return inside, in_cohort(selection, scope, cohort)
