-- A row is the started opportunities of one cycle, created in the period, that were closed in one
-- way at an age of so many days, or are open at that age on the as-of day. The last closing counts.
select
    cycle_code,
    case when stage > 0 then 'open' when probability_percent > 0 then 'won' else 'lost' end as kind,
    case when stage > 0 then cast($as_of as date) else expected_close_on end - created_on as days,
    count(*) as number
from standing
inner join (
    select opportunity_id, created_on
    from present
    where ($from_on is null or created_on >= $from_on)
    and ($to_on is null or created_on <= $to_on)
) as created using (opportunity_id)
group by cycle_code, kind, days
