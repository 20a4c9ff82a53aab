"""Counting rules, cohorts, parts and conventions."""

from pipeline.glossary.column import Column, count, day, money, rate, text

CONVERSION: dict[str, Column] = {
    "rule": text("Rule", "The counting rule, R1 to R5."),
    "rule_name": text("Counting rule", "What the rule is called."),
    "is_default": Column("Recommended", "", "flag", "Whether it is the rule to begin with."),
    "product_rate": rate("Whole cycle", "The product of the rates of the stages of the cycle."),
    "product_means": text(
        "That is", "Won / entered, or what a steady state would imply: that one is not observed."
    ),
    "counts": text("Counts", "What the rule counts."),
    "leaves_out": text("Leaves out", "Whom the rule does not count."),
    "bias": text("Off in which way", "In which direction the number is off, and when."),
    "counted": count(
        "Counted",
        "How many the rate looks at: those that reached the stage; by period, the exits from it.",
    ),
    "left_out": count(
        "Left out", "How many the recommended rule counts in the stage and this one does not."
    ),
    "skipped": count("Skipped", "How many reached the stage or beyond and never were in it."),
    "skip_rate": rate("Skip rate", "Skipped / reached."),
    "skip_low": rate("Skip rate, low", "Lower end of its Wilson interval, 95 percent."),
    "skip_high": rate("Skip rate, high", "Upper end of its Wilson interval, 95 percent."),
    "visited": count("Were in it", "How many ever were in this very stage."),
    "bounced": count("Sent back", "How many of them ever left it for an earlier stage."),
    "bounce_rate": rate("Bounce rate", "Sent back / were in it."),
    "bounce_low": rate("Bounce rate, low", "Lower end of its Wilson interval, 95 percent."),
    "bounce_high": rate("Bounce rate, high", "Upper end of its Wilson interval, 95 percent."),
    "from_description": text("From", "The stage the step leads from; started, at the beginning."),
    "to_stage": text("To stage no.", "The stage the step leads to, or how it ended."),
    "to_description": text("To", "The stage the step leads to; won, lost or still there."),
    "way": text(
        "Way", "Start, on, back, again (reopened in the same stage), or the end it came to."
    ),
    "steps": count("Steps", "How often the step was taken.", "steps"),
    "cohort_on": day("Began from", "The first day of the month or quarter of the cohort."),
    "cohort_age_days": Column(
        "Age of the youngest", "days", "days", "Days from the end of the cohort to the as-of day."
    ),
    "is_young": Column(
        "Young",
        "",
        "flag",
        "Whether the youngest are younger than the age by which three quarters are won or lost: "
        "the rate still changes.",
    ),
    "counted_amount": money(
        "Counted amount",
        "The amount of what is counted; in a stage, that of the day the stage was reached.",
    ),
    "advanced_amount": money("Advanced amount", "The same amount of those that went on."),
    "amount_advance_rate": rate("Conversion by amount", "Advanced amount / counted amount."),
    "part": text("Code", "The code of the part."),
    "part_name": text("Part", "Owner, team, contact, campaign, or what it is split by."),
    "shrunken_rate": rate(
        "Shrunken", "The rate drawn towards that of all, as far as its number asks for it."
    ),
    "shrunken_low": rate("Shrunken, low", "Lower end of its 90 percent interval."),
    "shrunken_high": rate("Shrunken, high", "Upper end of its 90 percent interval."),
    "evidence_share": rate(
        "Evidence", "How much of the shrunken rate the part itself has to say: n / (n + k)."
    ),
    "apart": text(
        "Told apart",
        "Above or below the rest, where the intervals do not overlap; else too few to tell.",
    ),
    "groups": count("Parts", "How many parts the row stands for.", "parts"),
    "is_rest": Column("Together", "", "flag", "Whether the row holds all small parts together."),
    "prior_strength": Column(
        "Strength k", "opportunities", "decimal", "How many opportunities the rate of all is worth."
    ),
    "convention": text("Convention code", "The short name of the convention."),
    "convention_name": text("Convention", "Which opportunities the win rate looks at."),
    "followed": count("Followed", "How many opportunities the win curve follows."),
    "is_no_decision": Column(
        "No decision", "", "flag", "Whether the reason says that the customer bought from nobody."
    ),
    "no_decision": count("No decision", "How many were lost because nobody decided."),
    "no_decision_rate": rate("No decision, of lost", "No decision / lost."),
    "no_decision_amount": money("No decision amount", "The last open amount of those."),
    "loss_rate": rate("Share", "The share of the reason among all losses of the stage."),
    "amount_loss_rate": rate("Share by amount", "The same by the last open amount."),
}
