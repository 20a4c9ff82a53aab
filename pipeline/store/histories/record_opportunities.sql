-- A row is one opportunity with a copy of its newest transition; without one it is not started.
insert into opportunities by name
select
    opportunity.opportunity_id,
    opportunity.opportunity_no,
    opportunity.description,
    coalesce(newest.contact_no, opportunity.contact_no) as contact_no,
    opportunity.company_no,
    coalesce(newest.owner_code, opportunity.owner_code) as owner_code,
    opportunity.cycle_code,
    opportunity.campaign_no,
    opportunity.priority,
    $source as source,
    opportunity.external_id,
    opportunity.created_on,
    coalesce(opportunity.created_at, newest.first_recorded_at, $recorded_at) as created_at,
    coalesce(opportunity.created_by, newest.first_recorded_by, $recorded_by) as created_by,
    $batch_id as batch_id,
    coalesce(newest.status, 'not started') as status,
    newest.stage,
    newest.amount,
    coalesce(newest.chances_percent, 0) as chances_percent,
    coalesce(newest.completed_percent, 0) as completed_percent,
    coalesce(newest.probability_percent, 0) as probability_percent,
    newest.weighted_amount,
    newest.expected_close_on,
    newest.forecast_category,
    newest.close_reason_code,
    coalesce(newest.path, '') as path,
    newest.started_on,
    newest.valid_from as standing_since,
    case when newest.status = 'in progress' then newest.stage_since end as stage_since,
    case when newest.status in ('won', 'lost') then newest.valid_from end as closed_on,
    coalesce(newest.nth, 0) as last_nth,
    1 + coalesce(newest.nth, 0) as version
from history_opportunities as opportunity
left join history_transitions as newest
    on newest.opportunity_id = opportunity.opportunity_id
    and newest.is_newest
order by opportunity.opportunity_id
