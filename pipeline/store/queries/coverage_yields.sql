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

standing_then as not materialized (

    select past_periods.first_on, last_on, day_on, opportunity_id, amount
    from (
        select opportunity_id, amount, expected_close_on, valid_from, valid_to
        from log
        where stage > 0
        and valid_from <= $last_day
        and (valid_to is null or valid_to > $first_day)
        and expected_close_on between $first_day and $last_day/* inside the scope */
    ) as open_rows
    inner join past_periods
        on expected_close_on between first_on and last_on
        and valid_from <= day_on
        and (valid_to is null or valid_to > day_on)

),

begun as not materialized (

    select past_periods.first_on, last_on, day_on, opportunity_id, amount
    from (
        select opportunity_id, amount, valid_from
        from log
        where from_stage = 0
        and action <> 'reopen'
        and valid_from between $first_day and $last_day/* inside the scope */
    ) as first_rows
    inner join past_periods on valid_from > day_on and valid_from <= last_on

),

won as not materialized (

    select opportunity_id, weighted_amount as won_amount, expected_close_on as won_on
    from log
    where stage = 0
    and probability_percent > 0
    and valid_from <= $as_of
    and (valid_to is null or valid_to > $as_of)
    and expected_close_on between $first_day and $last_day/* inside the scope */

),

of_open as not materialized (

    select
        first_on,
        count(*) as open_then,
        coalesce(sum(amount), 0) as open_then_amount,
        coalesce(sum(won_amount) filter (won_on > day_on and won_on <= last_on), 0)
            as open_won_amount
    from standing_then
    left join won using (opportunity_id)
    group by first_on

),

of_begun as not materialized (

    select
        first_on,
        count(*) as begun_after,
        coalesce(sum(amount), 0) as begun_amount,
        coalesce(sum(won_amount) filter (won_on > day_on and won_on <= last_on), 0)
            as begun_won_amount
    from begun
    left join won using (opportunity_id)
    group by first_on

),

of_period as not materialized (

    select
        first_on,
        count(*) as won,
        sum(won_amount) as won_amount
    from won
    inner join past_periods on won_on between first_on and last_on
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
left join of_open using (first_on)
left join of_begun using (first_on)
left join of_period using (first_on)
order by first_on
