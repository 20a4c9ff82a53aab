-- A row is how often opportunities left one stage for another, or were won or lost in it, in the
-- period; by month or quarter of leaving where $unit names one. Those deleted by the day are out.
with
exits as not materialized (

    select opportunity_id, cycle_code, from_stage, stage, action, valid_from, amount
    from log
    where action in ('next', 'previous', 'skip', 'jump', 'won', 'lost')
    and from_stage > 0
    and valid_from <= $as_of
    and valid_from >= coalesce($from_on, valid_from)
    and valid_from <= coalesce($to_on, valid_from)

),

counted as not materialized (

    select exits.*
    from exits
    anti join absent using (opportunity_id)
    where not $narrowed

    union all

    select exits.*
    from exits
    semi join standing using (opportunity_id)
    where $narrowed

)

select
    case when $unit is not null then cast(date_trunc($unit, valid_from) as date) end as cohort_on,
    cycle_code,
    from_stage,
    stage,
    case when stage > 0 then 'moved' else action end as way,
    count(*) as exits,
    sum(amount) as amount,
    count(*) - count(amount) as without_amount
from counted
group by cohort_on, cycle_code, from_stage, stage, way
