"""Velocity and concentration."""

from pipeline.glossary.column import Column, count, day, money, rate

SPEED: dict[str, Column] = {
    "from_on": day("From", "The first day of the period."),
    "to_on": day("To", "The last day of the period."),
    "open_at_end": count("Open", "How many were in progress on the last day."),
    "mean_won_amount": money("Mean won amount", "The mean of what was won in the period."),
    "velocity_per_day": Column(
        "Velocity",
        "company currency per day",
        "money",
        "Open opportunities × mean won amount × win rate / mean length of the won.",
    ),
    "open_change": rate("Part of open", "Logarithm of its ratio to the period before."),
    "won_amount_change": rate("Part of amount", "Logarithm of its ratio to the period before."),
    "win_rate_change": rate("Part of win rate", "Logarithm of its ratio to the period before."),
    "cycle_change": rate(
        "Part of length", "Minus the logarithm of its ratio to the period before."
    ),
    "velocity_change": rate(
        "Change", "Logarithm of its ratio to the period before: the sum of the four."
    ),
    "hhi": Column(
        "Herfindahl index",
        "",
        "decimal",
        "The sum of the squares of the shares: 1 when one opportunity holds everything.",
    ),
    "effective_opportunities": Column(
        "Effective number",
        "opportunities",
        "decimal",
        "So many equal opportunities would be as concentrated: 1 / Herfindahl index.",
    ),
    "top_share_rate": rate("Largest share", "The share of the largest in the amount of all."),
    "top_amount": money("Largest amount", "The amount of the largest."),
}
