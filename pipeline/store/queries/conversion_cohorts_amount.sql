-- A row is how often opportunities of one cycle, created in one month or quarter ($unit), came
-- from one furthest place to a further one, with the amount of that day, by the furthest place
-- they ever came to and how they ended. What was won without coming to the last place came to
-- all that were left on the day it was won (to_high is null).
with
/* _highs */,

-- narrow, because every crossing is held against it: status is 0 in progress, 1 lost, 2 won
ends as materialized (

    select
        opportunity_id,
        high,
        cast(case when stage > 0 then 0 when probability_percent > 0 then 2 else 1 end as tinyint)
            as status,
        cast(date_trunc($unit, created_on) as date) as cohort_on
    from standing
    inner join highs using (cycle_code, path)
    inner join (
        select opportunity_id, created_on
        from present
        where created_on >= coalesce($from_on, created_on)
        and created_on <= coalesce($to_on, created_on)
    ) as created using (opportunity_id)

),

crossings as not materialized (

    select opportunity_id, cycle_code, before_high as from_high, high as to_high, amount
    from log
    inner join highs using (cycle_code, path)
    where action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of
    and high > before_high

),

counted as not materialized (

    select
        cohort_on,
        cycle_code,
        from_high,
        to_high,
        high,
        status,
        count(*) as opportunities,
        sum(amount) as amount,
        count(*) - count(amount) as without_amount
    from crossings
    inner join ends using (opportunity_id)
    group by cohort_on, cycle_code, from_high, to_high, high, status

    union all

    select
        cohort_on,
        cycle_code,
        high,
        null,
        high,
        status,
        count(*),
        sum(amount),
        count(*) - count(amount)
    from ends
    inner join (select opportunity_id, cycle_code, amount from standing where stage = 0) as closed
        using (opportunity_id)
    where status = 2
    group by cohort_on, cycle_code, high, status

)

select
    cohort_on,
    cycle_code,
    from_high,
    to_high,
    high as high_position,
    case status when 0 then 'in progress' when 1 then 'lost' else 'won' end as status,
    opportunities,
    amount,
    without_amount
from counted
