-- A row is an uninterrupted time of an opportunity in a stage; updates do not split it. Deleted
-- opportunities are left out.
with
turns as (

    select
        opportunities.opportunity_no,
        transitions.cycle_code,
        transitions.stage,
        transitions.owner_code,
        transitions.valid_from as entered_on,
        lead(transitions.valid_from) over turn as left_on,
        lead(transitions.action) over turn as left_by
    from $store.transitions
    inner join $store.opportunities using (opportunity_id)
    where transitions.retracted_at is null
    and opportunities.removed_on is null
    and transitions.action not in ('update', 'reassign', 'edit')
    window turn as (partition by transitions.opportunity_id order by transitions.nth)

)

select
    turns.opportunity_no,
    turns.cycle_code,
    turns.stage,
    stages.description as stage_description,
    turns.owner_code,
    turns.entered_on,
    turns.left_on,
    turns.left_by,
    date_diff('day', turns.entered_on, turns.left_on) as stay_days
from turns
left join $store.stages using (cycle_code, stage)
where turns.stage > 0
