-- A row is a closing: an opportunity that was reopened and closed again has several. Deleted
-- opportunities are left out.
select
    opportunities.opportunity_no,
    transitions.action as outcome,
    transitions.valid_from as closed_on,
    transitions.valid_to as reopened_on,
    transitions.close_reason_code,
    close_reasons.description as close_reason_description,
    close_reasons.in_win_rate,
    transitions.amount,
    transitions.weighted_amount as won_amount,
    transitions.owner_code,
    transitions.contact_no,
    transitions.cycle_code,
    nullif(transitions.from_stage, 0) as from_stage,
    transitions.path,
    opportunities.created_on,
    date_diff('day', opportunities.created_on, transitions.valid_from) as cycle_days
from $store.transitions
inner join $store.opportunities using (opportunity_id)
left join $store.close_reasons
    on close_reasons.close_reason_code = transitions.close_reason_code
where transitions.retracted_at is null
and transitions.action in ('won', 'lost')
and opportunities.removed_on is null
