-- A row is one of the periods ($starts, $ends) with what stands as won in it on the as-of day.
with
periods as (

    select unnest($starts::date[]) as period_from, unnest($ends::date[]) as period_to

),

wins as (

    select expected_close_on as won_on, weighted_amount
    from figures
    where stage = 0
    and probability_percent > 0

)

select
    period_from,
    period_to,
    count(won_on) as won,
    coalesce(cast(sum(weighted_amount) as double), 0) as actual_amount
from periods
left join wins on won_on between period_from and period_to
group by period_from, period_to
order by period_from
