"""Counts and money."""

from pipeline.glossary.column import Column, count, money

SUMS: dict[str, Column] = {
    "opportunities": count("Opportunities", "How many opportunities."),
    "amount": money("Amount", "What the sale would bring; the sum over those that have one."),
    "probability_percent": Column(
        "Probability",
        "%",
        "percent",
        "What the sales cycle makes of chances of success and completed: their product, their "
        "mean, or one of them.",
    ),
    "weighted_amount": money(
        "Weighted amount", "Amount × probability; once won, what it was won for."
    ),
    "without_amount": count(
        "Without an amount", "How many have no amount: counted, but nothing to add to the sums."
    ),
    "overdue": count("Overdue", "How many were expected to close before the as-of day."),
    "overdue_amount": money("Overdue amount", "The amount of what is overdue."),
    "entries_ever": count(
        "Entries ever",
        "Entries ever made at the stage, as in Business Central's pipeline funnel: activations, "
        "moves, updates; of open and closed opportunities.",
        "entries",
    ),
    "entries_over": count("Entries over", "The entries the average is taken over.", "entries"),
    "stays_over": count("Stays over", "The stays the average stay is taken over.", "stays"),
}
