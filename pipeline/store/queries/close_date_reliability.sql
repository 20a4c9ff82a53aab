-- A row is the opportunities of one owner that were closed in the period in one way: how many were
-- in progress with a date some days before they closed, and how many closed on or before that date.
with
closed as (

    select
        opportunity_id,
        owner_code,
        case when probability_percent > 0 then 'won' else 'lost' end as outcome,
        expected_close_on as closed_on
    from standing
    where stage = 0
    and ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)

),

stated as (

    select
        log.opportunity_id,
        bool_or(closed_on <= log.expected_close_on) as in_time,
        max(closed_on - log.expected_close_on) as late_days
    from log
    inner join closed using (opportunity_id)
    where log.stage > 0
    and log.valid_from <= closed_on - $days_before
    and log.valid_to > closed_on - $days_before
    and log.expected_close_on is not null
    group by log.opportunity_id

)

select
    owner_code,
    outcome,
    count(*) as closed,
    count(in_time) as stated,
    count(*) filter (in_time) as in_time,
    coalesce(sum(late_days), 0) as late_days
from closed
left join stated using (opportunity_id)
group by owner_code, outcome
