-- A row is a started opportunity as it stood at the end of a day: opportunities_on(date '2026-01-28').
select
    opportunities.opportunity_no,
    opportunities.description,
    transitions.contact_no,
    transitions.owner_code,
    transitions.cycle_code,
    nullif(transitions.stage, 0) as stage,
    stages.description as stage_description,
    case
        when transitions.stage > 0 then 'in progress'
        when transitions.probability_percent > 0 then 'won'
        else 'lost'
    end as status,
    transitions.amount,
    transitions.chances_percent,
    transitions.completed_percent,
    transitions.probability_percent,
    transitions.weighted_amount,
    transitions.expected_close_on,
    transitions.forecast_category,
    transitions.close_reason_code,
    transitions.path,
    opportunities.created_on,
    transitions.valid_from as standing_since
from $store.transitions
inner join $store.opportunities using (opportunity_id)
left join $store.stages
    on stages.cycle_code = transitions.cycle_code
    and stages.stage = transitions.stage
where transitions.retracted_at is null
and transitions.valid_from <= cast(as_of as date)
and (transitions.valid_to is null or transitions.valid_to > cast(as_of as date))
