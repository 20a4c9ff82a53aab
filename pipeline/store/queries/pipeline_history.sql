-- A row is what stands in one stage of one cycle from the end of one month or week on, until the
-- next row of the stage: one running sum of what came in less what went out.
with
-- the stay of a row in months or weeks; what came or went before the first is taken as its own
spans as not materialized (

    select
        cycle_code,
        stage,
        greatest(date_trunc($unit, valid_from), $first_unit) as came_in,
        case when valid_to <= $to_on then greatest(date_trunc($unit, valid_to), $first_unit) end
            as went_in,
        amount,
        weighted_amount
    from log
    where valid_from <= $to_on
    and (valid_to is null or valid_to >= $first_unit)
    and stage > 0/* inside the scope */

),

-- what came and went inside one month or week is no part of its end
crossing as not materialized (

    select * from spans where went_in is null or came_in <> went_in

),

movements as not materialized (

    select cycle_code, stage, came_in as unit, count(*) as opportunities, sum(amount) as amount,
        sum(weighted_amount) as weighted_amount, count(*) - count(amount) as without_amount
    from crossing
    group by cycle_code, stage, came_in

    union all

    select cycle_code, stage, went_in, -count(*), -sum(amount), -sum(weighted_amount),
        count(amount) - count(*)
    from crossing
    where went_in is not null
    group by cycle_code, stage, went_in

),

moved as not materialized (

    select
        cycle_code,
        stage,
        unit,
        sum(opportunities) as opportunities,
        coalesce(sum(amount), 0) as amount,
        coalesce(sum(weighted_amount), 0) as weighted_amount,
        sum(without_amount) as without_amount
    from movements
    group by cycle_code, stage, unit

)

select
    cycle_code,
    stage,
    cast(unit as date) as unit,
    sum(opportunities) over so_far as opportunities,
    sum(amount) over so_far as amount,
    sum(weighted_amount) over so_far as weighted_amount,
    sum(without_amount) over so_far as without_amount
from moved
window so_far as (partition by cycle_code, stage order by unit)
