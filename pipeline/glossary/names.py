"""What things are called."""

from pipeline.glossary.column import Column, text

NAMES: dict[str, Column] = {
    "opportunity_no": text("No.", "The number of the opportunity."),
    "description": text("Description", "What the opportunity is about."),
    "contact_no": text("Contact no.", "The number of the company or person who would buy."),
    "contact_name": text("Contact", "The company or person who would buy."),
    "owner_code": text("Owner code", "The code of the salesperson who owns the opportunity."),
    "owner_name": text("Owner", "The salesperson who owns the opportunity on the as-of day."),
    "cycle_code": text("Sales cycle", "The process the opportunity goes through."),
    "cycle_description": text("Cycle", "What the sales cycle is called."),
    "stage": Column(
        "Stage no.", "", "count", "The number that names the stage for good, wherever it stands."
    ),
    "position": Column("Place", "", "count", "The place of the stage in its cycle today."),
    "stage_description": text("Stage", "The step of the sales cycle."),
    "next_stage_description": text("Goes on to", "The stage behind this one; won, after the last."),
    "status": text("Status", "Not started, in progress, won or lost; the first two are open."),
    "outcome": text("Outcome", "Won or lost."),
    "close_reason_code": text("Close reason", "The code of the reason it was closed for."),
    "close_reason_description": text("Reason", "Why the opportunity was won or lost."),
    "in_win_rate": Column(
        "In win rate", "", "flag", "Whether what is closed for this reason counts in the win rate."
    ),
}
