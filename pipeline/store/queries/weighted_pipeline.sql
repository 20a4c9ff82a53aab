-- A row is the opportunities in progress of one cycle and stage that are expected to close in one
-- month (null: no date is set), those inside the window only when the scope has one.
with
opened as not materialized (

    select opportunity_id, created_on from present

),

open_ones as not materialized (

    select *, expected_close_on < $as_of as is_overdue
    from standing
    where stage > 0
    and ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)

)

select
    cycle_code,
    stage,
    date_trunc('month', expected_close_on) as expected_month,
    count(*) as opportunities,
    sum(amount) as amount,
    sum(weighted_amount) as weighted_amount,
    count(*) - count(amount) as without_amount,
    count(*) filter (is_overdue) as overdue,
    sum(amount) filter (is_overdue) as overdue_amount,
    sum(cast($as_of as date) - created_on) as age_days_sum
from open_ones
inner join opened using (opportunity_id)
group by cycle_code, stage, expected_month
