-- A row is an opportunity inside the scope that stands as won at the end of $cut, all as known now,
-- in a fixed order: what is drawn from them depends on it.
select
    opportunity_id,
    started_on - date '1970-01-01' as began_day,
    valid_from - date '1970-01-01' as won_day,
    cast(weighted_amount as double) as amount
from figures
inner join (select opportunity_id, started_on from present) as started using (opportunity_id)
where stage = 0
and probability_percent > 0
and valid_from > cast($as_of as date) - 1900
order by opportunity_id
