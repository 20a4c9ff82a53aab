-- A row is the opportunities that counted at one end of the period in one forecast category, or,
-- of those the period touched, in one at its start and one at its end, with the leading cause.
with
/* _changes */,

/* _ends */

select
    'start' as kind,
    /* _category */ as start_category,
    null as end_category,
    '' as step,
    0 as side,
    count(*) as opportunities,
    sum(amount) as start_amount,
    sum(0) as end_amount,
    sum(0) as kept_amount
from log
left join stage_categories using (cycle_code, stage)
where valid_from < $from_on
and (valid_to is null or valid_to >= $from_on)
and stage > 0
and amount <> 0
and /* _in_window *//* inside the scope */
group by all

union all

select
    case
        when end_amount = 0 then 'left'
        when start_amount = 0 then 'came'
        else 'stayed'
    end,
    case when start_amount <> 0 then start_category end,
    case when end_amount <> 0 then end_category end,
    case when end_amount = 0 or start_amount = 0 then step else '' end,
    case when end_amount = 0 or start_amount = 0 then side else 0 end,
    count(*),
    sum(start_amount),
    sum(end_amount),
    sum(least(start_amount, end_amount))
from ends
where start_amount <> 0 or end_amount <> 0
group by all
