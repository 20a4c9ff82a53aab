-- A row is the opportunities of one part (owner, cycle, month of closing; null: undivided) that
-- were closed in the period for one reason. A closed opportunity is expected to close on the day
-- it was closed. `amount` is the won amount, or the last open amount of a lost one.
with
closed as not materialized (

    select
        case $by
            when 'cycle' then cycle_code
            when 'owner' then owner_code
            when 'month' then cast(date_trunc('month', expected_close_on) as varchar)
        end as part,
        case when probability_percent > 0 then 'won' else 'lost' end as outcome,
        close_reason_code,
        case when probability_percent > 0 then weighted_amount else amount end as final_amount
    from standing
    where stage = 0
    and ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)

),

reasons as not materialized (

    select part, outcome, close_reason_code, count(*) as opportunities,
        sum(final_amount) as amount, count(*) - count(final_amount) as without_amount
    from closed
    group by part, outcome, close_reason_code

)

select
    reasons.*,
    coalesce(close_reasons.description, '') as close_reason_description,
    coalesce(close_reasons.in_win_rate, true) as in_win_rate
from reasons
left join close_reasons using (close_reason_code)
