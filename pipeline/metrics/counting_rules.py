"""The counting rules of stage conversion: five honest answers to one question, side by side."""

from dataclasses import dataclass

import pandas as pd

from pipeline.metrics.journeys import LOST, WON
from pipeline.metrics.proportions import rate, wilson
from pipeline.metrics.stage_conversion import stage_conversion
from pipeline.metrics.stages import KEY


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How one rule counts, what it leaves out, and in which direction it is off."""

    code: str
    name: str
    counts: str
    leaves_out: str
    bias: str
    telescopes: bool = True
    """Whether the rates of a cycle multiply to won / entered."""


WON_OF_ENTERED = "won / entered"
STEADY_STATE = "steady-state implied"
RULES = (
    Rule(
        code="R1",
        name="High water",
        counts="Reached a stage: was ever in it or beyond it. A skipped stage counts as passed.",
        leaves_out="Nobody.",
        bias="Too low while many are still on their way: those still open count as not gone on.",
    ),
    Rule(
        code="R2",
        name="Retraction",
        counts="As R1, but a move back cancels the stages behind.",
        leaves_out="Advances that were taken back.",
        bias="Flatters the last stages, whose failures have moved back out of sight; and it "
        "rewrites the past whenever somebody moves back.",
    ),
    Rule(
        code="R3",
        name="Strict",
        counts="Reached a stage: was in it and in every stage before it, in order.",
        leaves_out="Who skipped a stage or began in a later one, from there on; their wins too.",
        bias="Too low wherever skipping is usual; it measures discipline as much as selling.",
    ),
    Rule(
        code="R4",
        name="Resolved only",
        counts="As R1, without those still open at the furthest stage they reached.",
        leaves_out="Who is still open at its furthest stage.",
        bias="Too high while losses come late: it knows every advance, but not yet every failure.",
        telescopes=False,
    ),
    Rule(
        code="R5",
        name="Period flow",
        counts="Of the exits from a stage in the period, those that went forward or were won.",
        leaves_out="Who did not leave the stage in the period; who leaves twice counts twice.",
        bias="Mixes old and new cohorts; off when the inflow grows or shrinks, and lower where "
        "opportunities go back and forth.",
        telescopes=False,
    ),
    Rule(
        code="R5a",
        name="Period flow, moves back ignored",
        counts="As R5, a move back not counted as an exit.",
        leaves_out="Moves back, besides.",
        bias="As R5; higher, because going back is no failure here.",
        telescopes=False,
    ),
)
DEFAULT = "R1"
_MARKS = {"R1": "high_position", "R2": "kept_position", "R3": "strict_position"}
TABLE = [
    "rule",
    "cycle_code",
    "stage",
    "position",
    "stage_description",
    "next_stage_description",
    "counted",
    "advanced",
    "advance_rate",
    "rate_low",
    "rate_high",
    "left_out",
]
ANSWERS = [
    "cycle_code",
    "rule",
    "rule_name",
    "is_default",
    "product_rate",
    "product_means",
    "counts",
    "leaves_out",
    "bias",
]


def ruled(marked: pd.DataFrame, places: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Give journeys (with their marks) the furthest place that a rule grants them.

    Under R3 a win counts only where every stage was visited in order; any other counts as not
    having gone on from where the order broke.
    """
    if rule != "R3":
        return marked.assign(high_position=marked[_MARKS[rule]])
    last = marked["cycle_code"].map(places.groupby("cycle_code")["position"].max())
    broken = (marked["strict_position"] < last.astype("Int64")).fillna(value=True)
    status = marked["status"].mask((marked["status"] == WON) & broken, LOST)
    return marked.assign(high_position=marked["strict_position"], status=status)


def counting_rules(
    marked: pd.DataFrame, exits: pd.DataFrame, stages: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """How many each rule counts in each stage, how many went on, and the rate; R1 to R5.

    `left_out` is how many R1 counts in the stage and this rule does not; null for R5, which counts
    exits and not opportunities. Takes journeys with their marks, and the exits of the period
    (`cycle_code, stage, way, exits`). With F10, rows by rule, stages as columns, rates in percent:

    | rule | 1 -> 2     | 2 -> 3     | 3 -> won   | product |
    |------|------------|------------|------------|---------|
    | R1   | 7/10  70.0 | 5/7   71.4 | 3/5   60.0 | 30.0    |
    | R2   | 7/10  70.0 | 4/7   57.1 | 3/4   75.0 | 30.0    |
    | R3   | 6/10  60.0 | 4/6   66.7 | 2/4   50.0 | 20.0    |
    | R4   | 7/7  100.0 | 5/6   83.3 | 3/4   75.0 | 62.5    |
    | R5   | 5/5  100.0 | 4/6   66.7 | 3/5   60.0 | 40.0    |
    | R5a  | 5/5  100.0 | 4/6   66.7 | 3/4   75.0 | 50.0    |
    """
    tables = {
        rule: stage_conversion(ruled(marked, places, rule), stages).assign(
            counted=lambda rows: rows["reached"]
        )
        for rule in _MARKS
    }
    high = tables["R1"]
    tables["R4"] = high.assign(counted=high["reached"] - high["still_here"])
    tables["R5"] = _flow(high, exits)
    tables["R5a"] = _flow(high, exits[exits["way"] != "back"])
    whole = pd.concat([_rated(table, rule, high) for rule, table in tables.items()])
    return whole.reset_index(drop=True)


def _flow(high: pd.DataFrame, exits: pd.DataFrame) -> pd.DataFrame:
    """Lay the exits out by stage: all of them, and those that went forward."""
    on = exits.assign(advanced=exits["exits"].where(exits["way"].isin(("on", WON)), 0))
    sums = on.groupby(KEY)[["exits", "advanced"]].sum().reset_index()
    rows = high.drop(columns="advanced").merge(sums, on=KEY, how="left")
    return rows.assign(
        counted=rows["exits"].fillna(0).astype("int64"),
        advanced=rows["advanced"].fillna(0).astype("int64"),
    )


def _rated(table: pd.DataFrame, rule: str, high: pd.DataFrame) -> pd.DataFrame:
    interval = wilson(table["advanced"], table["counted"])
    left_out = (high["reached"] - table["counted"]).astype("Int64")
    compared = pd.Series(not rule.startswith("R5"), index=table.index)
    return table.assign(
        rule=rule,
        advance_rate=rate(table["advanced"], table["counted"]),
        rate_low=interval["rate_low"],
        rate_high=interval["rate_high"],
        left_out=left_out.where(compared),
    )[TABLE]


def answers(rows: pd.DataFrame) -> pd.DataFrame:
    """What each rule answers for the whole of each cycle, and what must be known to believe it.

    `product_rate` is the product of the rates of the stages. Under R1, R2 and R3 that is won /
    entered; R4 and R5 only imply what would be won of what enters if nothing ever changed. It is
    null where a stage has no rate, but for the three that are won / entered.

    | cycle_code | rule | product_rate | product_means        |
    |------------|------|--------------|----------------------|
    | F10        | R1   | 0.300        | won / entered        |
    | F10        | R5   | 0.400        | steady-state implied |

    and `rule_name | is_default | counts | leaves_out | bias`.
    """
    by_rule = rows.groupby(["cycle_code", "rule"], sort=False)
    sums = by_rule.agg(
        entered=("counted", "first"),
        won=("advanced", "last"),
        product=("advance_rate", lambda rates: rates.prod(skipna=False)),
    ).reset_index()
    words = pd.DataFrame(
        {
            "rule": rule.code,
            "rule_name": rule.name,
            "telescopes": rule.telescopes,
            "is_default": rule.code == DEFAULT,
            "product_means": WON_OF_ENTERED if rule.telescopes else STEADY_STATE,
            "counts": rule.counts,
            "leaves_out": rule.leaves_out,
            "bias": rule.bias,
        }
        for rule in RULES
    )
    joined = sums.merge(words, on="rule")
    telescoped = rate(joined["won"], joined["entered"])
    product = joined["product"].where(~joined["telescopes"].astype("bool"), telescoped)
    order = joined["rule"].map({rule.code: place for place, rule in enumerate(RULES)})
    return joined.assign(product_rate=product.astype("float64"), order=order).sort_values(
        ["cycle_code", "order"], ignore_index=True
    )[ANSWERS]
