"""Rotting, what is lacking, and stage lint."""

from pipeline.glossary.column import Column, count, day, money, rate, text

HEALTH: dict[str, Column] = {
    "limit_days": Column("Limit", "days", "days", "Longer than this in the stage is rotting."),
    "limit_source": text("Limit is", "Learned from the advances, set by the company, or none."),
    "advances": count("Advances", "The stays that ended forward or by being won.", "stays"),
    "rotting": count("Rotting", "How many are in the stage longer than the limit."),
    "rotting_rate": rate("Rotting, of all", "Rotting / opportunities."),
    "rotting_amount": money("Rotting amount", "The amount of what is rotting."),
    "rotting_weighted_amount": money("Rotting, weighted", "The weighted amount of it."),
    "entered_on": day("In stage since", "The day it entered the stage it is in."),
    "stage_age_days": Column("In stage", "days", "days", "Days since it entered its stage."),
    "older_than_rate": rate(
        "Older than", "The share of those that advanced from the stage in fewer days."
    ),
    "lack": text("Lack", "What is lacking, as the list is narrowed to it."),
    "lack_description": text("What is lacking", "What is lacking."),
    "lack_rate": rate("Of all", "The share of the opportunities in progress."),
    "worth_amount": money("Amount at stake", "The amount of those that lack it."),
    "worth_weighted_amount": money("Weighted at stake", "The weighted amount of those."),
    "is_estimated": Column(
        "Estimated", "", "flag", "Whether the amount is the mean of the stage, for want of one."
    ),
    "check": text("Check", "What is asked of the stage."),
    "verdict": text("Finding", "Yes, no, or too few to tell."),
    "effect": Column(
        "Effect", "", "decimal", "Difference of win rates, share skipped, or Cramér’s V."
    ),
    "effect_low": Column("Effect from", "", "decimal", "Lower end of its 95 percent interval."),
    "effect_high": Column("Effect to", "", "decimal", "Upper end of its 95 percent interval."),
    "tested": count("n", "How many opportunities the test looks at."),
    "test": text("Test", "The test behind the finding."),
    "p_value": Column("p", "", "decimal", "How likely as much would be seen by chance alone."),
    "found": count("Findings", "How many checks found something.", "findings"),
}
