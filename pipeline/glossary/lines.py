"""The lines of the opportunities matrix and of the printed lists."""

from pipeline.glossary.column import Column, count, day, money, rate, text

LINES: dict[str, Column] = {
    "activity_code": text("Activity", "What entering the stage gives somebody to do."),
    "now": text("Now", "What stands before the change."),
    "then": text("Becomes", "What would stand after it."),
    "line_no": text("Line no.", "The code of the owner, or the number of contact or campaign."),
    "line_name": text("Line", "The owner, contact or campaign the line is about."),
    "line_type": text("Line is", "A company, or a person; empty for owners and campaigns."),
    "open_opportunities": count("Open", "Not closed on the day, those not started among them."),
    "closed_opportunities": count("Closed", "Won or lost by the day."),
    "due_in_7_days": count(
        "Due in 7 days", "In progress and expected to close from the day to seven days after it."
    ),
    "companies": count("Companies", "The contacts that are companies.", "contacts"),
    "persons": count("Persons", "The contacts that are persons.", "contacts"),
    "open_quotes": count("Open quotes", "Sales quotes that are no order yet.", "quotes"),
    "orders": count("Orders", "Quotes that were turned into an order.", "orders"),
    "active_campaigns": count(
        "Active campaigns", "Activated campaigns whose dates include the day.", "campaigns"
    ),
    "in_entries": count("In entries", "How many opportunities have an entry."),
    "entries_amount": money("Estimated, all entries", "Summed over all entries ever made."),
    "entries_weighted_amount": money("Calculated, all entries", "Summed over all entries."),
    "active_amount": money("Estimated, active", "Summed over the newest entries."),
    "active_weighted_amount": money("Calculated, active", "Summed over the newest entries."),
    "average_chances_percent": Column(
        "Average chances", "", "percent", "The mean over all entries ever made."
    ),
    "average_completed_percent": Column(
        "Average completed", "", "percent", "The mean over all entries ever made."
    ),
    "average_probability_percent": Column(
        "Average probability", "", "percent", "The mean over all entries ever made."
    ),
    "average_active_chances_percent": Column(
        "Average active chances", "", "percent", "The mean over the newest entries."
    ),
    "quote_amount": money("Quote amount", "The amounts of the quotes of these opportunities."),
    "win_loss_rate": rate("Win/loss", "Won / (won + lost), each by its newest entry."),
    "funnel_entries": count("Entries ever", "All entries ever made in the stage.", "entries"),
    "reached_ever": count("Ever reached", "Opportunities that came to the stage or beyond it."),
    "kind": text("Row", "Task before the first stage, stage, task of the stage, or planned."),
    "what": text("What", "The stage, or what is to be done."),
    "due_on": day("Date", "When the stage was entered, or when the task is due."),
    "is_active": Column("Active", "", "flag", "Whether it is the newest entry."),
    "record_no": text("Task no.", "The number of the task."),
    "task_type": text("Type", "Meeting, phone call, or any other."),
    "task_status": text("State", "How far the task is; planned ones do not exist yet."),
}
