-- The one row: what is open on the as-of day, and what was won and lost in the period, with the
-- sums that its mean amount and mean length follow from.
with
closed as not materialized (

    select
        opportunity_id,
        probability_percent > 0 as is_won,
        weighted_amount as won_amount,
        expected_close_on as closed_on,
        close_reason_code
    from standing
    where stage = 0
    and expected_close_on between $from_on and $to_on

),

judged as (

    select
        is_won,
        won_amount,
        closed_on - created_on as days,
        coalesce(in_win_rate, true) as in_win_rate
    from closed
    inner join (select opportunity_id, created_on from present) as created using (opportunity_id)
    left join close_reasons using (close_reason_code)

)

select
    (select count(*) from standing where stage > 0) as open_at_end,
    count(*) filter (is_won and in_win_rate) as won,
    count(*) filter (not is_won and in_win_rate) as lost,
    count(*) filter (not in_win_rate) as outside_win_rate,
    count(won_amount) filter (is_won and in_win_rate) as won_with_amount,
    coalesce(sum(won_amount) filter (is_won and in_win_rate), 0) as won_amount,
    coalesce(sum(days) filter (is_won and in_win_rate), 0) as won_days
from judged
