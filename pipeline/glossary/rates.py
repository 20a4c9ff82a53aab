"""Shares and their parts."""

from pipeline.glossary.column import Column, count, money, rate

RATES: dict[str, Column] = {
    "entered": count("Entered", "How many were ever in a stage of the cycle."),
    "reached": count(
        "Reached", "How many were ever in this stage or beyond it; won is beyond all."
    ),
    "advanced": count("Advanced", "How many of them reached the next stage; after the last, won."),
    "lost_here": count("Lost here", "How many were lost and never went beyond this stage."),
    "still_here": count("Still here", "How many are in progress and never went beyond this stage."),
    "in_progress": count("In progress", "How many are neither won nor lost."),
    "advance_rate": rate("Conversion", "Advanced / reached; nothing where nobody arrived."),
    "rate_low": rate("Low", "Lower end of the Wilson interval of the rate, 95 percent."),
    "rate_high": rate("High", "Upper end of the Wilson interval of the rate, 95 percent."),
    "reached_rate": rate("Reached, of entered", "The share of all that entered the cycle."),
    "won_rate": rate("Won, of entered", "Won / entered: the product of the rates of the stages."),
    "won": count("Won", "How many were won."),
    "lost": count("Lost", "How many were lost."),
    "decided": count("Closed", "Won and lost together, those that count in the win rate."),
    "win_rate": rate("Win rate", "Won / (won + lost), by count."),
    "won_amount": money("Won amount", "What the won ones were won for."),
    "lost_amount": money("Lost amount", "The last open amount of the lost ones."),
    "decided_amount": money("Closed amount", "Won amount and lost amount together."),
    "amount_win_rate": rate("Win rate by amount", "Won amount / (won amount + lost amount)."),
    "outcome_rate": rate("Share", "The share of the reason among all with the same outcome."),
}
