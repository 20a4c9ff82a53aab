-- a row is a transition of one opportunity, retracted ones too, newest first
select
    transitions.nth,
    transitions.action,
    transitions.stage,
    transitions.from_stage,
    transitions.amount,
    transitions.weighted_amount,
    transitions.chances_percent,
    transitions.probability_percent,
    transitions.expected_close_on,
    transitions.owner_code,
    transitions.contact_no,
    transitions.close_reason_code,
    transitions.forecast_category,
    transitions.valid_from,
    transitions.valid_to,
    transitions.recorded_at,
    transitions.recorded_by,
    transitions.retracted_at,
    transitions.retracted_by,
    transitions.note,
    transitions.batch_id
from transitions
where transitions.opportunity_id = $opportunity_id
order by transitions.nth desc, transitions.recorded_at desc
