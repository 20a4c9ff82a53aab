-- A row is the opportunities of one cycle closed in the period in one way, so many days after they
-- were created, of which so many lie between a closing and a reopening.
with
closed as not materialized (

    select
        opportunity_id,
        cycle_code,
        case when probability_percent > 0 then 'won' else 'lost' end as outcome,
        expected_close_on as closed_on
    from standing
    where stage = 0
    and ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)

),

-- a closed row that was followed by another one before the final closing: the time between
gaps as not materialized (

    select opportunity_id, sum(valid_to - valid_from) as gap_days
    from log
    inner join closed using (opportunity_id)
    where stage = 0
    and valid_to <= closed_on
    group by opportunity_id

)

select
    cycle_code,
    outcome,
    closed_on - created_on as days,
    cast(coalesce(gap_days, 0) as bigint) as gap_days,
    count(*) as number
from closed
inner join (select opportunity_id, created_on from present) as created using (opportunity_id)
left join gaps using (opportunity_id)
group by cycle_code, outcome, days, gap_days
