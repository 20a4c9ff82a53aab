"""Days, months and lengths of time."""

from pipeline.glossary.column import Column, day

DAYS: dict[str, Column] = {
    "expected_close_on": day(
        "Expected close", "When the opportunity is expected to close; once closed, when it was."
    ),
    "expected_month": Column(
        "Expected close", "", "month", "The month of the expected close date; empty without a date."
    ),
    "closed_on": day("Closed on", "The day the opportunity was won or lost."),
    "closed_month": Column("Closed in", "", "month", "The month in which it was won or lost."),
    "created_on": day("Created", "The day the opportunity was created."),
    "standing_since": day("Unchanged since", "The day of the newest transition by the as-of day."),
    "age_days": Column("Age", "days", "days", "Days from creation to the as-of day."),
    "average_age_days": Column(
        "Average age", "days", "average_days", "Mean of the days from creation to the as-of day."
    ),
    "average_days": Column(
        "Average no. of days",
        "days",
        "average_days",
        "Business Central's average number of days: the mean length of the entries at the stage "
        "that are over. Every update ends an entry, so updates make it shorter.",
    ),
    "average_stay_days": Column(
        "Average stay",
        "days",
        "average_days",
        "Mean days from entering the stage to leaving it, over the stays that ended; updates do "
        "not split a stay.",
    ),
}
