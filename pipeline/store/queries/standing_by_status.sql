-- A row is what stands in one status on the as-of day; won counts with what it was won for.
select
    case when stage > 0 then 'in progress' when probability_percent > 0 then 'won' else 'lost' end
        as status,
    count(*) as opportunities,
    sum(case when stage = 0 and probability_percent > 0 then weighted_amount else amount end)
        as amount
from standing
group by status
