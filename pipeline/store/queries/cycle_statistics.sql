-- A row is the opportunities of one sales cycle that are neither won nor lost, those expected to
-- close inside the period only when the scope has one.
select
    cycle_code,
    count(*) as opportunities,
    sum(amount) as amount,
    sum(weighted_amount) as weighted_amount,
    count(*) - count(amount) as without_amount
from standing
where stage > 0
and ($from_on is null or expected_close_on >= $from_on)
and ($to_on is null or expected_close_on <= $to_on)
group by cycle_code
