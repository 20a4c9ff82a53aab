-- A row is the opportunities of one cycle that were created in one month or quarter ($unit), or
-- first reached a stage in it, and took the same path to the same state. Of those that reached a
-- stage, `amount` is what they bore on that day; of the others it is not read.
with
/* _crossed */,

cohorts as not materialized (

    select opportunity_id, created_on as began_on, cast(null as decimal(18, 2)) as amount
    from present
    where $crossed_stage is null

    union all

    select opportunity_id, reached_on, amount
    from crossed

)

select
    cast(date_trunc($unit, began_on) as date) as cohort_on,
    cycle_code,
    path,
    case when standing.stage > 0 then 'in progress' when probability_percent > 0 then 'won'
        else 'lost' end as status,
    count(*) as opportunities,
    sum(cohorts.amount) as amount,
    count(*) - count(cohorts.amount) as without_amount
from standing
inner join cohorts using (opportunity_id)
where began_on >= coalesce($from_on, began_on)
and began_on <= coalesce($to_on, began_on)
group by cohort_on, cycle_code, path, status
