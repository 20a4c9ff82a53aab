-- A row is the opportunities of one owner that were closed in the period: how many were in progress
-- with a date some days before they closed, and how many closed on or before that date.
with
closed as not materialized (

    select
        opportunity_id,
        owner_code,
        expected_close_on as closed_on
    from standing
    where stage = 0
    and ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)

),

-- an opportunity has one row on a day, so that none is counted twice
stated as (

    select
        closed.owner_code,
        count(*) as stated,
        count(*) filter (closed_on <= log.expected_close_on) as in_time,
        sum(closed_on - log.expected_close_on) as late_days
    from log
    inner join closed using (opportunity_id)
    where log.stage > 0
    and log.valid_from <= closed_on - $days_before
    and log.valid_to > closed_on - $days_before
    and log.expected_close_on is not null
    group by closed.owner_code

),

counts as (

    select owner_code, count(*) as closed from closed group by owner_code

)

select
    counts.owner_code,
    closed,
    coalesce(stated, 0) as stated,
    coalesce(in_time, 0) as in_time,
    coalesce(late_days, 0) as late_days
from counts
left join stated on counts.owner_code is not distinct from stated.owner_code
