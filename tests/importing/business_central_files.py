"""A store of ours as Business Central would export it: as its pages in Excel, or its entities.

Business Central knows no change of owner as an entry of its own: it edits the active entry. So such
rows of our log are folded into the entry in front of them, with the owner they bring.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from pipeline.store import Store

_ACTIONS = {
    "first": " ",
    "next": "Next",
    "previous": "Previous",
    "skip": "Jumped",
    "jump": "Jumped",
    "update": "Updated",
    "won": "Won",
    "lost": "Lost",
}
_STATUSES = {
    "not started": "Not Started",
    "in progress": "In Progress",
    "won": "Won",
    "lost": "Lost",
}
_METHODS = {
    "multiply": "Multiply",
    "add": "Add",
    "chances": "Chances of Success %",
    "completed": "Completed %",
}
NO_DATE = "0001-01-01"

OPPORTUNITIES = """
select
    opportunity.*, stage.description as stage_name, contact.name as contact_name,
    company.name as company_name, campaign.description as campaign
from opportunities as opportunity
left join stages as stage using (cycle_code, stage)
left join contacts as contact using (contact_no)
left join contacts as company on company.contact_no = opportunity.company_no
left join campaigns as campaign using (campaign_no)
where removed_on is null
order by opportunity_no
"""
ENTRIES = """
select
    log.* exclude (contact_no), opportunity.opportunity_no, opportunity.contact_no,
    coalesce(stage.description, '') as stage_name
from transitions as log
join opportunities as opportunity using (opportunity_id)
left join stages as stage on (stage.cycle_code, stage.stage) = (log.cycle_code, log.stage)
where retracted_at is null
order by log.recorded_at, log.valid_from, opportunity_no, nth
"""


def frame(store: Store, sql: str) -> pd.DataFrame:
    """Read a frame of a store."""
    rows = store.execute(sql)
    names = [column[0] for column in rows.description or []]
    return pd.DataFrame(rows.fetchall(), columns=names, dtype="object")


def entries(store: Store) -> pd.DataFrame:
    """Give the entries Business Central would have written, in the order of their numbers."""
    log = frame(store, ENTRIES)
    writes = ~log["action"].isin(["reassign", "edit"])
    nth = writes.groupby(log["opportunity_no"]).cumsum()
    last = log.groupby(["opportunity_no", nth])["owner_code"].transform("last")
    kept = log.assign(owner_code=last)[writes].reset_index(drop=True)
    ended = kept.groupby("opportunity_no")["valid_from"].shift(-1)
    return kept.assign(entry_no=range(101, 101 + len(kept)), is_active=ended.isna())


def _day(days: pd.Series) -> pd.Series:
    return days.astype("str").str.slice(0, 10).where(days.notna(), NO_DATE)


def _number(values: pd.Series) -> pd.Series:
    return values.astype("float64").fillna(0.0)


def _yes(flags: pd.Series, words: tuple[str, str]) -> pd.Series:
    return flags.astype(bool).map({True: words[0], False: words[1]})


def pages(store: Store) -> dict[str, pd.DataFrame]:
    """Give the pages as “Edit in Excel” captions them: entries without number and stage number."""
    deals, log = frame(store, OPPORTUNITIES), entries(store)
    return {
        "opportunities": pd.DataFrame(
            {
                "No.": deals["opportunity_no"],
                "Closed": _yes(deals["status"].isin(["won", "lost"]), ("Yes", "No")),
                "Creation Date": _day(deals["created_on"]),
                "Description": deals["description"],
                "Contact No.": deals["contact_no"],
                "Contact Company No.": deals["company_no"],
                "Salesperson Code": deals["owner_code"],
                "Status": deals["status"].map(_STATUSES),
                "Sales Cycle Code": deals["cycle_code"],
                "Current Sales Cycle Stage": deals["stage_name"],
                "Campaign No.": deals["campaign_no"],
                "Campaign Description": deals["campaign"],
                "Estimated Closing Date": _day(deals["expected_close_on"]),
                "Estimated Value (LCY)": _number(deals["amount"]),
                "Calcd. Current Value (LCY)": _number(deals["weighted_amount"]),
                "Contact Name": deals["contact_name"],
                "Contact Company Name": deals["company_name"],
            }
        ),
        "entries": pd.DataFrame(
            {
                "Opportunity No.": log["opportunity_no"],
                "Action Taken": log["action"].map(_ACTIONS),
                "Active": _yes(log["is_active"], ("Yes", "No")),
                "Date of Change": _day(log["valid_from"]),
                "Date Closed": _day(log["valid_from"].where(log["stage"] == 0)),
                "Sales Cycle Code": log["cycle_code"],
                "Sales Cycle Stage Description": log["stage_name"],
                "Estimated Value (LCY)": _number(log["amount"]),
                "Calcd. Current Value (LCY)": _number(log["weighted_amount"]),
                "Completed %": _number(log["completed_percent"]),
                "Chances of Success %": _number(log["chances_percent"]),
                "Probability %": _number(log["probability_percent"]),
                "Close Opportunity Code": log["close_reason_code"],
            }
        ),
        **set_up(store),
    }


def set_up(store: Store) -> dict[str, pd.DataFrame]:
    """Give the tables of set-up as their pages caption them."""
    cycles = frame(store, "select * from sales_cycles order by cycle_code")
    stages = frame(store, "select * from stages order by cycle_code, position")
    reasons = frame(store, "select * from close_reasons order by close_reason_code")
    people = frame(store, "select * from salespeople order by owner_code")
    contacts = frame(store, "select * from contacts order by contact_no")
    campaigns = frame(store, "select * from campaigns order by campaign_no")
    names = dict(zip(contacts["contact_no"], contacts["name"], strict=True))
    return {
        "cycles": pd.DataFrame(
            {
                "Code": cycles["cycle_code"],
                "Description": cycles["description"],
                "Probability Calculation": cycles["probability_method"].map(_METHODS),
                "Blocked": _yes(cycles["blocked"], ("Yes", "No")),
            }
        ),
        "stages": pd.DataFrame(
            {
                "Sales Cycle Code": stages["cycle_code"],
                "Stage": stages["stage"],
                "Description": stages["description"],
                "Completed %": _number(stages["completed_percent"]),
                "Chances of Success %": _number(stages["chances_percent"]),
                "Activity Code": stages["activity_code"],
                "Quote Required": _yes(stages["quote_required"], ("Yes", "No")),
                "Allow Skip": _yes(stages["allow_skip"], ("Yes", "No")),
                "Date Formula": stages["date_formula"],
            }
        ),
        "reasons": pd.DataFrame(
            {
                "Code": reasons["close_reason_code"],
                "Description": reasons["description"],
                "Type": reasons["outcome"].str.title(),
            }
        ),
        "people": pd.DataFrame({"Code": people["owner_code"], "Name": people["name"]}),
        "contacts": pd.DataFrame(
            {
                "No.": contacts["contact_no"],
                "Name": contacts["name"],
                "Type": contacts["type"].str.title(),
                "Company No.": contacts["company_no"],
                "Company Name": contacts["company_no"].map(names),
                "Salesperson Code": contacts["owner_code"],
            }
        ),
        "campaigns": pd.DataFrame(
            {
                "No.": campaigns["campaign_no"],
                "Description": campaigns["description"],
                "Starting Date": _day(campaigns["starts_on"]),
                "Ending Date": _day(campaigns["ends_on"]),
                "Activated": _yes(campaigns["activated"], ("Yes", "No")),
                "Salesperson Code": campaigns["owner_code"],
            }
        ),
    }


def entities(store: Store) -> dict[str, pd.DataFrame]:
    """Give the analytics entities: escaped words, numbers of entries and stages, no set-up."""
    deals, log = frame(store, OPPORTUNITIES), entries(store)
    prefix = "opportunityEntry"
    return {
        "opportunities": pd.DataFrame(
            {
                "opportunityNo": deals["opportunity_no"],
                "opportunityDescription": deals["description"],
                "opportunitySalesCycle": deals["cycle_code"],
                "opportunityCreationDate": _day(deals["created_on"]),
                "opportunityStatus": _escaped(deals["status"].map(_STATUSES)),
                "opportunityClosed": _yes(deals["status"].isin(["won", "lost"]), ("true", "false")),
                "opportunityPriority": deals["priority"].str.title(),
                "opportunityCampaignNo": deals["campaign_no"],
            }
        ),
        "opportunityEntries": pd.DataFrame(
            {
                f"{prefix}EntryNo": log["entry_no"],
                f"{prefix}Opportunity": log["opportunity_no"],
                "salespersonCode": log["owner_code"],
                f"{prefix}Active": _yes(log["is_active"], ("true", "false")),
                f"{prefix}ActionTaken": _escaped(log["action"].map(_ACTIONS)),
                f"{prefix}DateChange": _day(log["valid_from"]),
                f"{prefix}EstCloseDate": _day(log["expected_close_on"]),
                f"{prefix}EstValue": _number(log["amount"]),
                f"{prefix}CalcCurrentValue": _number(log["weighted_amount"]),
                f"{prefix}Completed": _number(log["completed_percent"]),
                f"{prefix}ChanceSuccess": _number(log["chances_percent"]),
                f"{prefix}Probability": _number(log["probability_percent"]),
                f"{prefix}SalesCycleCode": log["cycle_code"],
                f"{prefix}SalesCycleStage": log["stage"],
                f"{prefix}SalesCycleStageDescription": log["stage_name"],
                "opportunityContactNo": log["contact_no"],
            }
        ),
    }


def _escaped(words: pd.Series) -> pd.Series:
    return words.str.replace(" ", "_x0020_").str.replace("%", "_x0025_")


def written(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write tables as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in tables.items():
        if len(table):
            paths.append(folder / f"{name}.csv")
            table.to_csv(paths[-1], index=False)
    return paths
