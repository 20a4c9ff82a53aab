"""What the tables and columns of an export mean, from the glossary and, for the rest, from here."""

from collections.abc import Iterator

from pipeline.glossary import COLUMNS
from pipeline.store import Session, whole

HEADER = ("table", "column", "type", "label", "definition")

TABLES = {
    "activities": "What is to be done on entering a stage",
    "activity_steps": "The steps of an activity, each of which becomes a task",
    "batches": "Everything that was recorded together: who, when, what was asked for",
    "calls": "What somebody said a period will come to; a row is one version",
    "campaigns": "Campaigns that opportunities come from",
    "close_reasons": "Reasons for which opportunities are won or lost",
    "comments": "Remarks about records, each with who said it and when",
    "contacts": "Companies and people who would buy",
    "counters": "The last id that was given out of each kind",
    "import_made": "Records that came into being with an import",
    "import_profiles": "Mappings of imports that people saved",
    "imports": "What was imported, when, from where",
    "interactions": "Calls, mails, meetings and notes that happened with contacts",
    "number_series": "How numbers are given out",
    "opportunities": "Possible sales, each with a copy of its newest transition",
    "quotas": "Targets of the company, a team or an owner for a period",
    "quotes": "Sales quotes",
    "sales_cycles": "The processes opportunities go through",
    "salespeople": "The people who sell",
    "settings": "The company's settings",
    "stages": "The steps of the sales cycles",
    "tasks": "Dated things to do; an opportunity's earliest open one is its next step",
    "teams": "Teams of salespeople",
    "transitions": "The log: what an opportunity was, from one day until the next row",
    "views": "Pages with everything their address says, saved under a name",
}
"""For each table, what it has a row for."""

_MEANINGS = {
    "activated": "Whether the campaign takes opportunities.",
    "activity_code": "The activity that is planned when the stage is entered.",
    "about": "The kind of record a comment is about.",
    "allow_skip": "Whether the stage may be skipped.",
    "batch_id": "The batch it was recorded in.",
    "caller": "Who made the call: the seller, or a manager.",
    "campaign_no": "The number of the campaign.",
    "canceled": "Whether it was called off.",
    "chances_percent": "How likely the sale is, from 0 to 100.",
    "code": "The key of the record.",
    "command": "What was asked for, in words.",
    "commands": "How many commands the batch had.",
    "comment_id": "The key of the comment.",
    "company_no": "The company the contact belongs to; a company is its own.",
    "completed_percent": "How much of the sales cycle is done, from 0 to 100.",
    "cost": "What it cost, in the company's currency.",
    "created_at": "The moment it was created (UTC).",
    "confidence_percent": "How sure the caller was, from 0 to 100.",
    "created_by": "Who created it.",
    "date_formula": "How far the expected close date lies from entering the stage.",
    "due_on": "The day it is due.",
    "effective_from": "The day from which the quota is in force.",
    "ends_on": "The last day of the campaign.",
    "ending_no": "The last number of the series.",
    "external_id": "Its key in the system it was imported from.",
    "forecast_category": "How sure its owner is: pipeline, best case, commit.",
    "from_stage": "The stage of the row before; 0 on the first.",
    "happened_on": "The day it happened.",
    "imported_at": "The moment of the import (UTC).",
    "imported_by": "Who imported it.",
    "imported_on": "The business day of the import.",
    "interaction_no": "The number of the interaction.",
    "is_late": "Whether the call was made behind the cut-off.",
    "is_customer": "Whether the contact has bought.",
    "joined_on": "The first day on which the salesperson sells; blank: always.",
    "kind": "What kind of record it is.",
    "last_no": "The last number that was given out.",
    "last_nth": "The number of its newest transition.",
    "left_on": "The last day on which the salesperson sells; blank: no end.",
    "level": "Whose it is: company, team or owner.",
    "manager_code": "The salesperson who leads the team.",
    "manual_allowed": "Whether numbers may be typed.",
    "minutes": "How long it took, in minutes.",
    "measure": "What is measured: won amount or won count.",
    "name": "What it is called.",
    "no": "The number or code of the record a comment is about.",
    "note": "What was noted with the transition.",
    "opportunity_id": "The key that joins opportunities and transitions.",
    "page": "The page it opens.",
    "period": "How long the period is: month, quarter or year.",
    "path": "The stage numbers of every stay so far, in their order.",
    "priority": "Low, normal or high.",
    "profile_name": "The mapping the files were read with.",
    "profile_toml": "The mapping, as the TOML file it is.",
    "query": "What the address of the page says.",
    "quote_no": "The number of the sales quote.",
    "quote_required": "Whether the stage can be entered only with a quote.",
    "refused_rows": "How many rows of the files could not be taken.",
    "removed_at": "The moment it was deleted (UTC).",
    "removed_by": "Who deleted it.",
    "removed_on": "The day from which it is deleted; before, it stays readable.",
    "retracted_at": "The moment the row was retracted as a mistake (UTC).",
    "retracted_by": "Who retracted it.",
    "said_on": "The day of the comment.",
    "saved_at": "The moment it was saved (UTC).",
    "saved_by": "Who saved it.",
    "series_code": "The key of the number series.",
    "shared": "Whether everybody sees it.",
    "source": "Where it comes from: entry, or the system it was imported from.",
    "stage_since": "The day the stay it is in began.",
    "started_on": "The day of its first transition.",
    "starting_no": "The first number of the series.",
    "starts_on": "The first day of the campaign.",
    "state": "What the record was when it was made, as a hash.",
    "step": "How far one number lies from the next.",
    "task_no": "The number of the task.",
    "submitted_on": "The business day of the call.",
    "target": "What is aimed at.",
    "team_code": "The key of the team.",
    "text": "What was said.",
    "type": "Company or person.",
    "undone_at": "The moment the import was undone (UTC).",
    "undone_by": "Who undid the import.",
    "valid_from": "The day from which the row stands.",
    "valid_to": "The day the next row took over; blank while it stands.",
    "value": "What it is set to.",
    "version": "Counts every change of the opportunity.",
    "view_id": "The key of the view.",
}
_ONLY_IN = {
    ("activities", "description"): "What the activity is called.",
    ("activity_steps", "description"): "What is to be done.",
    ("activity_steps", "step"): "The place of the step in its activity.",
    ("activity_steps", "type"): "What kind of task it becomes.",
    ("activity_steps", "priority"): "The priority of the task.",
    ("activity_steps", "date_formula"): "How far the task lies from entering the stage.",
    ("views", "created_by"): "Who saved it.",
    ("calls", "amount"): "What the period will come to, won so far included.",
    ("calls", "code"): "The code of the team or owner; blank for the company.",
    ("calls", "created_by"): "Who made the call.",
    ("calls", "ends_on"): "The last day of the period.",
    ("calls", "note"): "What was noted with the call.",
    ("calls", "starts_on"): "The first day of the period.",
    ("calls", "version"): "Counts the calls of one caller for one period.",
    ("quotas", "code"): "The code of the team or owner; blank for the company.",
    ("quotas", "created_by"): "Who set it.",
    ("quotas", "ends_on"): "The last day of the period.",
    ("quotas", "starts_on"): "The first day of the period.",
    ("stages", "forecast_category"): "The category of what is in it; blank: by its chances.",
    ("comments", "stage"): "Of a comment about a stage, its number; 0 otherwise.",
    ("interactions", "contact_no"): "The contact it happened with.",
    ("interactions", "description"): "What it was about.",
    ("interactions", "opportunity_id"): "The opportunity it belongs to, by its key; blank: none.",
    ("interactions", "owner_code"): "Who it was for the company.",
    ("interactions", "type"): "Call, mail, meeting or note.",
    ("tasks", "activity_code"): "The activity that made it; blank when made by hand.",
    ("tasks", "closed_on"): "The day it was done or called off.",
    ("tasks", "contact_no"): "The contact it is about.",
    ("tasks", "description"): "What is to be done.",
    ("tasks", "opportunity_id"): "The opportunity it is about, by its key; blank: none.",
    ("tasks", "owner_code"): "Who has to do it.",
    ("tasks", "stage"): "The stage on whose entering it was made; blank when made by hand.",
    ("tasks", "status"): "Not started, in progress, waiting, postponed or completed.",
    ("tasks", "team_code"): "The team that has to do it.",
    ("tasks", "type"): "Meeting, phone call, or blank for any other.",
    ("batches", "recorded_at"): "The moment of recording (UTC).",
    ("campaigns", "description"): "What the campaign is about.",
    ("campaigns", "owner_code"): "Who runs the campaign.",
    ("close_reasons", "close_reason_code"): "The key of the reason.",
    ("close_reasons", "description"): "What the reason is called.",
    ("contacts", "contact_no"): "The number of the contact.",
    ("contacts", "owner_code"): "Who looks after the contact.",
    ("import_made", "stage"): "Of a stage, its number.",
    ("number_series", "description"): "What the numbers are for.",
    ("quotes", "amount"): "What the quote offers, without VAT.",
    ("sales_cycles", "description"): "What the cycle is called.",
    ("salespeople", "blocked"): "A blocked salesperson takes no new opportunities.",
    ("salespeople", "owner_code"): "The key of the salesperson.",
    ("stages", "description"): "What the stage is called.",
    ("transitions", "recorded_at"): "The moment the row was recorded (UTC).",
    ("transitions", "recorded_by"): "Who recorded the row.",
    ("transitions", "amount"): "What the sale would bring, from this row on.",
    ("transitions", "stage"): "The stage it is in; 0 once won or lost.",
}
"""Columns that mean something else in one table than the glossary says of them."""


def definitions(tables: whole.Tables) -> Iterator[tuple[str, str, str, str, str]]:
    """Give a row for each column: table, column, type, label, definition."""
    for table, columns in tables.items():
        for column in columns:
            name = column.name
            label = COLUMNS[name].label if name in COLUMNS else name.replace("_", " ").capitalize()
            yield table, name, column.type.lower(), label, meaning(table, name)


def meaning(table: str, column: str) -> str:
    """Say what a column of a table means; blank when nobody has said it."""
    said = COLUMNS[column].definition if column in COLUMNS else ""
    return _ONLY_IN.get((table, column)) or _MEANINGS.get(column) or said


def read_me(session: Session, tables: whole.Tables) -> str:
    """Say what the archive holds and how it is written."""
    lines = [
        f"  {name:16} {whole.count(session, name):>10,}  {TABLES.get(name, '')}" for name in tables
    ]
    return "\n".join(
        [
            "A whole sales pipeline: its log, its set-up, and what every column means.",
            "",
            "Tables, their rows, and what a row is:",
            *lines,
            "",
            "definitions.csv says what each column means. Moments are in UTC, amounts in the",
            "currency of the company (setting currency). CSV is written in UTF-8 with commas; a",
            "text that a spreadsheet would run has an apostrophe before it, an empty cell is null.",
            "",
            "Read back with: pipeline --store NEW.duckdb import THIS-FILE",
            "",
        ]
    )
