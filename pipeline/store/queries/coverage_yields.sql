-- A row is one of the past periods ($firsts, $lasts) on the day of it that is looked at ($days):
-- what stood in progress with its expected close date inside it, what of that was won in the rest
-- of the period, and what began in the rest and was won in it.
with
past_periods as materialized (

    select
        unnest($firsts) as first_on,
        unnest($lasts) as last_on,
        unnest($days) as day_on

),

-- Each day of the periods with its period: finding it by the day is many times faster than
-- comparing every row with both ends of every period.
days as materialized (

    select cast(unnest(range(first_on, last_on + 1, interval 1 day)) as date) as day, *
    from past_periods

),

looked_at as not materialized (

    select first_on, opportunity_id, amount, true as stood
    from (
        select opportunity_id, amount, expected_close_on as day, valid_from, valid_to
        from log
        where stage > 0
        and valid_from <= $last_day
        and (valid_to is null or valid_to > $first_day)
        and expected_close_on between $first_day and $last_day/* inside the scope */
    ) as open_rows
    inner join days using (day)
    where valid_from <= day_on
    and (valid_to is null or valid_to > day_on)

    union all

    select first_on, opportunity_id, amount, false as stood
    from (
        select opportunity_id, amount, valid_from as day
        from log
        where from_stage = 0
        and action <> 'reopen'
        and valid_from between $first_day and $last_day/* inside the scope */
    ) as first_rows
    inner join days using (day)
    where day > day_on

),

won as materialized (

    select opportunity_id, won_amount, first_on, day > day_on as is_late
    from (
        select opportunity_id, weighted_amount as won_amount, expected_close_on as day
        from figures
        where stage = 0
        and probability_percent > 0
        and expected_close_on between $first_day and $last_day
    ) as won_rows
    inner join days using (day)

),

of_looked_at as not materialized (

    select
        looked_at.first_on,
        count(*) filter (stood) as open_then,
        sum(amount) filter (stood) as open_then_amount,
        sum(won_amount) filter (stood) as open_won_amount,
        count(*) filter (not stood) as begun_after,
        sum(amount) filter (not stood) as begun_amount,
        sum(won_amount) filter (not stood) as begun_won_amount
    from looked_at
    left join (select * from won where is_late) as late
        on late.opportunity_id = looked_at.opportunity_id
        and late.first_on = looked_at.first_on
    group by looked_at.first_on

),

of_period as not materialized (

    select first_on, count(*) as won, sum(won_amount) as won_amount
    from won
    group by first_on

)

select
    past_periods.first_on,
    past_periods.last_on,
    past_periods.day_on,
    coalesce(open_then, 0) as open_then,
    coalesce(open_then_amount, 0) as open_then_amount,
    coalesce(open_won_amount, 0) as open_won_amount,
    coalesce(begun_after, 0) as begun_after,
    coalesce(begun_amount, 0) as begun_amount,
    coalesce(begun_won_amount, 0) as begun_won_amount,
    coalesce(won, 0) as won,
    coalesce(won_amount, 0) as won_amount
from past_periods
left join of_looked_at using (first_on)
left join of_period using (first_on)
order by first_on
