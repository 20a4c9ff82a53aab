-- A row is the complete standing of an opportunity from one day until its next row; what was taken
-- back is left out, what belongs to a deleted opportunity ends on the day it was deleted.
select
    opportunities.opportunity_no,
    transitions.nth,
    transitions.action,
    transitions.cycle_code,
    nullif(transitions.stage, 0) as stage,
    stages.description as stage_description,
    nullif(transitions.from_stage, 0) as from_stage,
    transitions.path,
    transitions.amount,
    transitions.chances_percent,
    transitions.completed_percent,
    transitions.probability_percent,
    transitions.weighted_amount,
    transitions.expected_close_on,
    transitions.owner_code,
    transitions.contact_no,
    transitions.forecast_category,
    transitions.close_reason_code,
    transitions.valid_from,
    transitions.valid_to,
    transitions.recorded_at,
    transitions.recorded_by,
    transitions.note
from $store.transitions
inner join $store.opportunities using (opportunity_id)
left join $store.stages
    on stages.cycle_code = transitions.cycle_code
    and stages.stage = transitions.stage
where transitions.retracted_at is null
