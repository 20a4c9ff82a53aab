-- A row is an opportunity as it stands now; deleted ones are left out.
select
    opportunities.opportunity_no,
    opportunities.description,
    opportunities.contact_no,
    contacts.name as contact_name,
    opportunities.company_no,
    opportunities.owner_code,
    salespeople.name as owner_name,
    salespeople.team_code,
    opportunities.cycle_code,
    opportunities.stage,
    stages.description as stage_description,
    opportunities.status,
    opportunities.amount,
    opportunities.chances_percent,
    opportunities.completed_percent,
    opportunities.probability_percent,
    opportunities.weighted_amount,
    opportunities.expected_close_on,
    opportunities.forecast_category,
    opportunities.close_reason_code,
    opportunities.priority,
    opportunities.campaign_no,
    opportunities.source,
    opportunities.path,
    opportunities.created_on,
    opportunities.started_on,
    opportunities.stage_since as entered_on,
    opportunities.standing_since,
    opportunities.closed_on
from $store.opportunities
left join $store.contacts using (contact_no)
left join $store.salespeople on salespeople.owner_code = opportunities.owner_code
left join $store.stages
    on stages.cycle_code = opportunities.cycle_code
    and stages.stage = opportunities.stage
where opportunities.removed_on is null
