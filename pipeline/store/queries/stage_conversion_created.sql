-- A row is the opportunities of one cycle, created in the period, that took the same path to the
-- same state.
with
cohort as (

    select opportunity_id
    from present
    where created_on between coalesce($from_on, date '0001-01-01') and coalesce($to_on, $as_of)

)

select
    cycle_code,
    path,
    case when stage > 0 then 'in progress' when probability_percent > 0 then 'won' else 'lost' end
        as status,
    count(*) as opportunities
from standing
semi join cohort using (opportunity_id)
group by cycle_code, path, status
