"""Label, unit, format and definition of every column people see: said once, used everywhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """How one column is headed, written and explained."""

    label: str
    unit: str
    """What one of it is: money, opportunities, days; empty where a value has none."""
    format: str
    """money, count, percent (0-100), rate (0-1), days, average_days, day, month, flag or text."""
    definition: str


def _count(label: str, definition: str, unit: str = "opportunities") -> Column:
    return Column(label, unit, "count", definition)


def _money(label: str, definition: str) -> Column:
    return Column(label, "company currency", "money", definition)


def _rate(label: str, definition: str) -> Column:
    return Column(label, "", "rate", definition)


def _text(label: str, definition: str) -> Column:
    return Column(label, "", "text", definition)


def _day(label: str, definition: str) -> Column:
    return Column(label, "", "day", definition)


_NAMES = {
    "opportunity_no": _text("No.", "The number of the opportunity."),
    "description": _text("Description", "What the opportunity is about."),
    "contact_no": _text("Contact no.", "The number of the company or person who would buy."),
    "contact_name": _text("Contact", "The company or person who would buy."),
    "owner_code": _text("Owner code", "The code of the salesperson who owns the opportunity."),
    "owner_name": _text("Owner", "The salesperson who owns the opportunity on the as-of day."),
    "cycle_code": _text("Sales cycle", "The process the opportunity goes through."),
    "cycle_description": _text("Cycle", "What the sales cycle is called."),
    "stage": Column(
        "Stage no.", "", "count", "The number that names the stage for good, wherever it stands."
    ),
    "position": Column("Place", "", "count", "The place of the stage in its cycle today."),
    "stage_description": _text("Stage", "The step of the sales cycle."),
    "next_stage_description": _text(
        "Goes on to", "The stage behind this one; won, after the last."
    ),
    "status": _text("Status", "Not started, in progress, won or lost; the first two are open."),
    "outcome": _text("Outcome", "Won or lost."),
    "close_reason_code": _text("Close reason", "The code of the reason it was closed for."),
    "close_reason_description": _text("Reason", "Why the opportunity was won or lost."),
    "in_win_rate": Column(
        "In win rate", "", "flag", "Whether what is closed for this reason counts in the win rate."
    ),
}

_DAYS = {
    "expected_close_on": _day(
        "Expected close", "When the opportunity is expected to close; once closed, when it was."
    ),
    "expected_month": Column(
        "Expected close", "", "month", "The month of the expected close date; empty without a date."
    ),
    "closed_on": _day("Closed on", "The day the opportunity was won or lost."),
    "closed_month": Column("Closed in", "", "month", "The month in which it was won or lost."),
    "created_on": _day("Created", "The day the opportunity was created."),
    "standing_since": _day("Unchanged since", "The day of the newest transition by the as-of day."),
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

_SUMS = {
    "opportunities": _count("Opportunities", "How many opportunities."),
    "amount": _money("Amount", "What the sale would bring; the sum over those that have one."),
    "probability_percent": Column(
        "Probability",
        "%",
        "percent",
        "What the sales cycle makes of chances of success and completed: their product, their "
        "mean, or one of them.",
    ),
    "weighted_amount": _money(
        "Weighted amount", "Amount × probability; once won, what it was won for."
    ),
    "without_amount": _count(
        "Without an amount", "How many have no amount: counted, but nothing to add to the sums."
    ),
    "overdue": _count("Overdue", "How many were expected to close before the as-of day."),
    "overdue_amount": _money("Overdue amount", "The amount of what is overdue."),
    "entries_ever": _count(
        "Entries ever",
        "Entries ever made at the stage, as in Business Central's pipeline funnel: activations, "
        "moves, updates; of open and closed opportunities.",
        "entries",
    ),
    "entries_over": _count("Entries over", "The entries the average is taken over.", "entries"),
    "stays_over": _count("Stays over", "The stays the average stay is taken over.", "stays"),
}

_RATES = {
    "entered": _count("Entered", "How many were ever in a stage of the cycle."),
    "reached": _count(
        "Reached", "How many were ever in this stage or beyond it; won is beyond all."
    ),
    "advanced": _count("Advanced", "How many of them reached the next stage; after the last, won."),
    "lost_here": _count("Lost here", "How many were lost and never went beyond this stage."),
    "still_here": _count(
        "Still here", "How many are in progress and never went beyond this stage."
    ),
    "in_progress": _count("In progress", "How many are neither won nor lost."),
    "advance_rate": _rate("Conversion", "Advanced / reached; nothing where nobody arrived."),
    "rate_low": _rate("Low", "Lower end of the Wilson interval of the rate, 95 percent."),
    "rate_high": _rate("High", "Upper end of the Wilson interval of the rate, 95 percent."),
    "reached_rate": _rate("Reached, of entered", "The share of all that entered the cycle."),
    "won_rate": _rate("Won, of entered", "Won / entered: the product of the rates of the stages."),
    "won": _count("Won", "How many were won."),
    "lost": _count("Lost", "How many were lost."),
    "decided": _count("Closed", "Won and lost together, those that count in the win rate."),
    "win_rate": _rate("Win rate", "Won / (won + lost), by count."),
    "won_amount": _money("Won amount", "What the won ones were won for."),
    "lost_amount": _money("Lost amount", "The last open amount of the lost ones."),
    "decided_amount": _money("Closed amount", "Won amount and lost amount together."),
    "amount_win_rate": _rate("Win rate by amount", "Won amount / (won amount + lost amount)."),
    "outcome_rate": _rate("Share", "The share of the reason among all with the same outcome."),
}

_SET_UP = {
    "probability_method": _text("Probability is", "What the cycle makes its probability of."),
    "blocked": Column("Blocked", "", "flag", "A blocked cycle takes no new opportunities."),
    "stages": Column("Stages", "stages", "count", "How many stages the cycle has."),
    "open_opportunities": _count("In progress", "How many stand in the cycle now."),
}

_CHANGES = {
    "bucket": _text(
        "What happened",
        "The kind of change; starting and ending are the pipeline at the ends of the period.",
    ),
    "transitions": _count(
        "Transitions",
        "How many transitions changed it; at the ends of the period, how many opportunities count.",
        "transitions",
    ),
    "change_amount": _money("Change", "What it added to the pipeline or took away from it."),
    "running_amount": _money("Running total", "The pipeline after this change."),
    "compared": _count(
        "Found by comparing", "How many a comparison of the two ends shows as changed this way."
    ),
    "compared_amount": _money(
        "Change by comparing",
        "What a comparison of the two ends alone shows: each opportunity once, with its whole "
        "difference under its leading cause.",
    ),
    "hidden_amount": _money("Hidden", "What happened in the period and the two ends do not show."),
    "hidden_opportunities": _count(
        "Hidden opportunities", "How many gained and lost pipeline inside the period."
    ),
    "starting_amount": _money("Start", "The pipeline at the end of the day before the period."),
    "ending_amount": _money("End", "The pipeline at the end of the period."),
    "start_amount": _money("At the start", "The amount that counted as the period began."),
    "end_amount": _money("At the end", "The amount that counts as the period ends."),
    "came_amount": _money("Came", "All that it added to the pipeline in the period."),
    "went_amount": _money("Went", "All that it took from the pipeline in the period."),
    "flow": _text(
        "Flow",
        "Passed through: counted at neither end. Back and forth: moves that cancelled each other.",
    ),
    "nth": Column("Transition no.", "", "count", "Its place in the log of the opportunity."),
    "action": _text("Action", "Why the transition was written."),
    "changed_on": _day("On", "The day the transition took effect."),
    "before": _text("Before", "What it was before the transition."),
    "after": _text("After", "What the transition made of it."),
}

COLUMNS: dict[str, Column] = _NAMES | _DAYS | _SUMS | _RATES | _SET_UP | _CHANGES
"""Every column of every report, and every total, by its name in the frame."""
