-- A row is the opportunities of one cycle that were lost in the period after the same path, for
-- the same reason. `amount` is the last open amount.
with
lost as not materialized (

    select
        cycle_code,
        path,
        close_reason_code,
        count(*) as opportunities,
        sum(amount) as amount,
        count(*) - count(amount) as without_amount
    from standing
    where stage = 0
    and probability_percent = 0
    and ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)
    group by cycle_code, path, close_reason_code

)

select
    lost.*,
    coalesce(close_reasons.description, '') as close_reason_description,
    coalesce(close_reasons.in_win_rate, true) as in_win_rate
from lost
left join close_reasons using (close_reason_code)
