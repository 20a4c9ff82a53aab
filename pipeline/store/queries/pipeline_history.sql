-- A row is what stands in one stage of one cycle from the end of one month or week on, until the
-- next row of the stage: one running sum of what came in less what went out.
with
-- by day first: to group millions of rows by a day is cheaper than to find the month of each
movements as not materialized (

    select cycle_code, stage, $first_unit as day, count(*) as opportunities,
        sum(amount) as amount, sum(weighted_amount) as weighted_amount,
        count(*) - count(amount) as without_amount
    from log
    where valid_from < $first_unit
    and (valid_to is null or valid_to >= $first_unit)
    and stage > 0/* inside the scope */
    group by cycle_code, stage

    union all

    select cycle_code, stage, valid_from, count(*), sum(amount), sum(weighted_amount),
        count(*) - count(amount)
    from log
    where valid_from between $first_unit and $to_on
    and stage > 0/* inside the scope */
    group by cycle_code, stage, valid_from

    union all

    select cycle_code, stage, valid_to, -count(*), -sum(amount), -sum(weighted_amount),
        count(amount) - count(*)
    from log
    where valid_to between $first_unit and $to_on
    and stage > 0/* inside the scope */
    group by cycle_code, stage, valid_to

),

moved as not materialized (

    select
        cycle_code,
        stage,
        cast(date_trunc($unit, cast(day as date)) as date) as unit,
        sum(opportunities) as opportunities,
        coalesce(sum(amount), 0) as amount,
        coalesce(sum(weighted_amount), 0) as weighted_amount,
        sum(without_amount) as without_amount
    from movements
    group by all

)

select
    cycle_code,
    stage,
    unit,
    sum(opportunities) over so_far as opportunities,
    sum(amount) over so_far as amount,
    sum(weighted_amount) over so_far as weighted_amount,
    sum(without_amount) over so_far as without_amount
from moved
window so_far as (partition by cycle_code, stage order by unit)
