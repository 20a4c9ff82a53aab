"""What the log and the records themselves say."""

from pipeline.glossary.column import Column, day, text

LOG: dict[str, Column] = {
    "company_no": text("Company no.", "The number of the company the contact belongs to."),
    "contact_type": text("Type", "A company or a person."),
    "is_customer": Column("Customer", "", "flag", "Whether the contact has bought."),
    "team_code": text("Team code", "The code of the team the salesperson belongs to."),
    "team_name": text("Team", "What the team is called."),
    "campaign_no": text("Campaign no.", "The number of the campaign it came from."),
    "campaign_description": text("Campaign", "What the campaign is about."),
    "starts_on": day("Starts", "The first day of the campaign."),
    "ends_on": day("Ends", "The last day of the campaign."),
    "activated": Column("Activated", "", "flag", "Whether the campaign takes opportunities."),
    "chances_percent": Column(
        "Chances", "%", "percent", "The chances of success, of the stage or as typed."
    ),
    "completed_percent": Column("Completed", "%", "percent", "How far the stage is on the way."),
    "forecast_category": text("Forecast category", "Where it stands in the owner's forecast."),
    "priority": text("Priority", "Low, normal or high."),
    "source": text("Source", "Where it was recorded from: entry, or the name of an import."),
    "path": text("Path", "The stages of all its stays so far, in their order: 1 2 3 2."),
    "started_on": day("Started", "The day of its first transition."),
    "from_stage": Column(
        "From stage no.", "", "count", "The number of the stage it stood in before."
    ),
    "left_on": day("Left", "The day it left the stage; nothing while it is there."),
    "left_by": text("Left by", "The action by which it left the stage."),
    "stay_days": Column("Stay", "days", "days", "Days from entering the stage to leaving it."),
    "reopened_on": day("Reopened", "The day it was reopened; nothing where it stayed closed."),
    "cycle_days": Column("Length", "days", "days", "Days from the creation to this closing."),
    "valid_from": day("Valid from", "The day the transition took effect."),
    "valid_to": day("Valid to", "The day the next one took over; nothing for the current one."),
    "note": text("Note", "What was noted with it."),
    "allow_skip": Column("Allow skip", "", "flag", "Whether the stage may be passed over."),
    "quote_required": Column(
        "Quote required", "", "flag", "Whether a quote must be assigned to enter the stage."
    ),
    "date_formula": text(
        "Time to close", "How far ahead the close is expected from here, like 1M+10D."
    ),
}
