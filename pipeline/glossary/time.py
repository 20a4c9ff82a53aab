"""Stays, curves and lengths."""

from pipeline.glossary.column import Column, count, rate

TIME: dict[str, Column] = {
    "stays": count("Stays", "The stays that began, over and lasting.", "stays"),
    "stays_open": count("Still there", "How many are in the stage on the as-of day."),
    "median_stay_days": Column(
        "Median of what is over",
        "days",
        "average_days",
        "The plain median of the stays that are over; too low, for the slow ones still last.",
    ),
    "median_days": Column(
        "Median", "days", "days", "The first day by which half had left, lasting stays counted."
    ),
    "median_in_words": Column(
        "Median stay",
        "days",
        "text",
        "The first day by which half had left, lasting stays counted; ≥ the longest seen where "
        "half have not left yet.",
    ),
    "median_low_days": Column(
        "Median from", "days", "days", "Lower end of the 95 percent interval of the median."
    ),
    "median_high_days": Column(
        "Median to",
        "days",
        "days",
        "Upper end of the 95 percent interval of the median; nothing: beyond the longest seen.",
    ),
    "p25_days": Column(
        "A quarter by", "days", "days", "The first day by which a quarter had left."
    ),
    "p75_days": Column(
        "Three quarters by", "days", "days", "The first day by which three quarters had left."
    ),
    "p75_in_words": Column(
        "Three quarters by",
        "days",
        "text",
        "The first day by which three quarters had left; ≥ the longest seen where they have not.",
    ),
    "longest_days": Column("Longest", "days", "days", "The longest seen, over or lasting."),
    "forward_rate": rate("Forward", "The share that had gone forward by then."),
    "back_rate": rate("Back", "The share that had gone back by then."),
    "won_here_rate": rate("Won there", "The share that had been won in the stage by then."),
    "lost_here_rate": rate("Lost there", "The share that had been lost in the stage by then."),
    "days": Column("Days", "days", "days", "So many days after the beginning."),
    "at_risk": count("Came so far", "How many lasted so long or longer, those still lasting too."),
    "ended": count("Ended", "How many ended after exactly so many days."),
    "survival_rate": rate("Still there", "The share that lasts longer (Kaplan-Meier)."),
    "survival_low": rate("Still there, low", "Lower end of its 95 percent interval."),
    "survival_high": rate("Still there, high", "Upper end of its 95 percent interval."),
    "closed": count("Closed", "How many were won or lost."),
    "average_cycle_days": Column(
        "Mean length", "days", "average_days", "Mean days from creation to the final closing."
    ),
    "median_cycle_days": Column(
        "Median length", "days", "average_days", "Median days from creation to the final closing."
    ),
    "average_active_days": Column(
        "Mean active length",
        "days",
        "average_days",
        "The mean without the days between a closing and a reopening.",
    ),
    "median_active_days": Column(
        "Median active length",
        "days",
        "average_days",
        "The median without the days between a closing and a reopening.",
    ),
    "half_by_days": Column(
        "Half by",
        "days",
        "days",
        "The age by which half of all the wins (or losses) seen on the win curve have come.",
    ),
    "won_by_age_rate": rate("Won", "The share that had been won by that age."),
    "lost_by_age_rate": rate("Lost", "The share that had been lost by that age."),
    "open_at_age_rate": rate("Open", "The share that is still open at that age."),
}
