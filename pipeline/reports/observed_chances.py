"""Report: the chance of each stage as it is set, beside what history gives it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pandas as pd

from pipeline.domain.cycles import ProbabilityMethod
from pipeline.domain.percentages import percentage
from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import observed_chances as metric
from pipeline.metrics.stages import KEY
from pipeline.reports.left_out import drafts, some
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.set_up import stages_of
from pipeline.store import Session

NAME = "observed-chances"
DEFINITION = (
    "The chance of a stage as it is set, and the share of those that reached it that was won: of "
    "all that were ever in it or beyond it, in the order of the cycle today; a skipped stage "
    "counts as passed, a move back takes nothing away. Won and lost compete, and what is open "
    "counts as long as it was seen (Aalen-Johansen); what is undecided is taken to go the way of "
    "the decided. Won by now is too low while some are open, won of decided leans to what is "
    "decided faster. The range is the Wilson interval, 95 percent, of as many as were decided. The "
    "proposal draws the observed chance towards the one that is set, which weighs as 20 decided "
    "ones. Weighted then is what the pipeline would be if everything open in the stage took the "
    "proposal; an opportunity keeps its own percentage until its next move."
)
OPENS = ("reached", "won", "lost", "in_progress", "opportunities")
_OPEN = {"opportunities": "int64", "amount": "float64", "weighted_amount": "float64"}
_SHOWN = [
    *KEY,
    "position",
    "stage_description",
    "configured_percent",
    "observed_rate",
    "rate_low",
    "rate_high",
    "reached",
    "won",
    "lost",
    "in_progress",
    "won_by_now_rate",
    "won_of_decided_rate",
    "undecided_rate",
    "chance_verdict",
    "prior_share",
    "proposed_percent",
    "shrunken_low",
    "shrunken_high",
    "completed_percent",
    "probability_method",
    "probability_now_percent",
    "probability_then_percent",
    "method_says",
    "opportunities",
    "amount",
    "weighted_amount",
    "weighted_then_amount",
    "weighted_change_amount",
]


def observed_chances(session: Session, scope: Scope) -> Report:
    """What is set and what was observed, by cycle and stage, and what the proposal would do.

    A period does not narrow it: all of history up to the day counts. The frame is that of
    `metrics.observed_chances.observed_chances`, with `probability_method,
    probability_now_percent, probability_then_percent, method_says` and of what is open in the
    stage `opportunities, amount, weighted_amount, weighted_then_amount, weighted_change_amount`.
    """
    inside = replace(scope, from_on=None, to_on=None)
    stages = stages_of(session, inside)
    sums = session.frame("observed_chances", inside, needs_highs=True)
    table = metric.observed_chances(sums, stages)
    done = stages[[*KEY, "completed_percent"]].astype({"completed_percent": "float64"})
    methods = _methods(session, inside)
    followed = _followed(
        table.merge(done, on=KEY).assign(
            probability_method=table["cycle_code"].map(methods).to_numpy()
        )
    )
    frame = _weighed(_with_open(followed, session.frame("weighted_pipeline", inside)))[_SHOWN]
    return Report(
        name=NAME,
        definition=DEFINITION,
        frame=frame,
        scope=inside,
        excluded=some({"that are not started": drafts(session, inside)}),
        totals=_totals(frame),
        opens=OPENS,
        leads_to=partial(_lead, inside),
    )


def _methods(session: Session, scope: Scope) -> dict[str, str]:
    cycles = session.frame("sales_cycles", scope)
    return dict(zip(cycles["cycle_code"], cycles["probability_method"], strict=True))


def with_proposals(report: Report, chosen: Mapping[tuple[str, int], float]) -> Report:
    """The same report with other proposals: what is not chosen stays as it is set."""
    frame = report.frame
    keys = zip(frame["cycle_code"], frame["stage"], frame["configured_percent"], strict=True)
    percents = [chosen.get((cycle, int(stage)), set_now) for cycle, stage, set_now in keys]
    proposed = frame.assign(proposed_percent=pd.Series(percents, frame.index, dtype="float64"))
    tried = _weighed(_followed(proposed))[_SHOWN]
    return replace(report, frame=tried, totals=_totals(tried))


def _followed(table: pd.DataFrame) -> pd.DataFrame:
    """The probability that the method of each cycle makes of the set and of the proposed chance."""
    methods, done = table["probability_method"], table["completed_percent"]
    set_now, proposed = table["configured_percent"], table["proposed_percent"]
    then = _probabilities(methods, proposed, done)
    says = [_says(*each) for each in zip(methods, proposed, then, strict=True)]
    return table.assign(
        probability_now_percent=_probabilities(methods, set_now, done),
        probability_then_percent=then,
        method_says=pd.Series(says, table.index, dtype="str"),
    )


def _probabilities(methods: pd.Series, chances: pd.Series, completed: pd.Series) -> pd.Series:
    found = [_probability(*each) for each in zip(methods, chances, completed, strict=True)]
    return pd.Series(found, methods.index, dtype="float64")


def _probability(method: str, chance: object, completed: object) -> float:
    exact = Decimal(str(chance)), Decimal(str(completed))
    return float(ProbabilityMethod(method).probability(*exact))


def _says(method: str, proposed: float, then: float) -> str:
    """What the proposal does to the probability that amounts are weighted with."""
    match ProbabilityMethod(method):
        case ProbabilityMethod.CHANCES:
            return "The probability is the chance."
        case ProbabilityMethod.COMPLETED:
            return "The probability is completed %; the chance does not change it."
        case ProbabilityMethod.MULTIPLY:
            made = "chance × completed"
        case ProbabilityMethod.ADD:
            made = "the mean of chance and completed"
    if abs(then - proposed) < 0.5:  # noqa: PLR2004  it would be written the same
        return f"The probability is {made}; here it is the chance."
    side = "below" if then < proposed else "above"
    return f"The probability is {made}: {percentage(then)}, {side} the chance itself."


def _with_open(table: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """What is open in each stage, and how it is weighted."""
    by_stage = sums.groupby(KEY, as_index=False)[list(_OPEN)].sum()
    rows = table.merge(by_stage, on=KEY, how="left")
    return rows.fillna(dict.fromkeys(_OPEN, 0)).astype(_OPEN)


def _weighed(rows: pd.DataFrame) -> pd.DataFrame:
    """How it would be weighted if all of it took the proposal, where that is another chance."""
    changed = rows["proposed_percent"] != rows["configured_percent"]
    then = (rows["amount"] * rows["probability_then_percent"] / 100).where(
        changed, rows["weighted_amount"]
    )
    return rows.assign(
        weighted_then_amount=then, weighted_change_amount=then - rows["weighted_amount"]
    )


def _totals(frame: pd.DataFrame) -> dict[str, float | None]:
    names = ("opportunities", "amount", "weighted_amount", "weighted_then_amount")
    sums: dict[str, float | None] = {name: float(frame[name].sum()) for name in names}
    return sums | {"weighted_change_amount": float(frame["weighted_change_amount"].sum())}


def _lead(scope: Scope, row: Row, column: str) -> Drill:
    inside = replace(scope, cycles=(str(row["cycle_code"]),))
    stage = int(row["stage"])
    if column == "opportunities":
        return inside, Selection(statuses=("in progress",), stages=(stage,))
    statuses = {"won": ("won",), "lost": ("lost",), "in_progress": ("in progress",)}
    return inside, Selection(reached_stage=stage, statuses=statuses.get(column, ()))
