-- A row is the sum of the pipeline at one end of the period, or of one kind of change between:
-- every event one by one, the two ends compared, and what the comparison does not see.
with
/* _changes */,

/* _ends */,

standing_at_ends as not materialized (

    select
        valid_from < $from_on and (valid_to is null or valid_to >= $from_on) as at_start,
        valid_to is null or valid_to > $to_on as at_end,
        amount
    from log
    where valid_from <= $to_on
    and (valid_to is null or valid_to >= $from_on)
    and stage > 0
    and amount is not null
    and /* _in_window *//* inside the scope */

),

ends_summed as materialized (

    select
        count(*) filter (at_start) as start_count,
        coalesce(sum(amount) filter (at_start), 0) as start_amount,
        count(*) filter (at_end) as end_count,
        coalesce(sum(amount) filter (at_end), 0) as end_amount
    from standing_at_ends

)

select 'ends' as kind, 'start' as step, 0 as way, 0 as side,
    start_count as transitions, start_amount as delta
from ends_summed

union all

select 'ends', 'end', 0, 0, end_count, end_amount
from ends_summed

union all

select 'events', step, sign(delta), side, count(*), sum(delta)
from steps
group by all

union all

select 'comparison', step, sign(end_amount - start_amount), side, count(*),
    sum(end_amount - start_amount)
from ends
where end_amount <> start_amount
group by all

union all

select 'hidden', case when start_amount = 0 and end_amount = 0 then 'through' else 'back' end,
    0, 0, count(*), sum(least(came, went))
from ends
where came > 0 and went > 0
group by all
