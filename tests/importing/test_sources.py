"""Every source that is known is recognised by its columns alone, and its history is understood.

The files are written here from what vendors say of their formats; each is one or two lives long.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.commands import carry_out
from pipeline.importing.draft import Answers, plan_import
from pipeline.importing.errors import OutcomeUnknownError
from pipeline.importing.plan import ImportPlan
from pipeline.store import Store
from pipeline.store.check import check
from tests.importing.conftest import NOW, TODAY

Lived = Callable[[list[Path]], list[str]]

LOG = """
select
    opportunity.external_id, log.action, coalesce(stage.description, ''), log.amount::bigint,
    log.valid_from::varchar, log.note
from transitions as log
join opportunities as opportunity using (opportunity_id)
left join stages as stage on stage.cycle_code = log.cycle_code and stage.stage = log.stage
order by opportunity.external_id, log.nth
"""


@pytest.fixture
def bring(store: Store) -> Callable[..., ImportPlan]:
    """Import files without naming a source."""

    def do(files: list[Path], **said: tuple[str, ...]) -> ImportPlan:
        answers = Answers(**said)  # type: ignore[arg-type]
        plan = plan_import(store, files, answers=answers, by="ME", today=TODAY, now=NOW)
        carry_out(store, *plan.commands, by="ME", today=TODAY)
        assert check(store).intact
        return plan

    return do


@pytest.fixture
def log(store: Store) -> Callable[[], list[str]]:
    """The log in words: `A first Talk 100 2024-01-02`."""

    def read() -> list[str]:
        rows = store.rows(LOG)
        return [" ".join(str(cell) for cell in row[:-1] if cell not in (None, "")) for row in rows]

    return read


Bring = Callable[..., ImportPlan]
Read = Callable[[], list[str]]


def test_salesforce_field_history(stories: list[Path], bring: Bring, log: Read) -> None:
    """Old values tell how it began; what changed together is one row.

    opportunity.csv:
    Id,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate,OwnerId
    0061,0011,Pump,Closed Won,120,2024-03-20,true,true,2024-01-02T09:00:00.000Z,0051
    0062,0011,Hose,Prospecting,50,2024-09-01,false,false,2024-01-03T09:00:00.000Z,0051
    history.csv:
    OpportunityId,Field,OldValue,NewValue,CreatedDate,CreatedById
    0061,created,,,2024-01-02T09:00:00.000Z,0051
    0061,StageName,Prospecting,Needs Analysis,2024-02-01T09:00:00.000Z,0051
    0061,Amount,100,120,2024-02-01T09:00:00.000Z,0051
    0061,StageName,Needs Analysis,Closed Won,2024-03-22T09:00:00.000Z,0051
    """
    plan = bring(stories)
    assert plan.profile.name == "salesforce"
    assert log() == [
        "0061 first Prospecting 100 2024-01-02",
        "0061 skip Needs Analysis 120 2024-02-01",
        "0061 won 120 2024-03-20",
        "0062 first Prospecting 50 2024-01-03",
    ]


def test_salesforce_history_report(stories: list[Path], bring: Bring, log: Read) -> None:
    """Only the report is there: from and to, month first, and a footer under it.

    report.csv:
    Opportunity Name,From Stage,To Stage,Amount,Probability (%),Close Date,Last Modified
    Pump,Prospecting,Qualification,"1,000.00",10%,3/20/2024,1/15/2024 4:05 PM
    Pump,Qualification,Closed Lost,"1,000.00",0%,3/20/2024,3/20/2024 4:05 PM
    Copyright (c) Acme
    """
    bring(stories)
    assert log() == [
        "Pump first Prospecting 1000 2024-01-15",
        "Pump next Qualification 1000 2024-01-15",
        "Pump lost 1000 2024-03-20",
    ]


def test_salesforce_report_of_opportunities(stories: list[Path], bring: Bring, log: Read) -> None:
    """Labels instead of API names, quoted, the outcome from the two standard stages.

    report.csv:
    "Opportunity ID","Opportunity Name","Stage","Amount","Close Date","Created Date","Account Name"
    "006A","Pump","Closed Won","1,000.00","3/20/2024","1/15/2024","Ajax"
    "006B","Hose","Value Proposition","","12/1/2024","2/1/2024","Ajax"
    """
    assert bring(stories).profile.name == "salesforce"
    assert log() == [
        "006A first Prospecting 1000 2024-01-15",
        "006A won 1000 2024-03-20",
        "006B first Value Proposition 2024-02-01",
    ]


def test_salesforce_stage_table_tells_what_closes(
    stories: list[Path], bring: Bring, log: Read
) -> None:
    """An org of its own words: without flags in the file, the stage table decides and orders.

    opportunity.csv:
    Id,AccountId,Name,StageName,Amount,CloseDate,CreatedDate
    1,A,Pump,Gold,10,2024-03-01,2024-01-01
    2,A,Hose,Bronze,10,2024-03-01,2024-01-01
    3,A,Tank,Dust,10,2024-03-01,2024-01-01
    stages.csv:
    ApiName,MasterLabel,SortOrder,IsActive,IsClosed,IsWon,DefaultProbability
    bronze,Bronze,1,true,false,false,20
    silver,Silver,2,true,false,false,40
    gold,Gold,3,true,true,true,100
    dust,Dust,4,true,true,false,0
    """
    plan = bring(stories)
    assert log() == [
        "1 first Bronze 10 2024-01-01",
        "1 won 10 2024-03-01",
        "2 first Bronze 10 2024-01-01",
        "3 first Bronze 10 2024-01-01",
        "3 lost 10 2024-03-01",
    ]
    assert plan.catalogue.stages["name"].tolist() == ["Bronze", "Silver"]


def test_hubspot_view_with_wide_dates(stories: list[Path], bring: Bring, log: Read) -> None:
    """Each column says when a stage was entered; the closed stages are among them.

    deals.csv:
    Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner,Date entered Appointment Scheduled (Sales Pipeline),hs_v2_date_entered_contractsent,hs_v2_date_entered_closedwon
    11,Pump,Closed Won,Sales Pipeline,500,2024-03-20 10:00,2024-01-02 10:00,Ann Bock,2024-01-02 10:00,2024-02-10 10:00,2024-03-20 10:00
    12,Hose,Contract Sent,Sales Pipeline,70,2024-09-20 10:00,2024-01-05 10:00,Ann Bock,2024-01-05 10:00,2024-02-11 10:00,
    """  # noqa: E501 - a table
    plan = bring(stories)
    assert plan.profile.name == "hubspot"
    assert log() == [
        "11 first Appointment Scheduled 500 2024-01-02",
        "11 skip Contract Sent 500 2024-02-10",
        "11 won 500 2024-03-20",
        "12 first Appointment Scheduled 70 2024-01-05",
        "12 skip Contract Sent 70 2024-02-11",
    ]
    assert list(plan.catalogue.new_cycles) == ["SALES PIPELINE"]


def test_hubspot_tables_of_fivetran(stories: list[Path], bring: Bring, log: Read) -> None:
    """Stage ids mean nothing without the table of pipeline stages; probabilities are of one.

    deal.csv:
    deal_id,deal_pipeline_id,deal_pipeline_stage_id,owner_id,property_dealname,property_amount,property_createdate,property_closedate
    1,p1,901,77,Pump,500,2024-01-02T08:00:00Z,2024-02-20T08:00:00Z
    deal_stage.csv:
    deal_id,value,date_entered,source,source_id,_fivetran_start,_fivetran_end,_fivetran_active
    1,900,2024-01-02T08:00:00Z,CRM,u,2024-01-02,2024-02-01,false
    1,901,2024-02-01T08:00:00Z,CRM,u,2024-02-01,9999-12-31,true
    deal_pipeline_stage.csv:
    stage_id,pipeline_id,label,display_order,is_closed,closed_won,probability
    900,p1,Talk,0,false,false,0.2
    901,p1,Offer,1,false,false,0.6
    902,p1,Signed,2,true,true,1.0
    owner.csv:
    owner_id,email,first_name,last_name
    77,ann@example.org,Ann,Bock
    """
    plan = bring(stories)
    assert log() == ["1 first Talk 500 2024-01-02", "1 next Offer 500 2024-02-01"]
    assert plan.catalogue.stages["chances"].tolist() == [20.0, 60.0]
    assert plan.new_owners["name"].tolist() == ["Ann Bock"]


def test_hubspot_property_history(stories: list[Path], bring: Bring, log: Read) -> None:
    """Versions without old values, newest first; internal ids mean the labels of the deals.

    deals.csv:
    Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date
    1,Pump,Qualified To Buy,90,2024-09-01,2024-01-02
    history.csv:
    Record ID,Property name,Value,Timestamp,Change source
    1,amount,90,2024-02-03T08:00:00Z,CRM_UI
    1,dealstage,qualifiedtobuy,2024-02-01T08:00:00Z,CRM_UI
    1,amount,80,2024-01-02T08:00:00Z,CRM_UI
    1,dealstage,appointmentscheduled,2024-01-02T08:00:00Z,CRM_UI
    1,hs_note,hello,2024-01-02T08:00:00Z,CRM_UI
    """
    plan = bring(stories)
    assert log() == [
        "1 first Appointment Scheduled 80 2024-01-02",
        "1 next Qualified To Buy 80 2024-02-01",
        "1 update Qualified To Buy 90 2024-02-03",
    ]
    assert plan.faults["reason"].tolist() == ["The field is not kept."]


def test_dynamics_grid(stories: list[Path], bring: Bring, log: Read) -> None:
    """“Export to Excel”: state and actual revenue; cancelled is lost, with the reason kept.

    grid.csv:
    (Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Potential Customer,Est. close date,Est. revenue,Probability,Pipeline Phase,Status,Status Reason,Owner,Actual Revenue,Actual Close Date,Created On
    a1,x,1/1/2024 10:00,Pump,Ajax,4/30/2024,"$1,000.00",40,2-Develop,Open,In Progress,Ann Bock,,,1/13/2024 10:00
    a2,x,1/1/2024 10:00,Hose,Ajax,4/30/2024,"$1,000.00",100,4-Close,Won,Won,Ann Bock,$900.00,4/20/2024,1/14/2024 10:00
    a3,x,1/1/2024 10:00,Tank,Bolt,4/30/2024,$500.00,0,1-Qualify,Lost,Canceled,Ann Bock,,4/25/2024,1/15/2024 10:00
    """  # noqa: E501 - a table
    plan = bring(stories)
    assert plan.profile.name == "dynamics"
    assert log() == [
        "a1 first Develop 1000 2024-01-13",
        "a2 first Close 1000 2024-01-14",
        "a2 won 1000 2024-04-20",
        "a3 first Qualify 500 2024-01-15",
        "a3 lost 500 2024-04-25",
    ]
    assert plan.transitions["won_amount"].dropna().tolist() == [900.0]
    assert plan.new_close_reasons["name"].tolist() == ["Won", "Canceled"]


def test_odoo_with_tracking_values(stories: list[Path], bring: Bring, log: Read) -> None:
    """Technical names; False is nothing; leads are no opportunities; tracking tells the stages.

    crm.csv:
    id,name,type,partner_id,stage_id,user_id,expected_revenue,probability,create_date,date_deadline,date_closed
    7,Pump,opportunity,Ajax,Won,Ann,100,100,2024-01-02 08:00:00,2024-03-01,2024-03-05 08:00:00
    8,Hose,opportunity,False,Qualified,Ann,50,30,2024-01-03 08:00:00,2024-09-01,
    9,Call me,lead,False,New,Ann,0,0,2024-01-03 08:00:00,,
    tracking.csv:
    res_id,field,old_value_char,new_value_char,create_date,author_id
    7,stage_id,New,Proposition,2024-02-02 08:00:00,3
    7,stage_id,Proposition,Won,2024-03-05 08:00:00,3
    """
    plan = bring(stories)
    assert plan.profile.name == "odoo"
    assert log() == [
        "7 first New 100 2024-01-02",
        "7 skip Proposition 100 2024-02-02",
        "7 won 100 2024-03-05",
        "8 first Qualified 50 2024-01-03",
    ]
    assert plan.faults["reason"].tolist() == ["It is a lead and no opportunity yet."]


def test_pipedrive_list_and_flow(stories: list[Path], bring: Bring, log: Read) -> None:
    """A status beside the stage: a stage changed after the win reopens nothing.

    deals.csv:
    id,title,value,currency,status,stage_id,pipeline_id,owner_id,org_id,add_time,won_time,expected_close_date
    5,Pump,300,EUR,won,2,1,10,4,2024-01-02T08:00:00Z,2024-03-02T08:00:00Z,2024-03-31
    flow.csv:
    id,item_id,user_id,field_key,old_value,new_value,log_time
    1,5,10,stage_id,1,2,2024-02-01 08:00:00
    2,5,10,value,200,300,2024-02-10 08:00:00
    3,5,10,status,open,won,2024-03-02 08:00:00
    4,5,10,stage_id,2,1,2024-03-05 08:00:00
    stages.csv:
    id,name,order_nr,pipeline_id,deal_probability
    1,Talk,1,1,20
    2,Offer,2,1,60
    """
    plan = bring(stories)
    assert plan.profile.name == "pipedrive"
    assert log() == [
        "5 first Talk 200 2024-01-02",
        "5 next Offer 200 2024-02-01",
        "5 update Offer 300 2024-02-10",
        "5 won 300 2024-03-02",
    ]
    assert plan.faults["row"].tolist() == [5]


def test_pipedrive_list_export(stories: list[Path], bring: Bring, log: Read) -> None:
    """Headers that begin with “Deal - ”, without any history; two currencies are never added.

    deals.csv:
    Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Deal created,Deal - Deal closed on,Deal - Lost reason
    1,Pump,Talk,Lost,100,EUR,2024-01-02 08:00:00,2024-02-02 08:00:00,Price
    2,Hose,Talk,Open,100,EUR,2024-01-03 08:00:00,,
    3,Tank,Offer,Open,100,USD,2024-01-04 08:00:00,,
    """  # noqa: E501 - a table
    plan = bring(stories)
    assert log() == [
        "1 first Talk 100 2024-01-02",
        "1 lost 100 2024-02-02",
        "2 first Talk 100 2024-01-03",
        "3 first Offer 2024-01-04",
    ]
    assert plan.faults["column"].tolist() == ["Deal - Currency of Value"]


def test_zoho_with_stage_history(stories: list[Path], bring: Bring, log: Read) -> None:
    """The history has no from-stage; each row is a stage that was entered.

    deals.csv:
    Record Id,Deal Name,Stage,Amount,Closing Date,Created Time,Account Name,Deal Owner
    zcrm_1,Pump,Closed Won,10,2024-03-01,2024-01-02 08:00:00,Ajax,Ann
    history.csv:
    Deal Id,Stage,Amount,Probability (%),Closing Date,Modified Time,Stage Duration (Calendar Days)
    zcrm_1,Qualification,10,10,2024-03-01,2024-01-02 08:00:00,30
    zcrm_1,Needs Analysis,10,20,2024-03-01,2024-02-01 08:00:00,28
    zcrm_1,Closed Won,10,100,2024-03-01,2024-03-01 08:00:00,
    """
    assert bring(stories).profile.name == "zoho"
    assert log() == [
        "zcrm_1 first Qualification 10 2024-01-02",
        "zcrm_1 next Needs Analysis 10 2024-02-01",
        "zcrm_1 won 10 2024-03-01",
    ]


def test_espocrm(stories: list[Path], bring: Bring, log: Read) -> None:
    """Names of attributes, semicolons, a formula sign guarded by an apostrophe, one deleted.

    opportunity.csv:
    id;name;amount;amountCurrency;stage;probability;closeDate;accountName;createdAt;deleted
    e1;'=Pump;10;EUR;Negotiation;80;2024-09-01;Ajax;2024-01-02 08:00:00;0
    e2;Hose;10;EUR;Proposal;50;2024-09-01;Ajax;2024-01-02 08:00:00;1
    """
    plan = bring(stories)
    assert plan.profile.name == "espocrm"
    assert log() == ["e1 first Negotiation 10 2024-01-02"]
    assert plan.opportunities["description"].tolist() == ["=Pump"]


def test_suitecrm_with_audit(stories: list[Path], bring: Bring, log: Read) -> None:
    """The table and its audit; the audit keeps the amount in dollars.

    opportunities.csv:
    id,name,amount,amount_usdollar,sales_stage,probability,date_closed,date_entered,assigned_user_id,deleted
    s1,Pump,100,110,Closed Lost,0,2024-04-01,2024-01-02 08:00:00,u1,0
    audit.csv:
    id,parent_id,date_created,created_by,field_name,data_type,before_value_string,after_value_string
    a1,s1,2024-02-01 08:00:00,u1,sales_stage,enum,Prospecting,Qualification
    a2,s1,2024-02-05 08:00:00,u1,amount_usdollar,currency,90,110
    a3,s1,2024-04-01 08:00:00,u1,sales_stage,enum,Qualification,Closed Lost
    """
    assert bring(stories).profile.name == "suitecrm"
    assert log() == [
        "s1 first Prospecting 90 2024-01-02",
        "s1 next Qualification 90 2024-02-01",
        "s1 update Qualification 110 2024-02-05",
        "s1 lost 110 2024-04-01",
    ]


def test_erpnext(stories: list[Path], bring: Bring, log: Read) -> None:
    """Converted is won; lines of instructions stand above the header.

    opportunity.csv:
    Data Export Template,,,,,,,,
    Notes:,,,,,,,,
    name,opportunity_from,party_name,customer_name,status,sales_stage,opportunity_amount,transaction_date,expected_closing
    CRM-OPP-1,Customer,C1,Ajax,Converted,Prospecting,100,2024-01-02,2024-03-01
    CRM-OPP-2,Customer,C1,Ajax,Quotation,Negotiation/Review,50,2024-01-03,2024-09-01
    """
    assert bring(stories).profile.name == "erpnext"
    assert log() == [
        "CRM-OPP-1 first Prospecting 100 2024-01-02",
        "CRM-OPP-1 won 100 2024-03-01",
        "CRM-OPP-2 first Negotiation/Review 50 2024-01-03",
    ]


def test_business_central_entries(stories: list[Path], bring: Bring, log: Read) -> None:
    """Dates without times: the entry number orders a day; the won amount is the current value.

    opportunities.csv:
    opportunityNo,opportunityDescription,opportunitySalesCycle,opportunityCreationDate,opportunityStatus
    OP1,Pump,NEW,2024-01-02,Won
    entries.csv:
    opportunityEntryEntryNo,opportunityEntryOpportunity,opportunityEntryActionTaken,opportunityEntryDateChange,opportunityEntrySalesCycleStageDescription,opportunityEntryEstValue,opportunityEntryCalcCurrentValue
    12,OP1,Next,2024-01-02,Offer,100,40
    11,OP1, ,2024-01-02,Talk,100,10
    13,OP1,Won,2024-02-01,,0,90
    """
    plan = bring(stories)
    assert plan.profile.name == "business_central"
    assert log()[:2] == ["OP1 first Talk 100 2024-01-02", "OP1 next Offer 100 2024-01-02"]
    assert plan.transitions["won_amount"].dropna().tolist() == [90.0]


def test_a_table_nobody_knows(stories: list[Path], bring: Bring, log: Read) -> None:
    """German headers, a decimal comma, a status that tells the outcome, no key.

    chancen.csv:
    Verkaufschance;Kunde;Verkäufer;Phase;Status;Betrag;Erstellt am;Abschlussdatum
    Pumpe;Ajax;Ann;Gespräch;offen;1.500,00;13.01.2024;01.12.2024
    Schlauch;Ajax;Ann;Angebot;gewonnen;50,4;14.01.2024;20.02.2024
    """
    plan = bring(stories)
    assert plan.profile.name == "generic"
    assert [line.split(" ", 1)[1] for line in sorted(log(), key=lambda line: line[-10:])] == [
        "first Gespräch 1500 2024-01-13",
        "first Angebot 50 2024-01-14",
        "won 50 2024-02-20",
    ]
    again = bring(stories)
    assert again.already_there == 2


def test_a_history_nobody_knows(stories: list[Path], bring: Bring, log: Read) -> None:
    """Keys repeat, each with a moment: stages entered; the order is that in which lives go.

    moves.csv:
    Deal ID,Stage,Date Entered,Amount
    1,Talk,2024-01-02,10
    1,Offer,2024-01-09,10
    2,Talk,2024-01-03,20
    2,Test,2024-01-05,20
    2,Offer,2024-01-08,20
    2,Signed,2024-01-30,20
    """
    bring(stories, won=("Signed",))
    assert log() == [
        "1 first Talk 10 2024-01-02",
        "1 skip Offer 10 2024-01-09",
        "2 first Talk 20 2024-01-03",
        "2 next Test 20 2024-01-05",
        "2 next Offer 20 2024-01-08",
        "2 won 20 2024-01-30",
    ]


def test_rows_teach_what_a_stage_means(stories: list[Path], bring: Bring, log: Read) -> None:
    """No stage table, but flags: every row in Gold is won, so Gold in the history is the win.

    opportunity.csv:
    Id,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate
    1,A,Pump,Gold,10,2024-03-01,true,true,2024-01-01
    2,A,Hose,Bronze,10,2024-09-01,false,false,2024-01-01
    history.csv:
    OpportunityId,StageName,Amount,CloseDate,Probability,CreatedDate
    1,Bronze,10,2024-03-01,10,2024-01-01T08:00:00Z
    1,Gold,10,2024-03-01,100,2024-03-01T08:00:00Z
    2,Bronze,10,2024-09-01,10,2024-01-01T08:00:00Z
    """
    bring(stories)
    assert log() == [
        "1 first Bronze 10 2024-01-01",
        "1 won 10 2024-03-01",
        "2 first Bronze 10 2024-01-01",
    ]


def test_a_table_that_tells_open_from_closed_and_no_more(
    stories: list[Path], bring: Bring, log: Read
) -> None:
    """Without stages there is one; a column “closed” holds days here, and an odd status is asked.

    deals.csv:
    id,name,status,value,created,closed
    1,a,open,5,2024-01-01,
    2,b,won,6,2024-01-01,2024-02-01
    3,c,odd,7,2024-01-01,2024-02-02
    """
    plan = bring(stories)
    assert log() == [
        "1 first In progress 5 2024-01-01",
        "2 first In progress 6 2024-01-01",
        "2 won 6 2024-02-01",
    ]
    assert plan.faults[["row", "column", "text"]].to_numpy().tolist() == [[4, "status", "odd"]]


def test_stages_that_only_sound_like_closing_are_asked_about(
    stories: list[Path], bring: Bring
) -> None:
    """Nothing but the names speaks for it; the refusal says how to answer.

    deals.csv:
    id,name,stage,value,created,closed
    1,a,Talk,5,2024-01-01,
    2,b,Closed Won,6,2024-01-01,2024-02-01
    """
    with pytest.raises(OutcomeUnknownError, match="--won “Closed Won”") as asked:
        bring(stories)
    assert asked.value.won == ("Closed Won",)
    plan = bring(stories, won=asked.value.won)
    assert plan.totals()["standing"].tolist() == ["IMPORTED: Talk", "won"]


def test_salesforces_short_and_long_keys_are_the_same(
    stories: list[Path], bring: Bring, log: Read
) -> None:
    """The report gives fifteen characters, the history eighteen; case counts in the short ones.

    report.csv:
    Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Created Date
    006bm00000LKJNN,Pump,Qualification,10,12/31/2024,1/15/2024
    006bm00000LKJNn,Hose,Prospecting,20,12/31/2024,1/15/2024
    history.csv:
    OpportunityId,StageName,Amount,CloseDate,Probability,CreatedDate
    006bm00000LKJNNAA5,Prospecting,10,2024-12-31,10,2024-01-15T08:00:00Z
    006bm00000LKJNNAA5,Qualification,10,2024-12-31,10,2024-02-01T08:00:00Z
    """
    plan = bring(stories)
    assert plan.faults.empty
    assert [line.split(" ", 1)[1] for line in log()] == [
        "first Prospecting 10 2024-01-15",
        "next Qualification 10 2024-02-01",
        "first Prospecting 20 2024-01-15",
    ]
