"""What a company sets up."""

from pipeline.glossary.column import Column, count, text

SET_UP: dict[str, Column] = {
    "probability_method": text("Probability is", "What the cycle makes its probability of."),
    "blocked": Column("Blocked", "", "flag", "A blocked cycle takes no new opportunities."),
    "stages": Column("Stages", "stages", "count", "How many stages the cycle has."),
    "open_opportunities": count("In progress", "How many stand in the cycle now."),
}
